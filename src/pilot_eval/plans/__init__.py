"""What each pilot agreed to beforehand: its plan with its own indicators, and what it says that it reached.

In: a round's folder, the method; stored tables.
Out: the lines of each plan, what was reached of each, and what is wrong with them as findings.
"""

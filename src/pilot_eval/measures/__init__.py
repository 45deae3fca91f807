"""Tables to measures, on any engine; the rows that each rests on; the checks on both.

In: stored tables, a compiled base type.
Out: measures with bounds as columns; the rows behind each; findings of checks.
"""

"""Tables to measures, on any engine; the rows behind each measure; the checks of both.

In: stored tables, a compiled base type.
Out: measures with bounds as columns; the rows behind each; findings of checks.
"""

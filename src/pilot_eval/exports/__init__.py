"""Results and findings as files for other programs.

In: a record, findings.
Out: CSV, SARIF.
"""

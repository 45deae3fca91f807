"""Blank forms to fill in, and annotated copies of what was submitted.

In: layouts, findings.
Out: XLSX workbooks.
"""

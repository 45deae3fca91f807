"""Submitted files to stored, validated tables.

In: a submission's folder.
Out: Parquet tables, and findings with file, sheet, row and column.
"""

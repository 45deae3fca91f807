"""The record of a run: written as files and read back, compared, and checked against the files that it names.

In: a record, or its files.
Out: its files, or a record; what differs or no longer fits it, as findings.
"""

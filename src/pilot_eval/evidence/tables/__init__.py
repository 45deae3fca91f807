"""Grid to validated table: header, units, rows, columns.

In: a grid and the tables that it may hold.
Out: the table's columns, and findings.
"""

"""Bytes to grids: a reader for each file format, chosen by content.

In: a file.
Out: grids of raw cells.
"""

"""Text to values: what a cell, or a column of cells, holds.

In: raw cells.
Out: numbers, days, choices with their bounds, or what is wrong.
"""

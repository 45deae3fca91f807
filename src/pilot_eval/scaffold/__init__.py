"""Writes the package of a new base type.

In: a name.
Out: a folder with a package whose tests pass.
"""

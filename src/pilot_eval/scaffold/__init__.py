"""Writes the package of a new base type."""

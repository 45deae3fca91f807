"""Blank forms, and annotated copies of what was submitted."""

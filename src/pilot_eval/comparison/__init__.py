"""Decides which pilots are comparable, and ranks them.

In: assessments.
Out: ranks, each within one group of comparable pilots.
"""

"""Measures to points, totals, gates and grades.

In: measures as columns, the method, reviews.
Out: an assessment of each pilot.
"""

"""What is comparable, and ranks.

In: assessments.
Out: ranks, each within one basket.
"""

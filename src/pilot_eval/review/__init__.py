"""What the evaluators decide: reviews, read from the round's folder.

In: a round's folder, the method.
Out: the review of each pilot, and what is wrong with the files.
"""

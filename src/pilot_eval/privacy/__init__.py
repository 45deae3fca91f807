"""What identifies a person: numbers, and words for persons.

In: text.
Out: what was found in it, masked.
"""

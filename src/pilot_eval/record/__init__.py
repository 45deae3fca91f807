"""The record of a run: written as files and read back, compared, and checked against the files that it names.

`files`: a record ↔ its files. `differences`: where two records differ. `integrity`: what no longer fits it.
"""

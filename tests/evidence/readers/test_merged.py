"""Merged and hidden cells, rows, columns and sheets."""

from tests.support.corpus import good_merged
from tests.support.corpus.taking import each_taken_in

test_variants = each_taken_in(*good_merged.VARIANTS)

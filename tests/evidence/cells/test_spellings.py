"""One value in all its spellings is read; a cell that its column can't take is an error at its place."""

from tests.support.corpus import bad_cells, good_cells
from tests.support.corpus.taking import each_taken_in

test_variants = each_taken_in(*bad_cells.VARIANTS, *good_cells.VARIANTS)

"""Numbers that may be in another unit, or have a separator that makes them another number, are doubted."""

from tests.support.corpus import figures
from tests.support.corpus.taking import each_taken_in

test_variants = each_taken_in(*figures.MAGNITUDES)

"""Headers as people write them, in one row or in several: each column and unit is found."""

from tests.support.corpus import good_headers
from tests.support.corpus.taking import each_taken_in

test_variants = each_taken_in(*good_headers.VARIANTS)

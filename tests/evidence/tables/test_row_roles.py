"""What stands above, below, between and beside records: totals, remarks, headings, examples are no records."""

from tests.support.corpus import good_layouts
from tests.support.corpus.taking import each_taken_in

test_variants = each_taken_in(*good_layouts.VARIANTS)

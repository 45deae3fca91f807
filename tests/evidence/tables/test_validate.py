"""Headers and rows that are wrong, and personal data: each is an error or a warning at its place."""

from tests.support.corpus import bad_tables
from tests.support.corpus.taking import each_taken_in

test_variants = each_taken_in(*bad_tables.VARIANTS)

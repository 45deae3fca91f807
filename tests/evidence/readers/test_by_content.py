"""Every file format and encoding is read by its content; what isn't a table, or is damaged, is refused."""

from tests.support.corpus import bad_files, good_forms
from tests.support.corpus.taking import each_taken_in

test_variants = each_taken_in(*bad_files.VARIANTS, *good_forms.VARIANTS)

"""Good variants: valid submissions in the forms they really arrive in. Refusing one is a failure."""

from tests.support.corpus import (
    figures,
    good_cells,
    good_forms,
    good_headers,
    good_layouts,
    good_merged,
    good_submissions,
)

VARIANTS = (
    *good_forms.VARIANTS, *good_submissions.VARIANTS, *good_headers.VARIANTS, *good_layouts.VARIANTS,
    *good_merged.VARIANTS, *good_cells.VARIANTS,
    *(each for each in figures.VARIANTS if each.good),
)  # fmt: skip

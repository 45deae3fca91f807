"""Good variants: valid submissions in the forms they really arrive in. Refusing one is a failure."""

from tests.support.corpus import good_cells, good_forms, good_layouts

VARIANTS = (*good_forms.VARIANTS, *good_layouts.VARIANTS, *good_cells.VARIANTS)

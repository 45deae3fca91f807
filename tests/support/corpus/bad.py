"""Bad variants: what must be refused, or pointed out, each with its code and place."""

from tests.support.corpus import bad_cells, bad_files, bad_tables, figures

VARIANTS = (*bad_files.VARIANTS, *bad_tables.VARIANTS, *bad_cells.VARIANTS,
            *(each for each in figures.VARIANTS if not each.good))  # fmt: skip

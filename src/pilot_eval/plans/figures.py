"""Tables in which a text may be a figure, whose unit another text gives."""

from dataclasses import replace

from pilot_eval.evidence.tables.layout import Layout


def with_text_figures(layout: Layout, *columns: str) -> Layout:
    """Return a layout in whose `columns` numbers have all their digits, whatever their format shows."""
    return replace(
        layout,
        columns=tuple(replace(each, figures=True) if each.name in columns else each for each in layout.columns),
    )

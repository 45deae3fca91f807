"""Reads rows whose numbers are all percentages although their columns have no unit: a target of 95%, 96% achieved."""

import re

from pilot_eval.evidence.cells.cell import DisplayedNumber, cell_text
from pilot_eval.evidence.cells.columns import Cells
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.plugin.tables import NUMBER_KINDS
from pilot_eval.privacy.numbers import shown_text

_SIGN = re.compile("[%％]|百分之")


def without_common_percent(located: Located, body: list[Cells], said: Findings) -> list[Cells]:
    """Return the cells without the % of rows in which every number of no unit has it: it says the same of all."""
    columns = [at for at, each in located.used.items() if each.kind in NUMBER_KINDS and each.unit is None]
    found = _signed(body[columns[0]]) if len(columns) > 1 else set()
    for at in columns[1:]:
        found &= _signed(body[at])
    if not found:
        return body
    first = min(found)
    values = [shown_text(cell_text(body[at].at(first))) for at in columns[:2]]
    said.say("rows-percent", first + located.body, columns[0], value=values[0], other=values[1], count=len(found))
    made = list(body)
    for at in columns:
        made[at] = body[at].hiding({index: _SIGN.sub("", cell_text(body[at].at(index))) for index in sorted(found)})
    return made


def _signed(cells: Cells) -> set[int]:
    """Return the indexes of the cells that are percentages as they are shown."""
    found = set(cells.text.str.contains(_SIGN.pattern).fill_null(False).arg_true().to_list())
    shown = ((at, cell) for at, cell in enumerate(cells.raw or ()) if isinstance(cell, DisplayedNumber))
    return found | {at for at, cell in shown if _SIGN.search(cell.shown)}

"""Validates a located table: reads every cell as its column's type, and reports everything wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

import polars as pl

from pilot_eval.errors import Finding
from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.cells.columns import ReadingContext, read_column
from pilot_eval.evidence.cells.dates import iso_day
from pilot_eval.evidence.cells.numbers import unit_factor
from pilot_eval.evidence.cells.raw_cells import Cells, columns_matching, texts_matching, true_at
from pilot_eval.evidence.tables.example_row import MAY_BE_EXAMPLE, example_role
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.grid_columns import grid_columns
from pilot_eval.evidence.tables.header_cells import unit_word
from pilot_eval.evidence.tables.label_periods import check_label_periods
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.evidence.tables.magnitudes import check_magnitudes
from pilot_eval.evidence.tables.note_years import check_note_years
from pilot_eval.evidence.tables.percentages import without_common_percent
from pilot_eval.evidence.tables.persons import (
    columns_of_figures,
    columns_of_money,
    look_for_persons,
    look_for_persons_above,
)
from pilot_eval.evidence.tables.row_roles import (
    MAY_BE_BANNER,
    MAY_BE_TOTAL,
    MAY_HAVE_ROLE,
    WORDED_AS_TOTAL,
    Role,
    RowRoles,
    RowVerdict,
)
from pilot_eval.evidence.tables.title_years import check_banners
from pilot_eval.evidence.tables.titles import TITLES_WITHIN
from pilot_eval.evidence.tables.totals import Roles, check_totals, reading_of
from pilot_eval.evidence.tables.wholes import check_parts, check_wholes
from pilot_eval.evidence.tables.yearless import year_of_titles
from pilot_eval.frames import three, wording
from pilot_eval.plugin.tables import DAY_KINDS, NUMBER_KINDS, Kind
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import word_key
from pilot_eval.text import both, joined


@dataclass
class ValidTable:
    """The valid cells of a table, as stored; `rows` are the row numbers in the sheet."""

    rows: pl.Series
    columns: dict[str, pl.Series] = field(default_factory=dict)
    attachments: set[str] = field(default_factory=set)
    nothing: bool = False  # whether the table states that there is nothing to report
    headers: tuple[int, ...] = ()  # the indexes of repeated headers in the grid
    expired: bool = False  # whether it has rows that are no longer valid, which are left out

    def leave_out(self, gone: pl.Series) -> None:
        """Keep only the rows for which `gone` is false."""
        if gone.any():
            self.rows = self.rows.filter(~gone)
            self.columns = {name: cells.filter(~gone) for name, cells in self.columns.items()}


def validate(located: Located, around: ReadingContext) -> tuple[ValidTable, list[Finding]]:
    """Read every cell of a table, and return its valid cells and the findings."""
    grid, layout = located.grid, located.layout
    said = Findings(grid)
    width = max(map(len, grid.rows))
    look_for_persons_above(located, said)
    if any(column.in_period for column in located.used.values()):
        located.year = year_of_titles(located, around)
    body = grid_columns(grid, located.body, width)
    money, figures = columns_of_money(located), columns_of_figures(located)
    body = look_for_persons(body, located.body, located.contacts, said, money, figures)
    body = without_common_percent(located, body, said)
    roles = _roles(located, body, around, said)
    kept = _record_rows(located, body, roles, said)
    _add_units(located, body, [index for index, (role, _) in roles.items() if role is Role.REMARK], said)
    check_totals(located, body, kept, roles, said)
    check_banners(located, roles, kept, around, said)
    indexes = kept + located.body
    table = ValidTable(rows=(indexes + grid.first_row).cast(pl.Int64))
    table.nothing = kept.is_empty() and any(role is Role.NOTHING for role, _ in roles.values())
    table.headers = tuple(index + located.body for index, (role, _) in sorted(roles.items()) if role is Role.HEADER)
    for column in layout.columns:
        at = located.columns.get(column.name)
        if at is None:
            continue  # reported once, not for each row; stored as null
        cells = body[at].chosen(kept)
        made = read_column(cells, column, around, reading_of(located, column), required=not column.optional)
        table.columns.update(made.stored)
        table.attachments |= made.attachments
        said.of_column(made.faults, indexes, at)
    totals: list[int] = []
    if not layout.keyed:  # whose rows nothing adds up
        totals = list(check_wholes(located, body, kept, table.columns, roles, said))
        check_parts(located, body, kept, table.columns, roles, said)
    check_label_periods(located, body, kept, around, said)
    check_note_years(located, body, kept, around, said)
    check_magnitudes(located, body, kept, table.columns, said)
    if totals:
        table.leave_out(pl.int_range(len(kept), eager=True).is_in(totals))
    _leave_out_expired(table, located, around, said)
    if grid.bad:
        _say_bad(located, set(indexes.to_list()), said)
    return table, said.all()


def _leave_out_expired(table: ValidTable, located: Located, around: ReadingContext, said: Findings) -> None:
    """Leave out the rows that a column says expired before the round's period; a partial date does so on its last day.

    They are records no longer, so that no measure counts them and no report shows them as counted.
    """
    for column in located.layout.columns:
        names = three(column.name)
        if not column.expires or around.period is None or names.high not in table.columns:
            continue
        gone = (table.columns[names.high] < around.period[0]).fill_null(False)
        table.expired |= gone.any()
        for at in gone.arg_true():
            shown = table.columns[wording(column.name)][at] or iso_day(table.columns[column.name][at])
            index = table.rows[at] - located.grid.first_row
            said.say("row-expired", index, located.columns[column.name], value=shown)
        table.leave_out(gone)


def _say_bad(located: Located, kept: set[int], said: Findings) -> None:
    """Report cells without a value that no column has read; the others are reported with their columns."""
    used = set(located.columns.values())
    for index, at in located.grid.bad:
        if at not in used or index not in kept:
            said.say("cell-unused-bad", index, at, value=shown_text(cell_text(located.grid.rows[index][at])))


def _roles(located: Located, body: list[Cells], around: ReadingContext, said: Findings) -> Roles:
    """Find the rows that aren't records: filter all rows in bulk, then examine the remaining ones."""
    days = [date.fromisoformat(iso_day(day)) for day in around.period or ()]
    reader, roles = RowRoles(located, range(days[0].year, days[1].year + 1) if days else ()), Roles()
    note = located.columns.get("note")
    examples = set() if note is None else _matching(body[note].text, MAY_BE_EXAMPLE)
    first = date.fromisoformat(iso_day(around.period[0] if around.period else 0))
    height = len(body[0].text)
    pending = sorted(_perhaps_special(located, body) | examples, reverse=True)
    while pending:
        index = pending.pop()
        row = [cells.at(index) for cells in body]
        role, word, doubt = RowVerdict(None)
        if note is None or index not in examples:
            role, word, doubt = reader.aside(index, row)
        elif (role := example_role(row, located, first)) is None:
            doubt = "row-example-note"
        if role is not None or doubt == WORDED_AS_TOTAL:
            roles[index] = role, word
        elif doubt:
            said.say(doubt, index + located.body, note if index in examples else None)
        if role is Role.PART and index + 1 < height and pending[-1:] != [index + 1]:
            pending.append(index + 1)  # it may be another part, shown only by its indent
    for index in [index for index, (role, _) in roles.items() if role is Role.HEADER]:
        roles |= dict.fromkeys(_titles_above(index, located, body, roles), (Role.REMARK, ""))
    for index, (role, _) in roles.items():
        if role is not None:
            value = next(cell_text(cells.at(index)) for cells in body if cells.at(index) is not None)
            said.say(
                role.value, index + located.body, None, **({"value": shown_text(value)} if role is Role.UNCLEAR else {})
            )
    return roles


def _titles_above(header: int, located: Located, body: list[Cells], roles: Roles) -> Iterator[int]:
    """Yield the rows above a repeated header that are its block's titles: alone in their row, perhaps above blank rows.

    A text alone that fills the table's only required column is a record, except right above the header.
    """
    needed = [at for at, column in located.used.items() if not column.optional]
    for index in range(header - 1, max(header - TITLES_WITHIN, 0) - 1, -1):
        filled = [at for at, cells in enumerate(body) if cells.at(index) is not None]
        alone = len(filled) == 1 < len(located.used) and (index == header - 1 or not set(needed) <= set(filled))
        if filled and not alone and roles.get(index, (None,))[0] is not Role.REMARK:
            return
        if alone and index not in roles:
            yield index


def _perhaps_special(located: Located, body: list[Cells]) -> set[int]:
    """Return the indexes of rows that may not be records, judging by how they begin."""
    used = located.used
    numbers = set(located.row_numbers)
    words = pl.DataFrame({str(at): cells.text for at, cells in enumerate(body)})
    if not words.height:
        return set()
    found = set[int]()
    every, named = list(range(len(body))), sorted(used)
    leads = [every, named] if every != named and named else [every]
    first_texts = words.select(pl.coalesce(map(str, lead)).alias(str(at)) for at, lead in enumerate(leads))
    found.update(*texts_matching(first_texts.get_columns(), MAY_HAVE_ROLE).values())
    figures = [body[at] for at, column in used.items() if column.kind is not Kind.TEXT]
    found.update(*columns_matching(figures, MAY_BE_TOTAL).values())
    first = next((at for at in used if isinstance(located.names[at], str)), None)
    if first is not None:
        found |= set(true_at(body[first].text == located.names[first]))
    counted = [at for at in every if at not in numbers]
    filled = {str(at): body[at].filled for at in counted}
    full = sum(each.all() for each in filled.values())  # where two columns are, no cell is alone in its row
    alone = pl.DataFrame(filled).sum_horizontal() == 1 if filled and full < 2 else pl.Series([], dtype=pl.Boolean)
    if alone.any():
        rows = alone.arg_true()
        lone = words[rows].select(pl.coalesce(map(str, counted))).to_series()
        titles = [cell for row in located.grid.rows[: located.top] for cell in row if isinstance(cell, str)]
        days = [body[at].text[rows] for at, column in used.items() if column.kind in DAY_KINDS]
        hits = lone.str.contains(MAY_BE_BANNER) | lone.is_in(titles)
        for each in days:
            hits |= each.str.contains(r"^\P{Nd}+$").fill_null(False)
        found |= set(rows.filter(hits.fill_null(False)).to_list())
    return found


def _matching(text: pl.Series, pattern: str) -> set[int]:
    return set(true_at(text.str.contains(pattern)))


def _record_rows(located: Located, body: list[Cells], roles: Roles, said: Findings) -> pl.Series:
    """Return the indexes (below the header) of the records: the other rows that have a filled column of the table."""
    columns = set(located.columns.values())
    known = columns | set(located.row_numbers)
    none = pl.Series([False]).new_from_index(0, len(located.grid.rows) - located.body)
    used = reduce(or_, (body[at].filled for at in columns), none)
    other = reduce(or_, (cells.filled for at, cells in enumerate(body) if at not in known), none)
    dropped = [index for index, (role, _) in roles.items() if role is not None]
    for index in sorted(set(true_at(other & ~used)) - set(dropped)):
        said.say("row-remark", index + located.body, None)
    used = used.scatter(dropped, False) if dropped else used
    return used.arg_true().cast(pl.Int64)


_UNIT_BELOW = re.compile(
    r"\(?(?:[*＊※]|注|备注|说明)?[0-9]*[:.、]?(?:本表|表中|表内|以上)?(?:中|内|的)?(?:金额|货币|计量|数据)?(?:(?:单位)(?:为|是|均为|都是)?(\w+?)"
    r"|(?:均|都)?[以按](\w{1,5}?)(?:计算?|为单位|统计|填[报写列]))[。.;]?\)?"
)
_OF_UNITS = re.compile(
    "单位.{0,10}(?:[十百千万亿]+元|[亩万亿])|[以按].{0,4}(?:[元亩]|[百千万亿].{1,2})(?:为单位|计|统计|填)"
)


def _add_units(located: Located, body: list[Cells], remarks: list[int], said: Findings) -> None:
    """Apply the unit that a remark below the table states for all of it; report an unclear or contradictory one."""
    units = located.layout.units
    for index in remarks:
        for at, cells in enumerate(body):
            cell = cells.at(index)
            text = word_key(cell) if isinstance(cell, str) else ""
            match = _UNIT_BELOW.fullmatch(text)
            unit = unit_word(match[1] or match[2], units) if match else None
            columns = [column for column in located.layout.columns if column.name in located.columns and column.unit]
            changed = [(column, factor) for column in columns if unit and column.kind in NUMBER_KINDS
                       and (factor := unit_factor(unit, column.unit, units)) not in (None, 1)]  # fmt: skip
            own = [column for column, _ in changed if located.stated.get(column.name, unit) != unit]
            shown = joined(map(both, dict.fromkeys(column.unit for column in columns if column.unit)))
            if own or (unit is None and _OF_UNITS.search(text)):
                said.say("header-unit-unclear", index + located.body, at, given=shown_text(cell_text(cell)), unit=shown)
            elif changed:
                located.units |= {column.name: unit for column, _ in changed if unit}
                said.say("header-unit", index + located.body, at, given=unit, unit=changed[0][0].unit)

"""Finds records that are the sum of other records of their table, whatever they are called: counted, they double it.

A sum may be chance. How unlikely that is, is estimated from the digits that agree in each column, and from what labels
say; it decides whether a row is an error, a warning, or left alone.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, pairwise
from typing import NamedTuple

import polars as pl

from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.cells.columns import ReadingContext, read_column
from pilot_eval.evidence.cells.raw_cells import Cells
from pilot_eval.evidence.tables.breakdowns import Amounts, breakdowns, step
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.labels import RowLabels, weight
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.evidence.tables.near_wholes import near_wholes
from pilot_eval.evidence.tables.parts_by_name import check_parts_by_name
from pilot_eval.evidence.tables.row_roles import WORDED_AS_TOTAL, Role
from pilot_eval.evidence.tables.subtotals import subtotals
from pilot_eval.evidence.tables.totals import Roles, Sums, counted_once, meet, near, reading_of, rounded_at
from pilot_eval.frames import UNBOUNDED, three
from pilot_eval.plugin.tables import COMMON_COLUMNS, NUMBER_KINDS, ColumnSpec, Kind
from pilot_eval.text import Words, joined

_CERTAIN, _DOUBTED = 50, 4
"""The least odds of an error and of a warning, where several columns show a sum; measured on ordinary tables.
Of an error about a row inside the table, ten times as much."""
_CERTAIN_ALONE, _DOUBTED_ALONE = 1500, 20
"""The same where only one column does."""
_DOUBTED_AROUND = 10
"""The least odds of a warning about the first or the last row."""
_DOUBTED_BESIDE = 20
"""The least odds of a warning where one column shows a sum and another has a figure of its own."""
_DOUBTED_MARKED, _DOUBTED_CATEGORY = 100, 500
"""The least odds of a warning about a first or last row with a date, choice or flag: where rows have titles, or not."""
_SAYS_SO = 30
"""The weight of labels that call a row a whole; a certain sum that is called so is read as a total."""
_NAMES_PARTS = 100
"""The weight of labels of parts that show which record is their whole, so that it is the only one."""
_ROUNDS = 3
"""Levels of sums of sums that are looked for."""
_TRIED = 20_000
"""Runs that are examined in a table; very many columns of small numbers have sums by chance."""
_SLACK = 1e-6
_OF_NO_UNIT = 30
"""How much less likely a sum is of tasks that are counted in units of their own."""
_LABELLED = 50
"""Parts whose labels and digits are examined."""


_ROUNDED, _ALL_ROUNDED = 4, 10
"""How much less a sum shows that was rounded or cut off than an exact one; and where no column of several is exact."""
_ALONE_VAGUE = 20
"""How much likelier a sum is that alone is approximate: what is counted is exact."""


class _Run(NamedTuple):
    """A record, and the run of records (from, up to but not including) that it may be the sum of."""

    whole: int
    start: int
    end: int

    @property
    def parts(self) -> range:
        """The first of the records that it may be the sum of: their digits and labels are examined."""
        return range(self.start, min(self.end, self.start + _LABELLED))

    @property
    def rows(self) -> range:
        """The record and those that it may be the sum of."""
        return range(min(self.whole, self.start), max(self.whole + 1, self.end))


class _Verdict(NamedTuple):
    """The odds that a sum isn't chance, roughly, whether it is certain, and whether its label says so too."""

    odds: float
    certain: bool = False
    named: bool = False

    @property
    def code(self) -> str:
        return WORDED_AS_TOTAL if not self.certain else Role.TOTAL.value if self.named else "row-whole"


class _Figures:
    """A number column of some records."""

    def __init__(self, stored: Mapping[str, pl.Series], name: str, rows: pl.Series) -> None:
        value, low, high = (stored[each].gather(rows) for each in three(name))
        self.value: list[float | None] = value.to_list()
        self.low: list[float | None] = low.to_list()
        self.high: list[float | None] = high.to_list()
        self.sums = Sums(low, high)
        self.summed = value.fill_null(0.0)

    @property
    def of_all(self) -> Amounts:
        return Amounts(self.value, self.sums)

    def runs(self) -> Iterator[_Run]:
        """Yield the runs of two or more records whose sum directly follows or precedes them."""
        if (self.summed < 0).any():
            return
        below = pl.concat([pl.Series([0.0]), self.summed.cum_sum()]).rename("sum")
        slack = 1e-6 * self.summed.clip(1.0)
        at = pl.int_range(len(self.summed), eager=True)
        after, before = below.slice(1), below.slice(0, len(self.summed))
        aims = {"after": after + self.summed, "before": before - self.summed}
        ends = below.search_sorted(aims["after"] - slack).clip(upper_bound=len(self.summed))
        starts = below.search_sorted(aims["before"] + slack).cast(pl.Int64) - 1
        hit = (self.summed > 0) & ((below.gather(ends) - aims["after"]).abs() <= slack) & (ends >= at + 3)
        for whole in hit.arg_true().to_list():
            yield _Run(whole, whole + 1, ends[whole])
        starts = starts.clip(0)
        hit = (self.summed > 0) & ((below.gather(starts) - aims["before"]).abs() <= slack) & (starts <= at - 2)
        for whole in hit.arg_true().to_list():
            yield _Run(whole, starts[whole], whole)

    def levels(self, run: _Run) -> float | None:
        """Return among how many sums the whole is one by chance: 1 if that shows nothing, None if it isn't the sum."""
        value, least, most = self.value[run.whole], self.low[run.whole], self.high[run.whole]
        if not value or least is None or most is None:
            return 1.0  # left blank, or 0: not added up
        low, high = self.sums.of(run.start, run.end)
        exact = self.exact(run)
        place = None if exact else rounded_at(value, low, high)
        if not exact and place is None:
            return None
        parts = [each for at in run.parts if (each := self.value[at])]
        if len(parts) < 2 or value < 0 or near(value, max(parts), max(parts)):
            return 1.0  # one part alone is as large as the whole
        if place is not None and rounded_at(value, max(parts), max(parts)):
            return 1.0  # or, rounded, as large
        if place is not None:
            return max(1.0, value / place / _ROUNDED)
        return max(1.0, value / max(step([value, *parts]), min(high, UNBOUNDED) - low, most - least))

    def exact(self, run: _Run) -> bool:
        """Return whether the bounds of the whole and those of the sum have a number in common."""
        low, high = self.sums.of(run.start, run.end)
        least, most = self.low[run.whole], self.high[run.whole]
        return least is not None and most is not None and meet(least, most, low, high)

    def levels_beside(self, other: "_Figures", run: _Run) -> float:
        """Return among how many sums the whole is one by chance if another column is a sum: by what they differ in."""
        apart = [abs((self.value[at] or 0.0) - (other.value[at] or 0.0)) for at in (run.whole, *run.parts)]
        return 1 + apart[0] / step(filter(None, apart)) if any(apart) else 1.0

    def vague_alone(self, run: _Run) -> bool:
        """Return whether the whole is approximate and its parts are exact."""
        low, high = self.sums.of(run.start, run.end)
        return self.low[run.whole] != self.high[run.whole] and near(low, high, high)

    def shares(self, run: _Run) -> tuple[float, ...]:
        """Return what each part is of the whole: columns in proportion to each other show a sum only once."""
        whole = self.value[run.whole] or 1.0
        return tuple(round((self.value[at] or 0.0) / whole, 2) for at in run.parts)


def check_wholes(
    located: Located, body: list[Cells], kept: pl.Series, stored: Mapping[str, pl.Series], roles: Roles, said: Findings
) -> list[int]:
    """Report records that are sums of others, and records below which others stand that are shown to be their parts.

    Returns the positions, among the records, of those that are certainly sums and called so: they are no records. One
    that the table's own total counts as a record is doubted only if it is called a sum.
    """
    columns = added_up(located)
    if not columns or len(kept) < 2:
        return []
    names = [column.name for column in columns]
    indexes = kept.to_list()
    table = _Table(names, stored, without_marks(located, body, kept), _row_labels(located, body, kept))
    table.one_unit = any(column.unit for column in columns)
    table.worded = {at for at, index in enumerate(indexes) if roles.get(index, (index, ""))[0] is None}
    once = counted_once(located, body, kept, stored, roles, columns)
    wholes = {
        run: verdict._replace(certain=False) if _disproved(run, once) else verdict
        for run, verdict in table.wholes().items()
        if verdict.named or not _disproved(run, once)
    }
    wholes |= table.named_alike(wholes)
    wholes |= {run: verdict for run, verdict in table.grouped(wholes).items() if not _disproved(run, once)}
    levels = table.levels({at for run in wholes for at in run.rows})
    for run in sorted([*wholes, *levels]):
        code = wholes[run].code if run in wholes else "row-levels"
        first, last = (located.grid.place(indexes[at] + located.body).row for at in (run.start, run.end - 1))
        said.say(code, indexes[run.whole] + located.body, None, first=first, last=last)
    given = [column for column in columns if column.unit]
    check_parts_by_name(located, table.labels.texts, table.free, given, kept, stored, said)
    known = {run.whole for run in wholes} | {at for run in levels for at in run.rows}
    _say_near_wholes(located, table, indexes, known, once, said)
    if not wholes and all(table.free):
        _say_breakdowns(located, table, indexes, once, said)
    return [run.whole for run, verdict in wholes.items() if verdict.code == Role.TOTAL.value]


def _say_near_wholes(
    located: Located, table: "_Table", indexes: list[int], known: set[int], once: list[tuple[int, int]], said: Findings
) -> None:
    """Report records that come near to the sum of others, with the figures of both, unless a total counts each once."""
    if not table.one_unit:
        return
    table.reset()
    columns = [figures.of_all for figures in table.figures]
    for whole, parts, figures in near_wholes(columns, table.labels, table.free, table.worded, known):
        run = _Run(whole, parts.start, parts.stop)
        if _disproved(run, once):
            continue
        rows = [located.grid.place(indexes[at] + located.body).row for at in (parts[0], parts[-1])]
        labels = {column.name: column.label for column in located.layout.columns}
        shown = joined(_beside_sum(labels[table.names[at]], value, total) for at, value, total in figures)
        said.say("row-near-total", indexes[whole] + located.body, None, first=rows[0], last=rows[1], figures=shown)


def _beside_sum(column: Words, value: float, total: float) -> Words:
    return Words(
        zh=f"{column.zh} {value:,.10g}（各行之和 {total:,.10g}）",
        en=f"{column.in_('en')} {value:,.10g} (sum {total:,.10g})",
    )


def _say_breakdowns(
    located: Located, table: "_Table", indexes: list[int], once: list[tuple[int, int]], said: Findings
) -> None:
    """Report runs of records that break down one whole in two ways, unless the table's total counts both."""
    sums = [figures.of_all for figures in table.figures]
    for found in breakdowns(sums, table.labels, indexes, odds_of_unit=1 if table.one_unit else _OF_NO_UNIT):
        if any(start <= found[0].start and found[-1].stop <= end for start, end in once):
            continue
        for one, other in pairwise(found):
            rows = [
                located.grid.place(indexes[at] + located.body).row
                for each in (one, other)
                for at in (each[0], each[-1])
            ]
            about = dict(zip(("first", "last", "start", "end"), rows, strict=True))
            value = next(low for low, _ in (each.of(one) for each in sums) if low)
            said.say("rows-two-ways", indexes[other[0]] + located.body, None, value=f"{value:,.10g}", **about)


def _disproved(run: _Run, once: Iterable[tuple[int, int]]) -> bool:
    """Return whether a record counts as one beside its parts in the table's own total, so that their sum is chance."""
    return any(start <= run.rows.start and run.rows.stop <= end for start, end in once)


def added_up(located: Located) -> list[ColumnSpec]:
    """Return the columns whose numbers a total adds up; none where periods tell the rows apart, which may overlap."""
    columns = located.used.values()
    kinds = {column.kind for column in located.layout.required}
    if Kind.PERIOD in kinds and kinds.isdisjoint({Kind.TEXT, Kind.CHOICE}):
        return []
    return [each for each in columns if each.kind in NUMBER_KINDS and each.unit != "%" and not each.exact]


def check_parts(
    located: Located, body: list[Cells], kept: pl.Series, stored: Mapping[str, pl.Series], roles: Roles, said: Findings
) -> None:
    """Report records that, with the rows above them that are worded as parts (“其中：”), add up to a record above."""
    parts = {index for index, (role, _) in roles.items() if role is Role.PART}
    columns = added_up(located)
    indexes = kept.to_list()
    for last in sorted(index for index in parts if index + 1 not in parts) if columns else ():
        first = last
        while first - 1 in parts:
            first -= 1
        whole = bisect_left(indexes, first) - 1
        if whole < 0 or indexes[whole] != first - 1:
            continue
        block = pl.Series(range(first, last + 1), dtype=kept.dtype)
        left = [(stored[each.name][whole] or 0.0) - _sum_in(located, body, block, each) for each in columns]
        if max(left) <= _SLACK:
            continue  # nothing is left for the rows below
        for end in range(whole + 1, min(whole + 1 + _LABELLED, len(indexes))):
            left = [rest - (stored[each.name][end] or 0.0) for rest, each in zip(left, columns, strict=True)]
            if min(left) < -_SLACK:
                break
            if max(left) <= _SLACK:
                rows = [located.grid.place(at + located.body).row for at in (first, indexes[end])]
                said.say("row-levels", first - 1 + located.body, None, first=rows[0], last=rows[1])
                break


def _sum_in(located: Located, body: list[Cells], rows: pl.Series, column: ColumnSpec) -> float:
    cells = body[located.columns[column.name]].chosen(rows)
    read = read_column(cells, column, ReadingContext(), reading_of(located, column), required=False)
    return float(read.stored[column.name].sum())


def without_marks(located: Located, body: list[Cells], kept: pl.Series) -> list[bool]:
    """Return which records have no date, period, choice or flag of their own: a total has none."""
    marked = pl.Series([False]).new_from_index(0, len(kept))
    for at, column in located.used.items():
        if column.kind in _MARKS:
            marked |= body[at].filled.gather(kept)
    return (~marked).to_list()


_MARKS = (Kind.DATE, Kind.PERIOD, Kind.CHOICE, Kind.FLAG)


def _row_labels(located: Located, body: list[Cells], kept: pl.Series) -> RowLabels:
    """Return the labels of the records: their first text, with the number in a column of its own."""
    used = sorted(located.used.items())
    texts = [at for at, column in used if column.kind is Kind.TEXT and column not in COMMON_COLUMNS]
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(kept))
    text = body[texts[0]].text.gather(kept) if texts else nothing
    numbers = located.row_numbers
    number = [cell_text(body[numbers[0]].at(index)) for index in kept] if numbers else nothing
    return RowLabels(text, number)


class _Table:
    """The records of a table; the runs that are examined consist of those that aren't known to be sums."""

    def __init__(self, names: list[str], stored: Mapping[str, pl.Series], free: list[bool], labels: RowLabels) -> None:
        self.names, self.stored, self.free, self.labels = names, stored, free, labels
        self.worded = set[int]()
        self.one_unit = True  # whether a column gives the unit of all its numbers
        self._choose(range(len(free)))

    def _choose(self, rows: Iterable[int]) -> None:
        self.rows = list(rows)
        chosen = pl.Series(self.rows, dtype=pl.UInt32)
        self.figures = [_Figures(self.stored, name, chosen) for name in self.names]

    def reset(self) -> None:
        """Let the runs that are examined consist of all records."""
        self._choose(range(len(self.free)))

    def wholes(self) -> dict[_Run, _Verdict]:
        """Return the sums, each with its verdict. Sums are then left out, to find the sums of what they sum."""
        found: dict[_Run, _Verdict] = {}
        for _ in range(_ROUNDS):
            best = self._likeliest()
            for run, verdict in best.items():
                end = self.rows[run.end - 1] + 1
                found[_Run(self.rows[run.whole], self.rows[run.start], end)] = verdict
            taken = {run.whole for run in best}
            if not taken or len(self.rows) - len(taken) < 3:
                break
            self._choose(row for at, row in enumerate(self.rows) if at not in taken)
        return found

    def named_alike(self, wholes: Mapping[_Run, _Verdict]) -> dict[_Run, _Verdict]:
        """Return records that are called as a sum is that says so, and are that of those above, even of one alone."""
        self.reset()
        names = {self.labels[run.whole].text for run, verdict in wholes.items() if verdict.named}
        found, start = dict[_Run, _Verdict](), 0
        for at in self.rows if names else ():
            if self.labels[at].text in names:
                run = _Run(at, start, at)
                if start < at and run not in wholes and all(figures.exact(run) for figures in self.figures):
                    found[run] = _Verdict(_DOUBTED)
                start = at + 1
        return found

    def grouped(self, wholes: Mapping[_Run, _Verdict]) -> dict[_Run, _Verdict]:
        """Return the subtotals of groups that only all together are no chance."""
        self.reset()
        found = subtotals([each.of_all for each in self.figures], self.labels, self.free) if self.one_unit else []
        runs = [_Run(each.whole, each.parts.start, each.parts.stop) for each in found]
        known = {run.whole for run in wholes}
        return {run: _Verdict(_DOUBTED) for run in runs if run.whole not in known}

    def _likeliest(self) -> dict[_Run, _Verdict]:
        """Return the sums that don't contradict each other: the likeliest first, a part of one is no other's whole."""
        count = len(self.rows)
        outer = [_Run(count - 1, 0, count - 1), _Run(0, 1, count)] if count > 2 else []
        runs = dict.fromkeys(chain(outer, islice(chain(*(each.runs() for each in self.figures)), _TRIED)))
        judged = {run: verdict for run in runs if (verdict := self._verdict(run))}
        best: dict[_Run, _Verdict] = {}
        parts, wholes = set[int](), set[int]()
        for run, verdict in sorted(judged.items(), key=lambda each: (-each[1].odds, each[0])):
            inside = set(range(run.start, run.end))
            if run.whole not in parts | wholes and not inside & (parts | wholes):
                best[run] = verdict
                wholes.add(run.whole)
                parts |= inside
        return best

    def _verdict(self, run: _Run) -> _Verdict | None:
        """Return how likely a record is a sum, or None if that may be chance."""
        count = len(self.rows)
        shown, missed = dict[tuple[float, ...], float](), 0
        told = list[_Figures]()
        for figures in self.figures:
            levels = figures.levels(run)
            if levels is None:
                missed += 1
            elif levels > 1:
                shares = figures.shares(run)
                levels = min([levels, *(figures.levels_beside(other, run) for other in told)])
                shown[shares] = max(levels, shown.get(shares, levels))
                told.append(figures)
        if not shown or missed > 1:
            return None
        outer = run.end - run.start == count - 1
        if missed and len(shown) == 1 and math.prod(shown.values()) < _DOUBTED_BESIDE * (2 if outer else count * 4):
            return None  # whatever the labels say
        whole, parts = self.rows[run.whole], [self.rows[at] for at in run.parts]
        said = weight(self.labels[whole], [self.labels[at] for at in parts])
        places = 2 if outer or said >= _NAMES_PARTS else 4 * count
        odds = math.prod(shown.values()) * (max(said, 30) if whole in self.worded else said) / places
        odds /= (100 if missed else 1) * (1 if self.one_unit else _OF_NO_UNIT)
        odds /= 1 if len(shown) == 1 or any(figures.exact(run) for figures in self.figures) else _ALL_ROUNDED
        odds *= _ALONE_VAGUE if any(figures.vague_alone(run) for figures in self.figures) else 1
        if not self.free[whole]:
            least = _DOUBTED_MARKED if self.labels[whole].text else _DOUBTED_CATEGORY
            return _Verdict(odds) if outer and odds >= least else None
        if missed and len(shown) == 1:
            return _Verdict(odds) if odds >= _DOUBTED_BESIDE else None
        if len(shown) > 1:
            certain, least = self.one_unit and odds >= _CERTAIN * (1 if outer else 10), _DOUBTED
        else:
            certain, least = odds >= _CERTAIN_ALONE and run.end - run.start > 2, _DOUBTED_ALONE
        return _Verdict(odds, certain, said >= _SAYS_SO) if odds >= (_DOUBTED_AROUND if outer else least) else None

    def levels(self, known: set[int]) -> list[_Run]:
        """Return the records with others that are shown to be their parts, by number, indent or range."""
        self.reset()
        spanned = [_Run(whole, first, last + 1) for whole, first, last in self.labels.spanned()]
        runs = list[_Run]()
        for run in (*self._above_others(), *spanned):
            if run.whole not in known and self.free[run.whole]:
                held = [self._holds(figures, run) for figures in self.figures]
                runs += [run] if None not in held and any(held) else []
        return runs

    def _above_others(self) -> Iterator[_Run]:
        last = len(self.free)
        for whole in self.labels.above_others() if self.labels.leveled else ():
            label, end = self.labels[whole], whole + 1
            while end < last and self.labels[end].below(label):
                end += 1
            if label.rank is not None or end > whole + 2 or self.labels[whole + 1].deeper(label):
                yield _Run(whole, whole + 1, end)  # else one number alone, which may be part of a name

    def _holds(self, figures: _Figures, run: _Run) -> bool | None:
        """Return whether a record has a number in a column; None if a part is larger, so that it isn't one.

        Signs such as ★ may also stress a line, and show parts only if all of them fit.
        """
        value = figures.high[run.whole] or 0.0
        parts = [each for each in figures.low[run.start : run.end] if each is not None]
        stressed = all(self.labels[at].stressed for at in range(run.start, run.end))
        most = sum(parts) if stressed else max(parts, default=0.0)
        return value > 0 if most <= value + _SLACK else None

"""Judges the sources of a table against each other: parts that add up, or versions of which one holds."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import isclose
from os.path import commonpath
from pathlib import PurePosixPath
from typing import Any

import polars as pl

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.cells.dates import day_of
from pilot_eval.evidence.readers.sheet import spans
from pilot_eval.evidence.tables.across_rows import (
    AT,
    BLOCK,
    Block,
    Found,
    Frames,
    comparable,
    compared,
    compared_as,
    with_count,
)
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.evidence.tables.near_titles import akin
from pilot_eval.evidence.tables.revisions import CERTAIN, DOUBTED, odds, significant_digits
from pilot_eval.evidence.tables.similar import but_titles, keys, large_figures, named_rows, near_pairs, titles
from pilot_eval.evidence.tables.source_names import (
    Kinship,
    Name,
    at_moments,
    at_times,
    kinship,
    lettered,
    like_formed,
    name_of,
    numbered,
    overlap,
)
from pilot_eval.frames import INNER, ROW
from pilot_eval.plugin.tables import NUMBER_KINDS, Kind
from pilot_eval.text import Words, joined, quoted

_LISTED = 12
"""Sources named in one finding, and findings about pairs of sources of one table."""
_TRIED = 7
"""Sources of which every choice is tried as the parts of another; of more, only all the others together."""
_ENTRIES = 500
"""Figures among which that is tried."""
_BLOCKS = 200
"""Sources of which each is tried as the sum of the others."""
_WORDS = 5
"""Words of a name of which every choice is looked up as another source's name."""
_FEW = 2
"""Dated rows that two parts may have in common by chance, though they have no others."""
_DIGITS = 4
"""Significant digits in which a source must equal the sums of others to be taken for their summary."""
_DOUBTED_DIGITS = 2
"""Digits from which it may be that of all the others, if its name isn't formed as theirs are."""


def check_sources(frames: Frames) -> Found:
    """Return the findings about tables with several sources."""
    several = (each for each in frames.values() if len(each.blocks) > 1)
    return [(each.layout.id, said) for each in several for said in _Judging(*each).findings()]


@dataclass
class _Shared:
    """The rows of the later of two blocks that stand in the earlier one too: their indexes, and those there."""

    same: dict[int, int] = field(default_factory=dict)
    alike: dict[int, int] = field(default_factory=dict)  # the same record with other figures, or spelled otherwise
    titled: dict[int, int] = field(default_factory=dict)  # the same but for the date
    figures: dict[int, int] = field(default_factory=dict)  # all the same figures under another title
    reworded: dict[int, int] = field(default_factory=dict)  # all the same but for the title


class _Judging:
    """Judges the blocks of one table."""

    def __init__(self, layout: Layout, rows: pl.DataFrame, blocks: list[Block]) -> None:
        self.layout, self.rows, self.blocks = layout, rows, blocks
        self.folder = len(commonpath([PurePosixPath(each.source.file).parent for each in blocks])) + 1
        sheets = Counter(file for file, _ in {(each.source.file, each.source.sheet) for each in blocks})
        self.names = [
            name_of(
                layout, each.source.file[self.folder :], _said(each.source.sheet, sheets[each.source.file]), each.title
            )
            for each in blocks
        ]
        kinds = {column.kind for column in layout.required}
        self.titled, self.dated = Kind.TEXT in kinds or bool(layout.unique), {Kind.TEXT, Kind.DATE} <= kinds
        self.figures = any(column.kind in NUMBER_KINDS for column in layout.columns)
        self.stock = any(column.stock for column in layout.columns)
        self.grids = Counter((each.source.file, each.source.sheet) for each in blocks)
        self._perhaps: dict[int, list[int]] = {}  # blocks that may sum up all others, by chance or not

    def findings(self) -> list[Finding]:
        listed = joined(map(self._called, self.blocks[:_LISTED]))
        more = "…" if len(self.blocks) > _LISTED else ""
        note = finding(
            "table-sources", self.blocks[0].source.place(None), count=len(self.blocks), sources=listed, more=more
        )
        summaries = self._summaries()
        found = [
            self._about(at, "sources-summary", sources=joined(self._called(self.blocks[each]) for each in parts))
            for at, parts in summaries.items()
        ]
        overlaps = {at: within for at, within in self._overlaps().items() if at not in summaries}
        for at, within in overlaps.items():
            sources = joined(self._called(self.blocks[each]) for each in within[:_LISTED])
            found.append(self._about(at, "sources-overlap", sources=sources))
        told = summaries | overlaps
        for at, parts in self._perhaps.items():
            if at not in told:
                sources = joined(self._called(self.blocks[each]) for each in parts[:_LISTED])
                found.append(self._about(at, "sources-sum", sources=sources))
        doubtful = set[int]()
        for (one, other), shared in sorted(self._pairs().items()):
            if one in told or other in told:
                continue
            said = self._verdict(one, other, shared)
            if said is None and self._unclear(one, other, shared):
                doubtful |= {one, other}
            found += [said] if said else []
        if doubtful:
            unsure = [self._called(self.blocks[at]) for at in sorted(doubtful)]
            more = "…" if len(unsure) > _LISTED else ""
            found.append(self._about(max(doubtful), "sources-added", sources=joined(unsure[:_LISTED]), more=more))
        return [note, *with_count(found[:_LISTED], len(found), self.blocks[0].source)]

    def _unclear(self, one: int, other: int, shared: _Shared) -> bool:
        """Return whether names don't say what two blocks cover; blocks of one sheet may have no titles."""
        grids = {(self.blocks[at].source.file, self.blocks[at].source.sheet) for at in (one, other)}
        untitled = len(grids) == 1 and self.names[one] == self.names[other]
        names = self.names[one], self.names[other]
        apart = (lettered(*names) and not (shared.same or shared.alike)) or numbered(*names)
        return not (untitled or apart) and self._kin(one, other) is not Kinship.PARTS

    def _kin(self, one: int, other: int) -> Kinship:
        names = self.names[one], self.names[other]
        timed = self.stock and at_times(*names)
        alone = self.blocks[one].count == self.blocks[other].count == 1
        if (timed and alone) or ((timed or at_moments(*names)) and self._in_common(one, other)):
            return Kinship.VERSIONS
        return Kinship.SERIES if lettered(*names) else kinship(*names)

    def _called(self, block: Block) -> Words:
        """Return the name of a block with the number of its rows."""
        source, sheet = block.source, f"[{block.source.sheet}]" if block.source.sheet else ""
        name = f"{source.file[self.folder :]}{sheet}{f' {block.title}' if block.title else ''}"
        several = self.grids[source.file, source.sheet] > 1
        rows = f"{block.first}–{block.last}" if block.first != block.last else f"{block.first}"
        zh, en = (f"第 {rows} 行，", f"rows {rows}, ") if several else ("", "")
        label = quoted(name)
        return Words(zh=f"{label.zh}（{zh}{block.count} 行）", en=f"{label.en} ({en}{block.count} rows)")

    def _about(self, at: int, code: str, /, **params: object) -> Finding:
        block = self.blocks[at]
        several = self.grids[block.source.file, block.source.sheet] > 1
        return finding(code, block.source.place(block.first if several else None), **params)

    def _pairs(self) -> dict[tuple[int, int], _Shared]:
        """Return the pairs of blocks that have rows in common, or whose names don't say that they are parts."""
        pairs: dict[tuple[int, int], _Shared] = defaultdict(_Shared)
        firsts: dict[frozenset[str], int] = {}
        for at, name in enumerate(self.names):
            pairs[firsts.setdefault(name.own, at), at]
        for at, name in enumerate(self.names):
            for size in range(len(name.own) if len(name.own) <= _WORDS else 0):
                for part in combinations(sorted(name.own), size):
                    if (first := firsts.get(frozenset(part))) is not None:
                        pairs[min(first, at), max(first, at)]
        visible = next((at for at, each in enumerate(self.blocks) if not each.source.hidden), None)
        for at, each in enumerate(self.blocks):
            if each.source.hidden and visible is not None:
                pairs[min(visible, at), max(visible, at)]
        rows = comparable(self.layout, self.rows)
        blocks = self.rows[BLOCK].to_list()
        for at, first in _linked(rows, compared_as(rows, compared(self.layout))):
            pairs[blocks[first], blocks[at]].same[at] = first
        rows = named_rows(self.layout, rows)
        if over := keys(self.layout, rows):
            for at, first in [*_linked(rows, over), *near_pairs(self.layout, rows).iter_rows()]:
                if blocks[at] != blocks[first] and at not in (pair := pairs[blocks[first], blocks[at]]).same:
                    pair.alike.setdefault(at, first)
        over, rows = titles(self.layout, rows)
        dates = {column.name for column in self.layout.columns if column.kind is Kind.DATE}
        over += compared_as(rows, [name for name in compared(self.layout) if name not in dates]) if over else []
        for at, first in _linked(rows, over) if over and self.dated else ():
            pairs[blocks[first], blocks[at]].titled[at] = first
        over, rows = but_titles(self.layout, self.rows) if self.dated else ([], self.rows)
        for at, first in _linked(rows, over) if over else ():
            pairs[blocks[first], blocks[at]].reworded[at] = first
        over, rows = large_figures(self.layout, self.rows) if self.titled and not self.dated else ([], self.rows)
        for at, first in _linked(rows, over) if over else ():
            pairs[blocks[first], blocks[at]].figures[at] = first
        return {pair: shared for pair, shared in pairs.items() if pair[0] != pair[1]}

    def _verdict(self, one: int, other: int, shared: _Shared) -> Finding | None:
        """Return what is wrong with two blocks, if anything is."""
        kin = self._kin(one, other)
        same, both_ways = self._most(one, other, shared.same), self._most(one, other, shared.same | shared.alike)
        if self.blocks[one].source.hidden != self.blocks[other].source.hidden:
            return self._which(one, other, _HIDDEN)
        if self._revised(one, other, shared):
            return self._which(one, other, self._common(shared))
        if kin is not Kinship.PARTS:
            if same or ((kin is not Kinship.SERIES or self.titled) and (shared.same or shared.alike)):
                return self._which(one, other, self._common(shared))
            if len(shared.titled) > 1 and self._most(one, other, shared.titled):
                return self._which(one, other, self._common(shared))
            if kin is Kinship.VERSIONS:
                return self._which(one, other, _VERSIONS)
        if self.layout.unique and (shared.same or shared.alike):
            columns = joined(column.label for column in self.layout.columns if column.name in self.layout.unique)
            return self._rows_shared("rows-shared-unique", one, other, shared.same, columns=columns)
        doubted = same and (not self.figures or self._odds(one, other, shared) >= DOUBTED)
        if shared.same and (self.dated or doubted):
            return self._rows_shared("rows-shared", one, other, shared.same)
        if self.dated and both_ways and len(shared.alike) > 1:
            return self._rows_shared("rows-alike", one, other, shared.alike)
        return self._retitled(one, other, shared) or self._reworded(one, other, shared)

    def _retitled(self, one: int, other: int, shared: _Shared) -> Finding | None:
        """Report rows with the figures of another record: likelier that record than another one, of all pairs."""
        rows = {at: first for at, first in shared.figures.items() if at not in shared.same | shared.alike}
        pairs = self.blocks[one].count * self.blocks[other].count
        rows = {at: first for at, first in rows.items() if odds(self.layout, self.rows, [at], 0) >= DOUBTED * pairs}
        return self._rows_shared("rows-alike", one, other, rows) if rows else None

    def _reworded(self, one: int, other: int, shared: _Shared) -> Finding | None:
        """Report rows that are all the same but for the title, if their figures, or how many they are, show it.

        It is likelier of blocks whose names give stretches that overlap, or others than the days of these rows.
        """
        rows = {at: first for at, first in shared.reworded.items() if at not in shared.same | shared.alike}
        few = len(rows) < _FEW
        if not rows:
            return None
        likely = overlap(self.names[one], self.names[other]) or self._misplaced(rows)
        least = DOUBTED / 4 if likely else 2 * DOUBTED
        shown = odds(self.layout, self.rows, rows, 0) >= least if self.figures else self._most(one, other, rows)
        if not shown or (few and not self._akin(rows)):
            return None
        return self._rows_shared("rows-alike", one, other, rows)

    def _misplaced(self, rows: dict[int, int]) -> bool:
        """Return whether rows, or their likes, are all outside the months that their block's name gives."""
        day = self.rows[next(column.name for column in self.layout.required if column.kind is Kind.DATE)]
        blocks = self.rows[BLOCK]
        return any(
            bool(each) and all(_outside(self.names[blocks[at]], day[at]) for at in each)
            for each in (rows.keys(), rows.values())
        )

    def _akin(self, rows: dict[int, int]) -> bool:
        """Return whether the titles of rows have signs in common with those of their likes."""
        title = next(column.name for column in self.layout.required if column.kind is Kind.TEXT)
        said = self.rows[title]
        return all(akin(str(said[at]), str(said[first])) for at, first in rows.items())

    def _revised(self, one: int, other: int, shared: _Shared) -> bool:
        """Return whether two blocks are versions of each other by what they hold, whatever their names say."""
        found = shared.same | shared.alike
        if self.dated or not found:
            return len(found) > _FEW and self._most(one, other, found)
        return self._most(one, other, found) and self._odds(one, other, shared) >= CERTAIN

    def _odds(self, one: int, other: int, shared: _Shared) -> float:
        smaller = min(self.blocks[at].count for at in (one, other))
        return odds(self.layout, self.rows, shared.same, smaller - len(shared.same))

    def _overlaps(self) -> dict[int, list[int]]:
        """Return the blocks whose names give a stretch that overlaps those of others, each with these."""
        count = len(self.blocks)
        found: dict[int, list[int]] = defaultdict(list)
        for at, each in combinations(range(count) if count <= _BLOCKS and not self.dated else (), 2):
            one, other = self.names[at], self.names[each]
            if overlap(one, other) and self._in_common(at, each):
                wide, within = (at, each) if one.length > other.length else (each, at)
                found[wide].append(within)
        return found

    def _in_common(self, one: int, other: int) -> bool:
        """Return whether two blocks have records of one title, or records without titles."""
        if not self.titled:
            return True
        return not self._keys[one].isdisjoint(self._keys[other])

    @cached_property
    def _keys(self) -> list[set[int]]:
        """What identifies the records of each block, as numbers."""
        over = keys(self.layout, self.rows)
        found: list[set[int]] = [set() for _ in self.blocks]
        for block, key in self.rows.select(BLOCK, pl.col(AT).first().over(over)).iter_rows():
            found[block].add(key)
        return found

    def _most(self, one: int, other: int, rows: dict[int, int]) -> bool:
        """Return whether rows are at least half of the smaller of two blocks."""
        smaller = min(self.blocks[one].count, self.blocks[other].count)
        found = len(rows) if smaller == self.blocks[other].count else len(set(rows.values()))
        return found > 0 and 2 * found >= smaller

    def _common(self, shared: _Shared) -> Words:
        """Say which rows of the later block stand in the earlier one."""
        rows = self._rows(shared.same or shared.alike or shared.titled)
        if shared.same:
            return Words(
                zh=f"有相同的行（后者第 {rows} 行）", en=f"they have the same rows (of the latter: rows {rows})"
            )
        return Words(
            zh=f"有相同的记录，只是数字、日期或写法不同（后者第 {rows} 行）",
            en=f"they have the same records with other figures, dates or spellings (of the latter: rows {rows})",
        )

    def _which(self, one: int, other: int, why: Words) -> Finding:
        first, second = (self._called(self.blocks[at]) for at in (one, other))
        return self._about(other, "sources-which", first=first, second=second, table=self.layout.label, why=why)

    def _rows_shared(self, code: str, one: int, other: int, rows: dict[int, int], **params: object) -> Finding:
        first = self._called(self.blocks[one])
        return self._about(other, code, first=first, count=len(rows), rows=self._rows(rows), **params)

    def _rows(self, rows: dict[int, int]) -> str:
        return spans(sorted(self.rows[ROW][at] for at in rows))

    def _summaries(self) -> dict[int, list[int]]:
        """Return the blocks whose figures are the sums of others', each with those.

        Those that may be so by chance are put into `_perhaps`.
        """
        columns = [column.name for column in self.layout.columns if column.kind in NUMBER_KINDS and column.unit != "%"]
        count = len(self.blocks)
        if not columns or count > _BLOCKS:
            return {}
        whole = self._figures([], columns)
        over = keys(self.layout, self.rows)
        found: dict[int, list[int]] = {}
        for figures in [self._figures(over, columns), whole] if over else [whole]:
            small = count <= _TRIED and sum(map(len, figures)) <= _ENTRIES
            for at in range(count):
                if at in found:
                    continue
                others = [each for each in range(count) if each != at]
                sizes = range(count - 1, 0 if figures is whole else 1, -1) if small else [count - 1]
                if figures is whole and self.blocks[at].count > 1:
                    sizes = [count - 1] if count > _FEW and self._says_whole(at) else []
                tries = (some for size in sizes for some in combinations(others, size))
                parts = next((some for some in tries if self._sums(at, some, figures)), ())
                if len(parts) > 1 or sum(self.blocks[each].count for each in parts) > self.blocks[at].count:
                    found[at] = list(parts)
                    self._perhaps.pop(at, None)
        for one, other in combinations(range(count) if count <= _TRIED and not self.dated else (), 2):
            several = min(self.blocks[one].count, self.blocks[other].count) > 1
            if several and not {one, other} & found.keys() and self._sums(other, [one], whole, least=_DIGITS):
                self._perhaps[other] = [one]  # one whole in two ways, such as by grid and by kind
        return found

    def _says_whole(self, at: int) -> bool:
        """Return whether the name of a block says that it is the whole, in words that no other has."""
        others = (name.whole for each, name in enumerate(self.names) if each != at)
        return bool(self.names[at].whole.difference(*others))

    def _figures(self, over: list[pl.Expr], columns: list[str]) -> list[dict[Any, float]]:
        """Return the sums of each block, by key and column."""
        names = [f"{INNER}{at}" for at in range(len(over))]
        sums = self.rows.with_columns(each.alias(name) for each, name in zip(over, names, strict=True))
        sums = sums.group_by([BLOCK, *names]).agg(pl.col(columns).sum())
        found: list[dict[Any, float]] = [{} for _ in self.blocks]
        for block, *rest in sums.iter_rows():
            key, values = tuple(rest[: len(names)]), rest[len(names) :]
            found[block] |= {(key, column): value for column, value in zip(columns, values, strict=True) if value}
        return found

    def _sums(self, at: int, parts: Sequence[int], figures: list[dict[Any, float]], *, least: int = 2) -> bool:
        own, total = figures[at], Counter[Any]()
        for part in parts:
            total.update(figures[part])
        if own.keys() != total.keys() or not all(isclose(own[key], total[key]) for key in own):
            return False
        digits = sum(map(significant_digits, own.values()))
        names = [self.names[part] for part in parts]
        plain = self.names[at].own - frozenset().union(*(name.own for name in names))
        if len(parts) == len(self.blocks) - 1 >= _FEW:  # of all that there is, a name may say that it is the whole
            if digits and self._says_whole(at):
                return True
            if _DOUBTED_DIGITS <= digits < _DIGITS and plain and not like_formed(self.names[at], names):
                self._perhaps[at] = list(parts)
        return digits >= (_DIGITS if plain else least)


def _outside(name: Name, day: float) -> bool:
    """Return whether a day isn't in the one stretch that a name gives, whatever the years."""
    if len(name.stretches) != 1:
        return False
    first, last = ((each.month, each.day) for each in map(day_of, name.stretches[0]))
    return not first <= (day_of(day).month, day_of(day).day) <= last


def _said(sheet: str | None, sheets: int) -> str | None:
    """Return a sheet's name, but not the one that programs give to a workbook's only sheet."""
    return None if sheets == 1 and (sheet or "").casefold() == "sheet1" else sheet


def _linked(rows: pl.DataFrame, over: list[pl.Expr]) -> Iterator[tuple[int, int]]:
    """Yield rows that have a like in an earlier block, each with the first like, and with the last one before it.

    Of versions that stand among other parts, the second may be like a part first.
    """
    for other in (pl.col(AT).first(), pl.col(AT).shift(1)):
        likes = rows.select(AT, BLOCK, other.over(over).alias(f"{INNER}other"))
        block = likes.join(
            rows.select(pl.col(AT).alias(f"{INNER}other"), pl.col(BLOCK).alias(f"{INNER}its")), f"{INNER}other"
        )
        yield from block.filter(pl.col(f"{INNER}its") != pl.col(BLOCK)).sort(AT).select(AT, f"{INNER}other").iter_rows()


_HIDDEN = Words(zh="其中一处是隐藏的", en="one of them is hidden")
_VERSIONS = Words(zh="按名称像是同一内容的两个版本", en="their names are those of two versions")

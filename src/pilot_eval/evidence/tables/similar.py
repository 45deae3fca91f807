"""Rows that may mean the same thing: spelled otherwise, a day apart, with other figures, or proved by the same file."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.readers.sheet import spans
from pilot_eval.evidence.tables.across_rows import (
    AT,
    BLOCK,
    MOST,
    Found,
    Frames,
    Source,
    comparable,
    compared,
    compared_as,
    with_count,
)
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.evidence.tables.near_titles import UNPROVED, akin, near_listed, near_titles, near_undated, told_apart
from pilot_eval.evidence.tables.revisions import CERTAIN, DOUBTED, odds_of_row
from pilot_eval.evidence.tables.traditional import simplified
from pilot_eval.frames import INNER, ROW, SOURCE, Three, three
from pilot_eval.plugin.tables import NUMBER_KINDS, ColumnSpec, Kind
from pilot_eval.privacy.numbers import shown_text

Pairs = Sequence[tuple[int, int]]
FIRST = f"{INNER}first"
"""The index of the earlier row that a row is like."""

_CONTENT = f"{INNER}content"
_NAMED = 5
"""Names of copies of one proof that are given."""

_FIGURES, _LARGE = 2, 100
"""How many figures of a row must be how large for another row with the same ones to be perhaps the same."""
_BUSY = 40
"""Rows of one day and one kind that are compared with each other; of more, none are."""
_LONGEST = 366
"""Days of a stretch that may be about one of them; what lasts longer goes on."""
_HELD = "^(?:举办|开展)|活动$"
_OTHER = "^(?:其[他它余]|other|others|misc|)$"
_ORDERED = re.compile(r"[0-9a-z一二三四五六七八九十甲乙丙丁上下东西南北中早晚]")
"""What tells apart two titles of which one contains the other."""
_YEAR = re.compile("(?:19|20)[0-9]{2}年?度?")


def check_similar(frames: Frames, sources: list[Source], contents: Mapping[str, str]) -> Found:
    """Return the findings about rows of a block that are alike though not the same, and about repeated proofs.

    `contents` has the SHA-256 of each file of the submission.
    """
    found: Found = []
    for layout, frame, _ in frames.values():
        if not frame.height:
            continue
        if layout.unique:
            found += [(layout.id, each) for each in _similar(layout, frame, sources, _near_unique(layout, frame))]
            continue
        said = (*_similar_rows(layout, frame, sources), *_proofs(layout, frame, sources, contents))
        found += [(layout.id, each) for each in said]
    return found


def keys(layout: Layout, frame: pl.DataFrame) -> list[pl.Expr]:
    """Return what identifies a record: unique columns, else a title with a date, titles with choices, or categories."""
    if layout.unique:
        return compared_as(frame, layout.unique)
    required = _required(layout)
    texts, dates, choices = (required[kind] for kind in (Kind.TEXT, Kind.DATE, Kind.CHOICE))
    if texts and dates:  # who awarded an honour, or with whom a project was run, is about it
        return [_folded(texts[0]), *map(pl.col, [*required[Kind.PERIOD], dates[0]])]
    return [*map(_folded, texts), *map(pl.col, [*required[Kind.PERIOD], *dates, *choices])]


def titles(layout: Layout, frame: pl.DataFrame) -> tuple[list[pl.Expr], pl.DataFrame]:
    """Return what titles are compared by, and the rows whose title is the only such in its block."""
    texts = list(map(_folded, _required(layout)[Kind.TEXT]))
    return texts, frame.filter(pl.len().over([pl.col(BLOCK), *texts]) == 1) if texts else frame.clear()


def but_titles(layout: Layout, frame: pl.DataFrame) -> tuple[list[pl.Expr], pl.DataFrame]:
    """Return all but titles and remarks by which rows of a day are compared, and the rows that have a figure or more.

    A table whose rows have neither figures nor a second text has nothing else to show.
    """
    required = _required(layout)
    figures = [column.name for column in layout.columns if column.kind in NUMBER_KINDS]
    texts, held = required[Kind.TEXT][1:], three(required[Kind.DATE][0])
    if not figures and not texts:
        return [], frame.clear()
    rows = frame.filter(pl.col(held.low) == pl.col(held.high))
    if figures:
        rows = rows.filter(pl.any_horizontal(pl.col(each).fill_null(0) != 0 for each in figures))
    same = [*required[Kind.DATE], *(figures or required[Kind.CHOICE])]
    return [*map(pl.col, same), *map(_folded, texts)], rows


def large_figures(layout: Layout, frame: pl.DataFrame) -> tuple[list[pl.Expr], pl.DataFrame]:
    """Return the columns of numbers, and the rows in which at least two of them have three digits or more."""
    numbers = [pl.col(column.name) for column in layout.columns if column.kind in NUMBER_KINDS and column.unit != "%"]
    if len(numbers) < _FIGURES:
        return [], frame.clear()
    large = pl.sum_horizontal((each.abs() >= _LARGE).fill_null(False).cast(pl.Int64) for each in numbers)
    return numbers, frame.filter(large >= _FIGURES)


def named_rows(layout: Layout, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows without those that are named “其他”."""
    texts = [] if layout.unique else _required(layout)[Kind.TEXT]
    return frame.filter(~_folded(texts[0]).str.contains(_OTHER).fill_null(True)) if texts else frame


def near_pairs(layout: Layout, frame: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of rows (`AT`, `FIRST`) of about one day, one title the other spelled otherwise or a part of it.

    They agree in every choice and flag. In one block, the same title on two days means two events if the table counts
    something, as participants; in two blocks, it may be one. A month is about each of its days, if the titles agree.
    """
    required = _required(layout)
    texts, dates = required[Kind.TEXT], required[Kind.DATE]
    counts = bool(required[Kind.COUNT] or required[Kind.NUMBER])
    nothing = pl.DataFrame(schema={AT: pl.Int64, FIRST: pl.Int64})
    if layout.unique or not texts:
        return nothing
    if not dates:
        return pl.DataFrame([*near_undated(layout, frame, _folded(texts[0]))], schema=nothing.schema, orient="row")
    held = three(dates[0])
    found = [_within(frame, texts[0], held)]
    same = ["day", *required[Kind.CHOICE], *required[Kind.FLAG]]
    figures = [column.name for column in layout.columns if column.kind in NUMBER_KINDS]
    rows = frame.filter(pl.col(held.low) == pl.col(held.high)).select(
        AT, BLOCK, pl.col(held.value).alias("day"), *same[1:], *figures,
        *(_folded(name).str.replace_all(_HELD, "").alias(f"key {name}") for name in texts),
        *(pl.col(name).alias(f"said {name}") for name in texts),
    )  # fmt: skip
    rows = rows.filter(pl.len().over(same) <= _BUSY)
    for days in (0, 1):
        pairs = rows.join(rows.with_columns(pl.col("day") - days), on=same, suffix=" other", nulls_equal=True)
        pairs = pairs.filter(pl.col(AT) < pl.col(f"{AT} other")) if not days else pairs
        held_in = pairs.filter(_contained(f"key {texts[0]}")).iter_rows(named=True)
        kept = [
            row for row in held_in
            if _meant(row, texts, apart=days > 0 and counts and row[BLOCK] == row[f"{BLOCK} other"])
        ]  # fmt: skip
        if not days:
            kept += _misspelled(pairs, texts, figures)
        ats = [sorted((row[AT], row[f"{AT} other"]), reverse=True) for row in kept]
        found.append(pl.DataFrame(ats, schema=nothing.schema, orient="row"))
    return pl.concat(found)


def _misspelled(pairs: pl.DataFrame, texts: list[str], figures: list[str]) -> list[dict[str, Any]]:
    """Return the pairs of rows that differ by one sign of the title, or by some left out."""
    same = [*figures, *(f"key {each}" for each in texts[1:])]
    alike = pairs.filter(
        pl.all_horizontal(pl.col(each).eq_missing(pl.col(f"{each} other")) for each in same) if same else True
    )
    key = f"key {texts[0]}"
    least = 0 if figures else UNPROVED
    return [
        row for row in alike.iter_rows(named=True)
        if (one := row[key]) and (other := row[f"{key} other"]) and min(len(one), len(other)) >= least
        and near_titles(one, other)
    ]  # fmt: skip


def _within(frame: pl.DataFrame, title: str, held: Three) -> pl.DataFrame:
    """Return pairs of rows of one title, one of which is about a month or other days around those of the other."""
    rows = frame.select(AT, held.low, held.high, _folded(title).str.replace_all(_HELD, "").alias("key")).drop_nulls()
    length = pl.col(held.high) - pl.col(held.low)
    rows = rows.filter(pl.len().over("key") <= _BUSY)
    wide = rows.filter((length > 0) & (length <= _LONGEST))
    pairs = wide.join(rows, "key", suffix=" other").filter(
        (pl.col(held.low) <= pl.col(f"{held.high} other"))
        & (pl.col(f"{held.low} other") <= pl.col(held.high))
        & (length > pl.col(f"{held.high} other") - pl.col(f"{held.low} other"))
    )
    both = pl.col(AT), pl.col(f"{AT} other")
    return pairs.select(pl.max_horizontal(both).alias(AT), pl.min_horizontal(both).alias(FIRST))


def _contained(key: str) -> pl.Expr:
    """Return whether one title holds the other, or has the same characters in another order."""
    one, other = pl.col(key), pl.col(f"{key} other")
    moved = one.str.split("").list.sort() == other.str.split("").list.sort()
    return moved | one.str.contains(other, literal=True) | other.str.contains(one, literal=True)


def _meant(row: dict[str, str], texts: list[str], *, apart: bool) -> bool:
    """Return whether the titles of two rows may mean the same: not told apart by a number or an order.

    `apart`, on two days, neither may say more than the other: a course, and the day on which it opened.
    """
    differs = False
    for name in texts:
        short, long = sorted((row[f"key {name}"] or "", row[f"key {name} other"] or ""), key=len)
        differs |= row[f"said {name}"] != row[f"said {name} other"] if short == long else True
        rest = _YEAR.sub("", long.replace(short, "", 1)) if sorted(short) != sorted(long) else ""
        if (rest and short not in long) or (short != long and (len(short) < 2 or _ORDERED.search(rest))):
            return False
        if apart and sorted(short) != sorted(long):
            return False
    return differs or not apart


def _required(layout: Layout) -> dict[Kind, list[str]]:
    found: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for column in layout.required:
        found[column.kind].append(column.name)
    return found


def _folded(name: str) -> pl.Expr:
    """Return a title without blanks, marks and case, and with its numbers in figures: 第十二期 as 第12期."""
    folded = pl.col(name).cast(pl.String).str.normalize("NFKC").str.replace(r"^\s*[-−–](\d)", "负${1}")  # a basement
    folded = simplified(folded.str.to_lowercase().str.replace_all(r"[\W_]", ""))
    folded = folded.str.replace_many(list("〇零一二三四五六七八九"), list("00123456789"))
    for written, figures in _TENS:
        folded = folded.str.replace_all(written, figures)
    return folded.str.replace_all("第([0-9])", "${1}")


_TENS = (
    ("百([1-9])十", "${1}十"), ("百0?([1-9])", "0${1}"), ("百", "00"),
    ("([1-9])十([1-9])", "${1}${2}"), ("([1-9])十", "${1}0"), ("十([1-9])", "1${1}"), ("十", "10"),
    (r"(^|\D)0+(\d)", "${1}${2}"),
)  # fmt: skip
"""Numerals whose digits are figures already, such as 1百2十3, as figures; the last one takes zeros from the front."""


def _similar_rows(layout: Layout, frame: pl.DataFrame, sources: list[Source]) -> list[Finding]:
    required = _required(layout)
    texts, dates = required[Kind.TEXT], required[Kind.DATE]
    if not texts:
        return []
    whole = compared_as(frame, compared(layout))
    rows = named_rows(layout, comparable(layout, frame))
    rows = rows.filter(pl.int_range(pl.len()).over([pl.col(BLOCK), *whole]) == 0)
    held = three(dates[0]) if dates else None
    exact = rows.filter(pl.col(held.low) == pl.col(held.high)) if held else rows
    over = [pl.col(BLOCK), *keys(layout, frame)]
    pairs = exact.with_columns(pl.col(AT).first().over(over).alias(FIRST)).filter(pl.col(FIRST) != pl.col(AT))
    near = [*pairs.select(AT, FIRST).iter_rows(), *near_pairs(layout, rows).sort(AT, FIRST).iter_rows()]
    return _similar(layout, frame, sources, [*near, *(_reworded(layout, rows) if dates else ())])


def _near_unique(layout: Layout, frame: pl.DataFrame) -> list[tuple[int, int]]:
    """Return pairs of rows that are one record under two spellings, or with one day written as its month."""
    required = _required(layout)
    texts, dates = required[Kind.TEXT], required[Kind.DATE]
    if not texts or not dates:
        return []
    days = [column.name for column in layout.columns if column.kind is Kind.DATE]
    once = pl.int_range(pl.len()).over([pl.col(BLOCK), *keys(layout, frame)]) == 0  # the others are duplicates
    frame = frame.filter(once)
    wide = _within(frame, texts[0], three(dates[0])).iter_rows()
    return [*wide, *near_listed(layout, frame, _folded(texts[0]), days)]


def _similar(layout: Layout, frame: pl.DataFrame, sources: list[Source], near: Pairs) -> list[Finding]:
    """Report the pairs of rows, a later with an earlier, that are of one block."""
    if not near:
        return []
    texts, blocks = _required(layout)[Kind.TEXT], frame[BLOCK].to_list()
    said: dict[int, int] = {}
    for at, first in near:
        if blocks[at] == blocks[first]:
            said.setdefault(at, first)
    numbers, places = frame[ROW].to_list() if said else [], frame[SOURCE]
    title = next(column for column in layout.columns if column.name == texts[0])
    found = [
        finding(
            "row-similar",
            sources[places[at]].place(numbers[at], title.name),
            first=numbers[said[at]],
            value=_title_at(frame, title, at),
            other=_title_at(frame, title, said[at]),
        )
        for at in sorted(said)[:MOST]
    ]
    return with_count(found, len(said), sources[places[min(said)]] if said else None)


def _reworded(layout: Layout, frame: pl.DataFrame) -> list[tuple[int, int]]:
    """Return pairs of rows of a block that are all the same but for the title, if their figures show it.

    One pair is shown by a figure, and by titles with signs in common; several, by all their figures.
    """
    over, rows = but_titles(layout, frame)
    figures = [column.name for column in layout.columns if column.kind in NUMBER_KINDS]
    if not over or not figures:
        return []
    title = _required(layout)[Kind.TEXT][0]
    key = pl.struct(BLOCK, *over).rank("dense").alias(f"{INNER}key")
    twins = rows.select(key, AT, BLOCK, _folded(title).alias(title), *figures)
    twins = twins.filter(pl.len().over(f"{INNER}key") == _FIGURES).sort(f"{INNER}key", AT)
    found: dict[int, list[tuple[int, int, float]]] = {}
    for one, other in zip(*[twins.iter_rows(named=True)] * 2, strict=True):
        if one[title] != other[title] and not told_apart(one[title] or "", other[title] or ""):
            shown = odds_of_row(one[each] for each in figures)
            likely = akin(one[title] or "", other[title] or "") and shown >= DOUBTED / 2
            found.setdefault(one[BLOCK], []).append((other[AT], one[AT], math.inf if likely else shown))
    return [
        (at, first)
        for pairs in found.values()
        for at, first, shown in pairs
        if shown == math.inf or (len(pairs) > 1 and math.prod(each for _, _, each in pairs) >= CERTAIN)
    ]


def _title_at(frame: pl.DataFrame, column: ColumnSpec, at: int) -> str:
    return shown_text(str(frame[column.name][at]), 30)


def _proofs(layout: Layout, frame: pl.DataFrame, sources: list[Source], contents: Mapping[str, str]) -> list[Finding]:
    """Report files that prove several rows which aren't the same; copies of one are the same file."""
    found: list[Finding] = []
    for column in layout.columns:
        if column.kind is not Kind.FILE:
            continue
        key = compared_as(frame, compared(layout))
        rows = frame.filter(pl.col(column.name).is_not_null() & (pl.int_range(pl.len()).over(key) == 0))
        known = {
            files: " ".join(sorted(contents.get(file, file) for file in files.split("；")))
            for files in rows[column.name].unique().to_list()
        }
        over = [pl.col(SOURCE), pl.col(column.name).replace_strict(known, return_dtype=pl.String).alias(_CONTENT)]
        twice = rows.group_by(over, maintain_order=True).agg(
            pl.col(column.name).unique(maintain_order=True), pl.col(ROW)
        )
        twice = twice.filter(pl.col(ROW).list.len() > 1).drop(_CONTENT)
        said = [
            finding(
                "proof-shared",
                sources[source].place(at[1], column.name),
                value="、".join(files[:_NAMED]),
                rows=spans(at),
            )
            for source, files, at in twice.head(MOST).iter_rows()
        ]
        found += with_count(said, twice.height, sources[twice[SOURCE][0]] if twice.height else None)
    return found

"""Titles that are nearly the same: a sign mistyped, or some left out, in rows with the same figures."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import polars as pl

from pilot_eval.evidence.tables.across_rows import AT, BLOCK
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.evidence.tables.revisions import CERTAIN, DOUBTED, odds_of_row
from pilot_eval.frames import INNER
from pilot_eval.plugin.tables import NUMBER_KINDS, Kind

_BUSY = 40
"""Rows with the same figures that are compared with each other; of more, none are."""
_ORDERED = re.compile(r"[0-9a-z一二三四五六七八九十甲乙丙丁上下东西南北中早晚初高再续]")
"""What tells apart two titles of which one contains the other."""
_CONTRASTED = frozenset("前后左右内外大小老少青幼男女红黄蓝绿白黑金银春夏秋冬正副主分文武正反收支进出新旧日夜长短")
"""Signs of which one instead of another makes another name."""
_ADDED = 5
"""How many times likelier than chance the figures must be where one title begins as the other."""


def near_titles(one: str, other: str) -> bool:
    """Return whether one title is the other with one sign mistyped, or with some left out behind the first."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        differ = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
        return len(differ) == 1 and len(one) >= _SIGNS and not _titles_apart(*differ[0])
    if len(short) < _LEAST or len(long) > 2 * len(short) or short[0] != long[0]:
        return False
    rest = _sign_left_out(short, long)
    return bool(rest) and not _ORDERED.search(rest)


_SIGNS, _LEAST = 3, 2
"""Signs of a title in which one may be mistyped, and in which some may be left out."""


def _titles_apart(one: str, other: str) -> bool:
    return any(map(_ORDERED.fullmatch, (one, other))) or {one, other} <= _CONTRASTED


def _sign_left_out(short: str, long: str) -> str:
    """Return what a title has beside the signs of a shorter one, in their order; nothing if it lacks some of them."""
    rest, at = list[str](), 0
    for sign in long:
        if at < len(short) and sign == short[at]:
            at += 1
        else:
            rest.append(sign)
    return "".join(rest) if at == len(short) else ""


def akin(one: str, other: str) -> bool:
    """Return whether two titles have at least half of the signs of the shorter one in common, and at least two."""
    common = (Counter(one) & Counter(other)).total()
    return common >= _LEAST and 2 * common >= min(len(one), len(other))


def told_apart(one: str, other: str) -> bool:
    """Return whether what two titles don't share gives each an order: 上午场 and 下午场."""
    rests = (Counter(one) - Counter(other), Counter(other) - Counter(one))
    return all(_ORDERED.search("".join(each)) or _CONTRASTED.intersection(each) for each in rests)


def near_undated(layout: Layout, frame: pl.DataFrame, title: pl.Expr) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows of a block with near titles, the same figures, and the same choices and flags.

    Two figures may be the same by chance: that must be much less likely, and a little where one title begins as the
    other. A table without figures has but the titles, and shows only signs left out of long ones.
    """
    numbers = [column.name for column in layout.columns if column.kind in NUMBER_KINDS]
    same = [column.name for column in layout.required if column.kind in _MARKS]
    same += [column.name for column in layout.required if column.kind is Kind.TEXT][1:]
    rows = frame.select(AT, title.alias(_KEY), BLOCK, *same, *numbers)
    if numbers:
        rows = rows.filter(pl.any_horizontal(pl.col(each).fill_null(0) != 0 for each in numbers))
    groups = rows.group_by([*numbers, BLOCK, *same], maintain_order=True).agg(AT, _KEY)
    groups = groups.filter(pl.col(AT).list.len().is_between(2, _BUSY)).select(AT, _KEY, *numbers)
    most = max(rows.group_by(BLOCK).len()["len"].to_list(), default=0)
    pairs = most * (most - 1) / 2
    for ats, titles, *figures in groups.iter_rows():
        shown = odds_of_row(figures) if figures else 0.0
        for (first, one), (at, other) in combinations(zip(ats, titles, strict=True), 2):
            if not one or not other:
                continue
            twin = shown >= CERTAIN * pairs and one != other and not told_apart(one, other)
            if twin or _are_near(one, other, shown if figures else None):
                yield at, first
    yield from _of_other_kinds(layout, rows, numbers)
    yield from _with_one_figure(rows, numbers, same)


def _with_one_figure(rows: pl.DataFrame, numbers: list[str], same: list[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows of a block that have one of several figures in common, and titles but for a last sign."""
    for number in numbers if len(numbers) > 1 else ():
        groups = rows.filter(pl.col(number) != 0).group_by([number, BLOCK, *same], maintain_order=True).agg(AT, _KEY)
        groups = groups.filter(pl.col(AT).list.len().is_between(2, _BUSY))
        for ats, titles in groups.select(AT, _KEY).iter_rows():
            for (first, one), (at, other) in combinations(zip(ats, titles, strict=True), 2):
                short, long = sorted((one or "", other or ""), key=len)
                rest = long[len(short) :]
                if len(short) >= _SIGNS and long.startswith(short) and len(rest) == 1 and not _titles_apart(rest, rest):
                    yield at, first


def _of_other_kinds(layout: Layout, rows: pl.DataFrame, numbers: list[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows of a block that are the same but for a choice: one contract under two types."""
    if not numbers or all(column.kind is not Kind.CHOICE for column in layout.required):
        return
    flags = [column.name for column in layout.required if column.kind is Kind.FLAG]
    groups = rows.group_by([*numbers, BLOCK, _KEY, *flags], maintain_order=True).agg(AT).select(AT, *numbers)
    for ats, *figures in groups.filter(pl.col(AT).list.len() > 1).iter_rows():
        if odds_of_row(figures) >= DOUBTED:
            yield from ((at, ats[0]) for at in ats[1:])


def near_listed(layout: Layout, frame: pl.DataFrame, title: pl.Expr, days: list[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows of a block with the same days and choices, whose title, or number, is spelled otherwise."""
    same = [BLOCK, *days, *(column.name for column in layout.required if column.kind is Kind.CHOICE)]
    groups = frame.select(AT, title.alias(_KEY), *same).group_by(same, maintain_order=True).agg(AT, _KEY)
    for ats, titles in groups.filter(pl.col(AT).list.len().is_between(2, _BUSY)).select(AT, _KEY).iter_rows():
        for (first, one), (at, other) in combinations(zip(ats, titles, strict=True), 2):
            if one and other and (one == other or _one_left_out(one, other) or _same_number(one, other)):
                yield at, first


def _one_left_out(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= UNPROVED and len(long) == len(short) + 1 and near_titles(short, long)


def _same_number(one: str, other: str) -> bool:
    """Return whether two numbers differ by zeros in front, or by letters that one lacks: 1 and 01, J1 and JY1."""
    if any(re.search("[^0-9a-z]", each) for each in (one, other)):
        return False
    digits = [re.sub("[a-z]", "", each).lstrip("0") for each in (one, other)]
    letters = [Counter(re.sub("[0-9]", "", each)) for each in (one, other)]
    return digits[0] == digits[1] != "" and (letters[0] <= letters[1] or letters[1] <= letters[0])


UNPROVED = 4
"""The least signs of titles that may be misspelled, or of which one may lack one, where no figures are beside them."""
_KEY = f"{INNER}key"
_MARKS = (Kind.CHOICE, Kind.FLAG, Kind.PERIOD)


def _are_near(one: str, other: str, shown: float | None) -> bool:
    """Return whether two titles are near enough for what the figures show; None where there are none."""
    short, long = sorted((one, other), key=len)
    if len(short) >= _LEAST and len(short) < len(long) and long.endswith(short) and _OWN.fullmatch(long[: -len(short)]):
        return shown is None or shown >= DOUBTED / 2
    if shown is None:
        lacks_one = len(short) >= _LONG and len(long) == len(short) + 1 and not long.startswith(short)
        return lacks_one and near_titles(one, other)
    if len(short) < len(long) and long.endswith(short) and len(short) >= _SIGNS:
        rest = long[: -len(short)]
        return shown >= 3 * DOUBTED and not _ORDERED.search(rest) and _CONTRASTED.isdisjoint(rest)
    if sorted(one) == sorted(other):
        return one != other and len(one) > _SIGNS and shown >= DOUBTED / 2 and not _ORDERED.search(one)
    longer = long.startswith(short) and len(short) < len(long)
    return near_titles(one, other) and shown >= (_ADDED if longer else DOUBTED)


_OWN = re.compile("[^0-9]{0,4}(?:社区|街道|园区|协会|商会|学会|联盟|基地)|[本我](?:会|社区|园区?|单位)")
"""The name of the organisation itself, which tells nothing apart in its own table: 金水社区书画社."""
_LONG = 5
"""Signs of a title that alone shows that one was left out."""

"""Doubts records whose names say that they are parts of another record: 内设图书室, 图书室（属服务中心）."""

import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.plugin.tables import ColumnSpec
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import word_key

_WITHIN = re.compile(r"\(?(?:内含|包[括含]|[内下]设|下辖|含(?![光山元嘉英笑香羞弘章晖义]))\)?.")
"""What the name of a part begins with; 含光 and the like begin names of places."""
_COUNTED = re.compile(r"\((?:已|均)?(?:[包内]?含|计|列)[在入于].*\)$|\((?:已|均)(?:[包内]含|计|列|统计)\)$")
"""What says that a row is counted in another: 图书室（已含在上）."""
_BESIDE = re.compile(r"(.+)\(([^()]+)\)")
_LEAST = 2
"""Signs of a name in the brackets of another."""


def check_parts_by_name(
    located: Located,
    names: pl.Series,
    free: Sequence[bool],
    columns: Sequence[ColumnSpec],
    kept: pl.Series,
    stored: Mapping[str, pl.Series],
    said: Findings,
) -> None:
    """Report records that are called parts of another record, of which no figure is less than theirs.

    `names` are those of the records; `free` are those without a date, choice or flag of their own.
    """
    figures = [stored[column.name].fill_null(0.0).to_list() for column in columns]
    below = pl.select(pl.lit(names).shift(-1).str.starts_with(pl.lit(names))).to_series()
    if not figures or not (below | names.str.contains(_MAY_BE_PART)).any():
        return
    keys = [word_key(name or "").translate(_BRACKETS) for name in names]
    for first, parts in _called_alike(keys, free):
        if all(0 < sum(each[at] for at in parts) <= each[first] for each in figures):
            _say_part(located, names, parts[0], first, kept, said)
    for named in names.str.contains(_MAY_BE_PART).fill_null(False).arg_true().to_list():
        at, whole = _part_and_whole(keys, named) if free[named] else (named, None)
        if whole is not None and all(0 <= each[at] <= each[whole] for each in figures) and any(x[at] for x in figures):
            _say_part(located, names, at, whole, kept, said)


def _say_part(located: Located, names: pl.Series, at: int, whole: int, kept: pl.Series, said: Findings) -> None:
    row = located.grid.place(kept[whole] + located.body).row
    shown = {"value": shown_text(names[at], 30), "other": shown_text(names[whole], 30), "row": row}
    said.say("row-perhaps-part", kept[at] + located.body, None, **shown)


def _called_alike(keys: Sequence[str], free: Sequence[bool]) -> Iterator[tuple[int, range]]:
    """Yield records whose name begins those of all records that follow, at least two: 甲栋 above 甲栋图书室."""
    start = 0
    while start < len(keys):
        end, key = start + 1, keys[start]
        while len(key) >= _LEAST and end < len(keys) and _called_within(keys[end], key):
            end += 1
        if end > start + _LEAST and all(free[start:end]):
            yield start, range(start + 1, end)
        start = end


def _called_within(key: str, whole: str) -> bool:
    """Return whether a name is another's with a word behind it; numbers, as of floors, may be those of equals."""
    return key.startswith(whole) and _A_WORD.fullmatch(key, len(whole)) is not None


_A_WORD = re.compile(r"[^\W0-9一二三四五六七八九十]{2,}")
_BRACKETS = str.maketrans("[【]】", "(())")
_MAY_BE_PART = r"含|包括|[内下]设|下辖|[（(\[【]"


def _part_and_whole(keys: Sequence[str], at: int) -> tuple[int, int | None]:
    """Return a record and the one that it is called a part of: the nearest above that isn't one, or that it names.

    A record that names another as one that it takes in is the whole.
    """
    if _WITHIN.match(keys[at]) or _COUNTED.search(keys[at]):
        return at, next((each for each in reversed(range(at)) if not _WITHIN.match(keys[each])), None)
    beside = _BESIDE.fullmatch(keys[at])
    if beside is None:
        return at, None
    others = (each for each, key in enumerate(keys) if each != at and len(key) >= _LEAST and key in beside[2])
    named = next(others, None)
    return (named, at) if named is not None and _WITHIN.match(beside[2]) else (at, named)

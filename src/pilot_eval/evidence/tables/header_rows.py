"""Recognises rows right below the column names that belong to the header: units, column numbers, hints."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.tables.header_cells import header_key, texts_beside, unit_word
from pilot_eval.plugin.tables import ColumnSpec, Kind
from pilot_eval.spelling import plain, word_key
from pilot_eval.units import Units

Used = Mapping[int, ColumnSpec]
"""The columns that the header names, by index."""


@dataclass
class HeaderRow:
    """What a row adds to the header: units, and the indexes of columns that it splits ambiguously (`parted`)."""

    units: dict[int, str] = field(default_factory=dict)
    parted: list[int] = field(default_factory=list)
    unclear: bool = False  # whether it may also be a record
    names: bool = False  # whether it has column names


def header_row(
    row: Sequence[Any], following: Sequence[Any], names: Sequence[Any], used: Used, units: Units
) -> HeaderRow | None:
    """Return what the row below the header adds to it, or None if it isn't part of the header."""
    filled = {at: cell for at, cell in enumerate(row) if cell is not None and cell_text(cell)}
    if len(filled) and (given := _units(filled, names, used, units)):
        return HeaderRow(given)
    if parted := _parted(filled, names, used):
        return parted
    if _is_index(filled, following):
        said = {word_key(cell_text(cell)) for cell in filled.values()}
        return HeaderRow(unclear=len(filled) == 2 and not said & _INDEX_WORDS)
    return HeaderRow() if _is_hint(filled, used) else None


def _units(filled: Mapping[int, Any], names: Sequence[Any], used: Used, known: Units) -> dict[int, str]:
    """Return the units in a row of units only, such as “（㎡）”, apart from names merged downwards; else none."""
    units: dict[int, str] = {}
    for at, cell in filled.items():
        if isinstance(cell, str) and at in used and used[at].kind is not Kind.TEXT and (unit := _unit(cell, known)):
            units[at] = unit
        elif not (isinstance(cell, str) and ((at < len(names) and cell == names[at]) or _DASHES.fullmatch(cell))):
            return {}
    return units


_DASHES = re.compile(r"\s*[-—/]+\s*|\s*(?:计量)?单位[:：]?\s*")


def _unit(cell: str, known: Units) -> str | None:
    texts = (header_key(cell), *texts_beside(cell))
    return next((unit for each in texts if (unit := unit_word(each, known))), None)


def _parted(filled: Mapping[int, Any], names: Sequence[Any], used: Used) -> HeaderRow | None:
    """Read a second row of names, or return None. Only names merged downwards may repeat the first row.

    A column above several of its names, such as years, is ambiguous (`parted`): which of them is meant cannot be known.
    """
    repeated = [at for at, cell in filled.items() if at in used and isinstance(cell, str) and cell == names[at]]
    if len(repeated) == len(used):
        return None  # the header again
    below = [at for at in filled if at in used and at not in repeated]
    parted = [at for at in below if at + 1 in filled and (at + 1 >= len(names) or names[at + 1] is None)]
    if filled and not repeated and not below:  # names below the name of a group that matches no column
        return (
            HeaderRow(names=True)
            if all(isinstance(cell, str) and not _FIGURE.search(cell) for cell in filled.values())
            else None
        )
    bare = parted == below and any(not column.optional and at not in filled for at, column in used.items())
    return HeaderRow(parted=parted, names=True) if repeated or (parted and bare) else None


_FIGURE = re.compile(r"\d")
_INDEX_WORDS = frozenset({"栏次", "行次", "列次", "序号", "项次", "栏目", "栏", "-", "—", "--", "——"})
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_INDEX = re.compile(r"\(?([0-9]{1,3})\)?(?:栏|列)?(?:=[0-9()+×*/÷%\-]+)?")


def _is_index(filled: Mapping[int, Any], following: Sequence[Any]) -> bool:
    """Return whether a row numbers the columns: “甲 1 2”, “栏次 1 2”, “1 2 3=1+2”.

    It is a record if the next row continues its first number or letter.
    """
    said = [word_key(cell_text(cell)) for cell in filled.values()]
    if len(said) < 2 or not all(map(_index_sign, said)):
        return False
    named = [each for each in said if each not in _INDEX_WORDS]
    numbers = [int(match[1]) for each in named if (match := _INDEX.fullmatch(each))]
    letters, digits = named[: len(named) - len(numbers)], named[len(named) - len(numbers) :]
    if any(_INDEX.fullmatch(each) for each in letters) or not all(map(_INDEX.fullmatch, digits)):
        return False
    first = len(letters) + 1 if numbers[:1] == [len(letters) + 1] else 1
    counts = numbers == list(range(first, first + len(numbers))) and _count_on(letters)
    return counts and bool(named) and not _goes_on(said[0], following)


def _index_sign(word: str) -> bool:
    return word in _INDEX_WORDS or _ordinal(word) > 0 or _INDEX.fullmatch(word) is not None


def _ordinal(word: str) -> int:
    """Return the position of a letter: 1 for 甲 and a, 2 for 乙 and b, 0 for anything else."""
    if len(word) != 1:
        return 0
    return _STEMS.find(word) + 1 or (ord(word) - 96 if "a" <= word <= "z" else 0)


def _count_on(letters: Sequence[str]) -> bool:
    return [_ordinal(each) for each in letters] == list(range(1, len(letters) + 1))


def _goes_on(word: str, following: Sequence[Any]) -> bool:
    """Return whether the row below begins with the successor of a word: 乙 after 甲, 2 after 1."""
    after = next((word_key(cell_text(cell)) for cell in following if cell is not None), "")
    if word.isdecimal():
        return after == str(int(word) + 1)
    return 0 < _ordinal(word) == _ordinal(after) - 1


_HINT = re.compile(
    r"(?i)填|格式|[必选]填|下拉|选择|[单多]选|整数|小数|数字|数值|数$|文字|文本|日期|年月日|年-月-日|全称|是/否|是或否|字以内"
    r"|y{2,4}.?m{1,2}|^请|^如[:：\s0-9]|^例|示例|[yY]/[nN]"
)


def _is_hint(filled: Mapping[int, Any], used: Used) -> bool:
    """Return whether a row explains how to fill in the columns, with a hint in each column that isn't text."""
    cells = {at: cell for at, cell in filled.items() if at in used}
    if not cells or not all(isinstance(cell, str) for cell in filled.values()):
        return False
    typed = {at: cell for at, cell in cells.items() if used[at].kind is not Kind.TEXT}
    return len(typed) > 1 and all(_hints(cell, used[at]) for at, cell in typed.items())


def _hints(cell: str, column: ColumnSpec) -> bool:
    known = {word_key(word) for id_, label in column.choices.items() for word in (id_, label.zh, label.en)}
    said = plain(cell)
    if column.kind in (Kind.COUNT, Kind.NUMBER) and any(sign.isdecimal() for sign in said):
        return False
    return word_key(said) not in known and _HINT.search(said) is not None

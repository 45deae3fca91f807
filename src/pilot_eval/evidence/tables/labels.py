"""Reads what the labels of records say about each other: their numbers, indents, and words that mean a whole."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple
from unicodedata import category

import polars as pl

from pilot_eval.evidence.cells.dates import DASH, NUMERALS
from pilot_eval.evidence.cells.numbers import chinese_numeral
from pilot_eval.spelling import plain, word_key

_WIDTHS = {"\t": 4, "\u3000": 2}
_DEEPER = 2
"""Blanks by which a label is indented below another; one may be there by mistake."""

_STYLES = (
    r"[●■◆]",
    r"(?:[A-Z]|[IVX]{2,4})[、.)]",
    r"第[一二三四五六七八九十]+(?:部分|章|类|项|[、.])",
    r"[一二三四五六七八九十]{1,3}[、.]",
    r"\([一二三四五六七八九十]{1,3}\)",
    r"[0-9]{1,2}[、.)](?![0-9])",
    r"[0-9]{1,2}(?:\.[0-9]{1,2})[、.]?(?![0-9.])",
    r"[0-9]{1,2}(?:\.[0-9]{1,2}){2}",
    r"\([0-9]{1,2}\)",
    r"(?:[a-z]|[ivx]{2,4})[、.)]",
)
_STYLED = [re.compile(style) for style in _STYLES]
_CIRCLED = re.compile("[①-⑳⑴-⒇❶-❿]")
_DASHES = re.compile("[-–·•>○▪◦└├—*]+")
"""Signs that set a part off; which of them doesn't matter."""
_OPENS = re.compile("[([{<《〈「『“‘\"'`]")
"""Signs that stand before a name and set nothing off."""
_PART_OF = re.compile("[-–—/·(]+[^-–—/·(]")
"""What separates a whole's name from its part's: 办公费-纸张."""
_COLON = re.compile(r"(?<=\S)\s*[:：](?=.)")
_CODE = re.compile("[a-z](?![a-z0-9])|[0-9]{3,}")
_CODE_OF_PART = re.compile("[0-9]{1,2}(?![0-9])")
"""A whole's code, and what its part's has more: A1 below A, 30101 below 301."""
_NUMBER_ALONE = re.compile("[一二三四五六七八九十]{1,3}|[0-9]{1,2}")
_WHOLE = re.compile(
    r"[全总總整共]|所有|合[计計]|汇总|小结|[Σ∑]|\b(?:all|total|ttl|sum|overall|whole|both)\b", re.IGNORECASE
)


_NUMBERS = re.compile("[0-9]+|[一二三四五六七八九十]+|(?<![a-z])[a-z](?![a-z])")
_CATEGORY = "类"
"""What the name of a category ends with."""
_A_NUMBERED_PEER = 0.05
"""How much likelier that is if all names differ in their numbers alone: 1号楼, 2号楼, 3号楼."""
_A_PEER = 0.002
"""How much likelier that is if all are numbered alike: a total is seldom numbered."""


class RowLabel(NamedTuple):
    """A record's label; `rank` is the depth that its number shows, None without a number, `indent` its blanks.

    `mark` is the sign before it that is no number, such as ★.
    """

    text: str
    rank: int | None
    indent: int
    mark: str = ""

    @property
    def stressed(self) -> bool:
        """Whether it begins with a sign that sets it off, or only stresses it."""
        return self.mark not in ("", "-")

    @classmethod
    def of(cls, text: str | None, number: str | None = None) -> "RowLabel":
        """Read a label, and the number in a column of its own."""
        said = text or ""
        indent = sum(_WIDTHS.get(sign, 1) for sign in said[: len(said) - len(said.lstrip())])
        rank = _rank(number, alone=True) if number else _rank(said)
        return cls(word_key(_COLON.sub("-", said)), rank, indent, _mark(said) if rank is None else "")

    def deeper(self, other: "RowLabel") -> bool:
        return self.indent - other.indent >= _DEEPER

    def below(self, other: "RowLabel") -> bool:
        """Return whether this label is shown to be a level below another: by indent, number or dash, or by its name."""
        named = bool(other.text) and _PART_OF.match(self.text.removeprefix(other.text)) is not None
        if self.deeper(other) or (named and self.text.startswith(other.text)):
            return True
        code = _CODE.match(other.text)
        if code and self.text.startswith(code[0]) and _CODE_OF_PART.match(self.text, code.end()):
            return True
        return self.rank is not None and self.rank > (-1 if other.rank is None else other.rank)


class RowLabels:
    """The labels of a table's records, each read when it is asked for."""

    def __init__(self, text: pl.Series, number: Sequence[str] | pl.Series) -> None:
        self.texts, self._number = text, number
        self._known: dict[int, RowLabel] = {}

    def __getitem__(self, at: int) -> RowLabel:
        if at not in self._known:
            label = RowLabel.of(self.texts[at], self._number[at])
            if label.mark:  # of several marks, the one that stands first is above the others
                label = label._replace(rank=len(_STYLES) + 1 + self._marks.setdefault(label.mark, len(self._marks)))
            self._known[at] = label
        return self._known[at]

    @cached_property
    def _marks(self) -> dict[str, int]:
        """The marks before labels, in the order in which they stand."""
        said = self.texts.filter(self.texts.str.contains(_MAY_BE_MARKED))
        return {mark: at for at, mark in enumerate(filter(None, dict.fromkeys(map(_mark, said))))}

    @cached_property
    def leveled(self) -> bool:
        """Whether any label begins with blanks or a number, contains a dash, or has a number of its own."""
        return bool(self.texts.str.contains(_MAY_BE_LEVELED).any()) or any(map(bool, self._number))

    def above_others(self) -> Iterator[int]:
        """Yield the records whose next record is a level below them."""
        for at in range(len(self.texts) - 1):
            if self[at + 1].below(self[at]):
                yield at

    def spanned(self) -> Iterator[tuple[int, int, int]]:
        """Yield the records whose label spans the numbers of others, with the first and last of those: 1-3号楼."""
        spans = self.texts.str.contains(_MAY_SPAN).arg_true().to_list()
        said = [_in_digits(text or "") for text in self.texts] if spans else []
        numbered = {(m[1], int(m[2]), m[3]): at for at, text in enumerate(said) if (m := _ONE_NUMBER.fullmatch(text))}
        for at in spans:
            span = _SPAN.fullmatch(said[at])
            if span is None or span[3] not in ("", span[5]) or not 0 < int(span[4]) - int(span[2]) < _MOST_SPANNED:
                continue
            keys = ((span[1], number, span[5]) for number in range(int(span[2]), int(span[4]) + 1))
            within = sorted(numbered.get(key, -1) for key in keys)
            if -1 not in within and within[-1] - within[0] == len(within) - 1:
                yield at, within[0], within[-1]


_MAY_SPAN = r"[0-9０-９一二三四五六七八九十]\D{0,4}[-—–~～至到]"
_MOST_SPANNED = 50
_ONE_NUMBER = re.compile(r"(\D*)([0-9]{1,3})(\D*)")
_SPAN = re.compile(r"(\D*?)([0-9]{1,3})(\D{0,4}?)[-~至到]+第?([0-9]{1,3})(\D*)")


def _in_digits(text: str) -> str:
    """Return a label with its numerals as digits, and dashes of one kind."""
    said = NUMERALS.sub(lambda match: str(chinese_numeral(match[0]) or match[0]), word_key(text))
    return DASH.sub("-", said).replace("第", "")


_MAY_BE_MARKED = r"^\s*[\p{S}\p{P}]"
_MAY_BE_LEVELED = (
    r"^\s*[\p{S}\p{P}]|^[\s\u3000第(（0-9０-９A-Za-zＡ-Ｚａ-ｚ一二三四五六七八九十①-⑳⑴-⒇❶-❿·•—–>○▪◦└├*-]"
    r"|[-–—/·－／:：(（]"
)


def _rank(text: str, *, alone: bool = False) -> int | None:
    said = text.strip()
    if _CIRCLED.match(said):
        return len(_STYLES)
    said = plain(said)
    said += "、" if alone and _NUMBER_ALONE.fullmatch(said) else ""
    return next((rank for rank, style in enumerate(_STYLED) if style.match(said)), None)


def _mark(text: str) -> str:
    """Return the signs before a label, such as ★ or ——, unless a number follows: #1 is a name."""
    said = plain(text)
    signs = next((at for at, sign in enumerate(said) if category(sign)[0] not in "SP" or _OPENS.match(sign)), len(said))
    if not re.match(r"\s*[^\s0-9]", said[signs:]):
        return ""
    return "-" if _DASHES.fullmatch(said[:signs]) else said[:signs]


def weight(whole: RowLabel, parts: Sequence[RowLabel]) -> float:
    """Return how much likelier labels make it that one record is the sum of others."""
    if not whole.text or not all(part.text for part in parts):
        return 1
    texts = [part.text for part in parts]
    if all(part.below(whole) for part in parts):
        return 100
    if all(text.startswith(whole.text) for text in texts) or sum(text in whole.text for text in texts) > 1:
        return 100
    if len({_NUMBERS.sub("#", text) for text in (whole.text, *texts)}) == 1:
        return _A_NUMBERED_PEER
    if _WHOLE.search(whole.text):
        return 30
    if _things_counted(whole.text) == len(parts):
        return 20
    if whole.rank is not None and all(part.rank == whole.rank for part in parts):
        return _A_PEER
    if len({_rank(text) for text in (whole.text, *texts)} - {None}) == 1 and _rank(whole.text) == _rank(texts[0]):
        return 0.2
    named = whole.text.endswith(_CATEGORY) and not any(text.endswith(_CATEGORY) for text in texts)
    numbered = {_NUMBERS.sub("#", text) for text in texts}
    if named or (len(numbered) == 1 and "#" in next(iter(numbered))):  # and the whole is not, see above
        return 20
    return 3 if _alike(texts) and not _alike([*texts, whole.text]) else 1


_COUNTED = re.compile("([0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?:个|处|家|次|座|栋|项|类|种|片|园|区|网格)")


def _things_counted(text: str) -> int | None:
    """Return how many things a label says that it is about: 3 of 三个网格 and 共3处."""
    match = _COUNTED.search(text)
    return None if match is None else chinese_numeral(match[1].replace("两", "二"))


def apart(one: Sequence[RowLabel], other: Sequence[RowLabel]) -> float:
    """Return how much likelier labels make it that two runs of records break down one whole; 0 if they are the same."""
    texts, others = [each.text for each in one], [each.text for each in other]
    if set(texts) == set(others):
        return 0
    return 5 if _alike(texts) and _alike(others) and not _alike([*texts, *others]) else 1


def _alike(texts: Sequence[str]) -> bool:
    """Return whether labels begin or end alike, or are all written in ASCII."""
    return any(len({text[at:][:1] for text in texts}) == 1 for at in (0, -1)) or all(map(str.isascii, texts))

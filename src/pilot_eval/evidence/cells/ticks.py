"""Reads tick boxes written in a cell: `■是 □否`, `是☑ 否□`, `[x]是 [ ]否`."""

import re

import polars as pl

from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.spelling import SELECTORS, negates, plain
from pilot_eval.text import joined, quoted

_TICKED, _CROSSED, _BOX = "■", "×", "□"

_MARKS = {
    **dict.fromkeys("■☑√✓✔●◉⦿✅🗹◼▣⬛", _TICKED),
    **dict.fromkeys("□☐○◯▢⬜◻", _BOX),
    **dict.fromkeys("×✗✘✕✖❌", _CROSSED),
    "☒": "☒",
}
_BRACKETED = re.compile(r"[\[(【〔]\s*([xXvV*+☒√✓✔■●×✗✘✕✖]?)\s*[\])】〕]")
_ANY_MARK = re.compile(f"[{''.join(_MARKS)}]|[\\[(【〔（［]\\s*[xXvV*+☒√✓✔■●×✗✘✕✖]?\\s*[\\])】〕）］]")
_SPLIT = re.compile(f"([{_TICKED}{_CROSSED}{_BOX}☒])")
_SELECTOR = re.compile(f"[{SELECTORS}]")
"""Behind a sign that has a coloured look too: ☑️."""
_NOTED = re.compile(r"\s*([^\w\s])\s*[(（]\s*已([^()（）]+)[)）]\s*")
_ENDED = re.compile("[消撤废停终止退逾失]|(?<!通)过|注销|放弃|驳回")
"""Notes that may take a tick back: 已取消."""
_BETWEEN = " \t\r\n,，、;；/|_.。·:："


def has_boxes(text: str) -> bool:
    """Return whether a text has a mark that may be a tick box."""
    return _ANY_MARK.search(text) is not None


def ticked(text: str) -> str | None:
    """Return the label that is ticked; None if the cell has no tick boxes with labels.

    Raises Unreadable for two ticks (`cell-ticks`), and for boxes of which it can't be known which is ticked.
    """
    options = _options(text)
    if options is None:
        return None
    chosen = [label for mark, label in options if mark == _TICKED]
    if len(chosen) > 1:
        raise Unreadable("cell-ticks", count=len(chosen), ticked=joined(map(quoted, chosen)))
    return chosen[0] if chosen else None


def without_note(text: str) -> str:
    """Return the sign alone of a sign with a note, `√（已备案）`, unless the note may turn it round; else the text."""
    text = _SELECTOR.sub("", text)
    noted = _NOTED.fullmatch(text)
    if noted is None or noted[1] not in _MARKS or negates(noted[2]) or _ENDED.search(noted[2]):
        return text
    return noted[1]


def untouched_in(texts: pl.Series) -> list[int]:
    """Return the indexes of cells with tick boxes of which none is ticked: they are empty."""
    empty = [text for text in texts.unique().drop_nulls().to_list() if has_boxes(text) and is_untouched(text)]
    return texts.is_in(empty).fill_null(False).arg_true().to_list() if empty else []


def is_untouched(text: str) -> bool:
    """Return whether a cell holds the choices of a form with an empty box at each: it is not filled in."""
    options = _options(text)
    return options is not None and all(mark == _BOX for mark, _ in options)


def _options(text: str) -> list[tuple[str, str]] | None:
    """Return the marks of tick boxes, each with its label; None if the text isn't a row of them."""
    said = _BRACKETED.sub(lambda found: _bracketed(found[1]), plain(_SELECTOR.sub("", text)))
    parts = _SPLIT.split("".join(_MARKS.get(sign, sign) for sign in said))
    marks = parts[1::2]
    labels = [part.strip(_BETWEEN) for part in parts[::2]]
    if marks == [_TICKED] and (options := _one_of_words(parts)):
        return options
    if not labels[0] and all(labels[1:]):
        pairs = list(zip(marks, labels[1:], strict=True))
    elif not labels[-1] and all(labels[:-1]):
        pairs = list(zip(marks, labels[:-1], strict=True))
    else:
        return None
    if "☒" in marks:  # a tick beside empty boxes, as Word draws it; a cross beside ticks
        crossed = _CROSSED if _TICKED in marks else _TICKED
        pairs = [(crossed if mark == "☒" else mark, label) for mark, label in pairs]
    return pairs if len(pairs) > 1 or marks == [_TICKED] else None


def _one_of_words(parts: list[str]) -> list[tuple[str, str]] | None:
    """Read choices of which one has a tick directly beside it, the others nothing: `√是 否`."""
    before, after = parts[0], parts[2]
    chunks = [each for each in re.split(f"[{_BETWEEN}]+", f"{before}{_TICKED}{after}") if each]
    chosen = [each for each in chunks if _TICKED in each]
    if len(chunks) < 2 or chosen == [_TICKED] or not (chosen[0][0] == _TICKED or chosen[0][-1] == _TICKED):
        return None
    return [(_TICKED if each in chosen else _BOX, each.strip(_TICKED)) for each in chunks]


def _bracketed(mark: str) -> str:
    if not mark:
        return _BOX
    return _TICKED if mark in "xXvV*+☒√✓✔■●" else _CROSSED

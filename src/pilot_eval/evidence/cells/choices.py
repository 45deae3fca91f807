"""Reads a cell as yes or no, or as one of a list of choices."""

import re
from collections.abc import Iterable, Mapping

from pilot_eval.errors import did_you_mean
from pilot_eval.evidence.cells.cell import DisplayedNumber, MergedCell, Unreadable, read_text, refuse_bad
from pilot_eval.evidence.cells.ticks import ticked, without_note
from pilot_eval.spelling import negates, plain, word_key
from pilot_eval.text import Words

_YES = frozenset({
    "是", "是的", "有", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "1", "已", "已完成", "完成", "达标", "符合", "t",
})  # fmt: skip
_NO = frozenset({
    "否", "无", "×", "✗", "✘", "✕", "✖", "☐", "□", "☒", "x", "没有", "不是", "n", "no", "false", "0", "未", "未完成",
    "不达标", "不符合", "f",
})  # fmt: skip


def read_flag(cell: object) -> bool:
    """Read a cell as yes or no. Raises Unreadable (`cell-flag`, or a bad cell's own code)."""
    refuse_bad(cell)
    if isinstance(cell, MergedCell):
        cell = cell.value
    if isinstance(cell, DisplayedNumber) and (word := plain(cell.shown).casefold()) in _YES | _NO:
        return word in _YES
    if isinstance(cell, (int, float)) and cell in (0, 1):
        return bool(cell)
    word = _without_aside(plain(without_note(str(cell))).casefold().rstrip("。.,;"))
    if word in _YES:
        return True
    if word in _NO:
        return False
    label = ticked(str(cell))
    if label is not None:
        return read_flag(label)
    raise Unreadable("cell-flag")


_WITH_ASIDE = re.compile(r"([^\s()]{1,3})\s*\((?!.*[0-9已])([\w、,&\s]{1,20})\)")
_AFFIRMS = re.compile("[是有]|完成|达标|符合|yes|done", re.IGNORECASE)


def _without_aside(word: str) -> str:
    """Return the answer before an aside that says with whom or how: 是(市税务局). One that may turn it round stays."""
    match = _WITH_ASIDE.fullmatch(word)
    if match is None:
        return word
    turns = negates(match[2]) if match[1] in _YES else _AFFIRMS.search(match[2])
    return word if turns or match[1] not in _YES | _NO else match[1]


def read_choice(cell: object, ids: Mapping[str, str], labels: Iterable[str]) -> str:
    """Read a cell as the id of a choice. Raises Unreadable (`cell-choice`, or a bad cell's own code)."""
    text = read_text(cell)
    id_ = ids.get(word_key(text))
    if id_ is None and (label := ticked(text)) is not None:
        id_ = ids.get(word_key(label))
    if id_ is None:
        raise Unreadable("cell-choice", suggestion=lambda: did_you_mean(text, labels))
    return id_


def choice_ids(choices: Mapping[str, Words]) -> dict[str, str]:
    """Return the id of each choice by the word keys of its names: its id, and its label in either language."""
    ids: dict[str, str] = {}
    for id_, label in choices.items():
        for word in (id_, label.zh, label.en):
            ids.setdefault(word_key(word), id_)
    return ids

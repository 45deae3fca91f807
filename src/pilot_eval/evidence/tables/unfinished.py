"""Names and titles that say that a table is no final statement of the period: a draft, a form, a plan, a forecast."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.readers.grid import blank
from pilot_eval.evidence.tables.layout import Layout, Located
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import word_key

_LONGEST = 40
"""Characters of a title; a longer text is a sentence."""
_DRAFT = (
    "草[稿案]|初稿|未(?:定|完成?|审[计定核]?|核)稿?|(?:讨论|送审|征求意见)稿|待[审定核]|暂定|参考|模拟"
    "|作废|废[弃止稿]|停用|[勿不]用|过期|失效|(?<![a-z])(?:void|draft|obsolete|old)"
)
_FORM = "样表|样[例本]|示例|范例|模[板版]|空白?表|测试|练习|试填|template|sample|example"
_AHEAD = "预[测估计]|[估测]算|暂估|预告|计划|规划|安排|方案|目标|日程|forecast|estimate|plan|schedule"
_END = "的?(?:数据?|[稿版表书件])*[0-9]*$"
_SENTENCE = re.compile("[。;,!?:]|^(?:注|备注|说明|note)")


def unfinished(located: Located, name: str, titles: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """Yield a finding about the nearest title or name that says so: of a block, above the header, of sheet or file.

    `name` is the file's, with its folders, of which only a word for a draft counts; `titles` are those of blocks.
    """
    grid, path = located.grid, PurePosixPath(name)
    for row, title in titles:
        if row and (word := _unfinished(title, located.layout)):
            yield _not_final(grid.place(row - grid.first_row), title, word)
    rows = [] if grid.records else grid.rows[: located.top]
    lone = ((grid.place(index), [each for each in row if not blank(each)]) for index, row in enumerate(rows))
    above = [(place, cells[0]) for place, cells in lone if len(cells) == 1 and isinstance(cells[0], str)]
    names = [(grid.place(), each) for each in (grid.sheet or "", path.stem)]
    folders = [(grid.place(), each) for each in path.parts[:-1]]
    drafts = ((place, text, _word_of(text, located.layout, _DRAFT)) for place, text in folders)
    told = ((place, text, _unfinished(text, located.layout)) for place, text in (*reversed(above), *names))
    for place, text, word in (*told, *drafts):
        if word:
            yield _not_final(place, text, word)
            return


def _not_final(place: Place, text: str, word: str) -> Finding:
    return finding("title-not-final", place, value=shown_text(text, _LONGEST), word=word)


def _unfinished(text: str, layout: Layout) -> str:
    """Return the word in a title that says that a table isn't final; one for a plan says nothing of plans."""
    plans = re.search("计划|规划|plan", f"{layout.label.zh}{layout.label.en}", re.IGNORECASE)
    return _word_of(text, layout, "|".join([_DRAFT, _FORM, *([] if plans else [_AHEAD])]))


def _word_of(text: str, layout: Layout, words: str) -> str:
    """Return the first of some words at the end of a part of a title, once the table's own names are taken out."""
    key = word_key(text)
    if len(text) > _LONGEST or _SENTENCE.search(key):
        return ""
    labels = "|".join(map(re.escape, sorted(layout.names, key=len, reverse=True)))
    parts = re.split(r"[\W_]+", re.sub(labels, " ", key))
    found = (re.search(rf"(?:{words})(?={_END})", part) for part in parts)
    return next((match[0] for match in found if match), "")

"""Doubts records whose remark says that they are of a year outside the round's: 2016年数据, 延期至明年."""

import re

import polars as pl

from pilot_eval.evidence.cells.columns import ReadingContext
from pilot_eval.evidence.cells.dates import day_of
from pilot_eval.evidence.cells.raw_cells import Cells
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import word_key

_YEAR = "((?:19|20)[0-9]{2})年?"
_WHAT = "(?:数[据字]?|统计数?|普查数?|口径|计划|任务|目标|安排|预算|指标)"
_OF_A_YEAR = re.compile(
    rf"(?:为|系|是|沿?用|采用|引用|取自?|按|截[至止]到?)?{_YEAR}(?:度|[底末初]|[0-9]{{1,2}}月[底末]?)?的?"
    f"{_WHAT}"
    rf"|(?:为|系|是|沿?用|采用|引用|取自?|按)?(?:(?:去|往|前|历|明|次)年|[上下]一?年度?)(?:同期)?的?(?:活动|{_WHAT})"
    rf"|(?:已|拟)?(?:延期|推迟|顺延|延后|改期|安排)(?:[至到在]|举[办行])?(?:{_YEAR}|明年|次年|下一?年度?).{{0,8}}"
)
"""A remark that says no more than that; others, such as 2016年建成, tell of the record."""
_MAY_BE = "(?:19|20)[0-9]{2}|[去往前历明次上下]一?年"


def check_note_years(
    located: Located, body: list[Cells], kept: pl.Series, around: ReadingContext, said: Findings
) -> None:
    """Report such records; they are counted all the same."""
    at = located.columns.get("note")
    if at is None or around.period is None:
        return
    first, last = (day_of(day).year for day in around.period)
    text = body[at].text.gather(kept)
    for row in text.str.contains(_MAY_BE).fill_null(False).arg_true():
        match = _OF_A_YEAR.fullmatch(word_key(text[row]))
        year = match and (match[1] or match[2])
        if match and not (year and first <= int(year) <= last):
            said.say("row-note-year", kept[row] + located.body, at, value=shown_text(text[row], 30))

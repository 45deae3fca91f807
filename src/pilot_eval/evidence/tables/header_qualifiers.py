"""Says which headers have a text in brackets that may narrow or widen what their column counts.

Units, formats, the column's own names and the round's period change nothing; of a number, anything else may.
"""

import re
from collections.abc import Iterator

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.cells.columns import ReadingContext
from pilot_eval.evidence.cells.dates import day_of
from pilot_eval.evidence.tables.header_cells import (
    header_key,
    means_other_figures,
    mentions_unit,
    states_unit,
    texts_beside,
)
from pilot_eval.evidence.tables.layout import Located, column_names
from pilot_eval.evidence.tables.title_years import year_given
from pilot_eval.plugin.tables import NUMBER_KINDS, ColumnSpec
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import plain, word_key
from pilot_eval.units import Units

_BETWEEN = re.compile(r"[\s,、;|/]+")
_MARK = re.compile(r"[\W\d_]*[A-Za-z甲乙丙丁一二三四五六七八九十]?[\W\d_]*")
"""The number or letter of a column, or a formula of such: 3=1+2."""
_HOW = re.compile(
    "(?:[必选]?填|下拉|选择|格式|请|如(?![期实约])|例|示例|只填|保留|精确|四舍五入|公式|自动).{0,10}|(?:保留)?(?:整数|[一两二]位小数|小数|数[字值])"
    "|(?:合计|总)?数?[量值]?|合计|总[计量]|个数|百分[比数]|实[测际有]数?|sq\\.?m"
    "|total|number|count|square met(?:er|re)s?"
)
"""How a column is filled in."""
_YEAR = re.compile("(?:19|20)[0-9]{2}(?:年度?)?")
_OF_THE_PERIOD = re.compile(
    "(?:[本当全今]?年度?|全年|[本当]?期|评价期)?(?:间|内|间内|[末底终]|[期年][末底终])?(?:时点)?数?|1月?[-—~至到]12月份?|1月1日[-—~至到]12月31日"
    "|截[至止]?到?(?:(?:本?年)?[末底]|期末|12月(?:底|末|31日)?)"
)
"""The round's period or its end; a month or a quarter of it is less."""
_BEGINNING = re.compile("[年期]初数?|(?:截[至止]到?)?(?:[0-9]{4}年)?(?:1月1日|12月31日|[年末底]+)")
_MEASURED = re.compile("(?:含|包括|计入)(?:公[共摊用]|共[用有]|分摊|附属|阳台|走廊|过道|楼梯|设备|墙体|卫生间).{0,4}")
"""How an area is measured: which parts of a building are in it."""
_THINGS_COUNTED = {
    "人次": ("人次", "次", "场"),
    **dict.fromkeys("人名位", ("人", "人次", "个", "件", "份", "次")),
}
"""Units of columns that such counters may stand for; in others, they count something else: 会员数（人次）."""
_TAKES_IN = ("含", "包", "不", "非", "未")


def header_qualifiers(located: Located, around: ReadingContext) -> Iterator[Finding]:
    """Yield a finding for each column whose header has such a text."""
    for at, column in located.used.items():
        cell = located.names[at]
        own = map(word_key, (column.label.zh, column.label.en, *column.aliases))
        said_all = located.layout.says_all(column, cell)
        if said_all or word_key(cell_text(cell)) in own or (isinstance(cell, str) and located.layout.joined(cell)):
            continue
        if (given := year_given(cell, around)) is not None and given.outside:
            continue  # which is said of the year
        said = next(
            filter(None, (_qualifier(each, column, around, located.layout.units) for each in texts_beside(cell))), ""
        )
        if said:
            shown = {"header": shown_text(cell_text(cell)), "said": said, "column": column.label}
            yield finding("header-qualified", located.place(at), **shown)


def _qualifier(said: str, column: ColumnSpec, around: ReadingContext, units: Units) -> str:
    """Return what of a text in brackets may change the figures; of a column without numbers, only some words may."""
    if column.kind not in NUMBER_KINDS or means_other_figures(said):
        return said if means_other_figures(said) else ""
    within = {day_of(day).year for day in around.period or ()}
    bare = _YEAR.sub(lambda match: "" if int(match[0][:4]) in within else match[0], plain(said))
    return next((part for part in _BETWEEN.split(bare) if not _says_how(part, column, units)), "")


def _says_how(part: str, column: ColumnSpec, units: Units) -> bool:
    """Return whether a part of such a text names the column, its unit or the period, or says how it is filled in."""
    key, names = header_key(part), column_names(column)
    named = any(key in name or (key.endswith(name) and not key.startswith(_TAKES_IN)) for name in names)
    if units.counted(column.unit) and column.unit not in _THINGS_COUNTED.get(part, (column.unit,)):
        return False
    unit = states_unit(part, units) or (column.unit is not None and mentions_unit(part, column.unit, units))
    begins = any("初" in name for name in names) and _BEGINNING.fullmatch(part)
    measured = column.unit == "㎡" and _MEASURED.fullmatch(part)
    return (
        named or unit or bool(begins or measured or any(each.fullmatch(part) for each in (_MARK, _HOW, _OF_THE_PERIOD)))
    )

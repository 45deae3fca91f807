"""Recognises rows of a table that aren't records: totals, their parts, derived figures, remarks, repeated headers."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from pilot_eval.evidence.cells.cell import Unreadable, cell_text
from pilot_eval.evidence.cells.choices import choice_ids, read_flag
from pilot_eval.evidence.cells.dates import read_day
from pilot_eval.evidence.cells.numbers import read_number
from pilot_eval.evidence.cells.periods import read_period
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.plugin.tables import COMMON_COLUMNS, DAY_KINDS, NUMBER_KINDS, ColumnSpec, Kind
from pilot_eval.spelling import plain, word_key
from pilot_eval.units import Units

# Patterns for the result of `word_key`: text without spaces and colons.

_WHEN = (
    r"(?:(?:[0-9]{2,4}|本|全|当|今)年度?|年度|本[月期页季]度?|[上下]半年|第?[一二三四1-4]季度"
    r"|(?:[0-9]{4}年)?[0-9]{1,2}(?:月?[-—~至到][0-9]{1,2})?月份?)"
)
_WHERE = (
    r"(?:全(?:市|区|县|省|国|镇|乡|街道|社区|园区?|校|院|单位|部门)?|各项|以上|上述|总"
    r"|本(?:表|页|单位|部门|区|市|县|街道|社区|园区?|项目))"
)
_WHAT = "(?:支出|收入|经费|资金|费用|金额|预算|决算|投入|面积|人数|人次|场次|次数|项目|活动|企业|楼宇|数量|租金|成本)"
_COUNTED = "[0-9.,]+(?:人次|场次|平方米|[个家栋座户场次期件份项条人元笔])?"
_TOTAL = re.compile(
    f"{_WHEN}?{_WHERE}?{_WHAT}?"
    r"((?:[合总總小共累][计計]|总[数额]|总和)(?:数|金额|额)?|(?:sub|grand)?totals?|sum|总(?:面积|人数|人次|户数|家数|场次|次数|数量|金额))"
    rf"(?:{_WHAT}|{_COUNTED})?元?(?:\([^()]*\))?"
)
_LIKE_A_TOTAL = re.compile(r".{0,12}(?:[合总總小共累][计計]|汇总|总和)(?:\([^()]*\))?|(?:[合总共累]计|小计).{1,8}")
_AMONG_THEM = re.compile("其中(?!(?:大?[路街巷道]|村)[0-9一二三四五六七八九十]+号)")
"""The label of a part; 其中路1号 is an address."""
_OF_ALL = re.compile(f"总{_WHAT}|{_WHEN}|{_WHERE}|总体|整体")
_DERIVED = re.compile(
    r"(?:.{0,6})(?:平均|均值)(?:值|数)?(?:\([^()]*\))?|average|avg|mean|[年季月周日]均[数值]?(?:\([^()]*\))?"
    rf"|(?:.{{0,6}}平均|[户人]均)(?:{_WHAT}|户数)(?:\([^()]*\))?|(?:历史|往期|以往)(?:数据?|情况)"
    r"|(?:总体?|综合|整体)(?:完成|执行|达标)率"
    r"|(?:上|去)(?:一?年度?|期|月|季度?)(?:同期)?(?:[合总小共累]计|总数)|(?:(?:上|去)年)?同期(?:数|[合总]计)?"
)
_RATIO = re.compile(
    "同比.{0,6}|环比.{0,6}|增长[率额]|增幅|[比较](?:上|去)年.{0,6}|占比|比例|比重|完成率|执行率|差额|增减.{0,4}"
)
_RATE = re.compile(r"(?:增长[率额]|[增降涨]幅|增速|占比|比[例重]|完成率|执行率|差额)(?:数|值)?(?:\([^()]*\))?")
_BEFORE = "(?:[上去前往]一?年度?|历年|上一?(?:期|月|季度?)|[年期]初|(?:(?:上|去)年)?同期)"
_TAIL = "(?:实际|同期|全年|决算|完成|[末底初])?(?:总?(?:户数|人数|面积|家数))?(?:数|值|数据|情况)?(?:\\([^()]*\\))?"
_CHANGED = "(?:净?增[加减长幅]?|减少?|下降|上升|变[化动]|[多少])"
_OTHER_PERIOD = re.compile(
    rf"{_BEFORE}{_TAIL}|(?:明|下一?|次)年度?(?:预计|预测|预估|计划|目标)?{_TAIL}|(?:[0-9]{{4}}年度?)?(?:预计|预测|预估)(?:数|值)?"
    rf"|[比较]{_BEFORE}[末底数]?(?:相比)?{_CHANGED}?(?:[数值额量率]|户数|人数|情况)?(?:\([^()]*\))?"
    rf"|[同环]比{_CHANGED}?[数值额量率]?(?:\([^()]*\))?|净?增减(?:[数额值率]|变[化动]|情况)?(?:\([^()]*\))?"
    r"|平均每.{1,8}|每.{1,5}平均.{0,4}|[人户]均[数值]?"
)
"""The label of figures of another period, of a change, a forecast or an average; with other words it is a name."""
_YEAR_ALONE = re.compile(rf"([0-9]{{4}})年度?(?:[0-9]{{1,2}}月份?)?(?:计划|目标|预算)?{_TAIL}")
_COUNT_UNIT = "(?:期|项|件|个|家|场次?|次|条|份|篇|支|类|种|本|册|例|起|人次|笔)"
_COUNTING = re.compile(
    "(?:(?:(?:[0-9]{4}|[本全今])年度?|年内|以上|上述)?[总一合]?[共计][^0-9共计]{0,4}|[本全今]年度?|年内)"
    f"([0-9]{{1,6}}){_COUNT_UNIT}"
)
"""How many records there are: 以上共2项, 全年2期; 2018年2期 is an issue."""
_A_COUNT = re.compile(f"([0-9]{{1,6}}){_COUNT_UNIT}")
_NOTHING = re.compile(
    r"[-—/\\]+|无|暂无|没有|空|n/?a|none|nil|无此[项类].{0,4}|暂?无(?:数据|记录|活动|内容|上报|情况|相关.{0,6})"
    r"|(?:本(?:年度?|月|季度?|期|单位|表)|全年|今年|当[年月]|年内)(?:内)?(?:暂?无|没有|未).{0,10}"
    r"|未(?:开展|举办|发生|产生).{0,6}"
)

# Patterns for the result of `_unmarked`: text without leading marks, spaces between characters, enclosing brackets.

_LABEL = (
    "(?:人|单位|部门|科室|领导|日期|时间|电话|方式|签[字名章]|盖章|公章|审核|复核|核对|制表|填表|审批|口径|说明|附件?"
    "|注|来源|note|source)"
)
_SIGNED = re.compile(
    rf"[^:,，。()]{{0,10}}?{_LABEL}\s*[0-9一二三四五六七八九十]{{0,2}}\s*(?:\([^()]*\)\s*)?:", re.IGNORECASE
)
_SIGNING = re.compile(
    "[填制审]|复核|核对|负责|经办|报送|统计|联系|[主分]管|主要|科室|单位|注|备注|说明|附件?:|note", re.IGNORECASE
)
"""The beginning of a line of signatures or a note: a row that also has numbers may be a record."""
_SEALED = re.compile(
    r"(?:填报|报送|制表|填表|申报)?单位\s*\((?:盖章|签章|公章)\)|(?:盖章|签字|签章)\)?$|注[0-9]|\(?(?:盖章|签字)\)?:"
)
_PAIRED = re.compile(
    r"[^:,，。()0-9]{1,8}:\s*(?:[^:,，。;；0-9]{0,20}|[0-9]{4}[-/.年][0-9]{1,2}(?:[-/.月](?:[0-9]{1,2}日?)?)?)"
)
"""A word with a short value and no figures, as in a line of signatures: 会计：财务室."""
_STAMPED = re.compile(r"[^:,，。()0-9]{0,24}\(?(?:公章|盖章|签章|签[字名]|印章|章)\)?")
_STAMP = re.compile(r"\((?:公章|盖章|签章|签[字名]|印章|章)\)|^\s*(?:公章|盖章|签章|签[字名]|印章)\s*$")
_WORDED = re.compile(
    r"(?:以下)?(?:空白|无正文)$|第\s*[0-9]+\s*页|(?:总?共|计)\s*[0-9]+\s*(?:[条行页项场个家笔栋]|记录|数据)|[0-9]+/[0-9]+$"
    r"|page\s[0-9]+|(?:导出|打印|制表|填报|统计|生成|更新|报送|填表|下载|查询)(?:日期|时间|人)|数据截[至止]"
    r"|(?:金额|计量|货币|数据)?单位(?:为|是|均为)|[本此该]表|表格|以上(?:数据|内容|为|均)|上述|特此|表示[必选]填|填[写表报](?:说明|要求)|(?:结束|完|end)$"
    r"|(?:注|备注|说明|note)\s*[0-9.、\]]",
    re.IGNORECASE,
)
_A_DAY = re.compile(r"(?:19|20)[0-9]{2}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]")
_DATED = re.compile(r"[0-9]{4}\s*年\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?|[年月日\s]+")
_PERIOD = re.compile(rf"{_WHEN}(?:情况|活动|部分)?|[0-9]{{4}}年度?")
_HEADING = re.compile(
    r"\(?[一二三四五六七八九十]{1,3}[)、.].*|第[一二三四五六七八九十]+(?:部分|章|类).*|表[0-9一二三四五六七八九十]+.*"
)
_ITEM = re.compile(r"^\(?[0-9]{1,2}[.、)]")
_CONTINUED = re.compile(r"\(?(?:续表?[0-9]*|第[0-9]+页)\)?$")

_TOTAL_WORDS = r"[合总總小共累]\s*[计計]|总\s*[数额和面人户家场次金]|(?i:total|sum$)"
MAY_BE_TOTAL = rf"^.{{0,24}}?(?:{_TOTAL_WORDS})"
"""A fast filter for whole columns: a total in a cell that should be a number, a date or a choice."""
MAY_HAVE_ROLE = (
    rf"{MAY_BE_TOTAL}|^[^:：]{{1,12}}[:：]|[公印]\s*章|[（(]\s*章"
    r"|平均|均值|[年季月周日]均|总体|综合|整体|同期|^\s*总|汇总|同比|环比|增长|增幅|占比|比例|比重|完成率|执行率|差额|增减|^\s*[比较]|其\s*中"
    r"|^\s*(?:全|本|各项|整体|[上下]半年|年度|[0-9]{4}\s*年|[0-9]{1,2}(?:月|[-—~至到])|第?[一二三四1-4]季)"
    r"|^\s*(?:[上去前往年期]|[明下次]|预|历[年史]|以往|往期|[人户同环]|净|每|计|[0-9]{1,6}\s*[期项件个家场次条份篇支类种本册例起人笔])"
    r"|^\s*[-—/\\]|^.{0,6}(?:无|没\s*有|未|空)|(?i:^\s*(?:n/?a|nil|none|avg|average|mean|end))"
    r"|(?:人|位|门|室|导|期|间|话|式|[字名章]|核|对|表|批|径|明|附|件|注|源|note|source)\s*[0-9一二三四五六七八九十]{0,2}\s*"
    r"(?:[（(][^()（）]*[)）]\s*)?[:：]"
    r"|^.{0,8}单\s*位|盖\s*章|签\s*[字章]|空\s*白|正\s*文|页|共|导出|打印|制表|填报|统计|生成|更新|报送|填表|下载|查询|截[至止]|[本此该]表|表格|以上"
    r"|上述|特此|表示|填写|结束|完$|注|备注|说明|^\s*[※*＊]|(?i:page)|[0-9]/[0-9]+$"
)
"""A fast filter for the first cell of a row: everything that `RowRoles.aside` recognises matches it."""
MAY_BE_BANNER = r"年|月|季|^\s*[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|^\s*第|^\s*表|续"
"""A fast filter for the only cell of a row."""


class Role(StrEnum):
    """The role of a row that isn't a record; the value is the code of its finding."""

    HEADER = "row-header"
    TOTAL = "row-total"
    PART = "row-part"
    DERIVED = "row-derived"
    REMARK = "row-remark"
    NOTHING = "row-nothing"
    EXAMPLE = "rows-example"
    UNCLEAR = "row-unclear"


class RowVerdict(NamedTuple):
    """A row's role, and the word that makes it a total; or, for a record, the code of a finding (`doubt`)."""

    role: Role | None
    word: str = ""
    doubt: str = ""


WORDED_AS_TOTAL = "row-like-total"
"""The code of the finding about a record that is only worded like a total."""


class RowRoles:
    """Determines the roles of a table's rows, which must be passed in order."""

    def __init__(self, located: Located, years: Collection[int] = ()) -> None:
        """Take the table, and the years of the round's period."""
        self.located, self.years = located, years
        self.used, self.units = located.used, located.layout.units
        self.numbers = set(located.row_numbers)
        above = located.grid.rows[: located.top]
        self.titles = {_unmarked(cell) for row in above for cell in row if isinstance(cell, str)}
        self.last: tuple[int, Role | None] = (-1, None)  # index and role of the previous row with a role
        self.indent = ""

    def aside(self, index: int, row: Sequence[Any]) -> RowVerdict:
        """Return the role of the row at an index below the header."""
        filled = {
            at: cell
            for at, cell in enumerate(row)
            if cell is not None and not (at in self.numbers and _NUMBERED.fullmatch(word_key(cell_text(cell))))
        }
        made = self._aside(index, row, filled) if filled else RowVerdict(None)
        if made.role is not None:
            self.last = (index, made.role)
        return made

    def _aside(self, index: int, row: Sequence[Any], filled: dict[int, Any]) -> RowVerdict:
        if self._is_header(row):
            return RowVerdict(Role.HEADER)
        if all(isinstance(cell, str) and _NOTHING.fullmatch(word_key(cell)) for cell in filled.values()):
            return RowVerdict(Role.NOTHING)
        lead = [filled[at] for at in self._leading(filled)]
        if self._is_part(index, lead):
            return RowVerdict(Role.PART if index else Role.UNCLEAR)
        if self._is_of_others(row, filled):
            return RowVerdict(Role.DERIVED)
        if total := self._count(index, filled) or self._total(filled):
            return total
        if any(_word(cell, _DERIVED) or (self._lacks(row) and _word(cell, _RATIO)) for cell in lead):
            return RowVerdict(Role.DERIVED)
        if self._signatures(index, row, filled):
            return RowVerdict(Role.REMARK)
        if any(_word(cell, _RATE) for cell in lead) and self._is_amounts(filled):
            return RowVerdict(None, doubt="row-like-ratio")
        alone = len(filled) == 1 < len(self.used)
        heading = alone and any(_HEADING.fullmatch(_unmarked(cell_text(cell))) for cell in lead)
        role = self._remark(index, row, filled)
        return RowVerdict(role, doubt="row-like-heading" if heading and role is None else "")

    def _leading(self, filled: dict[int, Any]) -> list[int]:
        """Return the columns of a row's first cell, and of its first cell in a column of the table."""
        first = next(iter(filled))
        return list(dict.fromkeys((first, *[at for at in filled if at in self.used][:1])))

    def _is_header(self, row: Sequence[Any]) -> bool:
        """Return whether a row repeats the header, which systems print on every page."""
        names = self.located.names
        return all(row[at] == names[at] for at in self.used)

    def _lacks(self, row: Sequence[Any]) -> bool:
        """Return whether a row lacks a required cell."""
        return any(row[at] is None for at, column in self.used.items() if not column.optional)

    def _has_figures(self, row: Sequence[Any]) -> bool:
        return any(_is_figure(row[at]) for at, column in self.used.items() if column.kind in NUMBER_KINDS)

    def _is_amounts(self, filled: dict[int, Any]) -> bool:
        """Return whether a row has a name and, beside it, only numbers of columns that have units: tasks have none."""
        used = [self.used[at] for at in filled if at in self.used and self.used[at] not in COMMON_COLUMNS]
        numbers = [column for column in used if column.kind in NUMBER_KINDS]
        return len(numbers) == len(used) - 1 > 0 and all(each.unit not in (None, "%") for each in numbers)

    def _is_part(self, index: int, lead: Sequence[Any]) -> bool:
        """Return whether a row is part of the row above, by its wording, or by its indent below such a part."""
        raw = next((cell for cell in lead if isinstance(cell, str)), "")
        indent = raw[: len(raw) - len(raw.lstrip())]
        if any(isinstance(cell, str) and _AMONG_THEM.match(word_key(cell).lstrip("(")) for cell in lead):
            self.indent = indent
            return True
        return self.last == (index - 1, Role.PART) and len(indent) > len(self.indent)

    def _is_of_others(self, row: Sequence[Any], filled: dict[int, Any]) -> bool:
        """Return whether the label of a row of figures says that they are of another period, a change or a forecast.

        A year alone is one if it isn't in the round's period, unless a day or a period beside it says what is meant.
        """
        at = next((at for at in filled if at in self.used), None)
        if at is None or self.used[at].kind is not Kind.TEXT or not self._has_figures(row):
            return False
        if _word(filled[at], _OTHER_PERIOD):
            return True
        year = _word(filled[at], _YEAR_ALONE)
        dated = any(self.used[each].kind in DAY_KINDS for each in filled if each in self.used)
        return year is not None and bool(self.years) and int(year[1]) not in self.years and not dated

    def _count(self, index: int, filled: dict[int, Any]) -> RowVerdict | None:
        """Recognise a row that says how many records there are, in a table without figures.

        A number alone is a name, such as that of an issue, unless it is that of the records above it, no other record
        is named so, and no day is beside it.
        """
        at = next((at for at in filled if at in self.used), None)
        columns = self.used.values()
        if at is None or self.used[at].kind is not Kind.TEXT:
            return None
        if any(each.kind in NUMBER_KINDS and (not each.optional or self._at(each) in filled) for each in columns):
            return None
        if any(not _blank(cell, self.used[each]) for each, cell in filled.items() if each != at and each in self.used):
            return None
        if _word(filled[at], _COUNTING):
            if len(filled) == 1 and word_key(filled[at]).endswith("条"):
                return None  # the footer of an export, which may count other rows too
            return RowVerdict(Role.TOTAL, word_key(filled[at]))
        alone = _word(filled[at], _A_COUNT)
        if alone is None or index < self._whole_rows[-1]:
            return None
        above = [each for each in self._whole_rows[1:] if each < index]
        if len(above) < 2 or int(alone[1]) != len(above):
            return None
        named = (self.located.grid.rows[each + self.located.body][at] for each in above)
        full = any(self.used[each].kind is Kind.DATE and _is_day(filled[each]) for each in filled if each in self.used)
        return None if full or any(_word(each, _A_COUNT) for each in named) else RowVerdict(Role.TOTAL, alone[0])

    def _at(self, column: ColumnSpec) -> int:
        return self.located.columns[column.name]

    def _total(self, filled: dict[int, Any]) -> RowVerdict | None:
        """Recognise a total by its first cell, or by a cell that should be a number, a date or a choice.

        “合计” as the title of a dated event is data. A row that is only worded like a total is one if it lacks a
        required cell.
        """
        leading = self._leading(filled)
        for at, cell in filled.items():
            if at in leading or (at in self.used and self.used[at].kind is not Kind.TEXT):
                if at in self.used and self.used[at].kind is Kind.PERIOD and _fits(cell, self.used[at], self.units):
                    continue  # 全年 or 1-6月累计: whether it overlaps others is seen from their days
                if match := _word(cell, _DERIVED):
                    continue
                if match := _word(cell, _TOTAL):
                    return RowVerdict(Role.TOTAL, match[1])
                if at in leading and _word(cell, _LIKE_A_TOTAL):
                    lacks = any(not column.optional and at not in filled for at, column in self.used.items())
                    return RowVerdict(Role.TOTAL, "合计") if lacks else RowVerdict(None, doubt=WORDED_AS_TOTAL)
                if at in leading and _word(cell, _OF_ALL) and len(filled) > 1:
                    return RowVerdict(None, doubt=WORDED_AS_TOTAL)
        return None

    def _remark(self, index: int, row: Sequence[Any], filled: dict[int, Any]) -> Role | None:
        """Recognise notes, lines of signatures, page numbers and banners by their wording and missing cells.

        With a number in a numeric column, the role of such a row is unclear.
        """
        at, first = next(iter(filled.items()))
        if not isinstance(first, str):
            return None
        said, alone = _unmarked(first), len(filled) == 1
        signed = _SIGNED.match(said) or _SEALED.match(said)
        if signed or _WORDED.match(_ITEM.sub("", said)):
            if self._has_figures(row):
                return Role.UNCLEAR if self._lacks(row) or (signed and _SIGNING.match(said)) else None
            return Role.REMARK if alone or self._lacks(row) or (signed and self._misfits(row)) else None
        if not alone:
            return None
        if said in self.titles or _CONTINUED.sub("", said) in self.titles:
            return Role.REMARK
        if self.last == (index - 1, Role.REMARK) and _ITEM.match(said):
            return Role.REMARK
        if _PERIOD.fullmatch(said):
            return Role.REMARK
        if self._lacks(row) and (_DATED.fullmatch(said) or _HEADING.fullmatch(said) or first.lstrip()[0] in "※*＊"):
            return Role.REMARK
        days = at in self.used and self.used[at].kind in DAY_KINDS and not any(map(str.isdecimal, said))
        return Role.REMARK if days and self._lacks(row) and not _fits(first, self.used[at], self.units) else None

    def _signatures(self, index: int, row: Sequence[Any], filled: dict[int, Any]) -> bool:
        """Return whether a row below all records has only words with short values, seals and days, and no figures.

        It is none where a record's cell is written alike: `通识：写作` is a title among such.
        """
        if self.located.grid.records or not self._lacks(row) or index <= self._whole_rows[-1]:
            return False
        said = {at: plain(cell_text(cell)) for at, cell in filled.items()}
        pairs = [at for at, text in said.items() if _PAIRED.fullmatch(text)]
        stamps = [at for at, text in said.items() if _STAMP.search(text) and _STAMPED.fullmatch(text)]
        days = [at for at, text in said.items() if _A_DAY.match(text)]
        all_known = set(said) <= {*pairs, *stamps, *days}
        return all_known and bool(pairs or stamps) and self._paired.isdisjoint(pairs)

    @cached_property
    def _whole_rows(self) -> list[int]:
        """The indexes of the rows that have all required cells, behind -1."""
        needed = [at for at, column in self.used.items() if not column.optional]
        below = enumerate(self.located.grid.rows[self.located.body :])
        return [-1, *(index for index, row in below if all(at < len(row) and row[at] is not None for at in needed))]

    @cached_property
    def _paired(self) -> set[int]:
        """The columns in which a row with all required cells has a word with a value."""
        rows = [self.located.grid.rows[index + self.located.body] for index in self._whole_rows[1:]]
        texts = ((at, cell) for row in rows for at, cell in enumerate(row) if isinstance(cell, str))
        return {at for at, text in texts if _PAIRED.fullmatch(plain(text))}

    def _misfits(self, row: Sequence[Any]) -> bool:
        """Return whether a row has cells that their columns can't read."""
        return any(row[at] is not None and not _fits(row[at], column, self.units) for at, column in self.used.items())


_NUMBERED = re.compile(r"\(?(?:[0-9]+|[一二三四五六七八九十百]+)\)?[.、]?")
"""The number of a row."""


def _word(cell: Any, pattern: re.Pattern[str]) -> re.Match[str] | None:
    return pattern.fullmatch(word_key(cell)) if isinstance(cell, str) else None


def _unmarked(text: str) -> str:
    """Return a text without surrounding marks and without spaces between its characters."""
    said = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", plain(text)[:_LOOKED_AT])
    said = said.lstrip("*※★[【·").rstrip("】]").strip("-—=_~#/ ")
    return said[1:-1] if said.startswith("(") and said.endswith(")") and said.count("(") == 1 else said.lstrip("(")


_LOOKED_AT = 200
"""Characters of a remark that are examined."""


def _is_figure(cell: Any) -> bool:
    return cell is not None and cell_text(cell)[:1].isdecimal()


_DASH = re.compile(r"[-—–/\\\s]*")


def _blank(cell: Any, column: ColumnSpec) -> bool:
    """Return whether a cell beside a count says nothing of a record: a dash, a day, a choice."""
    return column.kind not in (Kind.TEXT, Kind.FILE) or _DASH.fullmatch(cell_text(cell)) is not None


def _is_day(cell: Any) -> bool:
    try:
        day = read_day(cell)
    except Unreadable:
        return False
    return day.low == day.high


def counted(word: str) -> int | None:
    """Return the number of records that the word of a total says, or None."""
    match = _COUNTING.fullmatch(word) or _A_COUNT.fullmatch(word)
    return int(match[1]) if match else None


_ANY_YEAR = (date(2000, 1, 1), date(2000, 12, 31))


def _fits(cell: Any, column: ColumnSpec, units: Units) -> bool:
    """Return whether a column can read a cell, regardless of its limits."""
    try:
        match column.kind:
            case Kind.DATE:
                read_day(cell)
            case Kind.PERIOD:
                read_period(cell, _ANY_YEAR, column.each)
            case Kind.COUNT | Kind.NUMBER:
                read_number(cell, column.unit, units=units)
            case Kind.FLAG:
                read_flag(cell)
            case Kind.CHOICE:
                return word_key(cell_text(cell)) in choice_ids(column.choices)
    except Unreadable:
        return False
    return True

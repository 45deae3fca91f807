"""What a plausible mistake is: the files of one submission, the figure they mislead about, and what it should be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilot_eval.errors import Finding, Severity
from pilot_eval.model import Assessment
from tests.support import writers as w
from tests.support.rounds.submitted import ABSENT, YEAR, Period

SURVEYS = ("调查名称", "有效样本数", "满意份数", "调查方式")
JOBS = ("期间", "带动就业人数")
TENANTS = ("片区", "企业总数", "主导产业企业数", "本年新增入驻数")
SPACE = ("楼宇", "可租面积", "已租面积")
SERVICES = ("类别", "签约数")
INCOMES = ("收入类别", "金额")
EVENTS = ("日期", "活动名称", "类型", "参加人次", "是否联合举办")
HONOURS = ("荣誉名称", "级别", "授予日期", "授予单位")
FINANCE = ("预算科目", "预算数", "执行数")
PLAN = ("任务", "目标值", "完成值")
DISCLOSURES = ("公开事项", "应公开日期", "实际公开日期")
SUGGESTIONS = ("编号", "提交日期", "应答复日期", "答复日期", "办理结果")
OFFICES = ("场所", "面积", "是否独立办公用房")
BULLETINS = ("期号", "出版日期")
STANDARDS = ("文件名称", "发布日期", "文件")
COVERAGE = ("行业", "会员数", "行业总数")
CONTRACTS = ("项目名称", "类型", "金额", "佐证文件")
GRADES = ("等级", "有效期至", "证书")
HELP = ("项目", "是否完成", "受益会员数")
FACILITIES = ("设施", "面积")
HOUSEHOLDS = ("网格", "总户数")
GROUPS = ("组织名称", "是否登记或备案")
BUILDINGS = ("楼宇", "企业数", "已服务企业数")
ACTIONS = ("事项", "议定日期", "是否落实")
REQUESTS = ("类别", "受理数", "按期办结数")
STAFF = ("网格", "社区工作者数", "常住人口数")
CHANNEL = ("月份", "更新次数", "是否正常更新")
PROJECTS = ("项目名称", "类别", "开始日期", "受益人次")
BODIES = ("期间", "期初团体成员数", "期末留存数")

HALF_2018: Period = ("2018-07-01", "2019-06-30")
YEAR_2019: Period = ("2019-01-01", "2019-12-31")
PARK, ONLINE, TRADE, HOME = "park", "online", "association", "community"


_OF_SAME_TABLES = (
    {"facility_area", "households", "area_per_100_households", "budget_execution"},  # a whole form is sent twice
    {"satisfaction", "survey_answers"},
    {"projects_run", "beneficiary_contacts"},
    {"service_events", "consultations_held"},
)


@dataclass(frozen=True)
class Mistake:
    """One mistake. `right` is the figure that the evidence supports; None where it supports none, or where something
    that was left out must be said. `absent` names a table that must be said to be missing.
    """

    id: str
    base_type: str
    files: Mapping[str, bytes]
    measure: str
    right: float | None
    what: str
    period: Period = YEAR
    absent: str = ""

    def meets(self, other: "Mistake") -> bool:
        """Whether the two can't be in one submission: they have a file or a table in common, or differ in more."""
        measures = {self.measure, other.measure}
        same = len(measures) == 1 or any(measures <= each for each in _OF_SAME_TABLES)
        return same or self.base_type != other.base_type or not self.files.keys().isdisjoint(other.files)

    def silent(self, found: Assessment) -> str | None:
        """What is wrong and unsaid, or None."""
        value = next((each.value for each in found.measures if each.id == self.measure), None)
        if self.absent:
            spoken = any(self.absent in each.message.zh for each in found.findings if _loud(each))
        else:
            spoken = any(self._names(each, found.pilot.id) for each in found.findings if _loud(each))
            spoken |= value is None or (self.right is not None and abs(value - self.right) <= 0.02)
        given = "nothing" if value is None else f"{value:g}"
        due = "something said" if self.right is None else f"{self.right:g}"
        return None if spoken else f"{self.id}: {given} for {due}, {self.measure}: {self.what}"

    def _names(self, each: Finding, pilot: str) -> bool:
        """Whether a finding is about one of the files."""
        file = (each.place.file or "").removeprefix(f"submissions/{pilot}/")
        return not each.code.startswith(ABSENT) and any(file == own or file.startswith(f"{own}/") for own in self.files)


def _loud(each: Finding) -> bool:
    return each.severity is not Severity.NOTE


def csv(*rows: Any, encoding: str = "utf-8-sig") -> bytes:
    return w.as_csv(rows, encoding)


def xlsx(**sheets: Any) -> bytes:
    return w.by_xlsxwriter(sheets)


def xls(**sheets: Any) -> bytes:
    return w.by_xlwt(sheets)


def ods(**sheets: Any) -> bytes:
    return w.as_ods(sheets)


def json(*rows: Any) -> bytes:
    return w.as_json(rows)


FORMS: tuple[tuple[str, Callable[..., bytes]], ...] = (
    (".csv", csv),
    (".xlsx", lambda *rows: xlsx(Sheet1=rows)),
    (".json", json),
    (".ods", lambda *rows: ods(Sheet1=rows)),
    (".xls", lambda *rows: xls(Sheet1=rows)),
)
"""Kinds of files that hold one table: the suffix, and what makes one of rows."""


ALL_FORMS: tuple[tuple[str, Callable[..., bytes]], ...] = (
    (".yaml", lambda *rows: w.as_yaml(rows)),
    *FORMS,
    (".csv", lambda *rows: csv(*rows, encoding="gb18030")),
    (".xls", lambda *rows: w.as_html(rows)),
)


def in_any_form(n: int, header: Sequence[str], parts: Mapping[str, Iterable[Any]]) -> dict[str, bytes]:
    """Files as of `in_turn`, also in YAML, as a web page and in the encoding of older programs."""
    end, make = ALL_FORMS[n % len(ALL_FORMS)]
    return {f"{name}{end}": make(header, *rows) for name, rows in parts.items()}


def in_turn(n: int, header: Sequence[str], parts: Mapping[str, Iterable[Any]]) -> dict[str, bytes]:
    """Files of one table by their names, each made of its rows; the kind of file is the n-th."""
    end, make = FORMS[n % len(FORMS)]
    return {f"{name}{end}": make(header, *rows) for name, rows in parts.items()}

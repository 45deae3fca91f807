"""What a variant of the corpus is: the files of one submission, and what must come of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from pilot_eval.evidence.tables.layout import Layout, layout_of
from pilot_eval.method.schema import StatementSpec
from pilot_eval.plugin import BaseType, Count, Date, Number, Record, Text, column
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.text import Words
from tests.support import writers as w
from tests.support.writers import Rows, Wps

PILOT = "base-1"
PERIOD = ("2018-01-01", "2018-12-31")
STATEMENTS = (StatementSpec(id="registered", zh="依法登记", en="Registered"),)
INFO = f"""\
pilot: {PILOT}
submitted_by: 某街道服务中心
contact_office: 办公室
period: {{from: {PERIOD[0]}, to: {PERIOD[1]}}}
statements: {{registered: true}}
"""

corpus = BaseType("corpus", zh="样本", en="Corpus", api=2)


@corpus.table(zh="楼宇", en="Premises", name="premises")
class Premises(Record):
    """A building: every unit and limit that a column can have."""

    name: Text = column(zh="名称", en="Name")
    area: Number = column(zh="面积", en="Area", unit="㎡", min=0, optional=True)
    share: Number = column(zh="出租率", en="Share let", unit="%", min=0, max=100, optional=True)
    rent: Number = column(zh="租金收入", en="Rent", unit="元", min=0, optional=True)
    funds: Number = column(zh="投入资金", en="Funds", unit="万元", optional=True)
    grade: Count = column(zh="等级", en="Grade", unit="A", min=1, max=5, exact=True, optional=True)
    tenants: Count = column(zh="企业数", en="Tenants", unit="家", optional=True)
    opened: Date = column(zh="启用日期", en="Opened", optional=True)
    suggestion: Text = column(zh="建议编号", en="Suggestion", optional=True, refers="suggestions.number")


CODES: Mapping[str, Mapping[str, Words]] = {
    "build_standard": {"venue": Words(zh="有阵地", en="A venue"), "rules": Words(zh="有制度", en="Written rules")},
    "governance": {
        "charter": Words(zh="章程制度", en="Charter and rules"),
        "audit": Words(zh="年度审计", en="Annual audit"),
    },
}
LAYOUTS: tuple[Layout, ...] = tuple(layout_of(table, CODES) for table in compile_type(corpus).tables.values())


def layout(table: str) -> Layout:
    return next(each for each in LAYOUTS if each.id == table)


class Mark(NamedTuple):
    """A finding's code and place; `row` is a line where the place has one."""

    code: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


Row = Mapping[str, Any]
"""A canonical row: field to stored value; (value, low, high) where the bounds differ; dates in ISO form, partial ones
(first, last). `@` is the row's number in the sheet, where a variant says it."""


@dataclass(frozen=True)
class Variant:
    """One submission: `files` makes its files' bytes by name, `tables` is what must be stored, `said` what is found.

    A good variant has exactly these findings, none of them an error. A bad one has exactly these errors and warnings.
    """

    id: str
    files: Callable[[], Mapping[str, bytes]]
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    said: frozenset[Mark] = frozenset()
    good: bool = True
    rules: bool = False  # whether the rules that a plugin declares are asked too
    info: bool = True  # whether `submission.yaml` is put beside the files

    def made(self) -> dict[str, bytes]:
        """The files of the submission."""
        return ({"submission.yaml": INFO.encode()} if self.info else {}) | dict(self.files())


# --- containers


@dataclass(frozen=True)
class Container:
    """A way to write one sheet as a file. `sheet` is None where the file has no sheets."""

    id: str
    suffix: str
    write: Callable[[str, Rows], bytes]  # of the sheet's name and rows
    sheets: bool = True
    records: bool = False

    def place(self, file: str, sheet: str | None, header: Sequence[Any], first: int) -> "Places":
        return Places(file, sheet if self.sheets else None, tuple(header) if self.records else None, first)


class Places(NamedTuple):
    """Turns `cell-date A3` into the mark of that place."""

    file: str
    sheet: str | None
    keys: tuple[Any, ...] | None  # of records
    first: int = 1  # the header's row

    def mark(self, said: str) -> Mark:
        code, _, cell = said.partition(" ")
        letters = cell.rstrip("0123456789")
        row = int(cell[len(letters) :]) if cell[len(letters) :] else None
        if self.keys is None:
            return Mark(code, self.file, self.sheet, row, letters or None)
        key = self.keys[w_index(letters)] if letters else None
        return Mark(code, self.file, self.sheet, None if row is None else row - self.first or None, key)


def w_index(letters: str) -> int:
    index = 0
    for each in letters:
        index = index * 26 + ord(each) - 64
    return index - 1


def _alone(write: Callable[..., bytes], **options: Any) -> Callable[[str, Rows], bytes]:
    return lambda sheet, rows: write(rows, **options)


def _book(write: Callable[..., bytes], **options: Any) -> Callable[[str, Rows], bytes]:
    return lambda sheet, rows: write({sheet: rows}, **options)


CONTAINERS = {
    each.id: each
    for each in (
        Container("csv-utf8", ".csv", _alone(w.as_csv), sheets=False),
        Container("csv-bom", ".csv", _alone(w.as_csv, mark=b"\xef\xbb\xbf"), sheets=False),
        Container("csv-utf16le", ".csv", _alone(w.as_csv, encoding="utf-16-le", mark=b"\xff\xfe"), sheets=False),
        Container("csv-utf16be", ".csv", _alone(w.as_csv, encoding="utf-16-be", mark=b"\xfe\xff"), sheets=False),
        Container("csv-gb18030", ".csv", _alone(w.as_csv, encoding="gb18030"), sheets=False),
        Container("tsv-utf8", ".tsv", _alone(w.as_csv, separator="\t"), sheets=False),
        Container("tsv-utf16le", ".csv", _alone(w.as_csv, separator="\t", encoding="utf-16-le", mark=b"\xff\xfe"),
                  sheets=False),
        Container("semicolon", ".csv", _alone(w.as_csv, separator=";"), sheets=False),
        Container("openpyxl", ".xlsx", _book(w.by_openpyxl)),
        Container("xlsxwriter", ".xlsx", _book(w.by_xlsxwriter)),
        Container("wps", ".xlsx", lambda sheet, rows: Wps().book({sheet: rows})),
        Container("wps-inline", ".xlsx", lambda sheet, rows: Wps(strings="inline").book({sheet: rows})),
        Container("xls", ".xls", _book(w.by_xlwt)),
        Container("et", ".et", _book(w.by_xlwt)),
        Container("ods", ".ods", _book(w.as_ods)),
        Container("fods", ".fods", _book(lambda sheets: w.flat_ods(w.as_ods(sheets)))),
        Container("html", ".xls", _alone(w.as_html), sheets=False),
        Container("xml2003", ".xls", _book(w.as_xml2003)),
        Container("json", ".json", _alone(w.as_json), sheets=False, records=True),
        Container("yaml", ".yaml", _alone(w.as_yaml), sheets=False, records=True),
    )
}  # fmt: skip
TEXTUAL = ("csv-utf8", "xls", "csv-gb18030", "openpyxl", "tsv-utf8", "ods", "csv-bom", "wps", "json", "et",
           "csv-utf16le", "xlsxwriter", "semicolon", "yaml", "html", "wps-inline", "csv-utf16be",
           "xml2003")  # fmt: skip
"""Containers in turn, for what is written as text in every one of them."""

ALWAYS: Mapping[str, tuple[str, ...]] = {"html": ("file-extension",), "xml2003": ("file-extension",)}
"""What a container alone gives rise to."""

# --- tables


HEADERS: Mapping[str, tuple[str, ...]] = {
    "events": ("日期", "活动名称", "类型", "参加人次", "是否联合举办"),
    "premises": ("名称", "面积", "出租率", "租金收入", "投入资金", "等级", "企业数", "启用日期", "建议编号"),
    "suggestions": ("编号", "提交日期", "应答复日期", "答复日期", "办理结果", "佐证文件"),
    "finance": ("预算科目", "预算数", "执行数"),
    "surveys": ("调查名称", "有效样本数", "满意份数", "调查方式"),
    "honours": ("荣誉名称", "级别", "授予日期", "授予单位"),
    "governance_items": ("条目", "是否符合", "佐证文件"),
}
EVENTS: tuple[Row, ...] = (
    {"held": "2018-03-02", "title": "新媒体从业人员培训班", "kind": "training", "participants": 120, "joint": False},
    {"held": "2018-06-15", "title": "同心论坛", "kind": "exchange", "participants": 86, "joint": True},
    {"held": "2018-11-28", "title": "岁末公益行", "kind": "outreach", "participants": 1600, "joint": False},
)
FINANCE: tuple[Row, ...] = (
    {"line": "活动经费", "budget": 120000, "spent": 118500.5},
    {"line": "办公经费", "budget": 45000, "spent": 45000},
    {"line": "调研经费", "budget": 8000, "spent": 0},
)
SURVEYS: tuple[Row, ...] = (
    {"survey": "年度满意度调查", "answers": 200, "satisfied": 188, "channel": "paper"},
    {"survey": "活动后问卷", "answers": 56, "satisfied": 55, "channel": "online"},
)
SUGGESTIONS: tuple[Row, ...] = (
    {"number": "JY-001", "submitted": "2018-02-01", "due": "2018-05-01", "answered": "2018-04-20",
     "status": "adopted"},
    {"number": "JY-002", "submitted": "2018-07-09", "due": "2018-10-09", "status": "pending"},
)  # fmt: skip
CANONICAL: Mapping[str, tuple[Row, ...]] = {
    "events": EVENTS, "finance": FINANCE, "surveys": SURVEYS, "suggestions": SUGGESTIONS,
}  # fmt: skip


def column_of(table: str, header: str) -> Any:
    return next(each for each in layout(table).columns if header in (each.label.zh, each.label.en, each.name))


def displayed(table: str, header: str, row: Row) -> Any:
    """A canonical cell as a careful organisation would write it."""
    spec = column_of(table, header)
    value = row.get(spec.name)
    if value is None:
        return None
    if spec.choices:
        return spec.choices[value].zh
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def sheet_of(table: str, rows: Sequence[Row] | None = None, header: Sequence[str] = ()) -> list[list[Any]]:
    """The header and the rows of a table, as cells."""
    header = header or HEADERS[table]
    body = CANONICAL[table] if rows is None else rows
    return [list(header), *([displayed(table, name, row) for name in header] for row in body)]


def dated(rows: Rows) -> list[list[Any]]:
    """The same, with its ISO dates as dates."""

    def cell(value: Any) -> Any:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return value

    return [[cell(value) for value in row] for row in rows]


# --- making variants


def in_container(
    id: str,
    container: str,
    rows: Rows,
    expected: Sequence[Row] | None,
    *said: str,
    table: str = "events",
    file: str | None = None,
    sheet: str | None = None,
    good: bool = True,
    first: int = 1,
    header: int | None = None,
    write: Callable[[str, Rows], bytes] | None = None,
    rules: bool = False,
    beside: Mapping[str, bytes] = {},
    tables: Mapping[str, Sequence[Row]] = {},
) -> Variant:
    """A variant of one table in one file. `said` are findings such as `cell-date A3`."""
    how = CONTAINERS[container]
    if write:
        how = replace(how, write=write)
    label = layout(table).label.zh
    name, page = file or label + how.suffix, sheet or label
    places = how.place(name, page, rows[0], first)
    marks = {places.mark(each) for each in (*said, *(ALWAYS.get(container, ()) if good and write is None else ()))}
    expect = dict(tables) | ({table: expected} if expected is not None else {})
    return Variant(id, lambda: {name: how.write(page, rows), **beside}, expect, frozenset(marks), good, rules)


good = partial(in_container, good=True)


def bad(id: str, container: str, rows: Rows, *said: str, **options: Any) -> Variant:
    """A variant with errors or warnings; nothing is asked of what is stored."""
    return in_container(id, container, rows, None, *said, good=False, **options)


def spelled(table: str, header: str, cell: Any, row: int = 2) -> list[list[Any]]:
    """A table with one cell changed; the header is row 1."""
    rows = sheet_of(table)
    rows[row - 1][HEADERS[table].index(header)] = cell
    return rows


def changed(table: str, at: int, **values: Any) -> list[Row]:
    """The canonical rows with some cells of one changed; the first is 0."""
    rows = [dict(row) for row in CANONICAL[table]]
    rows[at].update(values)
    return rows

"""Writes a workbook to fill in: a sheet for each table that the method needs, with drop-downs, notes and an example."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilot_eval.evidence.cells.periods import periods_within
from pilot_eval.evidence.intake.information import INFO_SHEET, LABELS
from pilot_eval.evidence.tables.example_row import example_cell
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.method.schema import StatementSpec
from pilot_eval.plugin.days import Grain
from pilot_eval.plugin.tables import ColumnSpec, Kind
from pilot_eval.text import Lang, Words
from pilot_eval.units import Units

ROWS = 500
"""Rows with drop-downs and formats; more rows may be filled in."""

_OPTIONS = Words(zh="选项", en="Options")
_YES_NO = (Words(zh="是", en="yes"), Words(zh="否", en="no"))
_FIXED = datetime(2000, 1, 1)  # the creation date of every workbook, so that the bytes are reproducible


@dataclass(frozen=True)
class Form:
    """The contents of a form: the pilot, the period, the statements to answer and the tables to fill in.

    units: the names in the first column of a keyed table. shared: it is for all pilots of a base type, and asks for
    nothing but their figures.
    rows: what stands in a table already, in the place of the example: texts by column, in each row.
    """

    pilot: str
    pilot_name: Words
    period: tuple[str, str]
    statements: Sequence[StatementSpec]
    layouts: Sequence[Layout]
    units: Sequence[str] = ()
    shared: bool = False
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


def workbook(form: Form, lang: Lang) -> bytes:
    """Return the form as an XLSX file; the same form gives the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    book.set_properties({"title": f"pilot-eval {form.pilot}", "created": _FIXED})
    _Writer(book, form, lang).write()
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, form: Form, lang: Lang) -> None:
        self.book, self.form, self.lang = book, form, lang
        head = {"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.head: Format = book.add_format({**head, "locked": True})
        self.open: Format = book.add_format({"locked": False, "text_wrap": True, "valign": "top"})
        self.formats: dict[Kind, Format] = {
            Kind.DATE: book.add_format({"locked": False, "num_format": "yyyy-mm-dd"}),
            Kind.PERIOD: book.add_format({"locked": False, "num_format": "@"}),  # 1-6 would become a date
        }
        self.sample: Format = book.add_format({"italic": True, "font_color": "#6B7280"})
        self.sample_date: Format = book.add_format(
            {"italic": True, "font_color": "#6B7280", "num_format": "yyyy-mm-dd"}
        )
        self.lists: list[tuple[str, ...]] = []  # long lists, in columns of a hidden sheet

    def write(self) -> None:
        if not self.form.shared:
            self._info()
        for layout in self.form.layouts:
            self._table(layout)
        if self.lists:
            sheet = self.book.add_worksheet(_OPTIONS.in_(self.lang))
            for at, words in enumerate(self.lists):
                sheet.write_column(0, at, words)
            sheet.hide()

    def _info(self) -> None:
        sheet = self.book.add_worksheet(INFO_SHEET.in_(self.lang))
        known = {"pilot": self.form.pilot, "period_from": self.form.period[0], "period_to": self.form.period[1]}
        notes = {
            "pilot": self.form.pilot_name,
            "submitted_by": Words(zh="单位全称，不填个人", en="the organisation's full name, not a person's"),
            "contact_office": Words(zh="部门，不填个人和电话", en="an office, not a person or a telephone number"),
            "nothing_to_report": Words(
                zh="确无记录的表，用顿号分隔，如：荣誉、行政处罚", en="tables with no records, comma-separated"
            ),
        }
        questions = [(f"statement:{each.id}", each.label) for each in self.form.statements]
        sheet.write_row(0, 0, [Words(zh="项目", en="Item").in_(self.lang), Words(zh="填写", en="Answer").in_(self.lang),
                               Words(zh="说明", en="Note").in_(self.lang)], self.head)  # fmt: skip
        for row, (key, label) in enumerate([*LABELS.items(), *questions], start=1):
            sheet.write_string(row, 0, label.in_(self.lang), self.head)
            value = known.get(key)
            if value is None:
                sheet.write_blank(row, 1, None, self.open)
            else:
                sheet.write_string(row, 1, value, self.open)
            note = notes.get(key)
            sheet.write_string(row, 2, note.in_(self.lang) if note else "")
            if key.startswith("statement:"):
                self._choose(sheet, row, 1, row, [each.in_(self.lang) for each in _YES_NO])
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 36)
        sheet.set_column(2, 2, 60)
        sheet.freeze_panes(1, 0)

    def _table(self, layout: Layout) -> None:
        sheet = self.book.add_worksheet(layout.label.in_(self.lang)[:31])
        sheet.set_row(0, 32)
        for at, column in enumerate(layout.columns):
            header = self._header(column, layout.units)
            sheet.write_string(0, at, header, self.head)
            sheet.write_comment(0, at, self._note(column), {"x_scale": 1.6})
            sheet.set_column(at, at, max(12, 2 * len(header) + 2), self.formats.get(column.kind, self.open))
            given = self.form.rows.get(layout.id, ())
            for row, cells in enumerate(given, start=1):
                sheet.write_string(row, at, cells.get(column.name, ""), self.open)
            if not given and not layout.keyed:
                self._sample(sheet, at, column)
            if column.kind is Kind.FLAG:
                self._choose(sheet, 1, at, ROWS, [each.in_(self.lang) for each in _YES_NO])
            elif column.each:
                around = (date.fromisoformat(self.form.period[0]), date.fromisoformat(self.form.period[1]))
                self._choose(sheet, 1, at, ROWS, [each.in_(self.lang) for each in periods_within(around, column.each)])
            elif column.choices:
                self._choose(sheet, 1, at, ROWS, [label.in_(self.lang) for label in column.choices.values()])
        if layout.keyed:
            sheet.write_column(1, 0, self.form.units)
        sheet.freeze_panes(1, int(layout.keyed))
        # Only the header is locked. There is no password, so the protection can be removed.
        sheet.protect(
            "", {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True, "sort": True}
        )

    def _header(self, column: ColumnSpec, units: Units) -> str:
        unit = (
            ("（{}）" if self.lang == "zh" else " ({})").format(units.label(column.unit).in_(self.lang))
            if column.unit
            else ""
        )
        return f"{column.label.in_(self.lang)}{unit}{'' if column.optional else '*'}"

    def _note(self, column: ColumnSpec) -> str:
        lines = [(_EACH[column.each] if column.each else _KINDS[column.kind]).in_(self.lang)]
        if column.help:
            lines.append(column.help.in_(self.lang))
        if not column.optional:
            lines.append(Words(zh="必填", en="required").in_(self.lang))
        return "\n".join(lines)

    def _sample(self, sheet: Worksheet, at: int, column: ColumnSpec) -> None:
        match example_cell(column, date.fromisoformat(self.form.period[0]), self.lang):
            case None:
                sheet.write_blank(1, at, None, self.sample)
            case date() as day:
                sheet.write_datetime(1, at, datetime(day.year, day.month, day.day), self.sample_date)
            case str() as words:
                sheet.write_string(1, at, words, self.sample)
            case number:
                sheet.write_number(1, at, number, self.sample)

    def _choose(self, sheet: Worksheet, row: int, at: int, last: int, words: Iterable[str]) -> None:
        """Add a drop-down. Excel allows 255 characters in place; longer lists are on a hidden sheet."""
        words = tuple(words)
        source: list[str] | str = list(words)
        if len(",".join(words)) > 255 or any("," in word for word in words):
            if words not in self.lists:
                self.lists.append(words)
            column = xlsxwriter.utility.xl_col_to_name(self.lists.index(words), col_abs=True)
            source = f"='{_OPTIONS.in_(self.lang)}'!{column}$1:{column}${len(words)}"
        sheet.data_validation(row, at, last, at, {"validate": "list", "source": source, "error_type": "warning"})


_EACH: dict[Grain, Words] = {
    "month": Words(zh="月份，如 2018年3月", en="month, such as 2018-03"),
    "quarter": Words(zh="季度，如 2018年第一季度", en="quarter, such as 2018 Q1"),
    "year": Words(zh="年份，如 2018年", en="year, such as 2018"),
}

_KINDS: dict[Kind, Words] = {
    Kind.TEXT: Words(zh="文字", en="text"),
    Kind.CHOICE: Words(zh="从下拉列表中选择", en="choose from the list"),
    Kind.FILE: Words(zh="附件在提交目录中的路径", en="path of an attachment in the submission"),
    Kind.FLAG: Words(zh="是 / 否", en="yes / no"),
    Kind.DATE: Words(zh="日期，如 2018-12-21", en="date, such as 2018-12-21"),
    Kind.PERIOD: Words(
        zh="期间，如 2018年上半年、2018年1—6月、2018年第一季度；各行的期间不重叠，不填累计数和计划数",
        en="period, such as 2018 H1, 2018-01 to 2018-06, 2018 Q1; no overlaps, no cumulative or planned figures",
    ),
    Kind.COUNT: Words(zh="非负整数", en="non-negative whole number"),
    Kind.NUMBER: Words(zh="数字；约数照写，如 1600多", en="number; approximate ones as stated, such as 1600多"),
}

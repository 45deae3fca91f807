"""Writes the example round `zhengzhou-2018`: 15 invented submissions in the forms that occur in practice.

`python examples/make_zhengzhou.py` rewrites the round byte for byte: a fixed seed, fixed dates, no clock.
Nothing is scored here; `pilot-eval assess examples/zhengzhou-2018` does that.
"""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from zhengzhou_rows import Row
from zhengzhou_submissions import FACTS, INVENTED, REVIEWS, SUBMISSIONS, Form, Submission, Tables

from pilot_eval.method.loader import load_method
from pilot_eval.method.schema import Method
from pilot_eval.plugin.tables import ColumnSpec, Kind, TableSpec
from pilot_eval.registry import discover
from pilot_eval.text import Words

HERE = Path(__file__).resolve().parent
METHOD = HERE.parent / "indicators" / "zhengzhou-2018"
ROUND = HERE / "zhengzhou-2018"

CREATED = datetime(2019, 1, 20, 9, 0)
"""The date inside the workbooks; fixed, so that each run writes the same bytes."""

ROUND_YAML = """\
# 示例轮次，由 examples/make_zhengzhou.py 生成。 / The example round, written by examples/make_zhengzhou.py.
id: zhengzhou-2018-example
zh: 郑州实践创新基地试点评价（2018 年度示例）
en: Evaluation of Zhengzhou's pilot bases, 2018 (example)
period: {from: 2018-01-01, to: 2018-12-31}
method: method
notice:
  zh: 本轮数据为演示而虚构，只有引自文章的事实除外；任何数字都不说明任何真实组织的工作成效。
  en: >-
    The data of this round are invented for demonstration, except for the facts quoted from the article. No figure
    says anything about the performance of any real organisation.
"""

SUBMISSION_YAML = """\
# 填报信息。示例数据（虚构），引自文章的事实除外。
# Who submits what. Invented example data, except for facts quoted from the article.
pilot: {pilot}
submitted_by: {organisation}
contact_office: {office}
submitted_on: {on}
period: {{from: 2018-01-01, to: 2018-12-31}}
statements: {{registered: true, serious_violation: false, evidence_true: true}}
"""

REVIEW_YAML = """\
# 评审组的评分，以及不适用的理由。示例数据（虚构）。
# The panel's scores, and its reasons why an indicator does not apply. Invented example data.
pilot: {pilot}
reviewed_by: 评审组
"""

ATTACHMENT = """\
示例附件（虚构）
{organisation}：{name}
本文件只用来演示记录怎样引用附件，不是真实材料。
Sample attachment, invented: it only shows how a record refers to its proof.
"""

DATES: dict[str, Callable[[date], Any]] = {
    "excel": lambda day: day,
    "iso": date.isoformat,
    "zh": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "dot": lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
}
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


# --- a table as it is in a file


@dataclass
class Sheet:
    """A table's headers and cells in the style of a form; `summed` are the columns that a row of totals adds up."""

    id: str
    label: Words
    headers: list[str]
    cells: list[list[Any]]
    summed: list[int]

    def total(self, at: int) -> float:
        return sum(row[at] for row in self.cells)

    def titles(self, organisation: str) -> list[str]:
        note = f"填报单位：{organisation}　填报期间：2018年1月1日至12月31日　{INVENTED}"
        return [f"{self.label.zh}情况表（2018年度）", note]


def lay_out(spec: TableSpec, records: list[Row], form: Form, codes: Mapping[str, Mapping[str, Words]]) -> Sheet:
    """Lay out a table in the form's style; an optional column without values is left out."""
    columns = [
        replace(column, choices=codes[column.codes]) if column.codes else column
        for column in spec.columns
        if not column.optional or any(record.get(column.name) is not None for record in records)
    ]
    headers = [column.name if form.headers == "name" else column.label.in_(form.headers) for column in columns]
    cells = [[write_cell(column, record.get(column.name), form) for column in columns] for record in records]
    summed = [
        at
        for at, column in enumerate(columns)
        if column.kind in (Kind.NUMBER, Kind.COUNT)
        and not column.exact  # levels and grades: they have no total
        and all(isinstance(row[at], (int, float)) for row in cells)
    ]
    if form.numbered:
        headers, cells = ["序号", *headers], [[n, *row] for n, row in enumerate(cells, 1)]
        summed = [at + 1 for at in summed]
    return Sheet(spec.id, spec.label, headers, cells, summed)


def write_cell(column: ColumnSpec, value: Any, form: Form) -> Any:
    """Convert one value to the form's style; text stays as it is."""
    if isinstance(value, bool):
        return form.yes_no[0 if value else 1]
    if isinstance(value, date):
        return DATES[form.dates](value)
    if column.kind is Kind.CHOICE and form.headers != "name":
        return column.choices[value].zh
    return str(value).translate(WIDE) if form.wide and isinstance(value, int) else value


def as_records(spec: TableSpec, rows: Iterable[Row | tuple[Any, ...]]) -> list[Row]:
    """Return rows as dicts; those without a source are marked as invented."""
    names = [column.name for column in spec.columns]
    given = [row if isinstance(row, dict) else dict(zip(names, row, strict=False)) for row in rows]
    return [{"source": INVENTED, **record} for record in given]


# --- files


def write_csv(path: Path, sheet: Sheet, form: Form, organisation: str) -> None:
    """Write comma-separated values as spreadsheet programs do, optionally with title lines and a row of totals."""
    lines: list[list[Any]] = [sheet.headers, *sheet.cells]
    if form.titled:
        totals = [sheet.total(at) if at in sheet.summed else None for at in range(1, len(sheet.headers))]
        lines = [*([title] for title in sheet.titles(organisation)), *lines, ["合计", *totals]]
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    path.write_bytes(text.getvalue().encode(form.encoding))


def write_json(path: Path, sheets: list[Sheet]) -> None:
    """Write a list of records, or several tables by name; empty cells are left out."""
    tables = {
        sheet.id: [
            {name: cell for name, cell in zip(sheet.headers, row, strict=True) if cell is not None}
            for row in sheet.cells
        ]
        for sheet in sheets
    }
    data: object = tables if len(tables) > 1 else next(iter(tables.values()))
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def write_workbook(path: Path, sheets: list[Sheet], form: Form, organisation: str) -> None:
    """Write a workbook with a sheet for each table."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.calc_on_load = False  # as saved by a spreadsheet program: results are stored
    book.set_properties({"created": CREATED, "comments": "示例数据（虚构） / invented example data"})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#D9E1F2"})
    plain, day = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    for number, sheet in enumerate(sheets, 1):
        page = book.add_worksheet(f"附表{number}" if form.mapped else sheet.label.zh)
        page.set_column(0, len(sheet.headers) - 1, 16)
        above = sheet.titles(organisation) if form.titled else []
        for n, line in enumerate(above):
            page.merge_range(n, 0, n, len(sheet.headers) - 1, line, plain if n else title)
        page.write_row(len(above), 0, sheet.headers, head)
        for n, row in enumerate(sheet.cells, len(above) + 1):
            for at, value in enumerate(row):
                page.write(n, at, value, day if isinstance(value, date) else plain)
        if form.titled:
            first, end = len(above) + 2, len(above) + 1 + len(sheet.cells)
            page.write(end, 0, "合计", plain)
            for at in sheet.summed:
                letter = chr(ord("A") + at)
                page.write_formula(end, at, f"=SUM({letter}{first}:{letter}{end})", plain, sheet.total(at))
    book.close()


def write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


# --- the round


def write_submission(each: Submission, folder: Path, specs: Mapping[str, TableSpec], name: str, method: Method) -> None:
    """Write one pilot's folder: its files, the attachments that its records refer to, `submission.yaml`."""
    codes = {key: {code.id: code.label for code in words} for key, words in method.codes.items()}
    made = each.make(Random(f"zhengzhou-2018/{each.pilot}"))
    records = {table: as_records(specs[table], rows) for table, rows in made.items()}
    folder.mkdir(parents=True)
    claimed = {table for form in each.forms for table in form.tables.split()}
    mapped: list[str] = []
    for form in each.forms:
        tables = form.tables.split() or [table for table in records if table not in claimed]
        sheets = [lay_out(specs[table], records[table], form, codes) for table in tables]
        path = folder / form.path
        if path.suffix == ".xlsx":
            write_workbook(path, sheets, form, name)
            mapped += [f"  {table}: {form.path}#附表{n}" for n, table in enumerate(tables, 1) if form.mapped]
        elif path.suffix == ".json":
            write_json(path, sheets)
        else:
            write_csv(path, *sheets, form, name)
            mapped += [f"  {table}: {form.path}" for table in tables if form.mapped]
    for attachment in sorted({*referred(specs, records), *each.extra}):
        write_text(folder / attachment, ATTACHMENT.format(organisation=name, name=Path(attachment).stem))
    lines = [f"nothing_to_report: [{', '.join(each.nothing.split())}]"] if each.nothing else []
    lines += ["tables:", *mapped] if mapped else []
    text = SUBMISSION_YAML.format(pilot=each.pilot, organisation=name, office=each.office, on=each.on)
    write_text(folder / "submission.yaml", text + "".join(f"{line}\n" for line in lines) + FACTS.get(each.pilot, ""))


def referred(specs: Mapping[str, TableSpec], records: Tables) -> Iterable[str]:
    """Return the attachments that records refer to."""
    for table, rows in records.items():
        files = [column.name for column in specs[table].columns if column.kind is Kind.FILE]
        yield from (row[column] for row in rows for column in files if row.get(column))


def main() -> None:
    """Rewrite the whole round; existing results are left alone."""
    registry = discover()
    method = load_method(METHOD, *registry.vocabulary())
    for old in ("method", "submissions", "reviews"):
        shutil.rmtree(ROUND / old, ignore_errors=True)
    shutil.copytree(METHOD, ROUND / "method")
    write_text(ROUND / "round.yaml", ROUND_YAML)
    pilots = {pilot.id: pilot for pilot in method.pilots}
    for each in SUBMISSIONS:
        pilot = pilots[each.pilot]
        specs = registry.base_types[pilot.base_type].tables
        write_submission(each, ROUND / "submissions" / each.pilot, specs, pilot.zh, method)
    for name, review in REVIEWS.items():
        write_text(ROUND / "reviews" / f"{name}.yaml", REVIEW_YAML.format(pilot=name) + review)
    print(f"{len(SUBMISSIONS)} submissions: {ROUND}")


if __name__ == "__main__":
    main()

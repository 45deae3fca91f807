"""Ordinary submissions, as clerks make them: titles, notes, totals, units, parts in several files; and no mistake."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from random import Random
from typing import Any

from tests.support import writers as w
from tests.support.ordinary.rows import Row
from tests.support.ordinary.tables import COMMON, OWN, Column, Table, rows_of
from tests.support.rounds.submitted import Sent

_REMARKS = (
    "",
    "",
    "",
    "含上级补助2万元",
    "与工会联办",
    "2018年3月起",
    "详见附件",
    "共12场",
    "约占三成",
    "其中外地6人",
    "按合同执行",
)
_NOTES = ("注：数据截至2018年12月31日。", "填表说明：本表由办公室汇总。", "备注：以上数据已经核对。")
_FLAGS = {"是": "yes", "否": "no"}


def submissions(count: int, seed: int = 2018) -> Iterator[Sent]:
    """The first `count` submissions of a seed."""
    for number in range(count):
        rng = Random(f"{seed}/{number}")  # noqa: S311
        base_type = rng.choice(list(OWN))
        yield _Clerk(rng).submission(f"s{number}", base_type)


class _Clerk:
    """One clerk: a language, a way to write dates and flags, a format of files."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.english = rng.random() < 0.08
        self.dates = rng.choice(("iso", "iso", "chinese", "slashes", "cell"))
        self.suffix = rng.choice((".csv", ".csv", ".xlsx", ".xlsx", ".xls", ".json"))
        self.encoding = rng.choice(("utf-8-sig", "gb18030", "utf-8"))
        self.titled, self.numbered, self.remarks, self.totals, self.noted = (
            rng.random() < p for p in (0.4, 0.3, 0.3, 0.4, 0.2)
        )
        self.units = rng.random() < 0.3
        self.files: dict[str, bytes] = {}
        self.sheets: dict[str, list[Row]] = {}

    def submission(self, id: str, base_type: str) -> Sent:
        offered = [*COMMON, *OWN[base_type]]
        chosen = self.rng.sample(offered, self.rng.randint(2, min(6, len(offered))))
        one_book = self.suffix in (".xlsx", ".xls") and self.rng.random() < 0.4
        for number, table in enumerate(chosen, start=1):
            self._put(table, number, one_book)
        if self.sheets:
            self.files[f"{self.rng.choice(('评价数据', '填报材料', '附件2 评价表'))}{self.suffix}"] = self._book(
                self.sheets
            )
        sent = {table.id for table in chosen}
        nothing = ["penalties", *(["honours"] if "honours" not in sent and self.rng.random() < 0.5 else [])]
        return Sent(id, base_type, self.files, nothing=tuple(nothing))

    def _put(self, table: Table, number: int, one_book: bool) -> None:
        rows = rows_of(table, self.rng)
        self._attach(table, rows)
        name = self.rng.choice(table.names) if not self.english else table.en
        parts = self._parts(table, rows, name) if self.rng.random() < 0.3 else {}
        if parts and not one_book and self.suffix in (".xlsx", ".xls") and self.rng.random() < 0.5:
            sheets = {part.replace("/", "_"): self._sheet(table, some, part) for part, some in parts.items()}
            self.files[f"{name}{self.suffix}"] = self._book(sheets)
        elif parts and not one_book:
            for part, some in parts.items():
                self._file(part, self._sheet(table, some, part))
        elif one_book:
            self.sheets[name] = self._sheet(table, rows, name)
        else:
            shown = (
                name
                if self.english
                else self.rng.choice(
                    (
                        name,
                        name,
                        f"2018年{name}",
                        f"附件{number} {name}",
                        f"{name}20190115",
                        f"{number:02d}.{name}",
                        f"{name}（2018）",
                    )
                )
            )
            self._file(shown, self._sheet(table, rows, name))

    def _parts(self, table: Table, rows: list[Row], name: str) -> dict[str, list[Row]]:
        """The rows as they are split over files or sheets; none where they can't be."""
        if table.parts == "quarters" and all(isinstance(row[0], date) for row in rows):
            months = self.rng.random() < 0.3
            word = "{}月" if months else "{}季度"
            key = [row[0].month if months else (row[0].month + 2) // 3 for row in rows]
            split = groupby(zip(key, rows, strict=True), key=lambda each: each[0])
            return {
                word.format(at if months else "一二三四"[at - 1]) + name: [row for _, row in some] for at, some in split
            }
        if table.parts == "sites" and len(rows) > 1:
            return {f"{row[0]}{name}": [row] for row in rows}
        if table.parts == "folders":
            return {f"{site}/{name}": rows if site == "东区" else rows_of(table, self.rng) for site in ("东区", "西区")}
        return {}

    def _attach(self, table: Table, rows: list[Row]) -> None:
        for at, column in enumerate(table.columns):
            for n, row in enumerate(rows if column.kind == "proof" else (), start=1):
                if row[at] == "*" or self.rng.random() < 0.15:
                    row[at] = f"佐证/{table.names[0]}{n}.txt"
                    self.files[row[at]] = f"{table.names[0]}{n}：{row[0]}".encode()

    def _sheet(self, table: Table, rows: list[Row], name: str) -> list[Row]:
        """The header and the rows, as this clerk writes them."""
        plain = self.suffix == ".json"
        columns = table.columns
        in_wan = self.units and any(each.kind == "money" for each in columns) and self.rng.random() < 0.5
        header = [self._header(each, in_wan) for each in columns]
        made = [[self._cell(cell, column, in_wan) for cell, column in zip(row, columns, strict=True)] for row in rows]
        total = self._total(columns, rows, in_wan) if self.totals and not plain else None
        made += [total] if total else []
        if self.remarks:
            header.append("Note" if self.english else "备注")
            for row in made:
                row.append(self.rng.choice(_REMARKS) or None if row is not total else None)
        if self.numbered and not plain and not self.english:
            header.insert(0, "序号")
            for n, row in enumerate(made, start=1):
                row[:1] = [row[0], None] if row is total else [n, row[0]]
        above: list[Row] = []
        if self.titled and not plain and not self.english:
            above = [
                [
                    self.rng.choice(
                        (f"某基地2018年{name.replace('/', '')}", f"{name.replace('/', '')}统计表（2018年度）")
                    )
                ]
            ]
            above += [["填报单位：某单位　　　填报日期：2019年1月15日"]] if self.rng.random() < 0.4 else []
        below: list[Row] = [[self.rng.choice(_NOTES)]] if self.noted and not plain else []
        return [*above, header, *made, *below]

    def _header(self, column: Column, in_wan: bool) -> str:
        if self.english:
            return column.en
        unit = {"money": "（万元）" if in_wan else "（元）", "area": "（平方米）"}.get(column.kind, "")
        return column.zh + (unit if (in_wan and column.kind == "money") or self.units else "")

    def _cell(self, cell: Any, column: Column, in_wan: bool) -> Any:
        if cell is None:
            return None
        match column.kind:
            case "date" | "month" if isinstance(cell, date):
                return self._day(cell)
            case "flag" if self.english:
                return _FLAGS[cell]
            case "money" if in_wan:
                return round(cell / 10000, 6)
            case "number" if column.sums and isinstance(cell, int) and cell >= 100 and self.rng.random() < 0.03:
                return f"{self.rng.choice(('约', '近'))}{cell}"
        return cell

    def _day(self, day: date) -> Any:
        match self.dates:
            case "chinese":
                return f"{day.year}年{day.month}月{day.day}日"
            case "slashes":
                return f"{day.year}/{day.month}/{day.day}"
            case "cell" if self.suffix in (".xlsx", ".xls"):
                return day
        return day.isoformat()

    def _total(self, columns: tuple[Column, ...], rows: list[Row], in_wan: bool) -> Row | None:
        sums = [at for at, each in enumerate(columns) if each.kind in ("number", "money", "area") and each.sums]
        if not sums or sums[0] == 0 or len(rows) < 2:
            return None
        total: Row = [None] * len(columns)
        total[0] = "Total" if self.english else self.rng.choice(("合计", "合计", "总计", "合 计"))
        for at in sums:
            whole = sum(row[at] or 0 for row in rows)
            total[at] = round(whole / 10000, 6) if in_wan and columns[at].kind == "money" else round(whole, 2)
        return total

    def _file(self, name: str, rows: list[Row]) -> None:
        match self.suffix:
            case ".csv":
                self.files[f"{name}.csv"] = w.as_csv(rows, self.encoding)
            case ".json":
                self.files[f"{name}.json"] = w.as_json(rows)
            case suffix:
                self.files[f"{name}{suffix}"] = self._book({self.rng.choice(("Sheet1", name.split("/")[-1])): rows})

    def _book(self, sheets: dict[str, list[Row]]) -> bytes:
        if self.suffix == ".xls":
            return w.by_xlwt(sheets)
        return w.Wps().book(sheets) if self.dates != "cell" and self.rng.random() < 0.4 else w.by_xlsxwriter(sheets)

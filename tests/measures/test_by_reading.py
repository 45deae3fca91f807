"""A row that counts only by how a month, or an approximate number, is read is named."""

from pathlib import Path
from typing import Any

import pytest

from pilot_eval.plugin import API, BaseType, Date, Figure, Number, Record, Text, column
from tests.support.mistakes.case import DISCLOSURES, PARK, SUGGESTIONS, csv
from tests.support.rounds.submitted import Sent, assessed
from tests.support.scoring.cases import TEN
from tests.support.scoring.lab import Evidence, Lab, indicator, method_of


def test_rows_that_a_month_decides_are_named(tmp_path: Path) -> None:
    rows = [
        ["1", "2018-03-01", "2018-06-15", "2018年6月", "采纳"],  # before or after the 15th?
        ["2", "2018-03-01", "2018-06-15", "2018年5月", "采纳"],  # in time, whichever day is meant
        ["3", "2018-03-01", "2018-06-15", "2018年7月", "采纳"],  # late
        ["4", "2018-03-01", "2018年6月", "2018-06-20", "采纳"],
    ]
    due = [["年报", "2018-04-30", "2018年4月"], ["章程", "2018-03-31", "2018-03-02"]]  # not after its last day
    files = {"建议.csv": csv(SUGGESTIONS, *rows), "信息公开.csv": csv(DISCLOSURES, *due)}
    [made] = assessed(tmp_path / "round", [Sent("p", PARK, files)]).values()
    [found] = [each for each in made.findings if each.code == "rows-by-reading"]
    assert (found.place.file, found.place.row, found.place.column) == ("submissions/p/建议.csv", 2, "C")
    assert "“应答复日期、答复日期”" in found.message.zh and "第 2, 5 行，共 2 条记录" in found.message.zh


class Shift(Record):
    title: Text = column(zh="名称")
    held: Date = column(zh="日期", en="Day", optional=True)
    due: Date = column(zh="期限", en="Due", exact=True)
    hours: Number = column(zh="时数", en="Hours", optional=True)
    cost: Number = column(zh="费用", en="Cost", optional=True)


def kept() -> BaseType:
    made = BaseType("village", zh="村", api=API)
    made.table(zh="班次")(Shift)

    @made.measure(unit="个", zh="按期数", en="In time")
    def in_time(s: Shift) -> Figure:
        return ((s.held <= s.due) & (s.hours < 9)).count()

    @made.measure(unit="个", zh="长班时数", en="Hours of long ones")
    def long_hours(s: Shift) -> Figure:
        return s.where(s.hours > 5).hours.sum()

    @made.measure(unit="个", zh="班次数", en="Shifts")
    def shifts_held(s: Shift) -> Figure:
        return s.where(s.title != "").count()

    return made


DAY = 17_700.0
SURE = {"title": "a", "held": (DAY, DAY, DAY), "due": (DAY, DAY, DAY), "hours": (3, 3, 3)}
MONTH = SURE | {"held": (DAY, DAY - 10, DAY + 10), "cost": (3, 2, 4)}  # before or after the day on which it was due?
ABOUT = SURE | {"hours": (5, 4, 6)}


def told(folder: Path, rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Place, Chinese and English message of what depends on a reading."""
    items = [indicator(name, name, 50, TEN) for name in ("in_time", "long_hours", "shifts_held")]
    found = Lab(folder, kept()).check(method_of(*items), {"one": Evidence({"shifts": rows})})["one"]
    said = [each for each in found if each.code == "rows-by-reading"]
    return [(str(each.place).rpartition("/")[2], each.message.zh, each.message.en) for each in said]


def test_what_depends_on_a_reading_is_said_of_the_measure_and_the_column(tmp_path: Path) -> None:
    (day, zh, en), (hours, _, more) = told(tmp_path, [SURE, MONTH, ABOUT, MONTH])
    assert (day, hours) == ("shifts.csv:B3", "shifts.csv:D4")
    assert zh.startswith("“日期”") and "“按期数”" in zh and "第 3, 5 行，共 2 条记录" in zh
    assert en.startswith("“Day” is") and "“In time”: rows 3, 5; 2 in all" in en
    assert more.startswith("“Hours” is") and "“Hours of long ones”: row 4; 1 in all" in more
    assert told(tmp_path / "none", [SURE, SURE | {"held": None, "hours": None}]) == []


@pytest.mark.parametrize(("rows", "more"), [(20, ""), (21, " …")])
def test_twenty_rows_are_named(rows: int, more: str, tmp_path: Path) -> None:
    [(_, zh, en)] = told(tmp_path, [SURE, *[MONTH] * rows])
    assert f"3–22 行{more}，共 {rows} 条" in zh.replace("-", "–")
    assert f": rows 3–22{more}; {rows} in all" in en.replace("-", "–")

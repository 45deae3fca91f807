"""Headers, cells and number formats that name units which a plugin and a method declare."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pilot_eval.evidence.intake.files import files_of
from pilot_eval.evidence.intake.information import Expected
from pilot_eval.evidence.intake.take_in import Job, take_in
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.tables.layout import layout_of
from pilot_eval.method.fields import UnitSpec
from pilot_eval.plugin.compiling import compile_type
from tests.support import writers as w
from tests.support.units.depot import PERIOD, UNITS, depot
from tests.support.writers import Shown

KNOWN = depot.units.plus(UnitSpec.model_validate(each).declared for each in UNITS)
LAYOUTS = tuple(layout_of(table, {}, units=KNOWN) for table in compile_type(depot).tables.values())
HEADER = ["电表", "用电量"]


def taken(folder: Path, files: Mapping[str, bytes]) -> tuple[list[str], dict[str, pl.DataFrame]]:
    """What is said of a submission's files, and its tables."""
    given, out = folder / "given", folder / "out"
    for each in (given, out):
        each.mkdir()
    for name, data in files.items():
        (given / name).write_bytes(data)
    listing = files_of(given, "s", Limits()).files
    intake = take_in(Job(given, "s", listing, Expected("depot-1", PERIOD, (), LAYOUTS), Limits(), out, {}), print)
    said = [
        f"{each.code} {each.place.column or ''}{each.place.row or ''}"
        for each in intake.findings
        if each.place.file and not each.code.startswith("submission-")
    ]
    return said, {name: pl.read_parquet(out / f"{name}.parquet") for name in intake.rows}


@pytest.mark.parametrize(
    ("header", "cell", "value", "said"),
    [
        ("用电量（千瓦时）", 3, 3, []),
        ("用电量", "3 兆瓦时", 3000, ["cell-converted B2"]),
        ("用电量", "3MWh", 3000, ["cell-converted B2"]),
        ("用电量", "（兆瓦时）", None, ["cell-number B2"]),
        ("用电量", "3万千瓦时", 30_000, ["cell-approximate B2"]),
        ("用电量（万千瓦时）", 3, 30_000, ["header-unit B1"]),
        ("用电量（万）", 3, 30_000, ["header-unit B1"]),
        ("用电量(MWh)", 3, 3000, ["header-unit B1"]),
        ("用电量(MWH)", 3, 3000, ["header-unit B1"]),
        ("Used (MWh)*", 3, 3000, ["header-unit B1"]),
        ("Used (kWh)*", 3, 3, []),
        ("用电量（度）", 3, 3, []),
        ("用电量", Shown(3, '0.0"兆瓦时"'), 3000, ["cell-converted B2"]),
        ("用电量", Shown(3000, '0.0,"兆瓦时"'), 3000, ["cell-converted B2"]),
        ("用电量", Shown(3, '0.0"度"'), 3, []),
        ("用电量", Shown(3000, '0.0,"度"'), 3, []),
        ("用电量", "3吨", None, ["cell-number B2"]),
        ("用电量", "3元", None, ["cell-unit B2"]),
        ("用电量（元）", 3, None, ["header-unit-differs B1"]),
        ("用电量（吉瓦时）", 3, None, ["header-unit-unclear B1"]),
        ("用电量（千瓦时、兆瓦时）", 3, None, ["header-unit-unclear B1"]),
    ],
)
def test_headers_cells_and_number_formats_name_units_of_ones_own(
    header: str, cell: Any, value: float | None, said: Sequence[str], tmp_path: Path
) -> None:
    told, tables = taken(tmp_path, {"用电.xlsx": w.by_xlsxwriter({"用电": [["电表", header], ["甲", cell]]})})
    assert told == said
    assert (tables["power"]["used"][0] if "power" in tables else None) == value


@pytest.mark.parametrize(
    ("rows", "values", "said"),
    [
        ([["单位：兆瓦时"], HEADER, ["甲", 3]], [3000], ["header-unit A1", "rows-above 1"]),
        ([["用电（兆瓦时）"], HEADER, ["甲", 3]], [3000], ["header-unit A1", "rows-above 1"]),
        ([HEADER, [None, "（兆瓦时）"], ["甲", 3]], [3000], ["row-guide 2", "header-unit B1"]),
        ([HEADER, ["甲", 3], ["乙", 4], ["注：本表以兆瓦时计"]], [3000, 4000], ["row-remark 4", "header-unit A4"]),
        ([HEADER, ["甲", "约3兆瓦时"]], [3000], ["cell-approximate B2", "cell-converted B2"]),
        ([[*HEADER, "备注"], ["甲", 3, "单位：兆瓦时"]], None, ["row-unit C2"]),
    ],
)
def test_lines_around_a_table_state_units_of_ones_own(
    rows: Sequence[Sequence[Any]], values: list[float] | None, said: Sequence[str], tmp_path: Path
) -> None:
    told, tables = taken(tmp_path, {"用电.csv": w.as_csv(rows)})
    assert sorted(told) == sorted(said)
    assert (tables["power"]["used"].to_list() if "power" in tables else None) == values


def test_what_comes_in_wholes_is_doubted_in_parts(tmp_path: Path) -> None:
    fleet, power = [["场地", "车辆数"], ["东", 1.2]], [HEADER, ["甲", 1.2]]
    said, _ = taken(tmp_path, {"车辆.csv": w.as_csv(fleet), "用电.csv": w.as_csv(power)})
    assert said == ["cell-fraction B2"]


def test_other_counters_may_stand_for_what_is_counted(tmp_path: Path) -> None:
    _, tables = taken(tmp_path, {"车辆.csv": w.as_csv([["场地", "车辆数"], ["东", "12个"], ["西", "3辆"]])})
    assert tables["vehicles"]["number"].to_list() == [12, 3]


def test_numbers_that_are_not_in_the_headers_unit_are_doubted(tmp_path: Path) -> None:
    power = [["电表", "用电量（兆瓦时）"], ["甲", 3], ["乙", 4], ["丙", 3500], ["丁", 5]]
    said, _ = taken(tmp_path, {"用电.csv": w.as_csv(power)})
    assert said == ["header-unit B1", "column-above-unit B4"]


def test_numbers_far_below_the_others_may_be_in_a_larger_unit(tmp_path: Path) -> None:
    power = [HEADER, ["甲", 3500], ["乙", 1.25], ["丙", 4800], ["丁", 2600]]
    said, _ = taken(tmp_path, {"用电.csv": w.as_csv(power)})
    assert said == ["column-magnitudes B3"]

"""The base type that measures in a method make: what everything else sees of it."""

from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.evidence.tables.layout import layout_of
from pilot_eval.method.given import OTHERS, GivenType
from pilot_eval.plugin.given import given_type
from pilot_eval.plugin.tables import COMMON_COLUMNS
from tests.support.given import MEASURES, made_round, opened


def given(*measures: dict[str, object]) -> GivenType:
    return GivenType.model_validate({"base_type": "cities", "zh": "城市", "measures": measures})


def test_it_has_the_common_tables_and_a_measure_for_each_column() -> None:
    compiled = given_type(given(*MEASURES))
    assert "events" in compiled.tables
    assert {"gdp", "air", "complaints"} <= set(compiled.measures)
    assert compiled.tables_of("gdp") == ("figures",)
    assert compiled.measures["gdp"].spec.unit == "万元"
    assert given_type(given(*MEASURES)) is compiled


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("参保率（城镇）", "urban"),
        ("参保率(农村)", "rural"),
        ("参保率", None),
        ("参保率（城镇，%）", None),
        ("人均产值（万元）", "gdp"),
        ("人均产值（上年）", "gdp_last"),
        ("上年人均产值（万元）", "gdp_last"),
        ("GDP last year", "gdp_last"),
        ("gdp_last", "gdp_last"),
        ("人均产值目标", "gdp_target"),
        ("名称", "unit"),
        ("Unit", "unit"),
        ("城市", "unit"),
        ("备注", "note"),
    ],
)
def test_headers_mean_columns(header: str, column: str | None) -> None:
    measures = [
        {"id": "urban", "zh": "参保率（城镇）", "unit": "%"},
        {"id": "rural", "zh": "参保率（农村）", "unit": "%"},
        {"id": "gdp", "zh": "人均产值", "en": "GDP", "unit": "万元", "last": True, "target": True},
    ]
    layout = layout_of(given_type(given(*measures)).tables["figures"], {})
    found = layout.column(header)
    assert (found.name if found else None) == column


def test_the_headers_that_no_measure_can_have_are_those_of_the_common_columns() -> None:
    assert {word.casefold() for column in COMMON_COLUMNS for word in column.words} == {*map(str.casefold, OTHERS)}


def test_it_is_a_base_type_of_the_record_without_a_plugin(tmp_path: Path) -> None:
    space = opened(made_round(tmp_path))
    [info] = api.assess(space).base_types
    assert (info.id, info.label.zh, info.plugin, info.state, info.cause) == ("cities", "城市", "", "ok", None)
    assert space.troubles == ()
    assert api.explanation(api.assess(space), "zz", "N1") is not None

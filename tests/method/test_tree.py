"""A method's tree: dimensions within dimensions, points and weights, and every mistake in them, where it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pilot_eval.errors import Finding
from pilot_eval.method.schema import Method, json_schema
from pilot_eval.method.tree import Leaf
from pilot_eval.model import CombiningInfo

METHOD = """\
id: tree
zh: 三级
version: 1.0.0
basis: {kind: illustrative}
points: 1000
aggregate: geometric
dimensions:
  - {id: A, zh: 条件, points: 400}
  - {id: A1, within: A, zh: 场地, points: 150, aggregate: min}
  - {id: A2, within: A, zh: 制度, weight: 3}
  - {id: A3, within: A, zh: 经费, weight: 2, aggregate: deduct}
  - {id: B, zh: 成效, weight: 1, aggregate: power, power: -2, floor: 60, least_data: 1/2}
grades: [{id: any, zh: 有, min: 0}]
indicators:
"""
ITEM = """\
  - {{id: {id}, dimension: {dimension}, zh: 活动, measure: events_held, unit: 场, direction: up, {worth},
     evidence: [events], rule: {{linear: {{from: 0, to: 12}}}}, basis: {{kind: illustrative}}}}
"""
ITEMS = [
    ("C1", "A1", "weight: 1"),
    ("C2", "A1", "weight: 2"),
    ("C3", "A2", "points: 150"),
    ("C4", "A3", "points: 80"),
    ("C5", "A3", "points: 100"),
    ("C6", "B", "points: 180/3"),
]
OWN = """\
base_type: online
dimensions:
  - {id: B1, within: B, zh: 本类, weight: 3}
indicators:
"""
PILOTS = "pilots: [{id: one, zh: 一, base_type: online, tier: local, basis: stated}]\n"


def written(folder: Path, method: str = METHOD, own: str = OWN) -> Path:
    items = "".join(ITEM.format(id=id_, dimension=dimension, worth=worth) for id_, dimension, worth in ITEMS)
    (folder / "method.yaml").write_text(method + items, "utf-8")
    (folder / "online.yaml").write_text(own + ITEM.format(id="N1", dimension="B1", worth="weight: 1"), "utf-8")
    (folder / "pilots.yaml").write_text(PILOTS, "utf-8")
    return folder


def test_weights_divide_the_points_that_are_left(tmp_path: Path, load: Callable[[Path], Method]) -> None:
    method = load(written(tmp_path))
    tree = method.tree("online")
    points = {each.id: each.points for each in tree.every}
    assert points == pytest.approx(
        {"A": 400, "A1": 150, "A2": 150, "A3": 100, "B": 600, "B1": 540}
        | {"C1": 50, "C2": 100, "C3": 150, "C4": 80, "C5": 100, "C6": 60, "N1": 540}
    )
    assert [each.id for each in tree.every if isinstance(each, Leaf)] == ["C1", "C2", "C3", "C4", "C5", "N1", "C6"]
    assert {each.id: each.points for each in method.indicators("online")}.items() <= points.items()
    [own] = method.own_dimensions["online"]
    kept = (*method.dimensions, own, *method.common, *method.by_type["online"])
    assert {each.id: each.points for each in kept} == pytest.approx(points)
    assert {each.weight for each in kept} == {None}
    assert (method.head.points, method.head.top, tree.how.aggregate) == (1000, 1000, "geometric")


def test_a_name_in_chinese_stands_in_both_languages(tmp_path: Path, load: Callable[[Path], Method]) -> None:
    method = load(written(tmp_path))
    assert [method.head.label.in_(lang) for lang in ("zh", "en")] == ["三级", "三级"]
    assert method.pilots[0].label.in_("en") == "一"


MISTAKES = [
    ("within: A, zh: 场地", "within: A1, zh: 场地", "method-circle", "dimensions.1.within", "“场地” (A1)"),
    ("points: 400}", "points: 400, within: A1}", "method-circle", "dimensions.0.within", "“条件” (A)"),
    ("within: A, zh: 制度", "within: AA, zh: 制度", "method-unknown-name", "dimensions.2.within", "did you mean “A”"),
    ("weight: 3}", "weight: 3, points: 5}", "yaml-inconsistent", "dimensions.2", "exactly one of points, weight"),
    ("zh: 制度, weight: 3", "zh: 制度", "yaml-inconsistent", "dimensions.2", "exactly one of points, weight"),
    ("points: 150, aggregate", "points: 400, aggregate", "method-points", "dimensions", "dimension A add up to 400"),
    ("points: 150, aggregate", "points: 0, aggregate", "yaml-wrong-value", "dimensions.1.points", "greater than 0"),
    ("aggregate: min", "aggregate: minimum", "yaml-not-allowed", "dimensions.1.aggregate", "mean “min”?"),
    ("power: -2, ", "", "yaml-inconsistent", "dimensions.4", "aggregate: power requires power"),
    ("power: -2", "power: 0", "yaml-inconsistent", "dimensions.4", "geometric"),
    ("floor: 60", "floor: 60, cap: 50", "yaml-inconsistent", "dimensions.4", "floor is greater than cap"),
    ("least_data: 1/2", "least_data: 2", "yaml-wrong-value", "dimensions.4.least_data", "at most 1"),
    ("points: 1000", "points: 400", "method-points", "dimensions", "the dimensions add up to 400 instead of 400"),
    ("weight: 2, agg", "points: 180.5, agg", "method-points", "dimensions", "A3 add up to 180 instead of 180.5"),
    ("aggregate: deduct", "aggregate: sum", "method-points", "dimensions", "add up to 180 instead of 100"),
    ("points: 1000", "points: 1000/0", "yaml-wrong-value", "points", "number"),
    ("id: A2,", "id: B1,", "method-duplicate", "dimensions.0.id", "B1"),
    ("{id: A2, within: A,", "{id: A, within: A1,", "method-duplicate", "dimensions.2.id", "A"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "place", "says"), MISTAKES)
def test_a_mistake_in_the_tree_is_found_where_it_is(
    old: str, new: str, code: str, place: str, says: str, tmp_path: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    assert METHOD.count(old) == 1
    found = faults(written(tmp_path, METHOD.replace(old, new)))
    told = [each for each in found if each.code == code and place in str(each.place)]
    assert any(says in each.line("en") for each in told), "\n".join(each.line("en") for each in found)


def test_a_dimension_of_a_base_type_may_not_be_within_itself(
    tmp_path: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    found = faults(written(tmp_path, own=OWN.replace("within: B", "within: B1")))
    assert ("method-circle", "online.yaml", "dimensions.0.within") in [
        (each.code, (each.place.file or "").rpartition("/")[2], each.place.field) for each in found
    ]


def test_how_a_dimension_is_put_together_is_recorded(tmp_path: Path, load: Callable[[Path], Method]) -> None:
    method = load(
        written(tmp_path, METHOD.replace("aggregate: min", "aggregate: min, cap: 90, missing: {score: exclude}"))
    )
    recorded = {each.id: each.recorded for each in method.dimensions}
    assert recorded["A1"] == CombiningInfo(aggregate="min", cap=90, missing="exclude")
    assert recorded["B"] == CombiningInfo(aggregate="power", power=-2, floor=60, least_data=0.5)


def test_a_part_of_the_tree_has_the_points_of_its_indicators(tmp_path: Path, load: Callable[[Path], Method]) -> None:
    text = METHOD.replace("weight: 3}", "weight: 3, cap: 150}")
    part = load(written(tmp_path, text)).tree("online").among({"C1", "C3", "C4"})
    assert {each.id: each.points for each in part.every} == pytest.approx(
        {"A": 300, "A1": 50, "C1": 50, "A2": 150, "C3": 150, "A3": 100, "C4": 80}  # A3 deducts, A2 has a cap
    )
    assert part.points == pytest.approx(300)


def test_points_up_to_a_cap_may_be_more_than_the_dimensions(tmp_path: Path, load: Callable[[Path], Method]) -> None:
    method = load(
        written(
            tmp_path,
            METHOD.replace("points: 150, aggregate: min", "points: 150, cap: 150").replace(
                "weight: 3}", "points: 100, cap: 100}"
            ),
        )
    )
    assert {each.id: each.points for each in method.dimensions}["A3"] == pytest.approx(150)


def test_weights_that_differ_by_base_type_are_refused(
    tmp_path: Path, load: Callable[[Path], Method], faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    method = METHOD.replace("{id: B, zh: 成效, weight: 1", "{id: B, zh: 成效, points: 600")
    written(tmp_path, method, OWN)
    text = (tmp_path / "method.yaml").read_text("utf-8").replace("points: 180/3", "weight: 1")
    (tmp_path / "method.yaml").write_text(text, "utf-8")
    assert load(tmp_path).common[-1].points == pytest.approx(150)
    (tmp_path / "park.yaml").write_text("base_type: park\nindicators: []\n", "utf-8")
    [differing] = faults(tmp_path)
    assert (differing.code, differing.place.field) == ("method-weight-differs", "indicators.5.weight")
    assert "(150 to 600)" in differing.message.en


def test_a_dimension_whose_weight_differs_by_base_type_is_refused(
    tmp_path: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    method = METHOD.replace("{id: B, zh: 成效, weight: 1", "{id: B, zh: 成效, points: 600").replace(
        "grades:", "  - {id: B2, within: B, zh: 另项, weight: 1}\ngrades:"
    )
    written(tmp_path, method, OWN)
    text = (tmp_path / "method.yaml").read_text("utf-8").replace("dimension: B,", "dimension: B2,")
    (tmp_path / "method.yaml").write_text(text.replace("points: 180/3", "weight: 1"), "utf-8")
    (tmp_path / "park.yaml").write_text("base_type: park\nindicators: []\n", "utf-8")
    fields = [(each.code, each.place.field) for each in faults(tmp_path)]
    assert fields == [
        ("method-weight-differs", "dimensions.5.weight"),
        ("method-weight-differs", "indicators.5.weight"),
    ]


OWN_TERMS = """\
tiers: [{id: 省级, zh: 省级}, {id: 市级, zh: 市级, en: City level}]
bases: []
"""


def test_tiers_and_bases_are_the_methods(
    tmp_path: Path, load: Callable[[Path], Method], faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    written(tmp_path, METHOD.replace("indicators:", OWN_TERMS + "indicators:"))
    said = {each.place.field: each.line("en") for each in faults(tmp_path)}
    assert set(said) == {"pilots.0.tier", "pilots.0.basis"}
    assert "no tier named “local”" in said["pilots.0.tier"] and "no basis named “stated”" in said["pilots.0.basis"]
    text = (tmp_path / "method.yaml").read_text("utf-8")
    (tmp_path / "method.yaml").write_text(text.replace("id: 市级, zh: 市级", "id: 省级, zh: 市级"), "utf-8")
    assert ("method-duplicate", "tiers.1.id") in [(each.code, each.place.field) for each in faults(tmp_path)]
    (tmp_path / "method.yaml").write_text(text, "utf-8")
    (tmp_path / "pilots.yaml").write_text("pilots: [{id: one, zh: 一, base_type: online}]\n", "utf-8")
    [missing] = faults(tmp_path)
    assert (missing.code, "tier" in missing.message.en) == ("yaml-missing-key", True)
    (tmp_path / "pilots.yaml").write_text("pilots: [{id: one, zh: 一, base_type: online, tier: 市级}]\n", "utf-8")
    method = load(tmp_path)
    assert ([each.id for each in method.tiers], method.bases, method.pilots[0].tier) == (["省级", "市级"], (), "市级")


# --- normalise

NORMALISED = """\
id: composite
zh: 综合指数
version: 1.0.0
basis: {kind: illustrative}
aggregate: mean
normalise: {minmax: {floor: 0.1, of: all, least: 3}}
dimensions:
  - {id: A, zh: 条件, points: 60, normalise: zscore}
  - {id: A1, within: A, zh: 场地, points: 60}
  - {id: B, zh: 成效, points: 40}
grades: [{id: any, zh: 有, min: 0}]
indicators:
"""
RAW = """\
  - {{id: {id}, {dimension}zh: 活动, measure: events_held, unit: 场, direction: {direction}, weight: 1,
     evidence: [events], {rule}basis: {{kind: illustrative}}}}
"""
RAWS = [
    ("R1", "dimension: A1, ", "up", ""),
    ("R2", "dimension: A1, ", "down", ""),
    ("R3", "dimension: A1, ", "up", "rule: {linear: {from: 0, to: 12}}, "),
    ("R4", "dimension: B, ", "up", ""),
    ("R5", "dimension: B, ", "down", ""),
]


def normalised(folder: Path, text: str = NORMALISED) -> Path:
    items = "".join(RAW.format(id=id_, dimension=at, direction=way, rule=rule) for id_, at, way, rule in RAWS)
    (folder / "method.yaml").write_text(text + items, "utf-8")
    (folder / "online.yaml").write_text("base_type: online\nindicators: []\n", "utf-8")
    (folder / "pilots.yaml").write_text(PILOTS, "utf-8")
    return folder


def test_indicators_without_a_rule_take_that_of_the_nearest_level(
    tmp_path: Path, load: Callable[[Path], Method]
) -> None:
    method = load(normalised(tmp_path))
    shared = {"of": "all", "least": 3, "floor": 0.1}
    assert [(each.rule.kind, each.rule.model_dump(by_alias=True, exclude_unset=True)) for each in method.common] == [
        ("zscore", {"best": "highest"}),
        ("zscore", {"best": "lowest"}),
        ("linear", {"from": 0, "to": 12}),
        ("minmax", shared | {"best": "highest"}),
        ("minmax", shared | {"best": "lowest"}),
    ]
    assert [each.rule.direction for each in method.common] == [each.direction for each in method.common]
    origins = [method.rule_of(each).origin for each in method.common]
    assert [None if each is None else each.in_("en") for each in origins] == [
        "“条件” (A)", "“条件” (A)", None, "“综合指数” (method)", "“综合指数” (method)",
    ]  # fmt: skip


def test_a_base_types_own_dimension_normalises_its_own(tmp_path: Path, load: Callable[[Path], Method]) -> None:
    text = NORMALISED.replace("normalise: {minmax: {floor: 0.1, of: all, least: 3}}\n", "").replace(
        "B, zh: 成效, points: 40", "B, zh: 成效, points: 40, normalise: {best: }"
    )
    normalised(tmp_path, text)
    own = "base_type: online\ndimensions:\n  - {id: O, within: B, zh: 本类, weight: 1, normalise: percentile}\n"
    item = RAW.format(id="O1", dimension="dimension: O, ", direction="up", rule="")
    (tmp_path / "online.yaml").write_text(f"{own}indicators:\n{item}", "utf-8")
    method = load(tmp_path)
    assert [each.rule.kind for each in method.indicators("online")][-3:] == ["best", "best", "percentile"]
    assert method.normalised == {"R1": "A", "R2": "A", "R4": "B", "R5": "B", "O1": "O"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("normalise: {minmax: {floor: 0.1, of: all, least: 3}}\n", "", [("method-no-rule", "indicators.3")] * 2),
        ("normalise: zscore", "normalise: linear", [("method-normalise", "dimensions.0.normalise")]),
        ("normalise: zscore", "normalise: [zscore]", [("method-normalise", "dimensions.0.normalise")]),
        ("normalise: zscore", "normalise: ", [("method-normalise", "dimensions.0.normalise")]),
        ("normalise: zscore", "normalise: rank", [("yaml-inconsistent", "dimensions.0.normalise.rank")]),
        ("{minmax: {floor: 0.1,", "{minmax: {flor: 0.1,", [("yaml-unknown-key", "normalise.minmax.flor")]),
        (
            "normalise: zscore",
            "normalise: {zscore: {best: lowest}}",
            [("method-normalise-best", "dimensions.0.normalise.zscore.best")],
        ),
    ],
)
def test_what_is_wrong_with_normalise_is_said_where_it_is(
    old: str, new: str, expected: list[tuple[str, str]], tmp_path: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    assert old in NORMALISED
    found = faults(normalised(tmp_path, NORMALISED.replace(old, new)))
    assert [each.code for each in found] == [code for code, _ in expected]
    assert found[0].place.field == expected[0][1] and found[0].hint is not None


def test_a_bonus_takes_no_rule_from_above(tmp_path: Path, faults: Callable[[Path], tuple[Finding, ...]]) -> None:
    bonus = "bonuses: [{id: X, zh: 加分, measure: events_held, unit: 场, points: 5, basis: {kind: illustrative}}]\n"
    found = faults(normalised(tmp_path, bonus + "bonus_cap: 5\n" + NORMALISED))
    assert [(each.code, each.place.field) for each in found] == [("yaml-missing-key", "bonuses.0")]


def test_a_dimension_in_a_circle_gives_no_rule(tmp_path: Path, faults: Callable[[Path], tuple[Finding, ...]]) -> None:
    text = NORMALISED.replace("{id: B, zh: 成效", "{id: B, within: B, zh: 成效")
    codes = [each.code for each in faults(normalised(tmp_path, text))]
    assert codes.count("method-circle") == 1 and codes.count("method-no-rule") == 2


def test_editors_offer_what_normalises() -> None:
    schema = json_schema("method")
    offered = schema["$defs"]["PeerRule"]["oneOf"]
    assert offered[0]["enum"] == [next(iter(each["properties"])) for each in offered[1:]]
    assert "zscore" in offered[0]["enum"] and "rule" not in schema["$defs"]["IndicatorSpec"]["required"]


# --- ids


def test_the_id_of_the_whole_is_no_items(tmp_path: Path, faults: Callable[[Path], tuple[Finding, ...]]) -> None:
    """Conditions and `explain` mean all indicators by it."""
    written(tmp_path, METHOD.replace("{id: A1, ", "{id: total, "))
    text = (tmp_path / "method.yaml").read_text("utf-8").replace("dimension: A1,", "dimension: total,")
    (tmp_path / "method.yaml").write_text(text.replace("{id: C6,", "{id: total,"), "utf-8")
    found = [(each.code, each.place.field) for each in faults(tmp_path)]
    assert found == [("method-id-total", "dimensions.1.id"), ("method-id-total", "indicators.5.id")]


def test_a_grade_may_begin_with_a_digit(tmp_path: Path, load: Callable[[Path], Method]) -> None:
    text = METHOD.replace("{id: any, zh: 有, min: 0}", "{id: 5A, zh: 五级, min: 900}, {id: 3A级, zh: 三级, min: 0}")
    veto = (
        "gates: [{id: V, kind: veto, zh: 否决, when: {coverage_below: 50}, effect: {cap: 3A级},"
        " basis: {kind: illustrative}}]"
    )
    method = load(written(tmp_path, text.replace("indicators:", f"{veto}\nindicators:")))
    assert ([each.id for each in method.grades], method.gates[0].effect.cap) == (["5A", "3A级"], "3A级")

"""YAML as it is read here: strictly, with a line for every value, and never with an exception."""

from typing import Annotated, Any, Literal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from pilot_eval.messages import libraries
from pilot_eval.yamlfile import findings_of, parse

LAW = settings(deadline=None, derandomize=True, max_examples=150)


def read(text: str) -> Any:
    source = parse(text, "a.yaml")
    assert not source.findings, source.findings
    return source.data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), ("-7", -7), ("+3", 3), ("007", 7), ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0),
        ("-1.5E-2", -0.015), ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("True", True), ("TRUE", True), ("false", False), ("FALSE", False), ("Null", None), ("NULL", None),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("1/3", "1/3"), ("2018-12-21", "2018-12-21"), ("0x10", "0x10"),
        ("1_000", "1_000"), ("12:30", "12:30"), (".inf", ".inf"), (".nan", ".nan"), ("1e999", "1e999"),
        ("'1'", "1"), ('"true"', "true"), ("'~'", "~"), ("|\n  1\n", "1\n"), ("中文", "中文"),
    ],
)  # fmt: skip
def test_plain_words_are_read_as_yaml_1_2_and_quoted_ones_as_text(text: str, value: object) -> None:
    data = read(f"key: {text}")
    assert data == {"key": value} and type(data["key"]) is type(value)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=12),
)
KEYS = st.text("abcdefgh_中文", min_size=1, max_size=6)
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@LAW
@given(DATA, st.booleans())
def test_what_was_written_is_read(data: object, flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    assert read(text) == data


@LAW
@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.text("ab:-[]{}&*!|>'\"%@`#, \n\t?<", max_size=40))
def test_no_text_raises_and_no_fault_has_data(text: str) -> None:
    source = parse(text, "a.yaml")
    for each in source.findings:
        assert each.place.file == "a.yaml" and each.place.line and each.message.zh
        assert source.data is None or each.code == "yaml-duplicate-key"


def test_every_value_has_its_line() -> None:
    source = parse("a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n", "a.yaml")
    lines = {
        path: source.place(path).line for path in [("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "c"), ("b", 1, "d")]
    }
    assert list(lines.values()) == [1, 2, 3, 4, 4, 5]


def test_a_value_that_is_not_there_has_the_line_of_what_it_would_be_in() -> None:
    place = parse("a:\n  - b: 1\n", "a.yaml").place(("a", 0, "c", "d"))
    assert (place.line, place.field) == (2, "a.0.c.d")
    assert str(place) == "a.yaml:2:a.0.c.d"


def test_a_duplicate_key_is_said_and_the_rest_is_read() -> None:
    source = parse("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n", "a.yaml")
    assert [(each.code, each.place.line) for each in source.findings] == [
        ("yaml-duplicate-key", 3),
        ("yaml-duplicate-key", 4),
    ]
    assert source.findings[0].message.en == "duplicate key “a”, first used on line 1"
    assert source.data["b"] == 2


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x 1", "yaml-alias", 1),
        ("a: *x", "yaml-alias", 1),
        ("a: 1\n<<: {b: 1}", "yaml-alias", 2),
        ("a: !!str 1", "yaml-tag", 1),
        ("a: ! 1", "yaml-tag", 1),
        ("a: !!python/object/apply:os.system [ls]", "yaml-tag", 1),
        ("a: 1\n---\nb: 2", "yaml-documents", 2),
        ("? [a]\n: 1", "yaml-key", 1),
        ("? {a: 1}\n: 1", "yaml-key", 1),
        ("a: 1\n\tb: 2", "yaml-syntax", 2),
        ("a: 'open", "yaml-syntax", 1),
        ("a: b: c", "yaml-syntax", 1),
        ("[" * 41, "yaml-too-deep", 1),
        ("- 0\n" * 200_001, "yaml-too-deep", 200_000),
    ],
)  # fmt: skip
def test_what_is_not_accepted(text: str, code: str, line: int) -> None:
    source = parse(text, "a.yaml")
    [only] = source.findings
    assert (only.code, only.place.line, source.data) == (code, line, None)


class Inner(BaseModel, extra="forbid"):
    share: float


class Outer(BaseModel, extra="forbid"):
    items: tuple[Inner, ...] = ()
    named: dict[str, Inner] = {}
    one: Inner = Inner(share=1)


@pytest.mark.parametrize(
    ("text", "near"),
    [("itemz: []", "items"), ("items: [{shear: 1}]", "share"), ("named: {any: {shar: 1}}", "share"),
     ("one: {shar: 1}", "share")],
)  # fmt: skip
def test_an_unknown_key_gets_the_nearest_one_at_any_depth(text: str, near: str) -> None:
    source = parse(text, "a.yaml")
    with pytest.raises(ValidationError) as raised:
        Outer.model_validate(source.data)
    [said] = [each for each in findings_of(raised.value, Outer, source, ()) if each.code == "yaml-unknown-key"]
    assert said.hint.en == f"did you mean “{near}”?"


def test_every_kind_of_wrong_value_is_said_in_both_languages() -> None:
    for zh, en in ((each.zh, each.en) for each in libraries._MODELS.values()):
        assert zh != en and zh and en


def _refused(said: str) -> str:
    if said.startswith("x"):
        raise ValueError(f"no {said}")
    return said


class Item(BaseModel, extra="forbid"):
    share: Annotated[float, Field(strict=True)]
    kind: Literal["sum", "mean"] = "sum"
    note: Annotated[str, AfterValidator(_refused)] = Field("", alias="remark")


class Items(BaseModel, extra="forbid"):
    items: tuple[Item, ...] = ()


@pytest.mark.parametrize(
    ("text", "line", "code", "field", "params"),
    [
        ("items:\n- share: 1\n  remork: 甲", 3, "yaml-unknown-key", "items.0.remork", ["remork"]),
        ("items:\n- kind: sum", 2, "yaml-missing-key", "items.0", ["share"]),
        ("items:\n- share: 1\n  kind: 总", 3, "yaml-not-allowed", "items.0.kind", ["kind", '"总"', "sum", "mean"]),
        ("items:\n- share: 1\n  remark: xy", 3, "yaml-inconsistent", "items.0.remark", ["no xy"]),
        *((f"items:\n- share: {said}", 2, "yaml-number", "items.0.share", [said])
          for said in (".inf", "-.INF", ".nan", "1e999")),
        ("items:\n- share: '1'", 2, "yaml-wrong-value", "items.0.share", ["share", '"1"']),
        ("- 1", 1, "yaml-wrong-value", None, ["the whole file"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_its_value(
    text: str, line: int, code: str, field: str | None, params: list[str]
) -> None:
    source = parse(text, "a.yaml")
    with pytest.raises(ValidationError) as raised:
        Items.model_validate(source.data)
    [said] = findings_of(raised.value, Items, source, ())
    assert (said.code, said.place.line, said.place.field) == (code, line, field)
    assert all(each in said.message.en + said.hint.en for each in params)


@pytest.mark.parametrize(("length", "shown"), [(78, f'"{"甲" * 78}"'), (79, f'"{"甲" * 78}…')])
def test_a_long_value_is_cut(length: int, shown: str) -> None:
    source = parse(f"items:\n- share: {'甲' * length}", "a.yaml")
    with pytest.raises(ValidationError) as raised:
        Items.model_validate(source.data)
    [said] = findings_of(raised.value, Items, source, ())
    assert shown in said.message.en + said.hint.en and "甲" * 79 not in said.message.en


def test_whole_numbers_are_exact_up_to_thirty_digits() -> None:
    assert type(read(f"a: {'9' * 30}")["a"]) is int
    assert type(read(f"a: {'9' * 31}")["a"]) is float

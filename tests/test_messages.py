"""The catalogue of messages: complete, in both languages, and used."""

import ast
import errno
import re
import string
from pathlib import Path

import pytest

from pilot_eval.errors import Place, Severity, did_you_mean, finding
from pilot_eval.messages import CATALOGUE, libraries
from pilot_eval.text import Words
from tests.support.languages import mixed

SOURCE = Path(__file__).resolve().parents[1] / "src" / "pilot_eval"


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_message_says_the_same_in_both_languages(code: str) -> None:
    entry = CATALOGUE[code]
    assert entry.severity in list(Severity)
    assert entry.message.zh and entry.message.en
    assert placeholders(entry.message.zh) == placeholders(entry.message.en)
    assert placeholders(entry.hint.zh) == placeholders(entry.hint.en)
    assert bool(entry.hint.zh) == bool(entry.hint.en)


def said_in_source() -> tuple[set[str], set[str]]:
    """Codes that the source gives to `finding` and its like, and every text in it."""
    given, texts = set(), set()
    for path in SOURCE.rglob("*.py"):
        if path.parent.name == "messages":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name in ("finding", "of", "say", "_fail", "Unreadable") and isinstance(first, ast.Constant):
                given.add(first.value)
    return {each for each in given if re.fullmatch("[a-z]+(-[a-z]+)+", str(each))}, texts


def test_every_code_that_the_source_gives_is_in_the_catalogue() -> None:
    given, _ = said_in_source()
    assert len(given) > 50
    assert given <= set(CATALOGUE)


def test_every_message_of_the_catalogue_is_used() -> None:
    _, texts = said_in_source()
    assert set(CATALOGUE) <= texts


def test_a_finding_is_filled_in_each_language() -> None:
    what = Words(zh="试点", en="pilot")
    made = finding("usage-unknown", Place(file="a"), what=what, name="x", suggestion=did_you_mean("parc", ["park"]))
    assert made.message == Words(zh="找不到名为“x”的试点", en="no pilot named “x”")
    assert made.line("zh") == "a: 找不到名为“x”的试点 → 是否应为“park”？"
    assert made.line("en") == "a: no pilot named “x” → did you mean “park”?"


def test_an_unknown_code_and_a_missing_parameter_are_the_authors_mistakes() -> None:
    with pytest.raises(KeyError):
        finding("no-such-code")
    with pytest.raises(KeyError):
        finding("usage-unknown", name="x")


TWENTY = [f"name{i:02}" for i in range(20)]


@pytest.mark.parametrize(
    ("wrong", "known", "said"),
    [
        ("occupency", ["occupancy", "points"], "did you mean “occupancy”?"),
        ("zzz", ["b", "a"], "available: “a”, “b”"),
        ("zzz", [], ""),
        (
            "zzz",
            [f"name{i:02}" for i in range(20)],
            "available: " + ", ".join(f"“name{i:02}”" for i in range(12)) + " …",
        ),
    ],
)
def test_the_nearest_known_name_is_suggested(wrong: str, known: list[str], said: str) -> None:
    assert did_you_mean(wrong, known).en == said


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(), ""),
        (Place(file="a.xlsx", sheet="活动", row=3, column="B"), "a.xlsx[活动]:B3"),
        (Place(file="a.csv", row=0, column="B"), "a.csv:B0"),
        (Place(file="a.yaml", line=4, field="x.y"), "a.yaml:4:x.y"),
        (Place(file="a.csv", row=7), "a.csv:7"),
    ],
)
def test_a_place_is_shown_as_one_would_look_it_up(place: Place, shown: str) -> None:
    assert str(place) == shown


@pytest.mark.parametrize(
    ("said", "zh"),
    [
        (libraries.refusal_of(PermissionError(errno.EACCES, "Permission denied")), "没有权限"),
        (libraries.refusal_of(OSError(errno.ENOSPC, "No space left on device")), "磁盘空间不足"),
        (libraries.refusal_of(OSError(errno.EXDEV, "Invalid link")), "系统报告“Invalid link”"),
        (libraries.json_problem("Expecting ',' delimiter"), "缺少逗号"),
        (libraries.yaml_problem("did not find expected ',' or ']'"), "列表缺少“,”或“]”"),
        (libraries.xml_problem("mismatched tag: line 2, column 7"), "标签不配对（第 2 行第 7 列）"),
        (libraries.csv_problem("unexpected end of data"), "引号没有闭合"),
        (libraries.model_problem({"type": "enum", "ctx": {"expected": "'a', 'b' or 'c'"}}), "可用：“a”、“b”、“c”"),
        (libraries.model_problem({"type": "url_type", "msg": "URL input should be a string"}), "无效"),
    ],
)
def test_what_libraries_and_the_system_say_is_put_in_words(said: Words, zh: str) -> None:
    assert said.zh == zh
    assert mixed(said) == []


def test_a_sentence_in_two_languages_is_noticed() -> None:
    zh, en = "无法读取：no such file", "no table named 活动"
    assert mixed(Words(zh=zh, en=en)) == [zh, en]
    assert mixed(Words(zh="无法读取“no such file”", en="no table named “活动”")) == []


def test_names_are_suggested_in_the_language_of_the_sentence() -> None:
    tables = [Words(zh="活动", en="Events"), Words(zh="建议")]
    assert did_you_mean("event", tables) == Words(zh="是否应为“活动”？", en="did you mean “Events”?")
    assert did_you_mean("", tables) == Words(zh="可用：“建议”、“活动”", en="available: “建议”, “Events”")

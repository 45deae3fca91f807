"""Loading a method: the shipped one loads, and every mistake is found, with its file, its line and what to do."""

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pilot_eval.errors import Finding, MethodError
from pilot_eval.method.kinds import RULES
from pilot_eval.method.loader import load_method
from pilot_eval.method.rules import Unusable
from pilot_eval.method.schema import Method
from pilot_eval.plugin import Expr, Given, Rule
from pilot_eval.text import Words
from tests.support.methods import SHIPPED, Known, edit, line_of

Load = Callable[[Path], Method]
Faults = Callable[[Path], tuple[Finding, ...]]


def test_the_shipped_method_loads(load: Load) -> None:
    method = load(SHIPPED)
    assert len(method.common) == 7
    assert {name: len(items) for name, items in method.by_type.items()} == dict.fromkeys(
        ("association", "community", "online", "park"), 7
    )
    for base_type in method.by_type:
        assert sum(item.points for item in method.indicators(base_type)) == 100
    assert sum(item.points for item in method.common) == 42
    assert [grade.min for grade in method.grades] == [90, 80, 60, 0]
    assert [pilot.tier for pilot in method.pilots].count("central") == 3
    assert len(method.pilots) == 15
    assert [name for name, _, _ in method.files] == sorted(path.name for path in SHIPPED.glob("*.yaml"))


@dataclass(frozen=True)
class Mistake:
    """An edit of the shipped method, and what should be said of it: the code, at the line that holds `at`."""

    file: str
    old: str
    new: str
    code: str
    at: str
    says: str = ""
    more: int | None = 0  # findings that follow from it, where they are worth counting

    def __str__(self) -> str:
        return f"{self.file}: {self.new.strip() or self.old.strip()}"[:60].replace("\n", " ")


METHOD, PARK, ASSOCIATION, PILOTS = "method.yaml", "park.yaml", "association.yaml", "pilots.yaml"

MISTAKES = [
    # keys
    Mistake(METHOD, "decimals: 2", "decimal: 2", "yaml-unknown-key", "decimal: 2", "decimals"),
    Mistake(METHOD, "points: 35}", "points: 35, ponts: 3}", "yaml-unknown-key", "ponts", "points"),
    Mistake(PARK, "unit: 场", "unit: 场\n    measurre: x", "yaml-unknown-key", "measurre", "measure"),
    Mistake(PARK, "threshold: 60", "treshold: 60", "yaml-unknown-key", "treshold", "threshold", more=1),
    Mistake(ASSOCIATION, "{from: 1, share: 0.2}", "{from: 1, sharee: 0.2}", "yaml-unknown-key", "sharee", more=1),
    Mistake(PILOTS, "{baseline: 120,", "{baselin: 120,", "yaml-unknown-key", "baselin:", "baseline", more=1),
    Mistake(METHOD, "missing: {score: zero,", "missing: {scores: zero,", "yaml-unknown-key", "scores: zero", "score"),
    Mistake(PARK, "base_type: park", "base_type: park\nbasetype: park", "yaml-unknown-key", "basetype", "base_type"),
    Mistake(PILOTS, "pilots:\n", "pilot: []\npilots:\n", "yaml-unknown-key", "pilot: []", "pilots"),
    Mistake(METHOD, "version: 1.0.0\n", "", "yaml-missing-key", "id: zheng", "version"),
    Mistake(PARK, "    zh: 入驻率\n", "", "yaml-missing-key", "id: P2", "zh"),
    Mistake(PARK, "    rule: {count: {each: 1}}\n", "", "method-no-rule", "id: P3", "rule"),
    Mistake(PARK, "indicators:", "indicator:", "yaml-missing-key", "base_type:", "indicators", more=3),
    Mistake(PARK, "base_type: park\n", "", "yaml-missing-key", "indicators:", "base_type", more=4),
    Mistake(METHOD, "decimals: 2", "decimals: 2\ndecimals: 3", "yaml-duplicate-key", "decimals: 3", "decimals"),
    # names
    Mistake(PARK, "measure: occupancy", "measure: occupency", "method-unknown-name", "occupency", "occupancy"),
    Mistake(PARK, "{count: {each: 1}}", "{counts: {each: 1}}", "method-unknown-rule", "counts", "count"),
    Mistake(PARK, "dimension: D3", "dimension: D33", "method-unknown-name", "D33", "did you mean “D3”", more=1),
    Mistake(PARK, "unit: 场", "unit: 場", "method-unknown-unit", "場", "available: “%”"),
    Mistake(PARK, "unit: 场", "unit: 次", "method-unit-differs", "unit: 次", "场"),
    Mistake(PARK, "sources: [S6]", "sources: [S60]", "method-unknown-name", "S60", "S6"),
    Mistake(METHOD, "sources: [S0, S10,", "sources: [S99, S10,", "method-unknown-name", "S99", "S0"),
    Mistake(METHOD, "statement: registered", "statement: registerd", "method-unknown-name", "registerd", "registered"),
    Mistake(METHOD, "{cap: good}", "{cap: goood}", "method-unknown-name", "goood", "good"),
    Mistake(METHOD, "measure: penalties_received, above", "measure: penalty, above", "method-unknown-name", "penalty,"),
    Mistake(METHOD, "survey_answers,", "survey_answer,", "method-unknown-name", "survey_answer,", "survey_answers"),
    Mistake(METHOD, "evidence: [surveys]", "evidence: [survey]", "method-evidence", "[survey]", "surveys", more=1),
    Mistake(METHOD, "governance_items, finance]", "governance_items]", "method-evidence", "[governance_", "finance"),
    Mistake(METHOD, "measure: satisfaction", "measure: tenants_joined", "method-unknown-name", "tenants_joined"),
    Mistake(PILOTS, "base_type: park", "base_type: parc", "method-unknown-name", "parc", "park"),
    Mistake(PILOTS, "targets: {P6:", "targets: {P1:", "method-unknown-name", "{P1:", "P6"),
    Mistake(PILOTS, "sources: [S0]", "sources: [S5]", "method-unknown-name", "sources: [S5]", "no source named “S5”"),
    Mistake(METHOD, "  build_standard: ", "  build_standards: ", "method-codes-missing", "codes:", "build_standard"),
    Mistake(METHOD, "measure: penalties_received\n", "measure: penalty\n", "method-unknown-name", "measure: penalty\n"),
    Mistake(METHOD, "{cap: good}", "{cap: registered}", "method-unknown-name", "{cap: registered}", "grade"),
    Mistake(METHOD, "dimension: D5", "dimension: D55", "method-unknown-name", "D55", "D5", more=4),
    Mistake(METHOD, "[S17, S22, S28]", "[S17, S22, S29]", "method-unknown-name", "S29", "S2"),
    # ids that are used twice
    Mistake(PARK, "id: P3", "id: P2", "method-duplicate", "id: P2\n    dimension: D3\n    zh: 创业", "P2"),
    Mistake(PARK, "id: P3", "id: C3", "method-duplicate", "id: C3", "C3"),
    Mistake(METHOD, "code: S2\n", "code: S1\n", "method-duplicate", "code: S1\n    zh: 阜阳", "S1", more=1),
    Mistake(METHOD, "{id: D2,", "{id: D1,", "method-duplicate", "{id: D1, zh: 规范", "D1", more=7),
    Mistake(METHOD, "{id: team,", "{id: rules,", "method-duplicate", "{id: rules, zh: 有队伍", "rules"),
    Mistake(
        PARK, "base_type: park", "base_type: park\ncodes: {governance: [{id: own, zh: 自有}]}", "method-duplicate",
        "codes: {governance", "governance",
    ),
    Mistake(METHOD, "id: B1\n", "id: C1\n", "method-duplicate", "id: C1\n    zh: 省级", "C1"),
    Mistake(METHOD, "{id: good,", "{id: fair,", "method-duplicate", "{id: fair, zh: 中", "fair", more=1),
    Mistake(METHOD, "{id: evidence_true,", "{id: registered,", "method-duplicate", "{id: registered, zh: 承诺", more=1),
    Mistake(METHOD, "id: E2\n", "id: E1\n", "method-duplicate", "id: E1\n    kind: eligibility\n    zh: 未承诺", "E1"),
    Mistake(PILOTS, "id: park-2", "id: park-1", "method-duplicate", "id: park-1\n    zh: 园区试点（二）", "park-1"),
    Mistake(PARK, "base_type: park", "base_type: online", "method-duplicate", "base_type: online", "online", more=17),
    # points and grades
    Mistake(PARK, "points: 15", "points: 14", "method-points", "indicators:", "of park in dimension D3 add up to 34"),
    Mistake(METHOD, "points: 35}", "points: 36}", "method-points", "dimensions:", "101", more=4),
    Mistake(METHOD, "min: 80}", "min: 80, below: 95}", "method-grade-overlap", "id: excellent", "good"),
    Mistake(METHOD, "min: 80}", "min: 90}", "method-grade-overlap", "id: good", "excellent"),
    Mistake(METHOD, "min: 60}", "min: 60, below: 75}", "method-grade-hole", "below: 75", "75"),
    Mistake(METHOD, "min: 0}", "min: 10}", "method-grade-hole", "min: 10", "10"),
    Mistake(METHOD, "min: 90}", "min: 90, below: 99}", "method-grade-hole", "below: 99", "99"),
    Mistake(METHOD, "min: 90}", "min: 90, below: 100}", "method-grade-hole", "below: 100", "100"),
    Mistake(METHOD, ", points: 35}", "}", "yaml-inconsistent", "zh: 服务产出", "exactly one of points, weight"),
    # caps
    Mistake(METHOD, "bonus_cap: 5 ", "# ", "method-no-cap", "bonuses:", "bonus_cap: 10"),
    Mistake(METHOD, "bonus_cap: 5 ", "bonus_cap: 0 ", "method-no-cap", "bonuses:", "bonus_cap: 10"),
    Mistake(METHOD, "deduction_cap: 10", "deduction_cap: 0", "method-no-cap", "deductions:", "deduction_cap: 10"),
    # rules
    Mistake(ASSOCIATION, "{from: 4, share: 0.8}", "{from: 4, share: 0.3}", "method-not-monotone", "rule:\n", "A7"),
    Mistake(PARK, "direction: up", "direction: down", "method-direction", "direction: down", "up"),
    Mistake(PARK, "{from: 50, to: 70}", "{from: 70, to: 50}", "method-direction", "direction: up", "down"),
    Mistake(PILOTS, "{baseline: 120, target: 300}", "{baseline: 300, target: 120}", "method-direction", "{P6:", "down"),
    Mistake(PILOTS, "{baseline: 120,", "{baseline: 300,", "yaml-inconsistent", "{P6: {baseline: 300,", "are equal"),
    Mistake(PARK, "rule: {count: {each: 1}}", "rule: count", "method-rule-shape", "rule: count", "count"),
    Mistake(PARK, "{count: {each: 1}}", "{count: {}, linear: {}}", "method-rule-shape", "{count: {},", "a single"),
    Mistake(PARK, "{from: 50, to: 70}", "{from: 50, to: 50}", "yaml-inconsistent", "{from: 50, to: 50}", "equal"),
    Mistake(METHOD, "{withhold: true}", "{withhold: true, cap: good}", "yaml-inconsistent", "cap: good}", "one of"),
    Mistake(METHOD, "registered, is: false}", "registered}", "yaml-inconsistent", "registered}", "is"),
    Mistake(METHOD, "is: false}", "is: false, above: 1, below: 2}", "yaml-inconsistent", "above: 1", "measure"),
    Mistake(PARK, "      sources: [S6, S7]\n", "", "yaml-inconsistent", "basis:\n      kind: sourced", "sources"),
    # values
    Mistake(PARK, "points: 15", 'points: "15"', "yaml-wrong-value", 'points: "15"', "number"),
    Mistake(PARK, "points: 15", "points: yes", "yaml-wrong-value", "points: yes", "number"),
    Mistake(METHOD, "points: 35}", "points: many}", "yaml-wrong-value", "points: many", "number"),
    Mistake(METHOD, "dimensions:\n", "dimensions: {}\nothers:\n", "method-not-a-list", "dimensions: {}", more=None),
    Mistake(PARK, "points: 15", "points: 0", "yaml-wrong-value", "points: 0", "greater than 0", more=1),
    Mistake(PARK, "points: 15", "points: [15]", "yaml-wrong-value", "points: [15]", "number"),
    Mistake(METHOD, "bonus_cap: 5", "bonus_cap: .inf", "yaml-number", "bonus_cap: .inf", ".inf"),
    Mistake(METHOD, "bonus_cap: 5", "bonus_cap: .NaN", "yaml-number", "bonus_cap: .NaN", ".NaN"),
    Mistake(METHOD, "bonus_cap: 5", "bonus_cap: 1e999", "yaml-number", "bonus_cap: 1e999", "1e999"),
    Mistake(METHOD, "bonus_cap: 5", "bonus_cap: -1", "yaml-wrong-value", "bonus_cap: -1", "at least 0"),
    Mistake(METHOD, "bonus_cap: 5", "bonus_cap: 10001", "yaml-wrong-value", "bonus_cap: 10001", "at most 10000"),
    Mistake(PARK, "points: 15", "points: 10001", "yaml-wrong-value", "points: 10001", "at most 10000"),
    Mistake(METHOD, "id: B1\n", f"id: {'B' * 61}\n", "yaml-wrong-value", "BBB", "60"),
    Mistake(METHOD, "decimals: 2", "decimals: 2.5", "yaml-wrong-value", "decimals: 2.5", "whole"),
    Mistake(METHOD, "decimals: 2", "decimals: 10", "yaml-wrong-value", "decimals: 10", "at most 9"),
    Mistake(METHOD, "is: false", "is: no", "yaml-wrong-value", "is: no", "true or false"),
    Mistake(METHOD, "zh: 基础条件", "zh: 1", "yaml-wrong-value", "zh: 1", "text"),
    Mistake(METHOD, "zh: 淮安、洛阳等地基地“八有”建设标准", "zh: 8", "yaml-wrong-value", "zh: 8", "text"),
    Mistake(METHOD, "zh: 基础条件", 'zh: ""', "yaml-wrong-value", 'zh: ""', "empty"),
    Mistake(METHOD, "version: 1.0.0", "version: 1.0", "yaml-wrong-value", "version: 1.0", "text"),
    Mistake(METHOD, "{id: D1,", "{id: 1D,", "yaml-wrong-value", "1D", "a letter", more=None),
    Mistake(METHOD, "evidence: [surveys]", "evidence: surveys", "yaml-wrong-value", "evidence: surveys", "list"),
    Mistake(METHOD, "evidence: [surveys]", "evidence: []", "yaml-wrong-value", "evidence: []", "at least 1"),
    Mistake(METHOD, "score: zero", "score: none", "yaml-not-allowed", "score: none", "exclude"),
    Mistake(PILOTS, "tier: central", "tier: federal", "method-unknown-name", "federal", "central"),
    Mistake(PARK, "kind: illustrative", "kind: invented", "yaml-not-allowed", "invented", "sourced"),
    Mistake(PARK, "indicators:\n", "indicators: none\nothers:\n", "method-not-a-list", "indicators: none", more=3),
    Mistake(METHOD, "codes:\n", "codes: none\nothers:\n", "yaml-wrong-value", "codes: none", "codes", more=3),
    # the file as YAML
    Mistake(METHOD, "bonus_cap: 5", "\tbonus_cap: 5", "yaml-syntax", "\tbonus_cap"),
    Mistake(PARK, "unit: 场", "unit: [场", "yaml-syntax", "unit: [场", "the [ of this line is not closed"),
    Mistake(PARK, "basis:\n", "basis: &same\n", "yaml-alias", "basis: &same"),
    Mistake(PARK, "unit: 场", "unit: *same", "yaml-alias", "unit: *same"),
    Mistake(PARK, "unit: 场", "<<: {unit: 场}", "yaml-alias", "<<:"),
    Mistake(PARK, "unit: 场", "unit: !!python/name:os.system 场", "yaml-tag", "!!python", "python"),
    Mistake(PARK, "base_type: park", "base_type: park\n---\nbase_type: park", "yaml-documents", "---\nbase"),
    Mistake(PARK, "unit: 场", "? [unit]\n    : 场", "yaml-key", "? [unit]"),
    Mistake(PARK, "unit: 场", "unit: " + "[" * 60 + "]" * 60, "yaml-too-deep", "unit: [["),
]  # fmt: skip


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_found_where_it_is(mistake: Mistake, folder: Path, faults: Faults) -> None:
    text = edit(folder / mistake.file, mistake.old, mistake.new)
    found = faults(folder)
    where = (f"method/{mistake.file}", line_of(text, mistake.at))
    [said] = [each for each in found if each.code == mistake.code and (each.place.file, each.place.line) == where]
    assert mistake.says in said.line("en")
    assert mistake.more is None or len(found) == 1 + mistake.more, "\n".join(each.line("en") for each in found)
    assert said.message.zh != said.message.en and re.search("[一-鿿]", said.message.zh)


TWENTY = [
    Mistake(METHOD, "decimals: 2", "decimals: two", "yaml-wrong-value", "decimals: two"),
    Mistake(METHOD, "ceiling: 100", "cieling: 100", "yaml-unknown-key", "cieling: 100"),
    Mistake(METHOD, "min: 60}", "min: 60, below: 75}", "method-grade-hole", "below: 75"),
    Mistake(METHOD, "{id: team,", "{id: rules,", "method-duplicate", "{id: rules, zh: 有队伍"),
    Mistake(METHOD, "{statement: registered,", "{statement: registerd,", "method-unknown-name", "registerd"),
    Mistake(METHOD, "{cap: good}", "{cap: goood}", "method-unknown-name", "goood"),
    Mistake(METHOD, "measure: honours_provincial", "measure: honors", "method-unknown-name", "honors"),
    Mistake(METHOD, "unit: 项", "unit: 顶", "method-unknown-unit", "unit: 顶"),
    Mistake(METHOD, "  governance:\n", "  government:\n", "method-codes-missing", "codes:"),
    Mistake(ASSOCIATION, "{boolean: {at_least: 20}}", "{bolean: {at_least: 20}}", "method-unknown-rule", "bolean"),
    Mistake(ASSOCIATION, "evidence: [services]", "evidence: []", "yaml-wrong-value", "evidence: []"),
    Mistake(ASSOCIATION, "{from: 4, share: 0.8}", "{from: 4, share: 0.3}", "method-not-monotone", "rule:\n"),
    Mistake("community.yaml", "points: 15", "points: 14", "method-points", "indicators:"),
    Mistake("community.yaml", "sources: [S24]", "sources: [S240]", "method-unknown-name", "S240"),
    Mistake("community.yaml", "direction: up", "direction: down", "method-direction", "direction: down"),
    Mistake("online.yaml", "measure: projects_run", "measure: projects_runs", "method-unknown-name", "projects_runs"),
    Mistake("online.yaml", "id: N7", "id: N6", "method-duplicate", "id: N6\n    dimension: D5"),
    Mistake(PARK, "dimension: D4\n    zh: 新增", "dimension: D9\n    zh: 新增", "method-unknown-name", "D9"),
    Mistake(PILOTS, "base_type: park", "base_type: parc", "method-unknown-name", "parc"),
    Mistake(PILOTS, "tier: central", "tier: federal", "method-unknown-name", "federal"),
]  # fmt: skip


def test_twenty_mistakes_are_found_at_once(folder: Path, faults: Faults) -> None:
    for each in TWENTY:
        edit(folder / each.file, each.old, each.new)
    found = faults(folder)
    texts = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    planted = {(each.code, f"method/{each.file}", line_of(texts[each.file], each.at)) for each in TWENTY}
    assert len(planted) == 20
    assert planted <= {(each.code, each.place.file, each.place.line) for each in found}
    assert len(found) < 30, "\n".join(each.line("en") for each in found)
    assert list(found) == sorted(found, key=lambda each: (each.place.file or "", each.place.line or 0, each.code))


def test_two_mistakes_in_one_indicator_are_both_found(folder: Path, faults: Faults) -> None:
    edit(folder / PARK, "measure: occupancy", "measure: occupency\n    mesure: occupancy")
    edit(folder / PARK, "{increment: {threshold: 60,", "{increment: {treshold: 60,")
    codes = sorted(each.code for each in faults(folder))
    assert codes == ["method-unknown-name", "yaml-missing-key", "yaml-unknown-key", "yaml-unknown-key"]


# --- files


def test_a_missing_file_is_named(folder: Path, faults: Faults) -> None:
    (folder / "pilots.yaml").unlink()
    assert [each.line("en").split(" →")[0] for each in faults(folder)] == ["method/pilots.yaml: the file is missing"]
    (folder / "method.yaml").unlink()
    assert [each.code for each in faults(folder)] == ["method-file-missing"] * 2


def test_a_missing_base_type_is_told_where_it_is_named(folder: Path, faults: Faults) -> None:
    (folder / "park.yaml").unlink()
    found = faults(folder)
    assert {each.code for each in found} == {"method-unknown-name"}
    assert {each.place.file for each in found} == {"method/pilots.yaml"}
    assert len(found) == 4


CONTENTS = [
    ("method-unreadable", "zh: 园区".encode("gb18030"), 1),
    ("yaml-not-a-mapping", b"", 1),
    ("yaml-not-a-mapping", b"# nothing but a remark\n", 1),
    ("yaml-not-a-mapping", b"- base_type: park\n", 1),
    ("yaml-not-a-mapping", b"park\n", 1),
    ("yaml-syntax", b"base_type: park\nindicators: [\n", 2),
    ("yaml-syntax", b"base_type: park\nzh: \x00\n", 1),
    ("yaml-too-deep", b"base_type: park\nindicators: " + b"[" * 100_000, 2),
    ("yaml-too-deep", b"base_type: park\nindicators: [" + b"0, " * 300_000 + b"0]", 2),
    ("yaml-alias", b"base_type: park\nindicators: [" + b"*a, " * 9 + b"]", 2),
]


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(("code", "content", "line"), CONTENTS, ids=[code for code, _, _ in CONTENTS])
def test_a_file_that_cannot_be_read_is_one_finding(
    code: str, content: bytes, line: int, folder: Path, faults: Faults
) -> None:
    (folder / PARK).write_bytes(content)
    [only] = faults(folder)
    assert (only.code, only.place.file) == (code, "method/park.yaml")
    assert code == "method-unreadable" or only.place.line == line


@pytest.mark.usefixtures("one_language")
def test_a_folder_named_like_a_file_cannot_be_read(folder: Path, faults: Faults) -> None:
    (folder / "extra.yaml").mkdir()
    assert [each.code for each in faults(folder)] == ["method-unreadable"]


def test_what_the_other_files_have_is_found_beside_one_that_cannot_be_read(folder: Path, faults: Faults) -> None:
    (folder / METHOD).write_text("id: [")
    edit(folder / PARK, "measure: occupancy", "measure: occupency")
    edit(folder / PILOTS, "base_type: park", "base_type: parc")
    assert [(each.code, each.place.file) for each in faults(folder)] == [
        ("yaml-syntax", "method/method.yaml"),
        ("method-unknown-name", "method/park.yaml"),
    ]


def test_byte_order_marks_and_windows_line_ends_do_no_harm(folder: Path, load: Load) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).head == load(SHIPPED).head


class Sqrt(Rule):
    """A plugin's rule: the square root, of which the points are the unit."""

    kind = "sqrt"
    provider = "mine (pilot-eval-mine 1.0.0)"
    full: float

    def share(self, x: Expr, given: Given) -> Expr:
        return (x.clip(0.0, None) / self.full).sqrt()

    def sentence(self, points: float) -> Words:
        return Words(zh=f"{points:g} 分，开方", en=f"{points:g} points, by the square root")


class Broken(Sqrt):
    kind = "broken"

    def sentence(self, points: float) -> Words:
        raise RuntimeError(f"not for {points:g} points")


PLUGINS = {"sqrt": Sqrt, "broken": Broken}


def test_a_rule_of_a_plugin_is_used_and_one_that_does_not_work_is_an_error_of_what_it_scores(
    folder: Path, known: Known
) -> None:
    edit(folder / PARK, "{count: {each: 1}}", "{sqrt: {full: 9}}")
    method = load_method(folder, *known, rules={**RULES, **PLUGINS})
    scored = next(item for item in method.by_type["park"] if item.rule.kind == "sqrt")
    assert (scored.rule.sentence(5).en, method.unusable) == ("5 points, by the square root", ())
    edit(folder / PARK, "{sqrt: {full: 9}}", "{broken: {full: 9}}")
    method = load_method(folder, *known, rules={**RULES, **PLUGINS})
    [cause] = method.unusable
    assert cause.code == "plugin-rule-failed" and f"not for {scored.points:g} points" in cause.message.en
    lost = next(item for item in method.by_type["park"] if item.id == scored.id)
    assert (lost.rule.direction, lost.rule.sentence(5)) == (scored.direction, cause.message)


def test_the_parameters_of_a_plugins_rule_are_checked_where_they_stand(folder: Path, known: Known) -> None:
    text = edit(folder / PARK, "{count: {each: 1}}", "{sqrt: {ful: 9}}")
    with pytest.raises(MethodError) as raised:
        load_method(folder, *known, rules={**RULES, **PLUGINS})
    found = raised.value.findings
    assert [(each.code, each.place.line) for each in found] == [
        ("yaml-missing-key", line_of(text, "ful: 9")),
        ("yaml-unknown-key", line_of(text, "ful: 9")),
    ]


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_rule_that_may_be_of_an_absent_plugin_scores_nothing(direction: str, folder: Path, known: Known) -> None:
    before, after = (folder / PARK).read_text("utf-8").split("rule: {count: {each: 1}}", 1)
    own, _, rest = before.rpartition("direction: up")
    text = f"{own}direction: {direction}{rest}rule: {{odd: {{each: 1}}}}{after}"
    (folder / PARK).write_text(text, "utf-8")
    method = load_method(folder, *known, absent=Words(zh="“甲”", en="“one”"))
    [cause] = method.unusable
    assert (cause.code, cause.place.line) == ("plugin-rule-absent", line_of(text, "{odd:"))
    assert "“one”" in cause.message.en and "odd" in cause.message.en
    lost = next(item for item in method.by_type["park"] if isinstance(item.rule, Unusable))
    assert (lost.rule.direction, lost.direction) == (direction, direction)


def test_the_files_of_a_method_are_known_by_their_bytes(folder: Path, load: Load) -> None:
    for name, digest, size in load(folder).files:
        data = (folder / name).read_bytes()
        assert (digest, size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_names_of_a_base_type_whose_plugin_is_absent_are_not_judged(folder: Path, known: Known) -> None:
    types, shared = known
    edit(folder / PARK, "measure: occupancy", "measure: something_else")
    method = load_method(folder, {name: each for name, each in types.items() if name != "park"}, shared)
    assert [item.measure for item in method.by_type["park"]][1] == "something_else"


LEAST = {
    "method.yaml": """
id: least
zh: 最简
en: The least
version: 1.0.0
basis: {kind: illustrative}
dimensions: [{id: D, zh: 产出, en: Outputs, points: 100}]
grades: [{id: any, zh: 有, en: Any, min: 0}]
codes: {build_standard: [{id: a, zh: 甲, en: One}], governance: [{id: b, zh: 乙, en: Two}]}
indicators:
  - {id: A, dimension: D, zh: 活动, en: Events, measure: events_held, unit: 场, direction: up, points: 100,
     evidence: [events], rule: {linear: {from: 0, to: 12}}, basis: {kind: illustrative}}
""",
    "online.yaml": "base_type: online\nindicators: []\n",
    "pilots.yaml": "pilots: [{id: one, zh: 一, en: One, base_type: online, tier: local, basis: stated}]\n",
}


def test_a_method_may_do_without_what_it_does_not_use(tmp_path: Path, load: Load) -> None:
    for name, text in LEAST.items():
        (tmp_path / name).write_text(text, "utf-8")
    made = load(tmp_path)
    assert (made.sources, made.statements, made.gates, made.bonuses, made.deductions) == ((), (), (), (), ())
    assert [each.id for each in made.indicators("online")] == ["A"] and made.head.top == 100
    assert (made.head.decimals, made.head.bonus_cap, made.head.deduction_cap) == (2, 0, 0)


def test_points_are_up_to_ten_thousand_and_as_small_as_anyone_likes(tmp_path: Path, load: Load) -> None:
    def change(text: str) -> str:
        text = text.replace(
            "basis: {kind: illustrative}\ndimensions", "basis: {kind: illustrative}\npoints: 10000\ndimensions"
        )
        return text.replace("points: 100}", "points: 10000}").replace("up, points: 100", "up, points: 9999.5")

    least(tmp_path, change)
    own = (
        LEAST["method.yaml"]
        .partition("indicators:\n")[2]
        .replace("id: A", "id: B")
        .replace("points: 100", "points: 0.5")
    )
    (tmp_path / "online.yaml").write_text(f"base_type: online\nindicators:\n{own}", "utf-8")
    assert [each.points for each in load(tmp_path).indicators("online")] == [9999.5, 0.5]


def test_what_a_method_cannot_do_without_is_missed(tmp_path: Path, faults: Faults) -> None:
    key = "grades"
    for name, text in LEAST.items():
        (tmp_path / name).write_text(text.replace(f"\n{key}:", "\ncodes_of_old:"), "utf-8")
    assert ("yaml-missing-key", f"the required key {key} is missing") in [
        (each.code, each.message.en) for each in faults(tmp_path) if each.place.file == f"{tmp_path.name}/method.yaml"
    ]


def test_a_code_list_without_items_is_missed_by_its_name(tmp_path: Path, faults: Faults) -> None:
    for name, text in LEAST.items():
        (tmp_path / name).write_text(text.replace("governance: [{id: b, zh: 乙, en: Two}]", "governance: "), "utf-8")
    [missed] = faults(tmp_path)
    assert (missed.message.en, missed.place.line) == ("the required key governance is missing", 9)


SCORED = "measure: build_items_met, unit: 项, points: 5, rule: {count: {each: 1}}"
GATE = "kind: veto, when: {measure: build_items_met, below: 3}, effect: {cap: any}"


def least(folder: Path, change: Callable[[str], str]) -> Path:
    """The least method, changed."""
    for name, text in LEAST.items():
        (folder / name).write_text(change(text), "utf-8")
    return folder


@pytest.mark.parametrize("key", ["bonuses", "deductions", "gates"])
def test_the_words_that_a_table_needs_are_missed_whatever_needs_them(key: str, tmp_path: Path, faults: Faults) -> None:
    item = f"{{id: X, zh: 项, basis: {{kind: illustrative}}, {GATE if key == 'gates' else SCORED}}}"
    more = f"\nbonus_cap: 5\ndeduction_cap: 5\n{key}: [{item}]\nindicators:\n  -"
    codes = "codes: {build_standard: [{id: a, zh: 甲, en: One}], "
    found = faults(least(tmp_path, lambda text: text.replace(codes, "codes: {").replace("\nindicators:\n  -", more)))
    assert [(each.code, each.place.line) for each in found] == [("method-codes-missing", 9)]
    assert "build_standard" in found[0].message.en


def test_the_words_that_a_base_types_own_table_needs_are_missed_in_its_file(known: Known) -> None:
    types, shared = known
    own = replace(types["online"], codes_of={"projects_run": frozenset({"kinds"})})
    with pytest.raises(MethodError) as raised:
        load_method(SHIPPED, {**types, "online": own}, shared)
    [missed] = raised.value.findings
    assert (missed.code, (missed.place.file or "").rpartition("/")[2]) == ("method-codes-missing", "online.yaml")
    assert "kinds" in missed.message.en


def test_a_code_list_that_is_no_list_is_said_by_its_name(tmp_path: Path, faults: Faults) -> None:
    found = faults(least(tmp_path, lambda text: text.replace("[{id: b, zh: 乙, en: Two}]", "none")))
    assert [(each.code, "governance" in each.message.en) for each in found] == [("method-not-a-list", True)]


@pytest.mark.parametrize("direction", ["up", "down"])
def test_of_a_rule_that_is_none_nothing_else_is_said(direction: str, tmp_path: Path, faults: Faults) -> None:
    found = faults(
        least(
            tmp_path, lambda text: text.replace("direction: up", f"direction: {direction}").replace("linear", "liner")
        )
    )
    assert [each.code for each in found] == ["method-unknown-rule"]


def test_points_are_added_up_where_no_base_type_has_any(tmp_path: Path, faults: Faults) -> None:
    found = faults(least(tmp_path, lambda text: text.replace("up, points: 100", "up, points: 90")))
    assert [(each.code, each.place.file) for each in found] == [("method-points", f"{tmp_path.name}/method.yaml")]
    (tmp_path / "pilots.yaml").write_text("pilots: []\n", "utf-8")
    (tmp_path / "online.yaml").unlink()
    assert [(each.code, "90 instead of 100" in each.message.en) for each in faults(tmp_path)] == [
        ("method-points", True)
    ]


def test_points_are_not_added_up_where_some_cannot_be_read(tmp_path: Path, faults: Faults) -> None:
    def change(text: str) -> str:
        own = "indicators: [{id: N, dimension: D, points: many}]"
        return text.replace("up, points: 100", "up, points: 90").replace("indicators: []", own)

    assert "method-points" not in [each.code for each in faults(least(tmp_path, change))]


def test_a_base_type_that_two_files_are_about_is_said_where_it_stands(tmp_path: Path, faults: Faults) -> None:
    (least(tmp_path, str) / "other.yaml").write_text("indicators: []\nbase_type: online\n", "utf-8")
    [twice] = faults(tmp_path)
    assert (twice.code, twice.place.file, twice.place.line) == ("method-duplicate", f"{tmp_path.name}/other.yaml", 2)


def test_the_best_grade_may_end_above_the_most_that_a_total_can_be(tmp_path: Path, load: Load) -> None:
    made = load(least(tmp_path, lambda text: text.replace("min: 0}", "min: 0, below: 101}")))
    assert [(each.id, each.below) for each in made.grades] == [("any", 101)]


def test_a_pipe_is_not_waited_for(tmp_path: Path, faults: Faults) -> None:
    os.mkfifo(least(tmp_path, str) / "pipe.yaml")
    assert [(each.code, each.place.file) for each in faults(tmp_path)] == [
        ("method-unreadable", f"{tmp_path.name}/pipe.yaml")
    ]


def test_grades_are_kept_best_first(folder: Path, load: Load) -> None:
    text = (folder / METHOD).read_text("utf-8")
    start, end = text.index("  - {id: excellent"), text.index("  - {id: poor")
    (folder / METHOD).write_text(text[:start] + text[end:].replace("min: 0}\n", "min: 0}\n" + text[start:end], 1))
    assert [grade.id for grade in load(folder).grades] == ["excellent", "good", "fair", "poor"]

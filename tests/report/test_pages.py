"""What the pages hold, read without a browser."""

import ast
import base64
import hashlib
import re
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import pilot_eval.report
from pilot_eval.comparison.ranks import ranks
from pilot_eval.model import TIERS, Assessment, EvaluationRecord, Score, SourceInfo, Standing
from pilot_eval.report import render
from pilot_eval.report.format import Format, visible
from pilot_eval.report.parts import cited_code, page_of
from pilot_eval.report.words import WORDS
from pilot_eval.text import LANGS, Lang, both, safe_name
from tests.support.reports import edge_cases, samples
from tests.support.reports.reading import Reading

PACKAGE = Path(pilot_eval.report.__file__).parent
RECORDS = {
    "plain": samples.build,
    "mixed": edge_cases.mixed,
    "single": edge_cases.single,
    "empty": lambda: samples.build([]),
    "hostile": lambda: edge_cases.poisoned(edge_cases.mixed()),
}


@pytest.fixture(scope="module", params=list(RECORDS))
def record(request: pytest.FixtureRequest) -> EvaluationRecord:
    return RECORDS[request.param]()


def readings(record: EvaluationRecord, lang: Lang) -> dict[str, Reading]:
    """The pages of a record as they are read, kept for the next test."""
    key = id(record), lang
    if key not in _KEPT:
        _KEPT[key] = record, {name: Reading(html) for name, html in render(record, lang).items()}
    return _KEPT[key][1]


_KEPT: dict[tuple[int, Lang], tuple[EvaluationRecord, dict[str, Reading]]] = {}


def test_a_page_for_each_pilot_and_one_that_compares() -> None:
    record = samples.build()
    names = ["index.html", *(f"{each.pilot.id}.html" for each in record.assessments)]
    for lang in LANGS:
        assert list(render(record, lang)) == names


def test_the_same_record_gives_the_same_bytes(real: EvaluationRecord) -> None:
    again = EvaluationRecord.model_validate_json(real.model_dump_json())
    for lang in LANGS:
        assert render(real, lang) == render(again, lang)


def test_fifteen_pilots_take_about_fifteen_times_as_long_as_one(real: EvaluationRecord) -> None:
    """Each page is rendered once, from templates that are compiled once; how long pages take is in `benchmarks/`."""
    alone = samples.build([samples.build().assessments[0]])
    render(alone, "zh")  # templates are compiled once
    one = min(seconds_of(alone, lang) for lang in LANGS for _ in range(3))
    all_ = min(seconds_of(real, lang) for lang in LANGS for _ in range(3))
    assert all_ < 3 * 15 * one


def seconds_of(record: EvaluationRecord, lang: Lang) -> float:
    """Of the processor, to render a record."""
    start = time.process_time()
    render(record, lang)
    return time.process_time() - start


@pytest.mark.parametrize("lang", LANGS)
def test_pages_are_well_formed_and_their_references_resolve(record: EvaluationRecord, lang: Lang) -> None:
    check_references(readings(record, lang))


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_holds_for_the_example(real: EvaluationRecord, lang: Lang) -> None:
    check_references(readings(real, lang))


def check_references(pages: dict[str, Reading]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        assert set(page.refers) <= set(page.ids), name
        assert page.headings[0] == 1 and page.headings.count(1) == 1, name
        assert all(below <= above + 1 for above, below in pairwise(page.headings)), (name, page.headings)
        for link in page.links:
            if link.startswith("#"):
                assert link[1:] in page.ids, (name, link)
            else:
                assert re.sub(r"^\.\./(zh|en)/", "", link) in pages, (name, link)


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_but_the_pages_own_style_can_run_or_load(record: EvaluationRecord, lang: Lang) -> None:
    for name, page in readings(record, lang).items():
        tags = {tag for tag, _ in page.tags}
        assert not tags & {
            "script",
            "iframe",
            "object",
            "embed",
            "img",
            "form",
            "base",
            "image",
            "use",
            "foreignobject",
        }
        names = {attribute for _, attribute, _ in page.attributes}
        assert not {each for each in names if each == "style" or each.startswith("on")}, name
        loaded = [value for tag, attribute, value in page.attributes if attribute in {"src", "srcset"} or tag == "link"]
        assert loaded == ["icon", "data:,"], name
        (policy,) = [
            value for _, attribute, value in page.attributes if attribute == "content" and "default-src" in value
        ]
        digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
        assert policy == (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
        )


def test_foreign_text_changes_no_tag() -> None:
    """The structure of the pages is the same whether the record's texts are harmless or hostile."""
    poison = """</td><script>1</script>"'&lt;{{7*7}}"""  # short: no text may grow so long that it is folded
    clean, hostile = edge_cases.mixed(), edge_cases.poisoned(edge_cases.mixed(), poison)
    for lang in LANGS:
        for (_, one), (_, other) in zip(render(clean, lang).items(), render(hostile, lang).items(), strict=True):
            assert Reading(one).tags == Reading(other).tags


def test_foreign_text_is_shown_as_it_is_and_what_is_invisible_is_named() -> None:
    record = edge_cases.poisoned(edge_cases.single())
    (name,) = [page_of(each.pilot.id) for each in record.assessments]
    html = render(record, "zh")[name]
    shown = Reading(html).text
    assert "<script>alert(1)</script></style></title><img src=x" in shown
    assert "{{7*7}}{% raw %}&lt;b&gt;" in shown
    assert "⟨U+202E⟩gpj.exe⟨U+202C⟩⟨U+200B⟩⟨U+0007⟩" in shown
    assert not re.search("[\x07\u200b\u202a-\u202e]", html)


def test_names_of_files_and_anchors_are_safe() -> None:
    assert safe_name("online-1", "pilot") == "online-1"
    for bad in ("index", "../x", "a b", "", "1a", "x" * 65, "a<b", "a\u202eb", "中"):
        assert re.fullmatch(r"pilot-[0-9a-f]{12}", safe_name(bad, "pilot"))
    assert safe_name("a b", "p") != safe_name("a c", "p")


def test_citations_lead_to_sources_that_the_method_names() -> None:
    sources = [SourceInfo(code=code, label=both(code)) for code in ("S0", "S1 b")]
    cited = ("S0", "S0 第43行", "S1 b", "S1", "S01", "", "S2 line 3")
    assert [cited_code(each, sources) for each in cited] == ["S0", "S0", "S1 b", None, None, None, None]


def test_a_none_is_never_printed() -> None:
    with pytest.raises(ValueError, match="None"):
        visible(None)


def test_long_text_is_folded_whole() -> None:
    text = "".join(f"{n}," for n in range(3000))
    record = edge_cases.single()
    one = record.assessments[0]
    extract = one.extracts[0]
    row = extract.rows[0].model_copy(update={"cells": (text, *extract.rows[0].cells[1:])})
    extract = extract.model_copy(update={"rows": (row, *extract.rows[1:])})
    one = one.model_copy(update={"extracts": (extract, *one.extracts[1:])})
    html = render(record.model_copy(update={"assessments": (one,)}), "en")[page_of(one.pilot.id)]
    assert f'<span class="whole">{text}</span></details>' in html


# --- what a reader must find


@pytest.mark.parametrize("lang", LANGS)
def test_everything_of_the_record_is_on_its_page(real: EvaluationRecord, lang: Lang) -> None:
    pages = readings(real, lang)
    infos = {(each.base_type, each.id): each for each in real.method.indicators}
    format = Format(lang, real.method.decimals)
    for each in real.assessments:
        dense = pages[page_of(each.pilot.id)].dense
        infos_here = [infos.get((each.pilot.base_type, i.id)) or infos[None, i.id] for i in each.indicators]
        expected = list(_expected(each, infos_here, format))
        missing = [one for one in expected if re.sub(r"\s+", "", one) not in dense]
        assert missing == []
        assert len(expected) > 100


def _expected(each: Assessment, infos: list[Any], format: Format) -> Any:
    yield from (format.plain(each.pilot.label), format.plain(each.pilot.basis))
    if each.total:
        yield from (format.points(each.total.points), format.span(each.total.low, each.total.high))
    for result, info in zip(each.indicators, infos, strict=True):
        yield from (result.id, format.plain(info.label), format.plain(info.rule.sentence))
        yield from [format.plain(result.reason)] if result.reason else []
        yield from [format.amount(result.value, info.unit)] if result.value is not None else []
        if result.points is not None:
            yield f"{format.points(result.points)} / {format.number(result.out_of)}"
    for measure in each.measures:
        yield measure.id
        for source in measure.evidence:
            yield from (source.file, source.cells, source.sha256)
    for extract in each.extracts:
        yield from (format.plain(header) for header in extract.headers)
    for gate in each.gates:
        yield from (format.plain(gate.label), format.plain(gate.evidence), format.plain(gate.effect))
    for fact in each.submission.facts if each.submission else ():
        yield from (fact.quote, format.plain(fact.statement), format.plain(fact.qualifier))
        yield from [format.plain(fact.why)] if fact.why else []
    for finding in each.findings:
        yield from (format.plain(finding.message), str(finding.place))


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_says_what_it_is_made_of(real: EvaluationRecord, lang: Lang) -> None:
    for page in readings(real, lang).values():
        assert real.round.notice
        for one in (
            real.round.notice.in_(lang),
            real.method.version,
            *(file.sha256 for file in real.method.files),
            "pilot-eval verify",
            "pilot-eval replay",
            "pilot-eval explain",
            WORDS["limits-text"].in_(lang),
        ):
            assert one in page.text


def test_totals_of_different_base_types_are_never_in_one_ranking() -> None:
    html = render(samples.build(), "en")["index.html"]
    across = html[html.index('<h2 id="across">') : html.index('<h2 id="within">')]
    text = Reading(f"<div>{across.split('</h2>', 1)[1].rsplit('</section>', 1)[0]}</div>").text
    for each in samples.build().assessments:
        assert each.total and each.common
        assert f"{each.common.points:.2f}" in text
        assert f"{each.total.points:.2f} / 100" not in text
    within = html[html.index('<h2 id="within">') : html.index('<h2 id="profile">')]
    assert within.count("<table") == 4


def test_ranks_that_overlap_are_said_to_be_uncertain() -> None:
    record = samples.build()
    unsure = sum(rank.best != rank.worst for rank in record.comparison.across.ranks)
    text = Reading(render(record, "en")["index.html"]).text
    assert f"The possible ranks of {unsure} pilots overlap" in text


@pytest.mark.parametrize(
    ("lang", "tied", "of", "certain"),
    [
        ("zh", "并列第 1", "并列第 1 名，共 3 个", "先后顺序确定"),
        ("en", "tied at 1", "tied at 1 of 3", "order is certain"),
    ],
)
@pytest.mark.parametrize("doubtful", [0, 5])
def test_equal_scores_are_tied_and_their_order_is_not_called_certain(
    lang: Lang, tied: str, of: str, certain: str, doubtful: float
) -> None:
    record = samples.build()
    points = [("a", 80.0), ("b", 80.0), ("c", 60.0)]
    pilots = [each.pilot for each in record.assessments]
    scored = [
        (pilot.id, Score(points=score, low=score - doubtful, high=score, out_of=100))
        for pilot, (_, score) in zip(pilots, points, strict=False)
    ]
    ranking = record.comparison.across.model_copy(update={"ranks": ranks(scored)})
    comparison = record.comparison.model_copy(update={"across": ranking, "within": ()})
    pages = render(record.model_copy(update={"comparison": comparison}), lang)
    text = Reading(pages["index.html"]).text
    assert text.count(tied) == 2 and certain not in text
    for pilot, said in zip(pilots, (True, True, False), strict=False):
        assert (of in Reading(pages[page_of(pilot.id)]).text) is said


# --- edges


@pytest.mark.parametrize(
    ("at", "standing", "says"),
    [
        (1, Standing.NOT_SUBMITTED, "Nothing was submitted, so nothing could be assessed."),
        (4, Standing.ERROR, "An error prevented the assessment"),
        (7, Standing.WITHHELD, "but the grade is withheld"),
        (12, Standing.WITHHELD, "No score; the grade is withheld."),
    ],
)
def test_each_standing_is_told_in_words(at: int, standing: Standing, says: str) -> None:
    record = edge_cases.mixed()
    each = record.assessments[at]
    assert each.standing is standing and each.grade_reason
    text = Reading(render(record, "en")[page_of(each.pilot.id)]).text
    assert says in text
    assert each.grade_reason.en in text


def test_a_fault_with_points_shows_them_for_checking_only() -> None:
    one = samples.build().assessments[0].model_copy(update={"standing": Standing.ERROR, "grade": None})
    assert one.total
    text = Reading(render(samples.build([one]), "en")[page_of(one.pilot.id)]).text
    assert f"The {one.total.points:.2f} out of 100 points computed are for checking only" in text


def test_an_unknown_upper_bound_is_said() -> None:
    record = edge_cases.mixed()
    text = Reading(render(record, "en")[page_of(record.assessments[2].pilot.id)]).text
    assert "upper bound unknown" in text


def test_a_failed_plugin_is_shown_with_its_cause() -> None:
    text = Reading(render(edge_cases.mixed(), "zh")["index.html"]).text
    assert "故障 ImportError: 没有名为 x 的模块" in text


def test_one_pilot_without_findings_or_notice() -> None:
    record = edge_cases.single()
    pages = readings(record, "zh")
    assert WORDS["order-single"].zh in pages["index.html"].text
    assert WORDS["findings-none"].zh in pages["liangku.html"].text
    assert WORDS["notice"].zh not in [value for _, _, value in pages["liangku.html"].attributes]


def test_small_numbers_of_people_are_not_shown() -> None:
    hiding = Format("en", 2, min_cell=5)
    assert hiding.amount(3, "人") == "fewer than 5\N{NO-BREAK SPACE}persons"
    assert hiding.room(3, 3, 4, "人") == ""
    assert hiding.cell("3", "人次") == "fewer than 5"
    assert [hiding.cell(said, "人次") for said in ("0", "5", "近百", "")] == ["0", "5", "近百", ""]
    assert hiding.cell("3", "场") == "3"
    assert hiding.amount(3, "场") == "3\N{NO-BREAK SPACE}events"


def test_a_text_without_english_is_marked_as_chinese() -> None:
    one = samples.build().assessments[0]
    pilot = one.pilot.model_copy(update={"label": one.pilot.label.model_copy(update={"en": ""})})
    record = samples.build([one.model_copy(update={"pilot": pilot})])
    assert f'<h1><span lang="zh-CN">{pilot.label.zh}</span></h1>' in render(record, "en")[page_of(pilot.id)]


# --- words and formats


def test_every_word_is_used_and_said_in_both_languages() -> None:
    source = "".join(path.read_text("utf-8") for path in [*PACKAGE.glob("*.py"), *PACKAGE.glob("templates/*.html")])
    source = source.replace((PACKAGE / "words.py").read_text("utf-8"), "")
    source = re.sub(r' [a-z-]+="[^"{]*"', "", source)  # attributes are no words
    quoted = set(re.findall(r'"([a-z0-9_-]+)"', source)) | set(re.findall(r"'([a-z0-9_-]+)'", source))
    prefixes = set(re.findall(r'"([a-z-]+-)" ~', source))
    for key, text in WORDS.items():
        assert key in quoted or any(key.startswith(prefix) for prefix in prefixes), key
        assert text.zh or key == "space", key
        assert text.en, key
        assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en)), key


def test_values_of_the_closed_sets_have_words() -> None:
    for prefix, values in {
        "outcome-": ("scored", "missing", "not_applicable", "error"),
        "gate-": ("veto", "eligibility", "clear", "triggered", "unknown"),
        "use-": ("evidence", "context", "excluded"),
        "state-": ("ok", "failed", "absent"),
        "severity-": ("error", "warning", "note"),
    }.items():
        assert all(prefix + value in WORDS for value in values)
    assert all(each.label.zh and each.label.en for each in (*Standing, *TIERS))


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (97.18, "%", "97.18%", "97.18%"),
        (1600, "家", "1,600 家", "1,600 organisations"),
        (1, "场", "1 场", "1 event"),
        (0.5, "场", "0.5 场", "0.5 events"),
        (-3.0, "个", "−3 个", "−3 units"),
        (3, "级", "3 级", "level 3"),
        (5, "A", "5A", "5A"),
        (1, "是/否", "是", "yes"),
        (0, "是/否", "否", "no"),
        (35, "万元", "35 万元", "35 × 10,000 CNY"),
        (1, "人/万人", "1 人/万人", "1 person per 10,000"),
        (0.004, "㎡", "0.004 ㎡", "0.004 ㎡"),
        (1e9, "元", "1,000,000,000 元", "1,000,000,000 CNY"),
        (2, "furlongs", "2 furlongs", "2 furlongs"),
    ],
)
def test_amounts(value: float, unit: str, zh: str, en: str) -> None:
    assert Format("zh", 2).amount(value, unit).replace("\N{NO-BREAK SPACE}", " ") == zh
    assert Format("en", 2).amount(value, unit).replace("\N{NO-BREAK SPACE}", " ") == en


def test_points_bounds_and_percentages() -> None:
    format = Format("en", 2)
    assert format.points(5) == "5.00"
    assert format.points(-0.001) == "0.00"
    assert format.signed(1.5) == "+1.50" and format.signed(-1.5) == "−1.50" and format.signed(0) == "0.00"
    assert format.span(1, 1) == "1.00" and format.span(1, 2.5) == "1.00–2.50"
    assert format.ranks(1, 1) == "1" and format.ranks(1, 4) == "1–4"
    percents = [format.percent(each) for each in (0, 0.01, 43, 93.75, 99.99, 100)]
    assert percents == ["0%", "0.1%", "43%", "93.8%", "99.9%", "100%"]
    assert format.room(5, 5, 5, "场") == ""
    assert format.room(5, None, None, "场") == "at least 5\N{NO-BREAK SPACE}events; upper bound unknown"


def test_it_imports_the_model_and_nothing_below_it() -> None:
    below = ("model", "extensions", "guard", "text", "errors", "spelling", "units")
    allowed = {f"pilot_eval.{name}" for name in below}
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pilot_eval"):
                assert node.module in allowed or (node.module or "").startswith("pilot_eval.report"), path

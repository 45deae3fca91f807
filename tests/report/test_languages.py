"""A report is in one language: no English sentence in a Chinese one, and names rather than ids in both."""

import re
from collections.abc import Iterable, Iterator

import pytest
from pilot_eval_association import association
from pilot_eval_community import community
from pilot_eval_online import online
from pilot_eval_park import park

from pilot_eval.model import EvaluationRecord
from pilot_eval.plugin.base_type import MeasureSpec
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.report import render
from pilot_eval.report.explanation import explanation, explanation_lines
from pilot_eval.report.parts import page_of
from pilot_eval.report.words import WORDS
from pilot_eval.text import LANGS, Lang
from tests.support.reports import edge_cases, samples
from tests.support.reports.reading import Reading

CHINESE = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’-]+(?:[\s,;:]+[A-Za-z][A-Za-z'’-]+){2,}")
"""Three English words or more in a row."""

REFERENCES = re.compile(r'<code\b.*?</code>|<span class="letter">.*?</span>', re.DOTALL)
"""Ids, commands, files, hashes, and columns as the submitted file names them."""

SHOWN = {"aria-label", "title", "alt"}
"""Attributes that are read out or shown."""


def shown(html: str) -> list[str]:
    """The texts of a page that a reader sees or hears, references left out."""
    page = Reading(REFERENCES.sub("", html))
    return page.words + [value for _, name, value in page.attributes if name in SHOWN]


def english(texts: Iterable[str]) -> list[str]:
    return [found[0] for text in texts for found in ENGLISH.finditer(text)]


def definitions() -> Iterator[MeasureSpec]:
    for base_type in (online, park, association, community):
        yield from (measure.spec for measure in compile_type(base_type).measures.values())


def test_an_english_sentence_is_found() -> None:
    html = '<p aria-label="Rows used, by file"><code>a b c</code>得分 <bdi>Items of the plan, achieved.</bdi></p>'
    assert english(shown(html)) == ["Items of the plan, achieved", "Rows used, by file"]
    assert english(["插件 pilot-eval-park 1.0.0", "narwhals 2.29.0、pluggy 1.7.0", "submissions/a-1/b.json plan"]) == []


def test_a_chinese_report_has_no_english_sentence(real: EvaluationRecord) -> None:
    pages = render(real, "zh")
    assert len(pages) == 16
    assert {name: found for name, html in pages.items() if (found := english(shown(html)))} == {}


def test_a_chinese_explanation_has_no_english_sentence(real: EvaluationRecord) -> None:
    explained = [
        line
        for each in real.assessments
        for item in (*each.indicators, *each.bonuses, *each.deductions)
        for line in explanation_lines(explanation(real, each.pilot.id, item.id), "zh")
        if not line.lstrip().startswith("submissions/")  # a reference to cells, in the words of the file
    ]
    assert len(explained) > 1000
    assert english(explained) == []


@pytest.mark.parametrize("spec", list(definitions()), ids=lambda spec: spec.id)
def test_every_measure_is_named_and_defined_in_both_languages(spec: MeasureSpec) -> None:
    for text in (spec.label, spec.doc):
        assert CHINESE.search(text.zh) and not english([text.zh])
        assert text.en and not CHINESE.search(text.en)
    assert spec.label.en != spec.doc.en


@pytest.mark.parametrize("lang", LANGS)
def test_definitions_are_on_the_page_in_its_language(real: EvaluationRecord, lang: Lang) -> None:
    other: Lang = "en" if lang == "zh" else "zh"
    pages = render(real, lang)
    for each in real.assessments:
        text = Reading(pages[page_of(each.pilot.id)]).text
        for measure in each.measures:
            assert measure.doc.in_(lang) in text
            assert measure.doc.in_(other) not in text


@pytest.mark.parametrize("lang", LANGS)
def test_tables_and_measures_are_shown_by_name(real: EvaluationRecord, lang: Lang) -> None:
    names = {each.id: each.tables for each in real.base_types}
    pages = render(real, lang)
    declared = 0
    for each in real.assessments:
        text = Reading(pages[page_of(each.pilot.id)]).text
        tables = names[each.pilot.base_type]
        for id in each.submission.tables_empty if each.submission else ():
            declared += 1
            assert f"{tables[id].in_(lang)} {id}" in text
        for measure in each.measures:
            assert re.search(rf"{re.escape(measure.label.in_(lang))} +{measure.id}\b", text)
    assert declared > 10


def test_a_measure_without_a_result_is_shown_by_name() -> None:
    one = samples.build().assessments[0].model_copy(update={"measures": (), "extracts": ()})
    text = Reading(render(samples.build([one]), "zh")[page_of(one.pilot.id)]).text
    assert "年度计划完成率 c2" in text and "由一张表的各行计算的年度计划完成率。" in text
    assert re.search("所需证据表 年度计划 +plan", text)


def test_an_explanation_names_pilot_measures_and_units(real: EvaluationRecord) -> None:
    said = {lang: list(explanation_lines(explanation(real, "community-2", "S1x"), lang)) for lang in LANGS}
    assert said["zh"][0] == "S1x 每百户综合服务设施面积 — 社区试点（二）（community-2）"
    assert "    ← 综合服务设施面积、总户数" in said["zh"]
    assert "    ← Service-facility area, Households" in said["en"]
    assert any(re.fullmatch(r"  Households  households = \S+ households", line) for line in said["en"])


def test_an_older_record_is_still_shown() -> None:
    """Its definitions are strings, and it names neither measures nor tables."""
    old = edge_cases.single().model_dump(mode="json")
    for info in old["method"]["indicators"]:
        info["measure_doc"] = "Rows of the table."
        del info["measure_label"]
    for each in old["base_types"]:
        del each["tables"]
    for result in old["assessments"][0]["measures"]:
        result["doc"] = "Rows of the table, counted."
    record = EvaluationRecord.model_validate(old)
    assert record.method.indicators[0].measure_doc.zh == record.method.indicators[0].measure_doc.en
    html = render(record, "zh")["liangku.html"]
    assert '<span lang="en"><bdi>Rows of the table, counted.</bdi></span>' in html
    assert "<code>penalties</code>" in html


def test_the_words_are_plain_ones() -> None:
    odd = re.compile(r"[«»]|\b(mend|said|told|set apart|parted by|there twice)", re.IGNORECASE)
    assert [key for key, text in WORDS.items() if odd.search(text.en) or re.search("[«»]|载入|交来", text.zh)] == []

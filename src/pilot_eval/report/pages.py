"""Renders a record's pages: templates, one style sheet, and a content policy that allows nothing else."""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pilot_eval.extensions import Table
from pilot_eval.model import EvaluationRecord
from pilot_eval.report.combining import combining
from pilot_eval.report.format import Format, visible
from pilot_eval.report.grading import rank_words, share_words
from pilot_eval.report.hiding import with_safe_sentences
from pilot_eval.report.index_page import INDEX, comparison_page
from pilot_eval.report.own import reached_said
from pilot_eval.report.parts import cited_code, page_of
from pilot_eval.report.peers import figures_said, place_said, rule_said, share_said
from pilot_eval.report.pilot_page import PilotPages, outcome_counts
from pilot_eval.report.sections import Sections
from pilot_eval.text import Lang, safe_name


def render(record: EvaluationRecord, lang: Lang, sections: Sections | None = None) -> dict[str, str]:
    """The HTML pages of a record in one language, by file name: `index.html` compares, `<pilot-id>.html` is a pilot's.

    sections: what plugins add. Pure: the same record and sections give the same bytes. Pages link to each other by
    name, and to the other language as `../zh/…` and `../en/…`.
    """
    record = with_safe_sentences(record)
    format = Format(lang, record.method.decimals, record.round.min_cell, units=record.method.known_units)
    shared = {
        "record": record,
        "round": record.round,
        "method": record.method,
        "lang": lang,
        "other": "en" if lang == "zh" else "zh",
        "f": format,
        "w": format.word,
        "say": format.say,
        "plain": format.plain,
    }
    sections = sections or Sections()
    comparison = comparison_page(record)
    overview = shared | {"page": comparison, "sections": sections.overview}
    files = {comparison.file: _page("index.html", overview, comparison.filter_css)}
    pilots = PilotPages(record, format)
    for at in range(len(record.assessments)):
        page = pilots.page(at)
        added = sections.pilots.get(page.assessment.pilot.id, ())
        files[page.file] = _page("pilot.html", shared | {"page": page, "sections": added, "f": page.format})
    return files


def page_names(pilots: Iterable[str]) -> list[str]:
    """The names of the files that `render` gives for a record of these pilots, by their ids."""
    return [INDEX, *(page_of(each) for each in pilots)]


def _page(template: str, values: dict[str, Any], more_css: str = "") -> str:
    style = _css() + more_css
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # The style is ours and holds no data; escaping would break its `>` and its hash.
    return _environment().get_template(template).render(values, style=Markup(style), style_hash=digest)  # noqa: S704


@cache
def _css() -> str:
    environment = _environment()
    assert environment.loader is not None  # noqa: S101
    return environment.loader.get_source(environment, "report.css")[0]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pilot_eval.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["table"] = lambda block: isinstance(block, Table)
    helpers = (
        *(cited_code, combining, figures_said, outcome_counts, page_of, place_said, rule_said),
        *(rank_words, reached_said, safe_name, share_said, share_words),
    )
    environment.globals |= {each.__name__: each for each in helpers}
    return environment

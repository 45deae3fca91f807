"""Template: a pilot's blank form, and the blank form of its review."""

import json
import re
from collections.abc import Iterator

from pilot_eval.actions.workspace import Workspace
from pilot_eval.evidence.forms.blank import workbook
from pilot_eval.method.expert_rules import Levels
from pilot_eval.method.schema import PilotSpec, Scoring
from pilot_eval.report.levels import levels_of
from pilot_eval.text import ID_PATTERN, Lang, in_language


def blank_form(space: Workspace, pilot: str, lang: Lang) -> bytes:
    """Return a pilot's blank form as an XLSX workbook, or that of a base type whose pilots' figures are in one table.

    Raises UsageError, PluginError.
    """
    if pilot in space.method.given and pilot in space.compiled:
        return workbook(space.shared_form(pilot), lang)
    return workbook(space.form(space.pilots([pilot])[0]), lang)


def review_form(space: Workspace, pilot: str, lang: Lang) -> bytes:
    """Return the blank form of a pilot's review, `reviews/<pilot>.yaml`: each item that experts score, with its levels.

    Raises UsageError.
    """
    return "\n".join([*_review_lines(space, space.pilots([pilot])[0], lang), ""]).encode()


def _review_lines(space: Workspace, pilot: PilotSpec, lang: Lang) -> Iterator[str]:
    yield in_language(
        lang,
        f"# {pilot.label.zh}：填好的行去掉行首的“# ”，每项都写理由（zh）。",
        f"# {pilot.label.in_('en')}: remove “# ” before a line that you fill in; give a reason (zh) for each.",
    )
    yield f"pilot: {pilot.id}"
    yield "reviewed_by: " + in_language(lang, "评审组", "the panel")
    yield "scores:"
    for item in (*space.method.scorings(pilot.base_type), *space.plans.of(pilot.id).lines):
        if item.rated:
            yield from _item_lines(item, lang)
    yield in_language(lang, "# 不适用的指标：", "# Indicators that do not apply:")
    yield "not_applicable:"
    yield "  # X: {zh: }"


def _item_lines(item: Scoring, lang: Lang) -> Iterator[str]:
    rule = item.recorded_rule
    worth = in_language(lang, f"（{item.points:g} 分）：", f" ({item.points:g} points): ")
    yield f"  # {item.label.in_(lang)}{worth}{rule.sentence.in_(lang)}"
    for each in levels_of(rule):
        yield f"  #   {each.id}  {each.share}  {each.text.in_(lang)}".rstrip()
    asked = "score: "
    if isinstance(item.rule, Levels) and not item.rule.measured:
        asked = "level: , score: " if item.rule.ranged else "level: "
    id_ = item.id if re.fullmatch(ID_PATTERN, item.id) else json.dumps(item.id, ensure_ascii=False)
    yield f"  # {id_}: {{{asked}, zh: }}"

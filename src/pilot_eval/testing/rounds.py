"""A whole round with the base type in it: assessed, rendered and exported, as an evaluator would."""

import html
from collections.abc import Iterator

from pilot_eval.actions.assess import assess
from pilot_eval.actions.export import export
from pilot_eval.actions.publish import report_files
from pilot_eval.actions.workspace import open_round
from pilot_eval.errors import PluginError
from pilot_eval.model import EvaluationRecord, Outcome
from pilot_eval.report import ask_sections
from pilot_eval.testing.bench import PILOT_ID
from pilot_eval.testing.kit import Kit
from pilot_eval.testing.methods import write_method, write_round
from pilot_eval.testing.sample_rows import Made, written
from pilot_eval.text import LANGS

EVIL = "<script>alert(1)</script>&amp;{{7*7}}"
NOTHING_SENT = "pilot-2"


def reports(kit: Kit) -> Iterator[str]:
    """Reports in both languages, of a pilot with hostile text in its notes and of one that submitted nothing."""
    folder = kit.fresh()
    write_round(folder)
    pilots = (PILOT_ID, NOTHING_SENT)
    write_method(folder / "method", kit.compiled, kit.usable_path, kit.words, pilots)
    note = {"note": Made(EVIL, EVIL)}
    submission = folder / "submissions" / PILOT_ID
    submission.mkdir(parents=True)
    kit.bench.write(submission, {table: written([row | note for row in rows]) for table, rows in kit.rows.items()})
    space = open_round(folder, kit.registry)
    record = assess(space)
    for each in record.assessments[0].indicators:
        bad = any(finding.code == "check-failed" for finding in record.assessments[0].findings)
        if each.outcome is Outcome.ERROR and not bad:
            yield f"{each.id} ({each.measure}) came out as an error: {each.reason.in_('en') if each.reason else ''}"
    pages, findings = report_files(record, kit.registry)
    for failure in findings:
        yield failure.line("en")
    yield from _repeated(kit, record)
    labels = {each.label for each in record.assessments[0].measures}
    for lang in LANGS:
        for pilot in pilots:
            page = pages[f"{lang}/{pilot}.html"].decode()
            if "<script" in page:
                yield f"{lang}/{pilot}.html contains a script"
            words = html.unescape(page)
            missing = sorted(label.in_(lang) for label in labels if label.in_(lang) not in words)
            if missing and pilot == PILOT_ID:
                yield f"{lang}/{pilot}.html does not show: {', '.join(missing)}"


def _repeated(kit: Kit, record: EvaluationRecord) -> Iterator[str]:
    """The plugin's sections and exporters: the same record gives the same result when repeated."""
    for section in kit.registry.sections.values():
        one, other = (ask_sections(record, [section]) for _ in range(2))
        if not one.findings and one != other:
            yield f"the section {section.id} differs when made again: make it from the record alone"
    for name, exporter in kit.registry.exporters.items():
        for lang in LANGS:
            try:
                one_file, other_file = (export(record, kit.registry, name, lang)[1] for _ in range(2))
            except PluginError as error:
                yield from (each.line("en") for each in error.findings)
                break
            if one_file != other_file:
                yield f"the exporter {exporter.id} gives different bytes when run again"
                break

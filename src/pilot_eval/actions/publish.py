"""Publish: render the record's reports and replace the previous results with them."""

from pathlib import Path

from pilot_eval import record as records
from pilot_eval.errors import EvidenceError, Finding, Place, UsageError, finding
from pilot_eval.model import EvaluationRecord
from pilot_eval.record import SUMS
from pilot_eval.registry import Registry
from pilot_eval.report import ask_sections, render
from pilot_eval.round import RECORD, Round
from pilot_eval.text import LANGS


def report_files(record: EvaluationRecord, registry: Registry) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Render every report, by its path inside the results; return findings for plugin sections that failed."""
    sections = ask_sections(record, list(registry.sections.values()))
    pages = {f"{lang}/{name}": html.encode() for lang in LANGS for name, html in render(record, lang, sections).items()}
    return pages, sections.findings


def publish(opened: Round, record: EvaluationRecord, registry: Registry) -> tuple[Finding, ...]:
    """Replace the previous results with the record and its reports, all or nothing.

    Returns what failed in them, and what interrupted runs left that can't be removed.
    """
    pages, findings = report_files(record, registry)
    files = {RECORD: records.to_bytes(record), **pages}
    left = opened.publish({**files, SUMS: records.sums(files)})
    return (*findings, *(finding("results-left", Place(file=each.name), owner=_owner_name(each)) for each in left))


def _owner_name(path: Path) -> str:
    try:
        return path.owner()
    except (KeyError, OSError, NotImplementedError):  # no such user here, or a system without
        return "?"


def write_reports(folder: Path, record: EvaluationRecord, registry: Registry) -> tuple[Finding, ...]:
    """Write the reports into any folder; return what failed in them."""
    pages, findings = report_files(record, registry)
    for name, data in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return findings


def last_record(opened: Round) -> EvaluationRecord:
    """Read the record of the latest results. Raises UsageError."""
    path = opened.results / RECORD

    def read() -> bytes:
        if not path.is_file():
            raise UsageError.of("round-no-results", Place(file=str(opened.folder)))
        return path.read_bytes()

    try:
        return records.from_bytes(opened.steadily(read), f"results/{RECORD}")
    except EvidenceError as error:
        raise UsageError(error.findings) from None

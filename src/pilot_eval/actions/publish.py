"""Publish: render the record's reports and replace the previous results with them."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from pilot_eval.errors import EvidenceError, Finding, Place, UsageError, finding
from pilot_eval.model import EvaluationRecord
from pilot_eval.record.files import RECORD, Loaded, load_record, read_record, record_files
from pilot_eval.record.integrity import SUMS, sums
from pilot_eval.registry import Registry
from pilot_eval.report import ask_sections, render
from pilot_eval.round import Round
from pilot_eval.text import LANGS

_T = TypeVar("_T")


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
    files = {**record_files(record), **pages}
    left = opened.publish({**files, SUMS: sums(files)})
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


def last_record(opened: Round, only: Collection[str] = ()) -> EvaluationRecord:
    """Read the record of the latest results, or, as far as pilots are concerned, only those named; see `read_record`.

    Raises UsageError.
    """
    return opened.steadily(lambda: _results_read(opened, lambda path, shown: read_record(path, shown, only)))


def loaded_record(opened: Round) -> Loaded:
    """Read the record of the latest results as far as it can be read. Raises UsageError."""
    return _results_read(opened, load_record)


def _results_read(opened: Round, reading: Callable[[Path, str], _T]) -> _T:
    path = opened.results / RECORD
    if not path.is_file():
        raise UsageError.of("round-no-results", Place(file=str(opened.folder)))
    try:
        return reading(path, f"{opened.results.name}/{RECORD}")
    except EvidenceError as error:
        raise UsageError(error.findings) from None

"""Verify and replay: check that files and figures still match the record."""

from pathlib import Path

from pilot_eval import record as records
from pilot_eval.actions.assess import assess
from pilot_eval.actions.describe import input_paths
from pilot_eval.actions.publish import last_record
from pilot_eval.actions.workspace import Progress, Workspace, no_progress
from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.intake.files import refusal, walk
from pilot_eval.evidence.intake.litter import is_hidden
from pilot_eval.measures.engines import Engine
from pilot_eval.round import SUMS, Round


def replay(space: Workspace, engine: Engine | None = None, progress: Progress = no_progress) -> list[Finding]:
    """Assess again from the evidence, and report where the latest record differs."""
    return records.differences(last_record(space.round), assess(space, engine, progress))


def verify(opened: Round) -> list[Finding]:
    """Compare every file that the latest record names, and every published file, with its hash."""
    record = last_record(opened)
    found = walk(opened.submissions) if opened.submissions.is_dir() else ()
    submitted = {path.relative_to(opened.folder).as_posix(): path for path, _ in found}
    names = (
        name
        for name, path in submitted.items()
        if path.is_file() and not is_hidden(name) and refusal(path, name, name) is None
    )
    present = [*input_paths(opened), *names]
    findings = records.verify(record, opened.folder, sorted(present))
    return [*findings, *verify_results(opened.results)]


def verify_results(folder: Path) -> list[Finding]:
    """Compare every published file with its hash."""
    listing = folder / SUMS
    if not listing.is_file():
        return [finding("hash-missing", Place(file=f"{folder.name}/{SUMS}"))]
    return records.check_sums(folder, listing.read_bytes())

"""Annotate: copies of the submitted files, with the findings as cell comments."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from pilot_eval.actions.workspace import Workspace
from pilot_eval.errors import Finding, Severity
from pilot_eval.evidence.forms.annotated import Annotation, copy_path
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.workers import Workers
from pilot_eval.evidence.readers.opening import holds_tables
from pilot_eval.text import Lang


def annotate(
    space: Workspace, gathered: Mapping[str, Gathered], folder: Path, lang: Lang
) -> tuple[list[Path], list[Finding]]:
    """Write a copy of every table file that has errors or warnings, with its findings as cell comments.

    Each copy has the same relative path as its file in the submissions. Returns the paths written, and a finding for
    each copy that could not be written.
    """
    readers = space.registry.readers
    workers, written, failures = Workers(), [], []
    try:
        files = {file.path: None for each in gathered.values() for file in each.intake.files}
        for shown, grave in _by_file(gathered).items():
            archive = next((path for path in _holders_of(shown) if path in files), shown)
            inside, source = shown.removeprefix(archive).lstrip("/"), space.round.folder / archive
            cells = any(f.place.row is not None for f in grave)
            if not (cells or holds_tables(shown, readers)) or not source.is_file():
                continue
            target = folder / copy_path(shown)
            target.parent.mkdir(parents=True, exist_ok=True)
            limits = space.round.settings.limits
            task = Annotation(source, shown, grave, limits, target, lang, readers, inside)
            failure = workers.mine().run(task)
            if failure is None:
                written.append(target)
            else:
                failures.append(failure)
    finally:
        workers.close()
    return written, failures


def _by_file(gathered: Mapping[str, Gathered]) -> dict[str, tuple[Finding, ...]]:
    """Return the errors and warnings about each file, those of several pilots together."""
    found: dict[str, dict[Finding, None]] = {}
    for each in gathered.values():
        for finding in each.intake.findings:
            if finding.severity is not Severity.NOTE and finding.place.file:
                found.setdefault(finding.place.file, {})[finding] = None
    return {file: tuple(found[file]) for file in sorted(found)}


def _holders_of(shown: str) -> list[str]:
    """Return the paths that a file may be inside of, the outermost first."""
    return [str(path) for path in reversed(PurePosixPath(shown).parents)]

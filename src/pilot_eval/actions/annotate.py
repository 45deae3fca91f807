"""Annotate: copies of the submitted files, with the findings as cell comments."""

from collections.abc import Mapping
from pathlib import Path

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
        for each in gathered.values():
            grave = [f for f in each.intake.findings if f.severity is not Severity.NOTE]
            for shown in sorted({f.place.file for f in grave if f.place.file}):
                archive = next((f.path for f in each.intake.files if shown.startswith(f"{f.path}/")), shown)
                inside, source = shown.removeprefix(archive).lstrip("/"), space.round.folder / archive
                cells = any(f.place.row is not None for f in grave if f.place.file == shown)
                if not (cells or holds_tables(shown, readers)) or not source.is_file():
                    continue
                target = folder / copy_path(shown)
                target.parent.mkdir(parents=True, exist_ok=True)
                limits = space.round.settings.limits
                task = Annotation(source, shown, tuple(grave), limits, target, lang, readers, inside)
                failure = workers.mine().run(task)
                if failure is None:
                    written.append(target)
                else:
                    failures.append(failure)
    finally:
        workers.close()
    return written, failures

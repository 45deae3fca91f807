"""Verify and replay: check that files, pages and figures still match the record."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pilot_eval.actions.assess import assess
from pilot_eval.actions.describe import input_paths
from pilot_eval.actions.differences import told
from pilot_eval.actions.publish import loaded_record, report_files
from pilot_eval.actions.workspace import Progress, Workspace, no_progress, open_round
from pilot_eval.errors import Finding, Place, UsageError, finding
from pilot_eval.evidence.intake.files import refusal, walk
from pilot_eval.evidence.intake.litter import is_hidden
from pilot_eval.measures.engines import Engine
from pilot_eval.model import RECORD_FORMAT, EvaluationRecord, file_sha256
from pilot_eval.record.differences import made_by
from pilot_eval.record.files import RECORD, Loaded, is_canonical, part_name, record_files
from pilot_eval.record.integrity import SUMS, check_sums, inputs_compared
from pilot_eval.registry import Registry
from pilot_eval.report import page_names
from pilot_eval.round import Round
from pilot_eval.text import LANGS


def replay(space: Workspace, engine: Engine | None = None, progress: Progress = no_progress) -> list[Finding]:
    """Read everything anew, assess and render again; report where the latest record and its pages differ.

    Nothing is taken from the round's cache. Raises UsageError, MethodError, EvidenceError.
    """
    loaded, published = space.round.steadily(lambda: _published_now(space.round))
    if loaded.unread:
        raise UsageError(loaded.unread)
    recorded = loaded.record
    now = assess(open_round(space.round.folder, space.registry, own_cache=True), engine, progress)
    pages = _compare_pages(space.round.results.name, published, recorded, now, space.registry)
    found = [*loaded.changed, *told(recorded, now), *pages]
    same = made_by(recorded, now)
    if recorded == same and recorded.software == now.software:  # another version may have written less
        made = record_files(same) if recorded.format == RECORD_FORMAT else loaded.files
        rewritten = [name for name, data in loaded.files.items() if made.get(name) != data]
        # such as -0.0 in place of 0.0, or a key less
        found += [finding("record-rewritten", Place(file=f"{space.round.results.name}/{name}")) for name in rewritten]
    return found


def _published_now(opened: Round) -> tuple[Loaded, dict[str, str]]:
    """Return the latest record, and the SHA-256 of each published file by its name."""
    found = (path for path, _ in walk(opened.results) if path.is_file())
    return loaded_record(opened), {path.relative_to(opened.results).as_posix(): file_sha256(path) for path in found}


def _compare_pages(
    folder: str, published: Mapping[str, str], recorded: EvaluationRecord, now: EvaluationRecord, registry: Registry
) -> list[Finding]:
    """Compare published pages with those of the recomputed record, made by the software that the record names."""
    now = made_by(recorded, now)
    rendered, failed = report_files(now, registry)
    as_recorded = rendered if now == recorded else _rendered(recorded, registry)
    given, said = (_hashes(pages) for pages in (rendered, as_recorded))
    differing, follow = [], 0
    for name in sorted({*given, *said}):
        place = Place(file=f"{folder}/{name}")
        if name not in published:
            differing.append(finding("hash-missing", place))
        elif published[name] != given.get(name) and published[name] == said.get(name):
            follow += 1
        elif published[name] != given.get(name):
            differing.append(finding("page-differs", place))
    if follow:
        differing.append(finding("pages-follow", Place(file=folder), count=follow))
    return [*differing, *failed] if differing else []


def _hashes(pages: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(page).hexdigest() for name, page in pages.items()}


def _rendered(recorded: EvaluationRecord, registry: Registry) -> dict[str, bytes]:
    """Render a record's pages; none if it was tampered with, so that its parts no longer fit each other."""
    try:
        return report_files(recorded, registry)[0]
    except Exception:  # whatever the pages need and don't find
        return {}


def verify(opened: Round) -> list[Finding]:
    """Compare every file that the latest record names, and every published file, with its hash. Raises UsageError."""
    record, published = opened.steadily(lambda: _verified_results(opened))
    found = walk(opened.submissions) if opened.submissions.is_dir() else ()
    submitted = {path.relative_to(opened.folder).as_posix(): path for path, _ in found}
    names = (
        name
        for name, path in submitted.items()
        if path.is_file() and not is_hidden(name) and refusal(path, name, name) is None
    )
    present = [*input_paths(opened), *names]
    return [*inputs_compared(record, opened.folder, sorted(present)), *published]


def _verified_results(opened: Round) -> tuple[EvaluationRecord, list[Finding]]:
    """Return the latest record, and what is wrong with the published files."""
    loaded = loaded_record(opened)
    name = opened.results.name
    findings = [finding("hash-link", Place(file=name))] if opened.results.is_symlink() else []
    findings += [*loaded.unread, *loaded.changed]
    rewritten = (each for each, data in loaded.files.items() if not is_canonical(data))
    findings += [finding("record-rewritten", Place(file=f"{name}/{each}")) for each in rewritten]
    expected = [RECORD, *(part_name(pilot) for pilot in loaded.pilots if loaded.record.format == RECORD_FORMAT)]
    pages = (f"{lang}/{page}" for lang in LANGS for page in page_names(loaded.pilots))
    return loaded.record, [*findings, *verify_results(opened.results, [*expected, *pages])]


def verify_results(folder: Path, expected: Iterable[str] = ()) -> list[Finding]:
    """Compare every published file with its hash, and their names with those expected, if any are given."""
    listing = folder / SUMS
    if listing.is_symlink() or not listing.is_file():
        code = "hash-link" if listing.is_symlink() else "hash-missing"
        return [finding(code, Place(file=f"{folder.name}/{SUMS}"))]
    return check_sums(folder, listing.read_bytes(), expected)

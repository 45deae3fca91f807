"""Collect: sort a folder of received files into the pilots' folders."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from pilot_eval import yamlfile
from pilot_eval.actions.workspace import Workspace
from pilot_eval.errors import UsageError, did_you_mean
from pilot_eval.evidence.intake.files import refusal, walk
from pilot_eval.evidence.intake.inbox import Peek, Seen, Sorted, sort_files
from pilot_eval.evidence.intake.litter import is_hidden
from pilot_eval.evidence.intake.workers import Workers
from pilot_eval.evidence.readers.opening import holds_tables
from pilot_eval.spelling import word_key
from pilot_eval.text import Words


def sort_folder(space: Workspace, folder: Path, mapping: Mapping[str, str]) -> list[Sorted]:
    """Read every file in a folder and decide which pilot it belongs to. Raises UsageError for an invalid mapping."""
    others = {"skip", *space.method.given}
    space.pilots([pilot for pilot in dict.fromkeys(mapping.values()) if pilot not in others])
    files: list[str] = []
    refused: list[Sorted] = []
    for path, error in walk(folder):
        file = path.relative_to(folder).as_posix()
        said = None if is_hidden(file) and path != folder else refusal(path, file, file, error)
        if said is not None:
            shown = said.place.file or ""
            against = None if mapping.get(shown) == "skip" else said
            refused.append(Sorted(file=shown, pilot=None, target=None, tables=(), how=said.message, refused=against))
        elif path.is_file() and not is_hidden(file):
            files.append(file)
    known = [*files, *(each.file for each in refused)]
    for file in mapping:
        if file not in known:
            what = Words(zh="文件", en="file")
            raise UsageError.of("usage-unknown", what=what, name=file, suggestion=did_you_mean(file, known))
    names = {
        pilot.id: tuple(word_key(name) for name in (pilot.id, pilot.zh, pilot.en) if name)
        for pilot in space.method.pilots
    }
    layouts = {name: space.layouts(name) for name in space.compiled}
    shared = [name for name in space.compiled if name in space.method.given]
    names |= {name: (word_key(name),) for name in shared}
    base_types = {pilot.id: pilot.base_type for pilot in space.method.pilots} | {name: name for name in shared}
    workers = Workers()
    seen: dict[str, Seen] = {}
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "seen.json"
        try:
            for file in files:
                if holds_tables(file, space.registry.readers):
                    task = Peek(
                        folder / file, file, names, layouts, space.round.settings.limits, out, space.registry.readers
                    )
                    if workers.mine().run(task) is None:
                        seen[file] = Seen.model_validate_json(out.read_bytes())
        finally:
            workers.close()
    return [*sort_files(files, seen, names, base_types, mapping), *refused]


def read_mapping(path: Path) -> dict[str, str]:
    """Read a mapping file: a pilot, or `skip`, for each file. Raises UsageError."""
    source = yamlfile.parse(path.read_text("utf-8-sig", errors="replace"), path.name)
    if source.findings:
        raise UsageError(source.findings)
    if not isinstance(source.data, dict) or not all(isinstance(pilot, str) for pilot in source.data.values()):
        raise UsageError.of("import-map", source.place(), suggestion="a.xlsx: park-1")
    return source.data

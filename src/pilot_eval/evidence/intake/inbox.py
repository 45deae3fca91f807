"""Sorts a folder of incoming files: which pilot each belongs to, and which tables it holds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pilot_eval.errors import EvidenceError, Finding
from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.intake.workers import Announce
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers, open_file
from pilot_eval.evidence.tables.layout import Layout, table_named
from pilot_eval.evidence.tables.locate import locate
from pilot_eval.spelling import word_key
from pilot_eval.text import Frozen, Words

LOOKED_AT = 60
"""Rows of each sheet that are searched for a pilot's name."""


@dataclass(frozen=True)
class Peek:
    """A task that looks into one file, in the child process, and writes what it finds to `out` as JSON."""

    path: Path
    shown: str
    names: Mapping[str, tuple[str, ...]]  # pilot to the `word_key` of its names
    layouts: Mapping[str, tuple[Layout, ...]]  # base type to its tables
    limits: Limits
    out: Path
    readers: Readers

    def run(self, announce: Announce) -> None:
        announce(self.shown)
        self.out.write_text(json.dumps(self._seen().model_dump()), "utf-8")

    def _seen(self) -> "Seen":
        try:
            grids = open_file(self.path, self.shown, self.limits, self.readers)
        except EvidenceError:
            return Seen(pilots=(), tables={})  # its faults are reported when it is checked
        found: dict[str, None] = {}
        tables: dict[str, list[str]] = {base_type: [] for base_type in self.layouts}
        keyed: dict[str, int] = {}
        for grid in grids:
            for base_type, layouts in self.layouts.items():
                named = table_named(grid.sheet or "", layouts) or table_named(self.path.stem, layouts)
                located, _ = locate(grid, list(layouts), named)
                if located is not None:
                    tables[base_type].append(located.layout.id)
                    if located.layout.keyed:
                        keyed[base_type] = max(keyed.get(base_type, 0), len(located.columns))
            for row in () if keyed else grid.rows[:LOOKED_AT]:
                for cell in row:
                    if isinstance(cell, str):
                        found |= dict.fromkeys(pilots_named(cell_text(cell), self.names))
        most = [name for name, columns in keyed.items() if columns == max(keyed.values())]
        held = {name: tuple(ids) for name, ids in tables.items()}
        return Seen(pilots=tuple(found), tables=held, shared=most[0] if len(most) == 1 else None)


class Seen(Frozen):
    """Pilots that a file names, and the tables that it holds, by base type.

    shared: the base type whose pilots' figures it holds in one table; the one with the most columns there.
    """

    pilots: tuple[str, ...]
    tables: dict[str, tuple[str, ...]]
    shared: str | None = None


class Sorted(Frozen):
    """Where a file goes and why. `pilot` is None if unknown, or a base type whose pilots share a table; `tables` are
    those that it holds for that pilot. A `refused` file goes nowhere."""

    file: str
    pilot: str | None
    target: str | None
    tables: tuple[str, ...]
    how: Words
    refused: Finding | None = None


def pilots_named(text: str, names: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the pilots whose name or id is in a text; if one name contains another, only the longer one counts."""
    key = word_key(text)
    hits = [(pilot, name) for pilot, known in names.items() for name in known if _stands_in(name, key)]
    longest = [pilot for pilot, name in hits if not any(name in other and name != other for _, other in hits)]
    return list(dict.fromkeys(longest))


def _stands_in(name: str, key: str) -> bool:
    """Return whether a name is in a text as a whole: `park-1` isn't in `park-12`."""
    at = key.find(name)
    while at >= 0:
        before, after = key[at - 1 : at], key[at + len(name) : at + len(name) + 1]
        if not (name[0].isalnum() and before.isascii() and before.isalnum()) and not (
            name[-1].isdigit() and after.isdigit()
        ):
            return True
        at = key.find(name, at + 1)
    return False


_BY_MAP = Words(zh="按映射文件", en="by the mapping file")
_BY_FOLDER = Words(zh="按目录名", en="by folder name")
_BY_FILE = Words(zh="按文件名", en="by file name")
_BY_CONTENT = Words(zh="按内容", en="by content")
_BY_NEIGHBOURS = Words(zh="与同目录的其他文件属于同一试点", en="same pilot as the other files in its folder")
_SKIPPED = Words(zh="按映射文件跳过", en="skipped by the mapping file")
_UNKNOWN = Words(zh="无法判断属于哪个试点", en="cannot tell which pilot it belongs to")


def sort_files(
    files: Sequence[str],
    seen: Mapping[str, Seen],
    names: Mapping[str, tuple[str, ...]],
    base_types: Mapping[str, str],
    mapping: Mapping[str, str],
) -> list[Sorted]:
    """Decide where every file goes. `files` are relative paths; `mapping` gives the pilot of some files, or `skip`."""
    decided = {file: _decide(file, seen.get(file), names, mapping) for file in files}
    made = []
    for file in files:
        pilot, depth, how = decided[file]
        if pilot is None and how is _UNKNOWN:
            pilot, depth, how = _like_neighbours(file, decided)
        parts = PurePosixPath(file).parts
        target = None if pilot is None else "/".join(("submissions", pilot, *parts[depth:]))
        holds = seen[file].tables.get(base_types[pilot], ()) if pilot is not None and file in seen else ()
        made.append(Sorted(file=file, pilot=pilot, target=target, tables=tuple(dict.fromkeys(holds)), how=how))
    return made


Decision = tuple[str | None, int, Words]
"""The pilot, the number of leading parts of the path that name it, and the reason."""


def _decide(file: str, seen: Seen | None, names: Mapping[str, tuple[str, ...]], mapping: Mapping[str, str]) -> Decision:
    parts = PurePosixPath(file).parts
    if file in mapping:
        pilot = mapping[file]
        return (None, 0, _SKIPPED) if pilot == "skip" else (pilot, len(parts) - 1, _BY_MAP)
    for depth, part in enumerate(parts[:-1], start=1):
        found = pilots_named(part, names)
        if len(found) == 1:
            return found[0], depth, _BY_FOLDER
    found = pilots_named(PurePosixPath(file).stem, names)
    if len(found) == 1:
        return found[0], len(parts) - 1, _BY_FILE
    if seen is not None and seen.shared is not None:
        return seen.shared, len(parts) - 1, _BY_CONTENT
    if seen is not None and len(seen.pilots) == 1:
        return seen.pilots[0], len(parts) - 1, _BY_CONTENT
    return None, 0, _UNKNOWN


def _like_neighbours(file: str, decided: Mapping[str, Decision]) -> Decision:
    """Decide by the pilot of the other files in the same folder (not the top one), if they agree."""
    folder = PurePosixPath(file).parent
    while folder.parts:
        near = {
            pilot for other, (pilot, _, _) in decided.items() if pilot and PurePosixPath(other).is_relative_to(folder)
        }
        if len(near) == 1:
            return near.pop(), len(folder.parts), _BY_NEIGHBOURS
        if near:
            break
        folder = folder.parent
    return None, 0, _UNKNOWN

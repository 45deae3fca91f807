"""Finds the files of a submission that a cell names, as people write names."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from pilot_eval.errors import did_you_mean
from pilot_eval.evidence.cells.cell import Unreadable, cell_text
from pilot_eval.privacy.numbers import shown_name, shown_text
from pilot_eval.spelling import plain
from pilot_eval.text import Words, both, joined, quoted

_FOLDER = "attachments/"
_QUOTES = "《》〈〉“”‘’「」『』\"'【】<>"
_SEVERAL = re.compile(r"[、；;，,\r\n]+|(?<=[》”」』】])\s*(?=[《“「『【])")
_AND = re.compile(r"以及|[和与及/+&＋＆]")
"""May join two names, or be part of one."""
_COUNT = "(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})"
_NUMBERING = re.compile(
    rf"(?:^|(?<=[；;，,、\r\n])|(?<=[；;，,、\r\n] ))\s*(?:(?:详?见)?附件?\s*{_COUNT}?\s*[:：]|[（(]{_COUNT}[）)]"
    rf"|{_COUNT}(?:、|[.．](?=[^；;，,、\r\n]*\.)))\s*"
)
"""Before a name in a list: `附件1：`, `1、`, `（1）`."""
_NOTE = re.compile(
    r"\s*[（(]\s*(?:共?\s*[0-9０-９]+\s*[页份张]|扫描件|复印件|原件|电子版|盖章[版件]|签字[版件])\s*[）)]\s*$"
)
"""Behind a name: what the file is on paper."""
_TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".fods", ".csv", ".tsv", ".json", ".yaml", ".yml"})
"""Suffixes of files that hold tables: the name of a table without its suffix doesn't mean its file."""
_LISTED = 12
_NEAR = 0.6
"""The likeness from which a name is proposed."""


@dataclass(frozen=True)
class Attachments:
    """The files of a submission; names may begin with its outer folder `root`.

    `empty` files, and those that `state` what is to be proved, prove nothing.
    """

    files: frozenset[str] = frozenset()
    root: str = ""
    empty: frozenset[str] = frozenset()
    state: frozenset[str] = frozenset()

    def named(self, text: str) -> list[str]:
        """Return the files that a cell names.

        Raises Unreadable for a name that no file, or more than one, fits, and for a file that proves nothing.
        """
        said = list(dict.fromkeys((text, _NUMBERING.sub("", text))))
        for parts in (*([each] for each in said), *map(_names_listed, said)):
            fits = [each for part in parts for each in self._each(part)]
            if fits and all(found for _, found in fits):
                break
        return list(dict.fromkeys(self._only(part, found) for part, found in fits or self._each(text)))

    def _each(self, text: str) -> list[tuple[str, list[str]]]:
        """Return a name with the files that fit; or, if each of the names that it seems to join has one, those."""
        for several in ([text], _AND.split(text)):
            fits = [(each, self._fitting(each) or self._fitting(_NOTE.sub("", each))) for each in several]
            if all(found for _, found in fits):
                return fits
        return [(text, [])]

    def _only(self, text: str, found: list[str]) -> str:
        if len(found) > 1:
            raise Unreadable("cell-attachment-unclear", name=shown_text(cell_text(text)), files=_listed(found))
        if not found:
            raise Unreadable(
                "cell-attachment", name=shown_text(cell_text(text)), suggestion=lambda: self._suggestion(text)
            )
        path = found[0].removeprefix(self.root)
        if path in self.empty or path in self.state:
            code = "cell-attachment-empty" if path in self.empty else "cell-attachment-itself"
            raise Unreadable(code, name=shown_text(path))
        return found[0]

    def _fitting(self, text: str) -> list[str]:
        """Return the files that fit best: by path, by path in any letter case, by name, by name without suffix."""
        said = cell_text(text).replace("\\", "/")
        path = str(PurePosixPath(said))
        if path in self.files or (self.root and path.startswith(self.root) and path[len(self.root) :] in self.files):
            return [path]
        if f"{_FOLDER}{path}" in self.files:
            return [f"{_FOLDER}{path}"]
        path = _loose(said)
        root = _loose(self.root)
        paths = {path, path.removeprefix(f"{root}/") if root else path, f"{_FOLDER}{path}"}
        for fits in _WAYS:
            if found := sorted(each for each in self.files if any(fits(each, path) for path in paths)):
                return found
        return []

    def _suggestion(self, text: str) -> Words:
        """Return the file whose path or name is nearest, else the list of those that hold no tables."""
        said = _loose(cell_text(text))

        def likeness(path: str) -> tuple[float, float]:
            by_name = SequenceMatcher(None, _last(said), _last(path)).ratio()
            return by_name, SequenceMatcher(None, said, _loose(path)).ratio()

        others = sorted(each for each in self.files if PurePosixPath(each).suffix.lower() not in _TABLES)
        near = max(others, key=likeness, default=None)
        if near is None:
            return Words(zh="把文件放进提交目录", en="put the file into the submission")
        if likeness(near)[0] >= _NEAR:
            return did_you_mean(shown_name(near), [shown_name(near)])
        listed = _listed(others)
        return Words(
            zh=f"把文件放进提交目录；已有：{listed.zh}", en=f"put the file into the submission; there are: {listed.en}"
        )


def _names_listed(text: str) -> list[str]:
    return [each for each in _SEVERAL.split(text) if each.strip(f"{_QUOTES} ")]


def _loose(name: str) -> str:
    """Return a path without quotes, leading `./` and differences of letter case and width."""
    said = plain(name).replace("\\", "/").translate(_NO_QUOTES)
    return re.sub(r"^(?:\.*/)+|\s*/\s*$", "", re.sub(r"\s+", " ", said).strip()).casefold()


_NO_QUOTES = dict.fromkeys(map(ord, _QUOTES))


def _last(path: str) -> str:
    return PurePosixPath(_loose(path)).name


def _without_suffix(path: str) -> str:
    """Return a file's path without its suffix; of a table, with it."""
    said = PurePosixPath(_loose(path))
    return str(said if said.suffix in _TABLES else said.with_suffix(""))


_WAYS: tuple[Callable[[str, str], bool], ...] = (
    lambda file, path: _loose(file) == path,
    lambda file, path: _without_suffix(file) == path,
    lambda file, path: f"/{_loose(file)}".endswith(f"/{path}"),
    lambda file, path: f"/{_without_suffix(file)}".endswith(f"/{path}"),
)
"""How a file's path is compared with what a cell says; the first way in which one fits counts.

Folders may be left off, but those that are named must be there.
"""


def _listed(files: Iterable[str]) -> Words:
    names = list(files)
    shown = joined(quoted(both(shown_name(each))) for each in names[:_LISTED])
    return Words(
        zh=shown.zh + ("…" if len(names) > _LISTED else ""), en=shown.en + (" …" if len(names) > _LISTED else "")
    )

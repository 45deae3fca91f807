"""Guides: the Markdown pages that come with pilot-eval, listed, read and copied."""

import re
import shutil
from pathlib import Path

from pilot_eval.bundled import GUIDES
from pilot_eval.errors import UsageError, did_you_mean
from pilot_eval.text import Frozen, Lang, Words

_FOR_DEVELOPERS = ("architecture.md", "architecture.svg")
"""Pages of a checkout that are not guides: their links lead to source files."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Guide(Frozen):
    """A guide in one language: `name` is the same in each language, `file` is relative to the guides' folder."""

    name: str
    lang: Lang
    title: str
    file: str

    @property
    def text(self) -> str:
        """Return the guide as Markdown."""
        return (GUIDES / self.file).read_text("utf-8")


def guides() -> list[Guide]:
    """Return the guides for evaluators, then those for authors of plugins."""
    pages = [path for folder in (GUIDES, GUIDES / "plugins") for path in sorted(folder.glob("*.md"))]
    return [_guide(path) for path in pages if path.name not in _FOR_DEVELOPERS]


def guide(name: str, lang: Lang) -> Guide:
    """Return the guide with this name, in the other language if there is none in `lang`. Raises UsageError."""
    named = {each.lang: each for each in guides() if each.name == name}
    if not named:
        known = [each.name for each in guides()]
        what = Words(zh="指南", en="guide")
        raise UsageError.of("usage-unknown", what=what, name=name, suggestion=did_you_mean(name, known))
    return named.get(lang) or next(iter(named.values()))


def write_guides(folder: Path) -> None:
    """Copy all guides and their pictures into a folder; links between them keep working."""
    shutil.copytree(GUIDES, folder, ignore=shutil.ignore_patterns(*_FOR_DEVELOPERS), dirs_exist_ok=True)


def _guide(path: Path) -> Guide:
    """Name a guide by its path: `evaluators.en.md` is “evaluators” in English, `plugins/README.md` is “plugins”."""
    file = path.relative_to(GUIDES).as_posix()
    name = file.removesuffix(".md").removesuffix(".en").removesuffix("/README")
    with path.open(encoding="utf-8") as stream:
        title = stream.readline().lstrip("#").strip()
    return Guide(name=name, lang="zh" if _CHINESE.match(title) else "en", title=title, file=file)

"""Writes the package of a new base type: tables, measures, indicators and tests that pass as they are."""

import builtins
import keyword
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from pilot_eval import __version__
from pilot_eval.errors import Place, UsageError
from pilot_eval.plugin.base_type import API
from pilot_eval.text import Words

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_WORDS = re.compile(r"[\w·・()（） -]{1,30}")
_TAKEN = frozenset({*dir(builtins), *keyword.kwlist, "column", "common", "hookimpl", "facilities_open",
                    "services_completed", "delivery_rate", "service_contacts", "somebody_came", "testing"})  # fmt: skip
"""Names that are already used in the generated package."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def write_package(name: str, into: Path, zh: str = "", en: str = "") -> Path:
    """Write `pilot-eval-<name>` into a folder and return its path. Raises UsageError."""
    _check_name(name)
    zh, en = zh or name, en or name.replace("_", " ").capitalize()
    for option, label in (("--zh", zh), ("--en", en)):
        if not _WORDS.fullmatch(label.strip()) or (option == "--en" and _CHINESE.search(label)):
            raise UsageError.of("scaffold-words", option=option, words=label)
    target = into / f"pilot-eval-{name.replace('_', '-')}"
    if target.exists():
        raise UsageError.of("scaffold-exists", Place(file=str(target)), folder=target)
    words = {
        "id": name,
        "dashed": name.replace("_", "-"),
        "camel": name.title().replace("_", ""),
        "code": f"{name.replace('_', '')}X"[:2].upper(),  # two letters: the common indicators have one
        "zh": zh.strip(),
        "en": en.strip(),
        "api": str(API),
        "range": version_range(__version__),
    }
    names = {"package": f"pilot_eval_{name}", "base_type": name}
    for path, source in _templates(files(__package__) / "template"):
        file = target / re.sub("package|base_type", lambda found: names[found[0]], path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(Template(source).substitute(words), "utf-8")
    return target


def version_range(version: str) -> str:
    """Return the versions that a new package may depend on: `>=0.3,<0.4` for `0.3.1`, `>=2.1,<3` for `2.1.0`."""
    major, minor = (int(part) for part in re.findall(r"\d+", version)[:2])
    end = f"0.{minor + 1}" if major == 0 else str(major + 1)
    return f">={major}.{minor},<{end}"


def _check_name(name: str) -> None:
    """Raise UsageError, with a suggestion, for a name that a base type can't have."""
    if _NAME.fullmatch(name) and len(name) <= 30 and name not in _TAKEN:
        return
    better = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_0123456789")[:28].rstrip("_")
    if better in _TAKEN:
        better += "_base"
    if _NAME.fullmatch(better) is None:
        better = "village"
    suggestion = Words(zh=f"例如 {better}", en=f"such as {better}")
    raise UsageError.of("scaffold-name", name=name, suggestion=suggestion)


def _templates(folder: Traversable, prefix: str = "") -> list[tuple[str, str]]:
    """Return the template's files: path and text."""
    found: list[tuple[str, str]] = []
    for each in sorted(folder.iterdir(), key=lambda item: item.name):
        if each.is_dir():
            found += _templates(each, f"{prefix}{each.name}/")
        elif each.name.endswith(".tmpl"):
            found.append((f"{prefix}{each.name.removesuffix('.tmpl')}", each.read_text("utf-8")))
    return found

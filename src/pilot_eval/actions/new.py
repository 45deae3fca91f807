"""New: a round's folder with settings, a copy of the method, submission folders and forms; or the example round."""

import json
import shutil
import tempfile
from pathlib import Path

from pilot_eval import yamlfile
from pilot_eval.actions.from_table import copy_table, outlined, write_illustration
from pilot_eval.actions.workspace import Workspace, methods, open_round
from pilot_eval.bundled import EXAMPLE
from pilot_eval.errors import MethodError, Place, PluginError, UsageError, did_you_mean
from pilot_eval.evidence.forms.blank import workbook
from pilot_eval.registry import Registry, discover
from pilot_eval.round import SETTINGS
from pilot_eval.text import Lang, Words


def new_round(
    folder: Path,
    method: str,
    lang: Lang,
    registry: Registry | None = None,
    own: Path | None = None,
    table: Path | None = None,
) -> Workspace:
    """Create a round's folder: settings, a copy of the method, and a folder and a form for each pilot.

    A pilot whose base type has no working plugin gets no form; `troubles` of the returned workspace reports this.
    own: the YAML of a base type; the round's method is the method's common part plus this type, with one trial pilot.
    table: a file of figures, a row per pilot and a column per measure, of which the method and the register are made,
    and which is submitted for all of them. Raises UsageError, MethodError, EvidenceError.
    """
    if table is not None:
        return _from_table(folder, table, lang, registry or discover())
    known = methods()
    source = Path(method) if (Path(method) / "method.yaml").is_file() else known.get(method)
    if source is None:
        what = Words(zh="评价办法", en="method")
        raise UsageError.of("usage-unknown", what=what, name=method, suggestion=did_you_mean(method, known))
    _need_an_empty(folder)
    registry = registry or discover()
    with tempfile.TemporaryDirectory() as scratch:
        made = source if own is None else _with_own_type(source, own, registry, Path(scratch) / "method")
        loaded = registry.method(made)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(made, folder / "method")
    (folder / "reviews").mkdir()
    named = _SETTINGS.format(id=_identifier(folder.resolve().name), names=_names_as_yaml(loaded.head.label))
    (folder / SETTINGS).write_text(named, "utf-8")
    space = open_round(folder, registry)
    (folder / "forms").mkdir()
    for base_type in (name for name in space.compiled if name in space.method.given):
        (folder / "submissions" / base_type).mkdir(parents=True)
        (folder / "forms" / f"{base_type}.xlsx").write_bytes(workbook(space.shared_form(base_type), lang))
    for pilot in space.pilots():
        if pilot.base_type in space.method.given:
            continue
        (folder / "submissions" / pilot.id).mkdir(parents=True)
        if pilot.base_type in registry.base_types:
            (folder / "forms" / f"{pilot.id}.xlsx").write_bytes(workbook(space.form(pilot), lang))
    return space


def _from_table(folder: Path, table: Path, lang: Lang, registry: Registry) -> Workspace:
    """Create a round of a table of figures. Raises UsageError, EvidenceError."""
    _need_an_empty(folder)
    outline = outlined(table, registry)
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "method"
        write_illustration(outline, made, table.stem, registry.vocabulary()[1].measures)
        space = new_round(folder, str(made), lang, registry)
    copy_table(table, space.round.submissions)
    return space


def example_round(folder: Path) -> None:
    """Copy the example round, with its submissions and reviews. Raises UsageError."""
    _need_an_empty(folder)
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("results", ".*"), dirs_exist_ok=True)


def _need_an_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError.of("round-exists", folder=folder)


def _with_own_type(source: Path, own: Path, registry: Registry, target: Path) -> Path:
    """Write a method with the common part of `source`, the base type whose YAML is `own`, and one pilot of it."""
    given = yamlfile.parse(own.read_text("utf-8-sig", errors="replace"), own.name)
    if given.findings:
        raise MethodError(given.findings)
    base_type = str(given.data.get("base_type")) if isinstance(given.data, dict) else "?"
    if base_type not in registry.base_types:
        raise PluginError(registry.why_not(base_type, Place(file=str(own))))
    target.mkdir()
    shutil.copyfile(source / "method.yaml", target / "method.yaml")
    shutil.copyfile(own, target / f"{base_type}.yaml")
    label = registry.base_types[base_type].label
    pilot = _PILOT.format(base_type=base_type, id=base_type.replace("_", "-").lower(), zh=label.zh, en=label.in_("en"))
    (target / "pilots.yaml").write_text(pilot, "utf-8")
    return target


_PILOT = """\
pilots:
  - {{id: {id}-1, zh: "{zh}试点一", en: "{en}, pilot one", base_type: {base_type}, tier: local, basis: inferred}}
"""

_SETTINGS = """\
# 评价轮次 · the round
id: {id}
{names}
period: {{from: 2018-01-01, to: 2018-12-31}}   # 评价期间，首尾两日都算在内 · first and last day, both included
# deadline: 2019-01-31                       # 提交截止日期，迟交的会提醒 · later submissions give a warning
method: method                               # 评价办法（本目录内的副本） · a copy inside this folder
"""


def _names_as_yaml(label: Words) -> str:
    """Return names as YAML that says just that, whatever signs they hold; without English there is none."""
    given = {"zh": label.zh} | ({"en": label.en} if label.en else {})
    return "\n".join(f"{lang}: {json.dumps(words, ensure_ascii=False)}" for lang, words in given.items())


def _identifier(name: str) -> str:
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_.-") else "-" for sign in name).strip("-._")
    return kept[:60] or "round"

"""A method to score with: the author's own, or one generated from the measures; and a round that uses it."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from pilot_eval.actions.workspace import methods
from pilot_eval.method.fields import DeclaredId
from pilot_eval.method.schema import Method, StatementSpec
from pilot_eval.plugin.compiling import Compiled
from pilot_eval.testing.sample_rows import PERIOD
from pilot_eval.text import Words

COMMON = "zhengzhou-2018"
"""The method whose common part is used if the author names none, or only the YAML of a base type."""


def write_method(
    target: Path,
    compiled: Compiled,
    given: Path | None,
    codes: Mapping[str, Mapping[str, Words]],
    pilots: Sequence[str],
) -> None:
    """Write the folder of a method with these pilots.

    given: a method's folder, the YAML of the base type, or None to generate indicators from its own measures.
    """
    folder = given if given is not None and given.is_dir() else methods()[COMMON]
    shutil.copytree(folder, target, ignore=lambda at, names: [name for name in names if not name.endswith(".yaml")])
    if folder is not given:
        for path in target.glob("*.yaml"):
            if path.name != "method.yaml":
                path.unlink()
        name = f"{compiled.id}.yaml"
        if given is not None:
            shutil.copyfile(given, target / name)
        else:
            _dump(target / name, {"base_type": compiled.id, "indicators": _indicators(compiled, target)})
    main = target / "method.yaml"
    data = yaml.safe_load(main.read_text("utf-8-sig"))
    files = (yaml.safe_load(path.read_text("utf-8-sig")) for path in target.glob("*.yaml"))
    known = {name for each in files if isinstance(each, dict) for name in each.get("codes") or ()}
    missing = {name: words for name, words in codes.items() if name not in known}
    if missing:
        data["codes"] = data.get("codes", {}) | {
            name: [{"id": id_, "zh": word.zh, "en": word.en or id_} for id_, word in words.items()]
            for name, words in missing.items()
        }
        _dump(main, data)
    register = [
        {"id": pilot, "zh": pilot, "en": pilot, "base_type": compiled.id, "tier": "local", "basis": "inferred"}
        for pilot in pilots
    ]
    _dump(target / "pilots.yaml", {"pilots": register})


def _dump(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, default=str, indent=1), "utf-8")  # JSON is YAML


def _indicators(compiled: Compiled, target: Path) -> list[dict[str, Any]]:
    """Create indicators for the base type's measures, with points that complete each dimension."""
    data = yaml.safe_load((target / "method.yaml").read_text("utf-8-sig"))
    left = {each["id"]: each["points"] for each in data["dimensions"]}
    for each in data["indicators"]:
        left[each["dimension"]] -= each["points"]
    names = [name for name in compiled.measures if name not in compiled.common_measures and _can_be_named(name)]
    names = names or sorted(compiled.common_measures)
    dimensions = [name for name, points in left.items() if points > 0]
    count = max(len(names), len(dimensions))
    shared = [dimensions[at % len(dimensions)] for at in range(count)]
    return [
        {
            "id": f"K{at + 1}", "dimension": shared[at], "zh": name, "en": name, "measure": name,
            "unit": compiled.measures[name].spec.unit, "direction": "up",
            "points": left[shared[at]] / shared.count(shared[at]),
            "evidence": list(compiled.tables_of(name)), "rule": {"linear": {"from": 0, "to": 100}},
            "basis": {"kind": "illustrative"},
        }
        for at in range(count)
        for name in [names[at % len(names)]]
    ]  # fmt: skip


def _can_be_named(name: str) -> bool:
    """Return whether a method's YAML can use the name."""
    try:
        _IDENTIFIER.validate_python(name)
    except ValidationError:
        return False
    return True


_IDENTIFIER: TypeAdapter[str] = TypeAdapter(DeclaredId)


def answers(method: Method) -> dict[StatementSpec, bool]:
    """Return an answer to each statement that triggers no gate."""
    gates = [*method.gates, *(gate for own in method.own_gates.values() for gate in own)]
    ends = [each for gate in gates for each in gate.when.simple]
    triggers = {each.condition.statement: each.condition.is_ is not each.negated for each in ends}
    return {each: not triggers.get(each.id, False) for each in method.statements}


def write_round(folder: Path) -> None:
    """Write the settings of a round whose method is in `folder/method`."""
    settings = {
        "id": "kit", "zh": "试算", "en": "Trial", "period": {"from": PERIOD[0], "to": PERIOD[1]}, "method": "method",
    }  # fmt: skip
    _dump(folder / "round.yaml", settings)

"""Schema: JSON Schema of a method's files, for editors."""

import json
from collections.abc import Mapping
from pathlib import Path

from pilot_eval.method.rules import Rule
from pilot_eval.method.schema import FILES, json_schema


def write_schemas(folder: Path, rules: Mapping[str, type[Rule]]) -> list[Path]:
    """Write the schema of every kind of file, plugins' rules included; return the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in FILES:
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(json_schema(name, rules), ensure_ascii=False, indent=1) + "\n", "utf-8")
        written.append(path)
    return written

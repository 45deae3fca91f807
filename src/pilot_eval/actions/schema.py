"""Schema: JSON Schema of a method's files, for editors, and of a record's, for programs that read it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pilot_eval.method.rules import Rule
from pilot_eval.method.schema import FILES, json_schema
from pilot_eval.record.files import SCHEMAS


def schema_of(name: str, rules: Mapping[str, type[Rule]]) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file: of a method, plugins' rules included, or of a record."""
    if name in FILES:
        return json_schema(name, rules)
    made = SCHEMAS[name].model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": f"pilot-eval {name}"}


def write_schemas(folder: Path, rules: Mapping[str, type[Rule]]) -> list[Path]:
    """Write the schema of every kind of file; return the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in (*FILES, *SCHEMAS):
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(schema_of(name, rules), ensure_ascii=False, indent=1) + "\n", "utf-8")
        written.append(path)
    return written

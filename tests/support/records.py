"""A record's files as one: read for what they say, and written anew as a forger would, with hashes that fit."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pilot_eval.model import EvaluationRecord
from pilot_eval.record.files import RECORD, part_name, read_record


def record_of(folder: Path) -> EvaluationRecord:
    """The record of a round's results."""
    return read_record(folder / "results" / RECORD, f"results/{RECORD}")


def data_of(folder: Path) -> dict[str, Any]:
    """All that the files say, as one record."""
    results = folder / "results"
    made: dict[str, Any] = json.loads((results / RECORD).read_bytes())
    parts = [json.loads((results / each["path"]).read_bytes()) for each in made.pop("parts")]
    made["inputs"] += [file for part in parts for file in part["inputs"]]
    made["inputs"].sort(key=lambda file: file["path"])
    return made | {"assessments": [part["assessment"] for part in parts]}


def write_record(folder: Path, data: dict[str, Any]) -> None:
    """Write the files of a record, whatever it says."""
    results = folder / "results"
    manifest = {key: value for key, value in data.items() if key != "assessments"}
    manifest["parts"] = []
    for each in data["assessments"]:
        pilot = each["pilot"]["id"]
        own = [file for file in data["inputs"] if file["path"].startswith(f"submissions/{pilot}/")]
        manifest["inputs"] = [file for file in manifest["inputs"] if file not in own]
        part = _written({"format": "pilot-eval-record-part/2", "inputs": own, "assessment": each})
        (results / part_name(pilot)).write_bytes(part)
        digest = hashlib.sha256(part).hexdigest()
        manifest["parts"].append({"pilot": pilot, "path": part_name(pilot), "sha256": digest, "size": len(part)})
    (results / RECORD).write_bytes(_written(manifest))


def _written(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

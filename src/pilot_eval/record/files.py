"""The record as files, all canonical JSON: a manifest, and one part per pilot.

    record.json          the manifest: round, method, software, comparison, and each part with its hash
    record/PILOT.json    a part: one pilot's assessment, and the submitted files that it rests on

So one pilot's page, explanation or export reads one part. Format 1 was one file that held everything; it can still be
read. Fields may be added to a format, with a default; what was written without them can still be read.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError, model_validator

from pilot_eval.errors import ContradictionError, EvidenceError, Finding, Place, finding
from pilot_eval.messages.libraries import model_problem
from pilot_eval.model import (
    RECORD_FORMAT,
    Assessment,
    BaseTypeInfo,
    Comparison,
    EvaluationRecord,
    InputFile,
    MethodInfo,
    RoundInfo,
    Software,
)
from pilot_eval.text import Frozen, Words, safe_name

RECORD = "record.json"
_PARTS = "record"
_PART_FORMAT: Literal["pilot-eval-record-part/2"] = "pilot-eval-record-part/2"
_FORMATS = ("pilot-eval-record/1", RECORD_FORMAT)
_NONE = Words(zh="没有写明", en="none stated")

M = TypeVar("M", bound=BaseModel)


class PartFile(InputFile):
    """A part of the record; `path` is relative to the manifest, with forward slashes."""

    pilot: str

    @model_validator(mode="after")
    def _beside(self) -> "PartFile":
        if self.path != part_name(self.pilot):
            expected = part_name(self.pilot)
            raise ContradictionError(f"这一部分应为 {expected}", f"the part should be {expected}")
        return self


class Manifest(Frozen):
    """`record.json`: the result of one run without what concerns one pilot alone, which is in the parts.

    inputs: the files that the whole result rests on: settings, method, plans, reviews, the last round's record.
    """

    format: Literal["pilot-eval-record/2"] = RECORD_FORMAT
    round: RoundInfo
    method: MethodInfo
    software: Software
    base_types: tuple[BaseTypeInfo, ...]
    inputs: tuple[InputFile, ...]
    parts: tuple[PartFile, ...]  # in the order of the register
    comparison: Comparison
    findings: tuple[Finding, ...]


class PilotPart(Frozen):
    """`record/PILOT.json`: a pilot's assessment, and the submitted files that it rests on."""

    format: Literal["pilot-eval-record-part/2"] = _PART_FORMAT
    inputs: tuple[InputFile, ...]
    assessment: Assessment


_KINDS: dict[str, type[Frozen]] = {
    _FORMATS[0]: EvaluationRecord,
    RECORD_FORMAT: Manifest,
    _PART_FORMAT: PilotPart,
}
SCHEMAS: dict[str, type[Frozen]] = {"record": Manifest, "record-part": PilotPart}
"""The kinds of files of a record, by the name of their published schema."""


@dataclass(frozen=True)
class Loaded:
    """A record as it was read from its files.

    record: with the parts that could be read. pilots: those of all parts. files: the record's files as they are.
    unread: the parts that are missing or can't be read. changed: those that aren't what the manifest says.
    """

    record: EvaluationRecord
    pilots: tuple[str, ...]
    files: dict[str, bytes]
    unread: tuple[Finding, ...] = ()
    changed: tuple[Finding, ...] = ()

    @property
    def whole(self) -> EvaluationRecord:
        """Return the record if nothing is wrong with its parts. Raises EvidenceError."""
        if self.unread or self.changed:
            raise EvidenceError((*self.unread, *self.changed))
        return self.record


def record_files(record: EvaluationRecord) -> dict[str, bytes]:
    """Return the record's files, by their names in the results; the same record gives the same bytes."""
    submitted: dict[str, list[InputFile]] = {each.pilot.id: [] for each in record.assessments}
    of_all: list[InputFile] = []
    for file in record.inputs:
        room, *below = file.path.split("/")
        of_pilot = submitted.get(below[0]) if room == "submissions" and below else None
        (of_all if of_pilot is None else of_pilot).append(file)
    parts = {
        each.pilot.id: canonical(PilotPart(inputs=tuple(submitted[each.pilot.id]), assessment=each))
        for each in record.assessments
    }
    infos = (PartFile(pilot=pilot, **dict(InputFile.of(part_name(pilot), data))) for pilot, data in parts.items())
    shared = {name: getattr(record, name) for name in Manifest.model_fields if name != "parts"}
    manifest = Manifest(**shared | {"format": RECORD_FORMAT, "inputs": tuple(of_all), "parts": tuple(infos)})
    return {RECORD: canonical(manifest)} | {part_name(pilot): data for pilot, data in parts.items()}


def part_name(pilot: str) -> str:
    """Return the name of a pilot's part, relative to the manifest."""
    return f"{_PARTS}/{safe_name(pilot, 'pilot')}.json"


def canonical(made: Frozen) -> bytes:
    """Return canonical JSON: sorted keys, UTF-8, one final line break. Raises ValueError for NaN."""
    return _written(made.model_dump(mode="json")).encode()


def _written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def read_record(path: Path, shown: str, only: Collection[str] = ()) -> EvaluationRecord:
    """Read a record from its manifest and its parts, or from the one file of format 1.

    path: of the manifest; the parts are beside it. shown: its name in messages. only: the pilots whose parts are read;
    () for all of them, and so if one has none. Raises EvidenceError for what is missing, unreadable, or not what the
    manifest says, and OSError if the manifest can't be read.
    """
    return load_record(path, shown, only).whole


def load_record(path: Path, shown: str, only: Collection[str] = ()) -> Loaded:
    """Read a record as far as it can be read, see `read_record`. Raises EvidenceError if its manifest can't be."""
    data, place = path.read_bytes(), Place(file=shown)
    if _format_of(data, place) != RECORD_FORMAT:
        made = _model(EvaluationRecord, data, place)
        return Loaded(made, tuple(each.pilot.id for each in made.assessments), {RECORD: data})
    manifest = _model(Manifest, data, place)
    pilots = tuple(each.pilot for each in manifest.parts)
    asked = set(only) if set(only) <= set(pilots) else set()
    parts, files = [], {RECORD: data}
    unread, changed = [], []
    for info in manifest.parts:
        if asked and info.pilot not in asked:
            continue
        at = Place(file=str(PurePosixPath(shown).parent / info.path))
        try:
            data = files[info.path] = (path.parent / info.path).read_bytes()
            part = _model(PilotPart, data, at)
        except OSError:
            unread.append(finding("record-part-missing", at))
        except EvidenceError as error:
            unread += error.findings
        else:
            parts.append(part)
            of_another = part.assessment.pilot.id != info.pilot
            if of_another or InputFile.of(info.path, data) != InputFile(**info.model_dump(exclude={"pilot"})):
                changed.append(finding("record-part-differs", at))
    inputs = [*manifest.inputs, *(file for part in parts for file in part.inputs)]
    made = EvaluationRecord(
        **{name: getattr(manifest, name) for name in Manifest.model_fields if name != "parts"}
        | {
            "inputs": tuple(sorted(inputs, key=lambda file: file.path)),
            "assessments": tuple(part.assessment for part in parts),
        }
    )
    return Loaded(made, pilots, files, tuple(unread), tuple(changed))


class _Stated(BaseModel):
    """What says which format a manifest has."""

    format: str | None = None


def _format_of(data: bytes, place: Place) -> str:
    """Return the format that a manifest states. Raises EvidenceError."""
    stated = _model(_Stated, data, place).format
    if stated not in _FORMATS:
        raise EvidenceError.of("record-format", place, stated=stated or _NONE, known=_FORMATS[-1])
    return stated


def _model(kind: type[M], data: bytes, place: Place) -> M:
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key, problem = ".".join(map(str, first["loc"])), model_problem(dict(first))
        cause = Words(zh=f"{key}：{problem.zh}", en=f"{key}: {problem.en}") if key else problem
        raise EvidenceError.of("record-unreadable", place, cause=cause) from None


def is_canonical(data: bytes) -> bool:
    """Return whether the bytes of a record's file are those that we write, of whatever version.

    An older version may lack what newer ones have; what is there has the type and form in which it was written.
    """
    try:
        given = json.loads(data)
        written = _KINDS[given["format"]].model_validate_json(data).model_dump(mode="json")
        return _written(given).encode("utf-8", "surrogatepass") == data and _is_written_so(given, written)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def _is_written_so(given: Any, written: Any) -> bool:
    """Return whether values are those that were read from them: no number as text, nor 87 in place of 87.0."""
    if isinstance(given, dict) and isinstance(written, dict):
        return all(key in written and _is_written_so(each, written[key]) for key, each in given.items())
    if isinstance(given, list) and isinstance(written, list):
        return len(given) == len(written) and all(map(_is_written_so, given, written))
    return repr(given) == repr(written)

"""Reads YAML files strictly, with the line of every value: no aliases, no tags, no duplicate keys."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from pilot_eval.errors import Finding, Place, did_you_mean, finding
from pilot_eval.messages.libraries import choices_of, model_problem, remedy_of, yaml_problem
from pilot_eval.messages.yaml_slips import full_width_colon, slip_near
from pilot_eval.text import Words

MAX_DEPTH = 40
MAX_NODES = 200_000

Path = tuple[str | int, ...]

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass
class Yaml:
    """A file's data, the line of each value by its path, and what is wrong with it."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: Path = ()) -> Place:
        """Return the place of a value, or of its nearest ancestor that is in the file."""
        named = ".".join(str(part) for part in path)
        while path and path not in self.lines:
            path = path[:-1]
        return Place(file=self.file, line=self.lines.get(path, 1), field=named or None)


Number = Callable[[str, int | float], Any]
"""Creates the value of a plain number from its text and its YAML value."""


def parse(text: str, file: str, number: Number = lambda text, value: value) -> Yaml:
    """Read YAML 1.2 core values from `text`; `file` is the name to show. Errors are in `findings`, not raised."""
    result = Yaml(file)
    builder = _Builder(result, number)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if not builder.take(event):
                result.data = None
                return result
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = yaml_problem(str(getattr(error, "problem", None) or error).split("\n")[0])
        line, slip = slip_near(text, line) or (line, _UNCLEAR)
        result.findings.append(finding("yaml-syntax", Place(file=file, line=line), problem=problem, slip=slip))
        result.data = None
    return result


_UNCLEAR = Words(zh="检查缩进、冒号和引号", en="check the indentation, colons and quotes")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.ScalarEvent, number: Number) -> Any:
    text = event.value
    if event.style:  # quoted, literal or folded
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text) and len(text) <= 30:
        return number(text, int(text))
    if _FLOAT.fullmatch(text) and isfinite(float(text)):
        return number(text, float(text))
    return text  # .inf, .nan and 1e999 too: fields for numbers reject them


class _Builder:
    """Builds data from parser events without recursion."""

    def __init__(self, result: Yaml, number: Number) -> None:
        self.result, self.number = result, number
        self.stack: list[tuple[Any, Path, list[Any]]] = []  # container, its path, [pending key]
        self.nodes = 0
        self.documents = 0

    def _fail(self, code: str, event: yaml.Event, **params: object) -> bool:
        place = Place(file=self.result.file, line=_line(event))
        self.result.findings.append(finding(code, place, **params))
        return False

    def take(self, event: yaml.Event) -> bool:
        """Process one event; return False to stop reading."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            return True if self.documents == 1 else self._fail("yaml-documents", event)
        if isinstance(event, yaml.AliasEvent):
            return self._fail("yaml-alias", event)
        if isinstance(event, yaml.NodeEvent):
            if event.anchor is not None:
                return self._fail("yaml-alias", event)
            tag = getattr(event, "tag", None)
            if tag is not None:
                return self._fail("yaml-tag", event, tag=tag)
            self.nodes += 1
            if self.nodes > MAX_NODES or len(self.stack) >= MAX_DEPTH:
                return self._fail("yaml-too-deep", event, depth=MAX_DEPTH, nodes=MAX_NODES)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._open({}, event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._open([], event)
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> bool:
        if self.stack and isinstance(self.stack[-1][0], dict) and not self.stack[-1][2]:
            key = event.value
            mapping, path, pending = self.stack[-1]
            if key == "<<":
                return self._fail("yaml-alias", event)
            if key in mapping:
                first = self.result.lines[(*path, key)]
                place = Place(file=self.result.file, line=_line(event), field=key)
                self.result.findings.append(finding("yaml-duplicate-key", place, key=key, first=first))
            pending.append(key)
            self.result.lines[(*path, key)] = _line(event)
            return True
        self._place(_scalar(event, self.number), event)
        return True

    def _open(self, container: Any, event: yaml.Event) -> bool:
        if self.stack and isinstance(self.stack[-1][0], dict) and not self.stack[-1][2]:
            return self._fail("yaml-key", event)
        path = self._place(container, event)
        self.stack.append((container, path, []))
        return True

    def _place(self, value: Any, event: yaml.Event) -> Path:
        """Put a value where it belongs; return its path."""
        line = _line(event)
        if not self.stack:
            self.result.data = value
            self.result.lines[()] = line
            return ()
        container, path, pending = self.stack[-1]
        if isinstance(container, dict):
            key = pending.pop()
            container[key] = value
            return (*path, key)
        path = (*path, len(container))
        container.append(value)
        self.result.lines[path] = line
        return path


def findings_of(error: ValidationError, model: type[BaseModel], source: Yaml, path: Path) -> list[Finding]:
    """Report each of pydantic's errors about the value at `path` in our words, with its line."""
    errors = error.errors(include_url=False)
    within = {each["loc"][: len(each["loc"]) - up] for each in errors for up in range(1, len(each["loc"]))}
    # Of a list, invalid items are dropped before it is measured: it isn't too short.
    return [_explain(dict(each), model, source, path) for each in errors
            if each["type"] != "too_short" or each["loc"] not in within]  # fmt: skip


def _explain(each: dict[str, Any], model: type[BaseModel], source: Yaml, path: Path) -> Finding:
    loc: Path = each["loc"]
    place, kind, given = source.place((*path, *loc)), each["type"], _as_yaml(each["input"])
    key = next((str(part) for part in reversed((*path, *loc)) if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        suggestion = full_width_colon(key) or did_you_mean(key, _keys(model, loc[:-1]))
        return finding("yaml-unknown-key", place, key=key, suggestion=suggestion)
    if kind == "missing":
        return finding("yaml-missing-key", source.place((*path, *loc[:-1])), key=key)
    if kind in ("literal_error", "enum"):
        suggestion = did_you_mean(str(each["input"]), choices_of(each))
        return finding("yaml-not-allowed", place, key=key, value=given, suggestion=suggestion)
    if kind == "value_error":
        error = each["ctx"]["error"]
        return finding("yaml-inconsistent", place, problem=getattr(error, "text", error))
    if kind == "float_type" and _infinite(each["input"]):
        return finding("yaml-number", place, value=each["input"])
    said = {"problem": model_problem(each), "suggestion": remedy_of(each)}
    return finding("yaml-wrong-value", place, key=key or _WHOLE, value=given, **said)


_WHOLE = Words(zh="整个文件", en="the whole file")


def _as_yaml(value: object) -> str:
    """Format a value as in YAML, with text in quotes."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:79] + "…"


def _infinite(given: object) -> bool:
    """Return whether it is text that YAML reads as a number, but not a finite one."""
    text = str(given)
    return bool(_NOT_A_NUMBER.fullmatch(text)) or (bool(_FLOAT.fullmatch(text)) and not isfinite(float(text)))


def _keys(model: type[BaseModel], loc: Path) -> list[str]:
    """Return the keys allowed at `loc` inside a model; list indexes and mapping keys lead to the same model."""
    for part in loc:
        info = model.model_fields.get(str(part)) or next(
            (field for field in model.model_fields.values() if field.alias == part), None
        )
        candidates = [info.annotation, *getattr(info.annotation, "__args__", ())] if info else []
        model = next((each for each in candidates if isinstance(each, type) and issubclass(each, BaseModel)), model)
    return [info.alias or name for name, info in model.model_fields.items()]

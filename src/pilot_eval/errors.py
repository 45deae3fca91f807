"""Findings (what is wrong, where, what to do) and the exceptions that carry them."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from enum import StrEnum
from typing import Self

from pilot_eval.messages import CATALOGUE
from pilot_eval.messages.libraries import refusal_of
from pilot_eval.messages.yaml_words import MEANT
from pilot_eval.spelling import CONTROLS, LINE_SEPARATORS, REORDERING, SURROGATES, is_turned, plain
from pilot_eval.text import Frozen, Lang, Words, both, joined, quoted


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> Words:
        return _SEVERITIES[self]


_SEVERITIES = {
    Severity.ERROR: Words(zh="错误", en="error"),
    Severity.WARNING: Words(zh="提醒", en="warning"),
    Severity.NOTE: Words(zh="提示", en="note"),
}


class Place(Frozen):
    """The place of a finding; every part may be unknown.

    `row` and `line` count from 1; `column` is a spreadsheet letter; `field` is a key or a column's name.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        cell = f"{self.column or ''}{self.row if self.row is not None else ''}"
        sheet = f"[{self.sheet}]" if self.sheet else ""
        parts = [f"{self.file or ''}{sheet}", str(self.line or ""), cell, self.field or ""]
        return ":".join(part for part in parts if part)


_UNSAFE = re.compile(f"[{CONTROLS}{LINE_SEPARATORS}{REORDERING}{SURROGATES}]")


def terminal_safe(text: str) -> str:
    """Escape control and bidirectional characters, so that text is one harmless line; file names may contain them."""
    return _UNSAFE.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), text)


class Finding(Frozen):
    """One error, warning or note about an input, in both languages."""

    code: str
    severity: Severity
    place: Place
    message: Words
    hint: Words
    value: str | None = None

    def shown_as(self, shown: Callable[[str], str]) -> "Finding":
        """Return the finding with its texts in both languages, and its value, as `shown` gives them."""

        def words(said: Words) -> Words:
            return Words(zh=shown(said.zh), en=shown(said.en))

        value = None if self.value is None else shown(self.value)
        return self.model_copy(update={"message": words(self.message), "hint": words(self.hint), "value": value})

    def line(self, lang: Lang) -> str:
        """Return one line for a terminal: place, message, hint."""
        where, hint = str(self.place), self.hint.in_(lang)
        said = f"{where}: {self.message.in_(lang)}" if where else self.message.in_(lang)
        return terminal_safe(f"{said} → {hint}" if hint else said)


def finding(code: str, place: Place | None = None, /, **params: object) -> Finding:
    """Create a finding from the catalogue; `Words` parameters are inserted in the language of each message.

    Raises KeyError for a code or a parameter that is not in the catalogue: a programming error.
    """
    entry = CATALOGUE[code]
    value = params.get("value")

    def fill(pattern: Words) -> Words:
        return Words(zh=_fill(pattern.zh, params, "zh"), en=_fill(pattern.en, params, "en"))

    return Finding(
        code=code,
        severity=Severity(entry.severity),
        place=place or Place(),
        message=fill(entry.message),
        hint=fill(entry.hint),
        value=None if value is None else str(value),
    )


def _fill(pattern: str, params: dict[str, object], lang: Lang) -> str:
    return pattern.format_map({k: v.in_(lang) if isinstance(v, Words) else v for k, v in params.items()})


def did_you_mean(wrong: str, known: Iterable[str | Words]) -> Words:
    """Suggest the closest known name, else list the known names. A label may be given in either language.

    A name in other characters, or by its Chinese name, comes first: `linear` for 直线. A name isn't suggested for its
    opposite, 采纳 for 不予采纳: the names are listed instead.
    """
    names = {(each if isinstance(each, Words) else both(each)) for each in known}
    spelled = {word: name for name in sorted(names, key=lambda each: each.zh) for word in (name.zh, name.en) if word}
    bare = plain(wrong).strip("“”‘’\"'")
    near = [each for each in (bare, *MEANT.get(bare, ())) if each in spelled]
    near += [each for each in get_close_matches(wrong, spelled, n=3, cutoff=0.6) if not is_turned(wrong, each)]
    if near:
        name = quoted(spelled[near[0]])
        return Words(zh=f"是否应为{name.zh}？", en=f"did you mean {name.en}?")
    if not names:
        return both("")
    shown = joined(map(quoted, list(dict.fromkeys(spelled.values()))[:12]))
    more = " …" if len(names) > 12 else ""
    return Words(zh=f"可用：{shown.zh}{more}", en=f"available: {shown.en}{more}")


class ContradictionError(ValueError):
    """Two values contradict each other; raised by validators, with a message in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Words(zh=zh, en=en)
        super().__init__(en)


class PilotEvalError(Exception):
    """An error that the user has to fix; carries all findings, not just the first."""

    exit_code = 3

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(each.line("en") for each in self.findings))

    @classmethod
    def of(cls, code: str, place: Place | None = None, /, **params: object) -> Self:
        return cls([finding(code, place, **params)])


class EvidenceError(PilotEvalError):
    """A submission can't be used."""

    exit_code = 1


class UsageError(PilotEvalError):
    """A command can't run with the arguments, files or settings given."""

    exit_code = 2


class MethodError(PilotEvalError):
    """A method's YAML is invalid."""


class PluginError(PilotEvalError):
    """A plugin can't be used: its author has to fix it; the evidence is not at fault."""


def failure_of(error: Exception) -> PilotEvalError | None:
    """Convert an exception to an error for the user: one of ours, or an inaccessible file; None for a bug."""
    if isinstance(error, PilotEvalError):
        return error
    if isinstance(error, OSError):
        return UsageError.of("usage-file", Place(file=error.filename), cause=refusal_of(error))
    return None

"""An entry of the catalogue: how grave a finding is, what it says, and what to do about it."""

from typing import Literal, NamedTuple

from pilot_eval.text import Words


class Entry(NamedTuple):
    """Severity, message and hint; what stands in braces is filled in where the finding is made."""

    severity: Literal["error", "warning", "note"]
    message: Words
    hint: Words


def error(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Entry:
    """What keeps the evidence, the method or the plugin from being used."""
    return Entry("error", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))


def warning(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Entry:
    """What someone should look at; the evaluation goes on."""
    return Entry("warning", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))


def note(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Entry:
    """What was done with the input and needs no action."""
    return Entry("note", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))

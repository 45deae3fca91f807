"""An entry of the catalogue: a finding's severity, its message, and what to do about it."""

from typing import Literal, NamedTuple

from pilot_eval.text import Words


class Entry(NamedTuple):
    """Severity, message and hint; what is in braces is filled in when the finding is created."""

    severity: Literal["error", "warning", "note"]
    message: Words
    hint: Words


def error(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Entry:
    """Create an error, which keeps the evidence, the method or the plugin from being used."""
    return Entry("error", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))


def warning(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Entry:
    """Create a warning, which someone should look at; the evaluation continues."""
    return Entry("warning", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))


def note(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Entry:
    """Create a note on how the input was handled; it needs no action."""
    return Entry("note", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))

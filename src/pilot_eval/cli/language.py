"""The language of the interface: `--lang en`, else PILOT_EVAL_LANG, else Chinese."""

import os
import sys
from collections.abc import Sequence
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
"""Repeated here because the API is slow to import; a test compares the two."""


def _requested(arguments: Sequence[str]) -> Lang:
    """Find the requested language, wherever `--lang` is: help texts are created before arguments are parsed."""
    asked = os.environ.get("PILOT_EVAL_LANG", "").lower()[:2]  # en_US, EN
    for at, argument in enumerate(arguments):
        if argument == "--lang":
            asked = "".join(arguments[at + 1 : at + 2])
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked == "en" else "zh"


LANG: Lang = _requested(sys.argv[1:])


def say(zh: str, en: str) -> str:
    """Return the text in the language of the interface."""
    return zh if LANG == "zh" else en

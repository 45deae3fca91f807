"""Whether a finding keeps to one language at a time: names and quotations in quotes, everything else in one."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from pilot_eval.errors import Finding
from pilot_eval.text import Words

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[\s,]+[A-Za-z]{2,}){2,}")
_CHINESE = re.compile(r"[\u3001-\u9fff\uff01-\uff60]")


def mixed(*said: Words) -> list[str]:
    """The texts that aren't in one language: three English words in a row in Chinese, anything Chinese in English."""
    return [
        text
        for words in said
        for text, other in ((words.zh, _ENGLISH), (words.en, _CHINESE))
        if other.search(_QUOTED.sub("“”", text))
    ]


def mixed_in(findings: Iterable[dict[str, Any]]) -> list[str]:
    """The same of findings as commands print them, in JSON."""
    return [text for each in findings for text in mixed(Words(**each["message"]), Words(**each["hint"]))]


@contextmanager
def in_one_language() -> Iterator[None]:
    """Check every finding that is made meanwhile."""
    made: list[Finding] = []
    init = Finding.__init__

    def keeping(self: Finding, **data: Any) -> None:
        init(self, **data)
        made.append(self)

    with patch.object(Finding, "__init__", keeping):
        yield
    assert [text for each in made for text in mixed(each.message, each.hint)] == []

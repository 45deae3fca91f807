"""Which ordinary files are accused: a warning or an error that no clerk deserves."""

from collections.abc import Iterable, Mapping

from pilot_eval.errors import Severity
from pilot_eval.model import Assessment
from tests.support.rounds.submitted import ABSENT, Sent

RATE = 0.005
AMONG_PILOTS = ("measure-unlike-peers", "measure-unlike-before")
"""What is said of a pilot's figure beside those of others, which are made up here: no file is accused."""


def accused(sent: Iterable[Sent], found: Mapping[str, Assessment]) -> tuple[dict[str, str], int]:
    """What is said of each accused file, or of a submission as a whole; and how many files with tables there are."""
    said: dict[str, str] = {}
    files = 0
    for each in sent:
        files += sum(not name.endswith(".txt") for name in each.files)
        for one in found[each.id].findings:
            if one.severity is not Severity.NOTE and not one.code.startswith((*ABSENT, *AMONG_PILOTS)):
                said.setdefault(one.place.file or each.id, f"{one.code} {one.line('zh')}")
    return said, files

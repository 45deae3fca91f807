"""What the pages share: names of files and anchors, citations, findings by severity, bars of scores."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pilot_eval.errors import Finding, Severity
from pilot_eval.model import PilotInfo, Score, SourceInfo
from pilot_eval.report.charts import Interval, Scale, interval


def safe_name(id: str, prefix: str) -> str:
    """A name for a file or an anchor: the id itself if it is safe, otherwise a digest of it."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", id) and id != "index":
        return id
    return f"{prefix}-{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def page_of(pilot: PilotInfo) -> str:
    """File name of a pilot's page."""
    return safe_name(pilot.id, "pilot") + ".html"


def cited_code(cited: str, sources: Iterable[SourceInfo]) -> str | None:
    """The code of the source that a citation starts with (`S0 line 43`); None if the method has no such source."""
    words = cited.split()
    return next((each.code for each in sources if each.code == cited or each.code in words[:1]), None)


@dataclass(frozen=True)
class FindingsView:
    """Findings, counted by severity and sorted with the most severe first."""

    unsorted: tuple[Finding, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        return {each.value: sum(finding.severity is each for finding in self.unsorted) for each in Severity}

    @cached_property
    def sorted(self) -> tuple[Finding, ...]:
        order = list(Severity)
        return tuple(sorted(self.unsorted, key=lambda finding: order.index(finding.severity)))


def score_bar(score: Score, scale: Scale) -> Interval:
    """A score as a bar framed by the points available."""
    return interval(score.points, score.low, score.high, scale, score.out_of)

"""What the pages share: names of files and anchors, citations, findings by severity, bars of scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pilot_eval.errors import Finding, Severity
from pilot_eval.model import Score, SourceInfo
from pilot_eval.report.charts import Interval, Scale, interval
from pilot_eval.text import safe_name


def page_of(pilot: str) -> str:
    """File name of the page of a pilot, by its id."""
    return safe_name(pilot, "pilot") + ".html"


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

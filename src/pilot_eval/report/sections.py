"""Sections that plugins add to the reports: asked once, from the record alone; a failing one is said, not shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pilot_eval.errors import Finding, finding
from pilot_eval.extensions import Section, Table, line_of
from pilot_eval.model import EvaluationRecord
from pilot_eval.text import Text

Block = Text | Table


@dataclass(frozen=True)
class Content:
    """What one section says on one page."""

    id: str
    title: Text
    blocks: tuple[Block, ...]

    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True)
class Sections:
    """The contents of all sections, by page."""

    overview: tuple[Content, ...] = ()
    pilots: Mapping[str, tuple[Content, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def ask_sections(record: EvaluationRecord, sections: Sequence[Section]) -> Sections:
    """Have every section made for every page."""
    findings: list[Finding] = []

    def ask(section: Section, make: Callable[..., Sequence[Block]], *given: object) -> tuple[Content, ...]:
        try:
            blocks = tuple(make(*given))
            for block in blocks:
                if not isinstance(block, (Text, Table)):
                    raise TypeError(f"a block is a Words or a Table, not {type(block).__name__}")
        except Exception as error:  # a plugin's code
            cause = f"{type(error).__name__}: {error}"
            said = {"provider": section.provider, "section": section.id, "cause": cause}
            findings.append(finding("plugin-section-failed", line_of(error, make), **said))
            return ()
        return (Content(section.id, section.title, blocks),) if blocks else ()

    overview: list[Content] = []
    pilots: dict[str, tuple[Content, ...]] = {each.pilot.id: () for each in record.assessments}
    for section in sections:
        if section.on_overview is not None:
            overview += ask(section, section.on_overview, record)
        if section.on_pilot is not None:
            for each in record.assessments:
                pilots[each.pilot.id] += ask(section, section.on_pilot, record, each)
    return Sections(tuple(overview), pilots, tuple(dict.fromkeys(findings)))

"""Sections that plugins add to the reports: made once, from the record alone; one that fails becomes a finding."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pilot_eval.errors import Finding, PluginError
from pilot_eval.extensions import Section, Table, line_of
from pilot_eval.guard import guarded
from pilot_eval.model import EvaluationRecord
from pilot_eval.report.hiding import withheld
from pilot_eval.text import Words

Block = Words | Table
Cell = Words | str | float | None


@dataclass(frozen=True)
class Content:
    """The content of one section on one page."""

    id: str
    title: Words
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
    """Make every section for every page, each from a copy of the record that no other section can change, without the
    counts that are hidden."""
    record = withheld(record)
    findings: list[Finding] = []

    def ask(section: Section, make: Callable[..., Sequence[Block]], *given: object) -> tuple[Content, ...]:
        def fault(error: BaseException, cause: Words) -> PluginError:
            params: dict[str, object] = {"provider": section.provider, "section": section.id, "cause": cause}
            return PluginError.of("plugin-section-failed", line_of(error, make), **params)

        try:
            blocks = guarded(lambda: tuple(map(_plain, make(*given))), fault)
        except PluginError as error:
            findings.extend(error.findings)
            return ()
        return (Content(section.id, section.title, blocks),) if blocks else ()

    overview: list[Content] = []
    pilots: dict[str, tuple[Content, ...]] = {each.pilot.id: () for each in record.assessments}
    for section in sections:
        copy = record.model_copy(deep=True)
        if section.on_overview is not None:
            overview += ask(section, section.on_overview, copy)
        if section.on_pilot is not None:
            for each in copy.assessments:
                pilots[each.pilot.id] += ask(section, section.on_pilot, copy, each)
    return Sections(tuple(overview), pilots, tuple(dict.fromkeys(findings)))


def _plain(block: object) -> Block:
    """The block as plain words and numbers, without objects that render themselves. Raises TypeError, ValueError."""
    if isinstance(block, Words):
        return _words(block)
    if not isinstance(block, Table):
        raise TypeError(f"a block is a Words or a Table, not {type(block).__name__}")
    headers = tuple(map(_words, block.headers))
    rows = tuple(tuple(map(_cell, row)) for row in block.rows)
    odd = next((row for row in rows if len(row) != len(headers)), None)
    if odd is not None:
        raise ValueError(f"a table of {len(headers)} headers has a row of {len(odd)} cells")
    return Table(_words(block.caption), headers, rows)


def _words(text: object) -> Words:
    if not isinstance(text, Words):
        raise TypeError(f'captions and headers are Words(zh="…", en="…"), not {type(text).__name__}')
    return Words(zh=str.__str__(text.zh), en=str.__str__(text.en))


def _cell(cell: object) -> Cell:
    if isinstance(cell, Words):
        return _words(cell)
    if isinstance(cell, str):
        return str.__str__(cell)  # of a subclass, its characters alone
    if cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool)):
        return cell
    raise TypeError(f"a cell is words, a number or None, not {type(cell).__name__}")

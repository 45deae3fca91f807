"""A plan as it is given, in YAML or as a table, each line with its place; nothing of it has been checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from pilot_eval import yamlfile
from pilot_eval.errors import EvidenceError, Finding, Place
from pilot_eval.evidence.cells.columns import ReadingContext
from pilot_eval.evidence.intake.outside_cells import in_properties, without_numbers
from pilot_eval.evidence.intake.workers import Announce
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers, open_file
from pilot_eval.evidence.tables.layout import Layout, layout_of
from pilot_eval.evidence.tables.locate import holds, locate
from pilot_eval.evidence.tables.validate import validate
from pilot_eval.method.rules import Real, Truth
from pilot_eval.plans.figures import with_text_figures
from pilot_eval.plugin.base_type import Toolkit
from pilot_eval.plugin.columns import Number
from pilot_eval.plugin.tables import Record, column
from pilot_eval.plugin.words import Choice, Text
from pilot_eval.text import Frozen, Words


class GivenLine(Frozen):
    """A line of a plan as it is given.

    named: the dimension that it is below, as named, the nearest first; () if the plan doesn't say. in_words: whether
    its target is marked as one in words. places: of its parts, by their names here; that of the line is under "".
    """

    named: tuple[str, ...]
    name: str
    target: str
    points: float | None
    weight: float | None
    baseline: str | None
    measure: str | None
    in_words: bool
    places: dict[str, Place]

    def place(self, part: str = "") -> Place:
        return self.places.get(part) or self.places[""]


class GivenPlan(Frozen):
    """The lines of a plan, and what is wrong with its file. pilot: whose it says that it is, and where."""

    lines: tuple[GivenLine, ...]
    findings: tuple[Finding, ...]
    pilot: tuple[str, Place] | None = None


# --- as YAML
class LineSpec(Frozen):
    """A line of `plans/PILOT.yaml`; in_words: its target is in words, although it has digits."""

    name: str
    target: str | Real
    dimension: str | None = None
    points: Real | None = None
    weight: Real | None = None
    baseline: str | Real | None = None
    measure: str | None = None
    in_words: Truth = False


class PlanFile(Frozen):
    """`plans/PILOT.yaml`: the pilot's own indicators."""

    pilot: str
    lines: Annotated[tuple[LineSpec, ...], Field(min_length=1)]


def given_yaml(text: str, shown: str) -> GivenPlan:
    """Read a plan in YAML."""
    source = yamlfile.parse(text, shown)
    findings, pilot = source.findings, None
    lines: tuple[GivenLine, ...] = ()
    if not findings:
        try:
            read = PlanFile.model_validate(source.data)
        except ValidationError as error:
            findings = yamlfile.findings_of(error, PlanFile, source, ())
        else:
            pilot = read.pilot, source.place(("pilot",))
            lines = tuple(_yaml_line(each, at, source) for at, each in enumerate(read.lines))
    return GivenPlan(lines=lines, findings=tuple(findings), pilot=pilot)


def _yaml_line(each: LineSpec, at: int, source: yamlfile.Yaml) -> GivenLine:
    parts = {"": (), **{name: (name,) for name in each.model_fields_set}}
    return GivenLine(
        named=(each.dimension,) if each.dimension else (),
        name=each.name.strip(),
        target=_as_text(each.target) or "",
        points=each.points,
        weight=each.weight,
        baseline=_as_text(each.baseline),
        measure=each.measure,
        in_words=each.in_words,
        places={name: source.place(("lines", at, *more)) for name, more in parts.items()},
    )


def _as_text(given: str | float | None) -> str | None:
    return given if given is None or isinstance(given, str) else f"{given:.15g}"


# --- as a table
_TOOLKIT = Toolkit("plans", zh="绩效目标表", en="Plan")


@_TOOLKIT.table(zh="绩效目标表", en="Plan", name="plan", aliases=("项目绩效目标表", "绩效目标申报表"))
class PlanRow(Record):
    """A line of a plan: an indicator, its target and its points."""

    area: Text = column(zh="一级指标", en="Dimension", optional=True)
    part: Text = column(zh="二级指标", en="Subdimension", optional=True)
    line: Text = column(zh="指标", en="Indicator", aliases=("三级指标", "指标名称", "绩效指标"))
    target: Text = column(zh="年度指标值", en="Target", aliases=("指标值", "目标值", "年度目标值"))
    points: Number = column(zh="分值", en="Points", optional=True, exact=True)
    weight: Number = column(zh="权重", en="Weight", optional=True, exact=True)
    baseline: Text = column(zh="基线", en="Baseline", optional=True, aliases=("基线值", "基期值"))
    measure: Text = column(zh="测算值", en="Measure", optional=True)
    nature: Choice = column(
        zh="性质",
        en="Nature",
        optional=True,
        aliases=("指标性质", "指标类型"),
        choices={"figures": Words(zh="定量", en="in figures"), "words": Words(zh="定性", en="in words")},
    )


LAYOUT: Layout = with_text_figures(layout_of(_TOOLKIT.tables["plan"], {}), "target", "baseline")


@dataclass(frozen=True)
class ReadPlan:
    """A task that reads a plan from a table file, in the child process, and writes it to `out` as JSON."""

    path: Path
    shown: str
    limits: Limits
    out: Path
    readers: Readers

    def run(self, announce: Announce) -> None:
        announce(self.shown)
        self.out.write_text(self._read().model_dump_json(), "utf-8")

    def _read(self) -> GivenPlan:
        try:
            grids = open_file(self.path, self.shown, self.limits, self.readers)
            findings = in_properties(self.path, self.shown, self.limits)
        except EvidenceError as error:
            return GivenPlan(lines=(), findings=error.findings)
        findings += [each for grid in grids for each in grid.findings]
        full = [grid for grid in grids if any(cell is not None for row in grid.rows for cell in row)]
        lines: list[GivenLine] = []
        for grid in [grid for grid in full if holds(grid, LAYOUT)] or full[:1]:
            made, more = _lines_in(grid)
            lines += made
            findings += more
        return GivenPlan(lines=tuple(lines), findings=tuple(map(without_numbers, findings)))


def _lines_in(grid: Grid) -> tuple[list[GivenLine], list[Finding]]:
    located, findings = locate(grid, [LAYOUT], LAYOUT)
    if located is None:
        return [], findings
    table, more = validate(located, ReadingContext())
    names = [name for name in _PARTS if name in table.columns]
    cells = [table.columns[name].to_list() for name in names]
    lines = [
        _line_in(grid, row, dict(zip(names, values, strict=True)), located.columns)
        for row, *values in zip(table.rows.to_list(), *cells, strict=True)
    ]
    return [each for each in lines if each.name], [*findings, *more]


_PARTS = ("area", "part", "line", "target", "points", "weight", "baseline", "measure", "nature")
_NAMES = {"line": "name", "part": "dimension", "nature": "in_words"}
"""What columns are called in `GivenLine.places`."""


def _line_in(grid: Grid, row: int, cells: Mapping[str, Any], columns: Mapping[str, int]) -> GivenLine:
    index = row - grid.first_row
    places = {_NAMES.get(name, name): grid.place(index, at) for name, at in columns.items()}
    return GivenLine(
        named=tuple(cells[name] for name in ("part", "area") if cells.get(name)),
        name=(cells.get("line") or "").strip(),
        target=cells.get("target") or "",
        points=cells.get("points"),
        weight=cells.get("weight"),
        baseline=cells.get("baseline"),
        measure=cells.get("measure"),
        in_words=cells.get("nature") == "words",
        places={"": grid.place(index), **places},
    )

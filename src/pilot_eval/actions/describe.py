"""Describes for the record the round, the method, the plugins and the input files."""

import importlib.metadata
from collections.abc import Mapping
from pathlib import Path

from pilot_eval import __version__
from pilot_eval.actions.workspace import Workspace, has_submitted
from pilot_eval.errors import Finding
from pilot_eval.evidence.intake.files import files_of
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.method.grades import GradeSpec
from pilot_eval.method.plan_lines import PLAN_RESULTS, own_dimensions
from pilot_eval.method.schema import IndicatorSpec, Method
from pilot_eval.method.tree import DimensionSpec
from pilot_eval.model import (
    Band,
    BaseTypeInfo,
    DimensionInfo,
    IndicatorInfo,
    InputFile,
    MethodInfo,
    RoundInfo,
    Software,
    SourceInfo,
    Tier,
    TopInfo,
    UnitInfo,
)
from pilot_eval.plans.files import plan_paths
from pilot_eval.plugin.compiling import Compiled
from pilot_eval.registry import Registry
from pilot_eval.review.files import review_paths
from pilot_eval.round import SETTINGS, Round
from pilot_eval.text import Words
from pilot_eval.units import DeclaredUnit


def without_paths(each: Finding) -> Finding:
    """Reduce a plugin's path, which differs between machines, to its file name."""
    file = Path(each.place.file).name if each.place.file else None
    return each.model_copy(update={"place": each.place.model_copy(update={"file": file})})


def base_type_info(registry: Registry, base_type: str, compiled: Compiled, method: Method) -> BaseTypeInfo:
    status = registry.status_of(base_type)
    working, planned = base_type in registry.base_types, bool(own_dimensions(method, base_type))
    return BaseTypeInfo(
        id=base_type,
        label=compiled.label,
        plugin=status.package if status else "",
        version=status.version if status else "",
        state="ok" if working else "failed" if status else "absent",
        cause=None if working else registry.why_not(base_type)[0].message,
        tables={table.id: table.label for table in compiled.tables.values() if planned or table.id != PLAN_RESULTS},
    )


def round_info(opened: Round) -> RoundInfo:
    settings = opened.settings
    return RoundInfo(
        id=settings.id,
        label=Words(zh=settings.zh, en=settings.en),
        period_from=opened.period[0],
        period_to=opened.period[1],
        notice=settings.notice.words if settings.notice else None,
        min_cell=settings.privacy.min_cell,
    )


def method_info(space: Workspace) -> MethodInfo:
    method, head = space.method, space.method.head
    own = [(name, item) for name, items in method.by_type.items() for item in items]
    branches: list[tuple[str | None, DimensionSpec]] = [(None, each) for each in method.dimensions]
    branches += [(name, each) for name, items in method.own_dimensions.items() for each in items]
    indicators: list[tuple[str | None, IndicatorSpec]] = [*((None, item) for item in method.common), *own]
    return MethodInfo(
        id=head.id,
        version=head.version,
        label=head.label,
        dimensions=tuple(_dimension_info(base_type, each) for base_type, each in branches),
        indicators=tuple(_indicator_info(space, base_type, item) for base_type, item in indicators),
        bands=tuple(map(_band, method.grades)),
        missing=head.missing.score,
        points=head.points,
        how=head.recorded.model_copy(update={"missing": None}),  # it is `missing` above
        rounding=head.rounding,
        decimals=head.decimals,
        bonus_cap=head.bonus_cap,
        deduction_cap=head.deduction_cap,
        ceiling=head.top,
        sources=tuple(SourceInfo(code=s.code, label=s.label, url=s.url) for s in method.sources),
        tiers=tuple(Tier(id=each.id, label=each.label) for each in method.tiers),
        not_rated=head.not_rated.words if head.not_rated else None,
        basis=head.basis.recorded,
        files=_method_files(space),
        units=tuple(map(_unit_info, method.units.own)),
    )


def _unit_info(unit: DeclaredUnit) -> UnitInfo:
    return UnitInfo(id=unit.id, label=unit.label, counted=unit.counted, of=unit.of, factor=float(unit.factor))


def _band(grade: GradeSpec) -> Band:
    top = None
    if grade.top is not None and grade.of and grade.ties and grade.round:
        top = TopInfo(share=grade.top, of=grade.of, ties=grade.ties, round=grade.round)
    return Band(id=grade.id, label=grade.label, min=grade.min, top=top)


def _dimension_info(base_type: str | None, each: DimensionSpec) -> DimensionInfo:
    return DimensionInfo(
        id=each.id,
        label=each.label,
        points=each.points,
        within=each.within,
        base_type=base_type,
        how=each.recorded,
        own=each.own.rule if each.own else None,
    )


def _method_files(space: Workspace) -> tuple[InputFile, ...]:
    folder = space.round.settings.method
    return tuple(InputFile(path=f"{folder}/{name}", sha256=sha, size=size) for name, sha, size in space.method.files)


def _indicator_info(space: Workspace, base_type: str | None, item: IndicatorSpec) -> IndicatorInfo:
    compiled = space.compiled.get(base_type) if base_type else next(iter(space.compiled.values()), None)
    measure = compiled.measures.get(item.measure or "") if compiled else None
    return IndicatorInfo(
        id=item.id,
        base_type=base_type,
        dimension=item.dimension,
        label=item.label,
        measure=item.measure or "",
        measure_label=measure.spec.label if measure else None,
        measure_doc=measure.spec.doc if measure else Words(zh=""),
        unit=item.unit,
        direction=item.direction or item.rule.direction or "up",
        points=item.points,
        rule=space.method.rule_of(item),
        basis=item.basis.recorded,
        tables=item.evidence,
        note=item.note,
    )


def software() -> Software:
    libraries = ("narwhals", "pluggy", "polars", "pydantic", "pyyaml")
    return Software(
        pilot_eval=__version__,
        libraries={name: importlib.metadata.version(name) for name in libraries},
    )


def input_paths(opened: Round) -> list[str]:
    """Return the input files of a result, relative to the round: settings, method, plans, reviews."""
    method = [f"{opened.settings.method}/{path.name}" for path in opened.method_folder.glob("*.yaml")]
    reviews = [path.relative_to(opened.folder).as_posix() for path in review_paths(opened.folder)]
    return sorted([SETTINGS, *method, *plan_paths(opened.folder), *reviews])


def inputs(space: Workspace, gathered: Mapping[str, Gathered]) -> tuple[InputFile, ...]:
    """Return every file that the result was computed from, with the hash of what was read of it."""
    before = [space.previous.file] if space.previous else []
    own = [space.round.file, *_method_files(space), *space.plans.files, *space.reviews.files, *before]
    submitted: dict[InputFile, None] = {}
    for pilot in space.pilots():
        if pilot.id in gathered:
            submitted |= dict.fromkeys(gathered[pilot.id].intake.files)
        elif has_submitted(space.round.submissions / pilot.id):
            limits = space.round.settings.limits
            files = files_of(space.round.submissions / pilot.id, f"submissions/{pilot.id}", limits).files
            submitted |= dict.fromkeys(files)
    return tuple(sorted([*own, *submitted], key=lambda file: file.path))

"""What the command line calls, and any other program may: open a round, check, assess, compare, render, publish."""

import importlib.metadata
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pilot_eval import __version__, yamlfile
from pilot_eval import record as records
from pilot_eval.comparison import compare
from pilot_eval.errors import (
    EvidenceError,
    Finding,
    MethodError,
    Place,
    PluginError,
    Severity,
    UsageError,
    did_you_mean,
    finding,
)
from pilot_eval.evidence.annotate import Annotation, copy_path
from pilot_eval.evidence.cells import word_key
from pilot_eval.evidence.child import Workers
from pilot_eval.evidence.gather import (
    Gathered,
    Submission,
    files_of,
    gather,
    is_hidden,
    refusal,
    shown_path,
    unreadable,
    walk,
)
from pilot_eval.evidence.layouts import Layout, layout_of
from pilot_eval.evidence.opening import holds_tables
from pilot_eval.evidence.privacy import shown_name
from pilot_eval.evidence.sorting import Peek, Seen, Sorted, sort_files
from pilot_eval.evidence.submission import Expected
from pilot_eval.evidence.template import Form, workbook
from pilot_eval.extensions import line_of
from pilot_eval.guard import guarded
from pilot_eval.listing import SCORES_CSV
from pilot_eval.method.schema import IndicatorSpec, Method, PilotSpec
from pilot_eval.model import (
    Assessment,
    Band,
    BaseTypeInfo,
    DimensionInfo,
    EvaluationRecord,
    IndicatorInfo,
    InputFile,
    MethodInfo,
    RoundInfo,
    RuleInfo,
    Software,
    SourceInfo,
    Standing,
    file_sha256,
)
from pilot_eval.plugin.base_type import BaseType, Compiled
from pilot_eval.registry import Registry, discover
from pilot_eval.report import ask_sections, render
from pilot_eval.round import RECORD, SETTINGS, SUMS, Round
from pilot_eval.scoring.assess import Case, Review, assess_type, basis_of, unread_submission, without_plugin
from pilot_eval.scoring.checks import checked
from pilot_eval.scoring.engines import Engine, PolarsEngine
from pilot_eval.scoring.measures import wanted_measures
from pilot_eval.text import LANGS, Lang, Text

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def _quiet(step: str, done: int, total: int) -> None:
    """No progress shown."""


@dataclass(frozen=True)
class Workspace:
    """A round with its method and the plugins: everything that an assessment starts from."""

    round: Round
    registry: Registry
    method: Method

    @cached_property
    def compiled(self) -> dict[str, Compiled]:
        """The base types as the round needs them; one without a working plugin has the common tables alone."""
        names = dict.fromkeys(pilot.base_type for pilot in self.method.pilots)
        return {name: self.registry.base_types.get(name) or BaseType(name, zh=name).compiled for name in names}

    def pilots(self, only: Sequence[str] = ()) -> list[PilotSpec]:
        """The pilots of the register, or those named. Raises UsageError for a name that isn't there."""
        known = {pilot.id: pilot for pilot in self.method.pilots}
        for name in only:
            if name not in known:
                what = Text(zh="试点", en="pilot")
                raise UsageError.of("usage-unknown", what=what, name=name, suggestion=did_you_mean(name, known))
        return [known[name] for name in only] if only else list(self.method.pilots)

    def layouts(self, base_type: str, *, needed: bool = False) -> tuple[Layout, ...]:
        """The tables of a base type; with `needed`, those alone that the method's measures are computed from."""
        compiled = self.compiled[base_type]
        wanted: Collection[str | None] = compiled.tables
        if needed:
            names = [item.measure for item in self.method.scorings(base_type)]
            wanted = {measure.table for measure in wanted_measures(compiled, names)}
        return tuple(
            layout_of(table, self.method.code_labels) for table in compiled.tables.values() if table.id in wanted
        )

    @cached_property
    def troubles(self) -> tuple[Finding, ...]:
        """What is wrong with the plugins that are installed and those that the method needs, and what goes unread."""
        lost = [name for name in self.compiled if name not in self.registry.base_types]
        causes = [each for name in lost for each in self.registry.why_not(name)]
        unread = [
            unread_submission(pilot.id)
            for pilot in self.pilots()
            if pilot.base_type in lost and _submitted(self.round.submissions / pilot.id)
        ]
        return tuple(dict.fromkeys([*self.registry.findings, *causes, *self.method.unusable, *unread]))

    def form(self, pilot: PilotSpec) -> Form:
        """The form of a pilot. Raises PluginError where no working plugin says what its tables are."""
        if pilot.base_type not in self.registry.base_types:
            raise PluginError(self.registry.why_not(pilot.base_type))
        layouts = self.layouts(pilot.base_type, needed=True)
        return Form(pilot.id, pilot.label, self.round.period, self.method.statements, layouts)


def open_round(folder: Path, registry: Registry | None = None) -> Workspace:
    """Open a round with its method. Raises UsageError, MethodError."""
    opened = Round.open(folder)
    registry = registry or discover()
    return Workspace(opened, registry, registry.method(opened.method_folder))


def methods() -> dict[str, Path]:
    """The methods that come with pilot-eval, by id."""
    here = Path(__file__).parent
    for folder in (here / "indicators", here.parents[1] / "indicators"):  # installed, or in a checkout
        if folder.is_dir():
            return {path.parent.name: path.parent for path in sorted(folder.glob("*/method.yaml"))}
    return {}


def new_round(
    folder: Path, method: str, lang: Lang, registry: Registry | None = None, own: Path | None = None
) -> Workspace:
    """Make a round's folder: settings, a copy of the method, a folder and a form for each pilot.

    A pilot whose base type has no working plugin gets no form: `troubles` of what is returned says so.
    own: the YAML of a base type; the method's common part and this type make the round's, with one pilot to try it.
    Raises UsageError, MethodError.
    """
    known = methods()
    source = Path(method) if (Path(method) / "method.yaml").is_file() else known.get(method)
    if source is None:
        what = Text(zh="评价办法", en="method")
        raise UsageError.of("usage-unknown", what=what, name=method, suggestion=did_you_mean(method, known))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError.of("round-exists", folder=folder)
    registry = registry or discover()
    with tempfile.TemporaryDirectory() as scratch:
        made = source if own is None else _with_own_type(source, own, registry, Path(scratch) / "method")
        loaded = registry.method(made)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(made, folder / "method")
    (folder / "reviews").mkdir()
    (folder / SETTINGS).write_text(_SETTINGS.format(id=_identifier(folder.resolve().name), method=loaded.head), "utf-8")
    space = open_round(folder, registry)
    (folder / "forms").mkdir()
    for pilot in space.pilots():
        (folder / "submissions" / pilot.id).mkdir(parents=True)
        if pilot.base_type in registry.base_types:
            (folder / "forms" / f"{pilot.id}.xlsx").write_bytes(workbook(space.form(pilot), lang))
    return space


def _with_own_type(source: Path, own: Path, registry: Registry, target: Path) -> Path:
    """A method of the common part of `source`, the base type whose YAML is `own`, and one pilot of it."""
    given = yamlfile.parse(own.read_text("utf-8-sig", errors="replace"), own.name)
    if given.findings:
        raise MethodError(given.findings)
    base_type = str(given.data.get("base_type")) if isinstance(given.data, dict) else "?"
    if base_type not in registry.base_types:
        raise PluginError(registry.why_not(base_type, Place(file=str(own))))
    target.mkdir()
    shutil.copyfile(source / "method.yaml", target / "method.yaml")
    shutil.copyfile(own, target / f"{base_type}.yaml")
    label = registry.base_types[base_type].label
    pilot = _PILOT.format(base_type=base_type, id=base_type.replace("_", "-").lower(), zh=label.zh, en=label.in_("en"))
    (target / "pilots.yaml").write_text(pilot, "utf-8")
    return target


_PILOT = """\
pilots:
  - {{id: {id}-1, zh: "{zh}试点一", en: "{en}, pilot one", base_type: {base_type}, tier: local, basis: inferred}}
"""

_SETTINGS = """\
# 评价轮次 · the round
id: {id}
zh: {method.zh}
en: {method.en}
period: {{from: 2018-01-01, to: 2018-12-31}}   # 评价期间，首尾两日都算在内 · first and last day, both included
method: method                               # 评价办法（本目录内的副本） · a copy inside this folder
"""


def _identifier(name: str) -> str:
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_.-") else "-" for sign in name).strip("-._")
    return kept[:60] or "round"


# --- checking and assessing


def check(
    space: Workspace, only: Sequence[str] = (), progress: Progress = _quiet, engine: Engine | None = None
) -> dict[str, Gathered]:
    """Take in the submissions of the pilots: what they hold, and everything that is wrong with them.

    A pilot whose base type has no working plugin is left out: nobody can say what its tables should be.
    """
    working = space.registry.base_types
    pilots = [
        pilot
        for pilot in space.pilots(only)
        if pilot.base_type in working and _submitted(space.round.submissions / pilot.id)
    ]
    layouts = {name: space.layouts(name) for name in space.compiled}
    submissions = [
        Submission(
            space.round.submissions / pilot.id,
            f"submissions/{pilot.id}",
            Expected(pilot.id, space.round.period, space.method.statements, layouts[pilot.base_type]),
        )
        for pilot in pilots
    ]
    done = 0

    def told(pilot: str) -> None:
        nonlocal done
        done += 1
        progress("check", done, len(submissions))

    gathered = gather(submissions, space.round.settings.limits, space.round.cache, space.registry.readers, told)
    before = _before(space.round)
    for base_type, compiled in space.compiled.items():
        own = {pilot.id: gathered[pilot.id] for pilot in pilots if pilot.base_type == base_type}
        if own:
            names = [item.measure for item in space.method.scorings(base_type)]
            gathered |= checked(engine or PolarsEngine(), compiled, own, names, before)
    return gathered


def _before(opened: Round) -> dict[tuple[str, str], float]:
    """The measures of the last round, where the settings name its record. Raises UsageError, EvidenceError."""
    if opened.settings.previous is None:
        return {}
    path = opened.folder / opened.settings.previous
    if not path.is_file():
        raise UsageError.of("round-no-previous", Place(file=SETTINGS, field="previous"), path=opened.settings.previous)
    past = records.from_bytes(path.read_bytes(), opened.settings.previous)
    return {(a.pilot.id, m.id): m.value for a in past.assessments for m in a.measures if m.value is not None}


def _submitted(folder: Path) -> bool:
    """Whether a pilot's folder holds anything; one that can't be looked into does, and checking it says why."""
    try:
        inside = folder.iterdir() if folder.is_dir() else ()
        return folder.is_symlink() or any(not path.name.startswith(".") for path in inside)
    except OSError:
        return True


def annotate(
    space: Workspace, gathered: Mapping[str, Gathered], folder: Path, lang: Lang
) -> tuple[list[Path], list[Finding]]:
    """Write a copy of every table file that has errors or warnings, its findings as comments in the cells.

    A copy lies where its file lies among the submissions. Gives the paths written, and what kept a copy from being
    written.
    """
    readers = space.registry.readers
    workers, written, failures = Workers(), [], []
    try:
        for each in gathered.values():
            grave = [f for f in each.intake.findings if f.severity is not Severity.NOTE]
            for shown in sorted({f.place.file for f in grave if f.place.file}):
                inside = each.intake.unpacked.get(shown)
                source = each.folder / inside if inside else space.round.folder / shown
                cells = any(f.place.row is not None for f in grave if f.place.file == shown)
                if not (cells or holds_tables(shown, readers)) or not source.is_file():
                    continue
                target = folder / copy_path(shown)
                target.parent.mkdir(parents=True, exist_ok=True)
                limits = space.round.settings.limits
                failure = workers.mine().run(Annotation(source, shown, tuple(grave), limits, target, lang, readers))
                if failure is None:
                    written.append(target)
                else:
                    failures.append(failure)
    finally:
        workers.close()
    return written, failures


def sort_folder(space: Workspace, folder: Path, mapping: Mapping[str, str]) -> list[Sorted]:
    """Look into every file of a folder and decide which pilot it is from. Raises UsageError for a wrong mapping."""
    space.pilots([pilot for pilot in dict.fromkeys(mapping.values()) if pilot != "skip"])
    files: list[str] = []
    refused: list[Sorted] = []
    for path, error in walk(folder):
        file = path.relative_to(folder).as_posix()
        said = None if is_hidden(file) and path != folder else refusal(path, file, file, error)
        if said is not None:
            shown = said.place.file or ""
            against = None if mapping.get(shown) == "skip" else said
            refused.append(Sorted(file=shown, pilot=None, target=None, tables=(), how=said.message, refused=against))
        elif path.is_file() and not is_hidden(file):
            files.append(file)
    known = [*files, *(each.file for each in refused)]
    for file in mapping:
        if file not in known:
            what = Text(zh="文件", en="file")
            raise UsageError.of("usage-unknown", what=what, name=file, suggestion=did_you_mean(file, known))
    names = {
        pilot.id: tuple(word_key(name) for name in (pilot.id, pilot.zh, pilot.en)) for pilot in space.method.pilots
    }
    layouts = {name: space.layouts(name) for name in space.compiled}
    base_types = {pilot.id: pilot.base_type for pilot in space.method.pilots}
    workers = Workers()
    seen: dict[str, Seen] = {}
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "seen.json"
        try:
            for file in files:
                if holds_tables(file, space.registry.readers):
                    task = Peek(
                        folder / file, file, names, layouts, space.round.settings.limits, out, space.registry.readers
                    )
                    if workers.mine().run(task) is None:
                        seen[file] = Seen.model_validate_json(out.read_bytes())
        finally:
            workers.close()
    return [*sort_files(files, seen, names, base_types, mapping), *refused]


def read_mapping(path: Path) -> dict[str, str]:
    """A mapping file: each file's pilot, or `skip`. Raises UsageError."""
    source = yamlfile.parse(path.read_text("utf-8-sig", errors="replace"), path.name)
    if source.findings:
        raise UsageError(source.findings)
    if not isinstance(source.data, dict) or not all(isinstance(pilot, str) for pilot in source.data.values()):
        raise UsageError.of("import-map", source.place(), suggestion="a.xlsx: park-1")
    return source.data


def place(space: Workspace, folder: Path, decided: Iterable[Sorted]) -> list[Finding]:
    """Copy sorted files into the pilots' folders; a different file that is there already is kept and said."""
    findings = []
    for each in decided:
        if each.target is None:
            continue
        source, target = folder / each.file, space.round.folder / each.target
        try:
            if not target.exists() and not target.is_symlink():
                _copy(source, target)
            elif target.is_symlink() or file_sha256(source) != file_sha256(target):
                findings.append(finding("import-exists", Place(file=each.target), source=each.file))
        except OSError as error:
            findings.append(unreadable(each.file, error))
    return findings


def _copy(source: Path, target: Path) -> None:
    """Copy a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.parent / ".import-part"  # hidden, so that it is no evidence
    try:
        shutil.copyfile(source, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def strays(space: Workspace) -> list[Finding]:
    """Folders and files among the submissions that are no pilot's, and pilots' that are no folders."""
    known = {pilot.id for pilot in space.method.pilots}
    found = sorted(space.round.submissions.glob("*")) if space.round.submissions.is_dir() else []
    findings = []
    for path in found:
        name = shown_name(shown_path(path.name))
        place = Place(file=f"submissions/{name}")
        if path.name in known and not path.is_dir():
            findings.append(finding("file-not-regular", place))
        elif path.name not in known and not path.name.startswith("."):
            suggestion = did_you_mean(name, known)
            findings.append(finding("submission-unknown-pilot", place, name=name, suggestion=suggestion))
    return findings


def assess(space: Workspace, engine: Engine | None = None, progress: Progress = _quiet) -> EvaluationRecord:
    """Assess every pilot of the round. Raises EvidenceError for faulty reviews; other faults are in the record."""
    engine = engine or PolarsEngine()
    reviews = space.round.reviews(space.method)
    gathered = check(space, progress=progress, engine=engine)
    by_pilot: dict[str, Assessment] = {}
    infos: list[BaseTypeInfo] = []
    for done, (base_type, compiled) in enumerate(space.compiled.items()):
        progress("assess", done, len(space.compiled))
        cases = [
            _case(pilot, gathered.get(pilot.id), reviews.get(pilot.id, Review()), space.round.cache)
            for pilot in space.pilots()
            if pilot.base_type == base_type
        ]
        info = _base_type_info(space.registry, base_type, compiled)
        infos.append(info)
        if info.cause is not None:
            submitted = {case.pilot.id for case in cases if _submitted(space.round.submissions / case.pilot.id)}
            made = without_plugin(space.method, cases, info.cause, submitted)
        else:
            made = assess_type(engine, space.method, compiled, cases)
        by_pilot.update({each.pilot.id: each for each in made})
    progress("assess", len(space.compiled), len(space.compiled))
    assessments = [by_pilot[pilot.id] for pilot in space.pilots()]
    plugin_findings = [*space.registry.findings, *space.method.unusable]
    return EvaluationRecord(
        round=_round_info(space.round),
        method=_method_info(space),
        software=_software(),
        base_types=tuple(infos),
        inputs=_inputs(space, gathered),
        assessments=tuple(assessments),
        comparison=compare(assessments, infos, sum(item.points for item in space.method.common)),
        findings=(*strays(space), *(_without_paths(each) for each in plugin_findings)),
    )


def _without_paths(each: Finding) -> Finding:
    """A plugin's file lies elsewhere on every machine: the record keeps its name alone."""
    file = Path(each.place.file).name if each.place.file else None
    return each.model_copy(update={"place": each.place.model_copy(update={"file": file})})


def _case(pilot: PilotSpec, gathered: Gathered | None, review: Review, nowhere: Path) -> Case:
    if gathered is None:
        return Case(pilot, None, nowhere, review)
    return Case(pilot, gathered.intake, gathered.folder, review)


def _base_type_info(registry: Registry, base_type: str, compiled: Compiled) -> BaseTypeInfo:
    status = registry.status_of(base_type)
    working = base_type in registry.base_types
    return BaseTypeInfo(
        id=base_type,
        label=compiled.label,
        plugin=status.package if status else "",
        version=status.version if status else "",
        state="ok" if working else "failed" if status else "absent",
        cause=None if working else registry.why_not(base_type)[0].message,
        tables={table.id: table.label for table in compiled.tables.values()},
    )


def _round_info(opened: Round) -> RoundInfo:
    settings = opened.settings
    notice = Text(zh=settings.notice.zh, en=settings.notice.en) if settings.notice else None
    return RoundInfo(
        id=settings.id,
        label=Text(zh=settings.zh, en=settings.en),
        period_from=opened.period[0],
        period_to=opened.period[1],
        notice=notice,
        min_cell=settings.privacy.min_cell,
    )


def _method_info(space: Workspace) -> MethodInfo:
    method, head = space.method, space.method.head
    folder = space.round.settings.method
    own = [(name, item) for name, items in method.by_type.items() for item in items]
    indicators: list[tuple[str | None, IndicatorSpec]] = [*((None, item) for item in method.common), *own]
    return MethodInfo(
        id=head.id,
        version=head.version,
        label=head.label,
        dimensions=tuple(DimensionInfo(id=d.id, label=d.label, points=d.points) for d in method.dimensions),
        indicators=tuple(_indicator_info(space, base_type, item) for base_type, item in indicators),
        bands=tuple(Band(id=grade.id, label=grade.label, min=grade.min) for grade in method.grades),
        missing=head.missing.score,
        decimals=head.decimals,
        bonus_cap=head.bonus_cap,
        deduction_cap=head.deduction_cap,
        ceiling=head.ceiling,
        sources=tuple(SourceInfo(code=s.code, label=s.label, url=s.url) for s in method.sources),
        basis=basis_of(head),
        files=tuple(InputFile(path=f"{folder}/{name}", sha256=sha, size=size) for name, sha, size in method.files),
    )


def _indicator_info(space: Workspace, base_type: str | None, item: IndicatorSpec) -> IndicatorInfo:
    compiled = space.compiled.get(base_type) if base_type else next(iter(space.compiled.values()), None)
    measure = compiled.measures.get(item.measure) if compiled else None
    return IndicatorInfo(
        id=item.id,
        base_type=base_type,
        dimension=item.dimension,
        label=item.label,
        measure=item.measure,
        measure_label=measure.spec.label if measure else None,
        measure_doc=measure.spec.doc if measure else Text(zh=""),
        unit=item.unit,
        direction=item.direction,
        points=item.points,
        rule=RuleInfo(
            kind=item.rule.kind,
            sentence=item.rule.sentence(item.points),
            parameters=item.rule.model_dump(mode="json", by_alias=True),
        ),
        basis=basis_of(item),
        tables=item.evidence,
        note=item.note,
    )


def _software() -> Software:
    libraries = ("narwhals", "pluggy", "polars", "pydantic", "pyyaml")
    return Software(
        pilot_eval=__version__,
        libraries={name: importlib.metadata.version(name) for name in libraries},
    )


def input_paths(opened: Round) -> list[str]:
    """The files that go into a result, relative to the round: settings, method, reviews."""
    paths = [
        opened.folder / SETTINGS,
        *opened.method_folder.glob("*.yaml"),
        *(opened.folder / "reviews").glob("*.yaml"),
    ]
    return sorted(path.relative_to(opened.folder).as_posix() for path in paths)


def _inputs(space: Workspace, gathered: Mapping[str, Gathered]) -> tuple[InputFile, ...]:
    folder = space.round.folder
    own = [
        InputFile(path=path, sha256=file_sha256(folder / path), size=(folder / path).stat().st_size)
        for path in input_paths(space.round)
    ]
    submitted: list[InputFile] = []
    for pilot in space.pilots():
        if pilot.id in gathered:
            submitted += gathered[pilot.id].intake.files
        elif _submitted(space.round.submissions / pilot.id):
            limits = space.round.settings.limits
            submitted += files_of(space.round.submissions / pilot.id, f"submissions/{pilot.id}", limits).files
    return tuple(sorted([*own, *submitted], key=lambda file: file.path))


# --- publishing, replaying, verifying


def report_files(
    record: EvaluationRecord, registry: Registry, langs: Sequence[Lang] = LANGS
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Every report, by its path inside the results; and the sections of plugins that failed, which are left out."""
    sections = ask_sections(record, list(registry.sections.values()))
    pages = {f"{lang}/{name}": html.encode() for lang in langs for name, html in render(record, lang, sections).items()}
    return pages, sections.findings


def publish(
    opened: Round, record: EvaluationRecord, registry: Registry, langs: Sequence[Lang] = LANGS
) -> tuple[Finding, ...]:
    """Put the record and its reports in the place of the last results, all or nothing; what failed in the reports."""
    pages, findings = report_files(record, registry, langs)
    files = {RECORD: records.to_bytes(record), **pages}
    opened.publish({**files, SUMS: records.sums(files)})
    return findings


def export(record: EvaluationRecord, registry: Registry, name: str, lang: Lang) -> tuple[str, bytes]:
    """The results in the form of an exporter: the file's suffix and its bytes. Raises UsageError, PluginError."""
    exporters = {"csv": SCORES_CSV, **registry.exporters}
    if name not in exporters:
        what = Text(zh="导出格式", en="exporter")
        raise UsageError.of("usage-unknown", what=what, name=name, suggestion=did_you_mean(name, exporters))
    exporter = exporters[name]

    def exported() -> bytes:
        data = exporter.export(record.model_copy(deep=True), lang)
        if not isinstance(data, bytes):
            raise TypeError(f"an exporter gives bytes, not {type(data).__name__}")
        return bytes(data)

    def fault(error: BaseException, cause: str) -> PluginError:
        said = {"provider": exporter.provider, "exporter": name, "cause": cause}
        return PluginError.of("plugin-exporter-failed", line_of(error, exporter.export), **said)

    return exporter.suffix, guarded(exported, fault)


def last_record(opened: Round) -> EvaluationRecord:
    """The record of the last results. Raises UsageError, EvidenceError."""
    path = opened.results / RECORD
    if not path.is_file():
        raise UsageError.of("round-no-results", Place(file=str(opened.folder)))
    return records.from_bytes(path.read_bytes(), f"results/{RECORD}")


def replay(space: Workspace, engine: Engine | None = None, progress: Progress = _quiet) -> list[Finding]:
    """Assess again from the evidence, and say where the last record differs."""
    return records.differences(last_record(space.round), assess(space, engine, progress))


def verify(opened: Round) -> list[Finding]:
    """Compare every file that the last record names, and every published file, with its hash."""
    record = last_record(opened)
    found = walk(opened.submissions) if opened.submissions.is_dir() else ()
    submitted = {path.relative_to(opened.folder).as_posix(): path for path, _ in found}
    names = (
        name
        for name, path in submitted.items()
        if path.is_file() and not is_hidden(name) and refusal(path, name, name) is None
    )
    present = [*input_paths(opened), *names]
    findings = records.verify(record, opened.folder, sorted(present))
    return [*findings, *verify_results(opened.results)]


def verify_results(folder: Path) -> list[Finding]:
    """Compare every published file with its hash."""
    listing = folder / SUMS
    if not listing.is_file():
        return [finding("hash-missing", Place(file=f"{folder.name}/{SUMS}"))]
    return records.check_sums(folder, listing.read_bytes())


def exit_code(record: EvaluationRecord) -> int:
    """0 done, 1 problems in evidence, 3 a plugin failed."""
    failed = any(each.code.startswith("plugin-") for each in record.findings)
    if failed or any(each.state != "ok" for each in record.base_types):
        return 3
    errors = any(each.standing is Standing.ERROR for each in record.assessments) or record.findings
    return 1 if errors else 0


__all__ = [
    "EvidenceError",
    "Workspace",
    "assess",
    "check",
    "exit_code",
    "last_record",
    "methods",
    "new_round",
    "open_round",
    "publish",
    "replay",
    "report_files",
    "strays",
    "verify",
    "verify_results",
]

"""A round with its method and the plugins: the starting point of every action."""

import shutil
import weakref
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pilot_eval.bundled import METHODS
from pilot_eval.errors import Finding, Place, PluginError, UsageError, did_you_mean
from pilot_eval.evidence.forms.blank import Form
from pilot_eval.evidence.tables.layout import Layout, layout_of
from pilot_eval.measures.compute import wanted_measures
from pilot_eval.method.given import units_of
from pilot_eval.method.plan_lines import PLAN_RESULTS, own_dimensions
from pilot_eval.method.schema import Method, PilotSpec
from pilot_eval.model import InputFile
from pilot_eval.plans.files import Plans, read_plans
from pilot_eval.plans.results import results_layout
from pilot_eval.plugin.base_type import BaseType
from pilot_eval.plugin.compiling import Compiled, compile_type
from pilot_eval.record.files import RECORD, load_record
from pilot_eval.registry import Registry, discover
from pilot_eval.review.files import Reviews, read_reviews
from pilot_eval.round import SETTINGS, Round
from pilot_eval.scoring.unassessed import unread_submission
from pilot_eval.spelling import word_key
from pilot_eval.text import Words

Progress = Callable[[str, int, int], None]
"""Called with the current step, the number of items done, and the total."""


def no_progress(step: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Previous:
    """The measures of the previous round, by pilot, and the record that they were read from."""

    of_pilots: Mapping[str, Mapping[str, float]]
    file: InputFile

    @property
    def measures(self) -> dict[tuple[str, str], float]:
        """Return the measures by pilot and measure."""
        return {(pilot, name): value for pilot, own in self.of_pilots.items() for name, value in own.items()}


@dataclass(frozen=True)
class Workspace:
    """A round with its method and the plugins: everything that an assessment needs.

    own_cache: keep what is read in a temporary folder, as long as this object lives, rather than in the round.
    """

    round: Round
    registry: Registry
    method: Method
    own_cache: bool = False

    @cached_property
    def cache(self) -> Path:
        """Return the folder for what is read: that of the round, or one of our own if that can't be written."""
        if not self.own_cache:
            with suppress(OSError):
                self.round.cache.mkdir(parents=True, exist_ok=True)
                with TemporaryDirectory(prefix="intake-", dir=self.round.cache):
                    return self.round.cache
        made = mkdtemp(prefix="pilot-eval-")
        weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
        return Path(made)

    @cached_property
    def compiled(self) -> dict[str, Compiled]:
        """Return the round's base types, compiled; one without a working plugin has only the common tables."""
        names = dict.fromkeys(pilot.base_type for pilot in self.method.pilots)
        return {name: self.registry.base_types.get(name) or compile_type(BaseType(name, zh=name)) for name in names}

    @cached_property
    def plans(self) -> Plans:
        """Return the pilots' plans, as they are when first asked for."""
        limits, readers = self.round.settings.limits, self.registry.readers
        return read_plans(self.round.folder, self.method, self.registry.base_types, limits, readers)

    @cached_property
    def reviews(self) -> Reviews:
        """Return the round's reviews, as they are when first asked for."""
        plans = {pilot.id: self.plans.of(pilot.id) for pilot in self.method.pilots}
        own = {pilot: None if plan.wrong else plan.lines for pilot, plan in plans.items()}
        return read_reviews(self.round.folder, self.method, own)

    @cached_property
    def previous(self) -> Previous | None:
        """Return the previous round's measures, if the settings name its record. Raises UsageError, EvidenceError."""
        named = self.round.settings.previous
        if named is None:
            return None
        path = self.round.folder / named
        if not path.is_file():
            raise UsageError.of("round-no-previous", Place(file=SETTINGS, field="previous"), path=named)
        loaded = load_record(path, named)
        of_pilots = {
            each.pilot.id: {measure.id: measure.value for measure in each.measures if measure.value is not None}
            for each in loaded.whole.assessments
        }
        return Previous(of_pilots, InputFile.of(named, loaded.files[RECORD]))

    def last(self, pilot: str) -> Mapping[str, float]:
        """Return a pilot's measures in the previous round."""
        return self.previous.of_pilots.get(pilot, {}) if self.previous else {}

    def plugins(self, base_type: str) -> list[tuple[str, str]]:
        """Return the plugins that decide how submissions of a base type are read, as package and module."""
        own = self.registry.status_of(base_type)
        readers = [each for each in self.registry.plugins if any(what.startswith("reader ") for what in each.provides)]
        found = {(each.package, each.module) for each in [*readers, *([own] if own else [])] if each.ok and each.on}
        return sorted(found)

    def has_submitted(self, pilot: PilotSpec) -> bool:
        """Return whether a pilot's folder holds anything, or that of its base type, for a table of all pilots."""
        folders = [pilot.id, *([pilot.base_type] if pilot.base_type in self.method.given else [])]
        return any(has_submitted(self.round.submissions / name) for name in folders)

    def pilots(self, only: Sequence[str] = ()) -> list[PilotSpec]:
        """Return the registered pilots, or only those named. Raises UsageError for an unknown name."""
        known = {pilot.id: pilot for pilot in self.method.pilots}
        for name in only:
            if name not in known:
                what = Words(zh="试点", en="pilot")
                raise UsageError.of("usage-unknown", what=what, name=name, suggestion=did_you_mean(name, known))
        return [known[name] for name in only] if only else list(self.method.pilots)

    def layouts(self, base_type: str, *, needed: bool = False) -> tuple[Layout, ...]:
        """Return a base type's tables; with `needed`, only those that the method's measures are computed from.

        A table with a code list that the method doesn't have is not part of the round.
        """
        compiled, labels = self.compiled[base_type], self.method.code_labels
        wanted: Collection[str | None] = compiled.tables
        if needed:
            lines = [line for pilot in self.pilots() for line in self.plans.of(pilot.id).lines]
            names = [*self.method.measures(base_type), *(line.measure for line in lines if line.measure)]
            wanted = {PLAN_RESULTS, *(measure.table for measure in wanted_measures(compiled, names))}
        layouts = (
            layout_of(table, labels, self.method.head.privacy.contacts, self.method.units)
            for table in compiled.tables.values()
            if table.id in wanted and all(column.codes in labels for column in table.columns if column.codes)
        )
        planned = bool(own_dimensions(self.method, base_type))
        return tuple(
            results_layout(each) if each.id == PLAN_RESULTS else each
            for each in layouts
            if planned or each.id != PLAN_RESULTS
        )

    @cached_property
    def troubles(self) -> tuple[Finding, ...]:
        """List what is wrong with the plugins installed and those the method needs, and the submissions left unread."""
        lost = [name for name in self.compiled if name not in self.registry.base_types]
        causes = [each for name in lost for each in self.registry.why_not(name)]
        unread = [
            unread_submission(pilot.id)
            for pilot in self.pilots()
            if pilot.base_type in lost and self.has_submitted(pilot)
        ]
        return tuple(dict.fromkeys([*self.registry.findings, *causes, *self.method.unusable, *unread]))

    def form(self, pilot: PilotSpec) -> Form:
        """Return a pilot's form. Raises PluginError if no working plugin defines its tables."""
        if pilot.base_type not in self.registry.base_types:
            raise PluginError(self.registry.why_not(pilot.base_type))
        layouts, lines = self.layouts(pilot.base_type, needed=True), self.plans.of(pilot.id).lines
        rows = {PLAN_RESULTS: [{"line": line.id, "target": line.wanted} for line in lines if line.measure is None]}
        return Form(
            pilot.id, pilot.label, self.round.period, self.method.statements, layouts, units=(pilot.zh,), rows=rows
        )

    def shared_form(self, base_type: str) -> Form:
        """Return the form of the table for all pilots of a base type: a row for each, by the name that is its alone."""
        pilots = [each for each in self.method.pilots if each.base_type == base_type]
        known = units_of(pilots)
        names = [each.zh if known.get(word_key(each.zh)) == each.id else each.id for each in pilots]
        layouts = tuple(each for each in self.layouts(base_type) if each.keyed)
        label = self.compiled[base_type].label
        return Form(base_type, label, self.round.period, self.method.statements, layouts, names, shared=True)


def open_round(folder: Path, registry: Registry | None = None, *, own_cache: bool = False) -> Workspace:
    """Open a round with its method. Raises UsageError, MethodError."""
    opened = Round.open(folder)
    registry = registry or discover()
    method = registry.method(opened.method_folder)
    return Workspace(opened, registry.with_types_of(method), method, own_cache)


def methods() -> dict[str, Path]:
    """Return the bundled methods, by id."""
    return {path.parent.name: path.parent for path in sorted(METHODS.glob("*/method.yaml"))}


def has_submitted(folder: Path) -> bool:
    """Return whether a pilot's folder contains anything; True for an unreadable one, whose check reports the cause."""
    try:
        inside = folder.iterdir() if folder.is_dir() else ()
        return folder.is_symlink() or any(not path.name.startswith(".") for path in inside)
    except OSError:
        return True

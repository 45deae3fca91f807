"""Check: read the submissions and list everything that is wrong with them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from pilot_eval.actions.workspace import Progress, Workspace, has_submitted, no_progress
from pilot_eval.errors import Finding, Place, did_you_mean, finding
from pilot_eval.evidence.intake.files import shown_path
from pilot_eval.evidence.intake.gather import Gathered, Submission, gather
from pilot_eval.evidence.intake.information import Expected
from pilot_eval.evidence.intake.shared import by_pilot
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.measures.checks import checked
from pilot_eval.measures.engines import Engine, PolarsEngine
from pilot_eval.measures.missing import Lack, lacks
from pilot_eval.method.given import TABLE, units_of
from pilot_eval.method.schema import PilotSpec
from pilot_eval.plans.results import results_of, with_results
from pilot_eval.privacy.numbers import shown_name
from pilot_eval.scoring.unassessed import nothing_submitted


def check(
    space: Workspace, only: Sequence[str] = (), progress: Progress = no_progress, engine: Engine | None = None
) -> dict[str, Gathered]:
    """Read the pilots' submissions: their contents, and everything that is wrong with them.

    A pilot whose base type has no working plugin is left out: its tables are not defined. What is wrong with a table
    for all pilots of a base type, and concerns none of them alone, stands under the base type's id.
    """
    working = [pilot for pilot in space.pilots(only) if pilot.base_type in space.registry.base_types]
    pilots = [pilot for pilot in working if space.has_submitted(pilot)]
    layouts = {name: space.layouts(name) for name in space.compiled}
    submissions = [
        _submission(space, pilot.id, pilot.base_type, layouts[pilot.base_type])
        for pilot in pilots
        if has_submitted(space.round.submissions / pilot.id)
    ]
    tables = [name for name in _types_of(pilots) if _has_table(space, name)]
    submissions += [
        _submission(space, name, name, tuple(each for each in layouts[name] if each.keyed)) for name in tables
    ]
    done = 0

    def told(pilot: str) -> None:
        nonlocal done
        done += 1
        progress("check", done, len(submissions))

    gathered = gather(submissions, space.round.settings.limits, space.cache, space.registry.readers, told)
    for name in tables:
        of_type = [pilot.id for pilot in pilots if pilot.base_type == name]
        views, gathered[name] = by_pilot(gathered[name], TABLE, of_type, gathered)
        gathered |= views
    before, exempt = space.previous.measures if space.previous else {}, _exempt(space)
    lines = {pilot.id: space.plans.of(pilot.id).lines for pilot in pilots}
    for base_type, compiled in space.compiled.items():
        own = {pilot.id: gathered[pilot.id] for pilot in pilots if pilot.base_type == base_type}
        if own:
            gathered |= checked(engine or PolarsEngine(), compiled, own, before, space.method, exempt, lines)
    for name, own_lines in lines.items():
        if own_lines:
            results = results_of(own_lines, gathered[name], space.method.units, exempt[name])
            gathered[name] = with_results(gathered[name], results)
    return gathered


def _types_of(pilots: Iterable[PilotSpec]) -> list[str]:
    return list(dict.fromkeys(pilot.base_type for pilot in pilots))


def _has_table(space: Workspace, base_type: str) -> bool:
    """Return whether a table for all pilots of a base type was sent."""
    return base_type in space.method.given and has_submitted(space.round.submissions / base_type)


def _submission(space: Workspace, folder: str, base_type: str, layouts: tuple[Layout, ...]) -> Submission:
    """Return a submission as it is expected: a pilot's, or, in the folder of a base type, that of all its pilots."""
    pilots = [each for each in space.method.pilots if each.base_type == base_type and folder in (each.id, base_type)]
    expected = Expected(
        folder,
        space.round.period,
        space.method.statements,
        layouts,
        space.round.deadline,
        units_of(pilots) if base_type in space.method.given else {},
        shared=folder == base_type,
    )
    return Submission(space.round.submissions / folder, f"submissions/{folder}", expected, space.plugins(base_type))


def strays(space: Workspace) -> list[Finding]:
    """Find folders and files in the submissions that belong to no pilot, and pilots' entries that aren't folders."""
    known = {*(pilot.id for pilot in space.method.pilots), *space.method.given}
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


def unsent(space: Workspace, only: Sequence[str] = ()) -> list[Finding]:
    """Report the pilots that submitted nothing."""
    return [nothing_submitted(pilot.id) for pilot in space.pilots(only) if not space.has_submitted(pilot)]


def lacking(space: Workspace, gathered: Mapping[str, Gathered]) -> dict[str, list[Lack]]:
    """Return for each pilot the tables that are neither sent nor declared empty, with what hangs on them."""
    exempt, types = _exempt(space), {pilot.id: pilot.base_type for pilot in space.method.pilots}
    return {
        pilot: lacks(
            space.method, space.compiled[types[pilot]], each.intake, exempt[pilot], space.plans.of(pilot).lines
        )
        for pilot, each in gathered.items()
        if pilot in types
    }


def _exempt(space: Workspace) -> dict[str, Collection[str]]:
    """Return the indicators that the reviewers don't apply to a pilot."""
    return {pilot.id: space.reviews.of(pilot.id).not_applicable for pilot in space.method.pilots}

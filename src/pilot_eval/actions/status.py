"""Status: the evaluator's desk. What has come, what is missing or wrong, which scores are open, and what to do next."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pilot_eval.actions.annotate import annotate
from pilot_eval.actions.check import check, lacking, strays
from pilot_eval.actions.workspace import Progress, Workspace, has_submitted, no_progress
from pilot_eval.durable import sync_folder
from pilot_eval.errors import Finding, Severity
from pilot_eval.evidence.intake.files import files_of
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.measures.missing import Lack, points_of
from pilot_eval.method.schema import PilotSpec
from pilot_eval.record.journal import Arrival, read_journal
from pilot_eval.text import Frozen, Lang, Words, in_language, joined, safe_name


class Missing(Frozen):
    """A table that is neither sent nor declared empty; `points` hang on it, or (`decides`) whether there is a grade."""

    table: Words
    points: float
    decides: bool

    @property
    def said(self) -> Words:
        """Return the table with what hangs on it."""
        stakes = [Words(zh=f"{self.points:g} 分", en=f"{self.points:g} points")] if self.points else []
        stakes += [Words(zh="暂不定级", en="no grade without it")] if self.decides else []
        said = joined(stakes)
        return Words(zh=f"{self.table.zh}（{said.zh}）", en=f"{self.table.in_('en')} ({said.en})")


class OpenScore(Frozen):
    """An indicator that waits for the experts' score."""

    id: str
    label: Words
    points: float


class PilotStatus(Frozen):
    """Where a pilot's assessment stands.

    files: that were sent. by_hand: those that are in no entry of the journal. last_on: the day of its last arrival.
    late: whether any was. errors, warnings: of its submission, for the organisation to correct. of_review: errors of
    its review, for the evaluator. unread: no working plugin reads it.
    """

    pilot: str
    label: Words
    files: int
    by_hand: int
    last_on: date | None
    late: bool
    missing: tuple[Missing, ...]
    errors: int
    warnings: int
    of_review: int
    open_scores: tuple[OpenScore, ...]
    unread: bool
    next: Words


class Desk(Frozen):
    """Where a round stands: each pilot, and what is wrong beside them."""

    pilots: tuple[PilotStatus, ...]
    others: tuple[Finding, ...]


def desk_of(space: Workspace, only: Sequence[str] = (), progress: Progress = no_progress) -> Desk:
    """Return where the pilots of a round stand, all of them or only those named. Raises UsageError."""
    gathered = check(space, only, progress)
    lacks = lacking(space, gathered)
    arrivals: dict[str, list[Arrival]] = {}
    journal = read_journal(space.round.folder)
    for _, step in journal.steps(Arrival):
        arrivals.setdefault(step.pilot, []).append(step)
    pilots = tuple(
        _of_pilot(
            space,
            pilot,
            gathered.get(pilot.id),
            lacks.get(pilot.id, ()),
            [step for name in (pilot.id, pilot.base_type) for step in arrivals.get(name, ())],
        )
        for pilot in space.pilots(only)
    )
    others = () if only else (*strays(space), *space.reviews.others)
    return Desk(pilots=pilots, others=(*journal.findings, *others))


def _of_pilot(
    space: Workspace,
    pilot: PilotSpec,
    gathered: Gathered | None,
    lacks: Sequence[Lack],
    arrivals: Sequence[Arrival],
) -> PilotStatus:
    prefix = f"submissions/{pilot.id}"
    unread = gathered is None and has_submitted(space.round.folder / prefix)
    listed = files_of(space.round.folder / prefix, prefix, space.round.settings.limits).files if unread else ()
    files = gathered.intake.files if gathered else listed
    entered = {file.path: file.sha256 for step in arrivals for file in step.files}
    severities = [each.severity for each in gathered.intake.findings] if gathered else []
    review = space.reviews.of(pilot.id)
    scored = {*review.scores, *review.levels, *review.not_applicable}
    made = PilotStatus(
        pilot=pilot.id,
        label=pilot.label,
        files=len(files),
        by_hand=sum(entered.get(each.path) != each.sha256 for each in files),
        last_on=max((step.on for step in arrivals), default=None),
        late=any(step.late for step in arrivals),
        missing=tuple(
            Missing(table=each.table, points=points_of(each.indicators), decides=bool(each.adverse)) for each in lacks
        ),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        of_review=sum(each.severity is Severity.ERROR for each in review.findings),
        open_scores=tuple(
            OpenScore(id=item.id, label=item.label, points=item.points)
            for item in space.method.scorings(pilot.base_type)
            if item.rated and item.id not in scored
        ),
        unread=unread,
        next=Words(zh=""),
    )
    return made.model_copy(update={"next": next(_todo(made))})


def _todo(status: PilotStatus) -> Iterator[Words]:
    """Yield what is to be done about a pilot, the most urgent first."""
    if status.unread:
        yield Words(zh="修复插件", en="repair the plugin")
    if not status.files and not status.unread:
        yield Words(zh="催交材料", en="ask for the submission")
    if status.errors:
        yield Words(zh=f"退回更正：{status.errors} 个错误", en=f"send back: errors: {status.errors}")
    if status.of_review:
        yield Words(zh="更正评审意见", en="correct the review")
    if status.missing:
        yield Words(zh=f"催要缺少的表：{len(status.missing)} 张", en=f"ask for missing tables: {len(status.missing)}")
    if status.open_scores:
        yield Words(zh=f"请专家评分：{len(status.open_scores)} 项", en=f"have experts score: {len(status.open_scores)}")
    yield Words(zh="可以评定", en="ready to assess")


def write_letters(space: Workspace, folder: Path, lang: Lang, only: Sequence[str] = ()) -> list[Finding]:
    """Write a letter to each organisation that has something to correct or to send, beside copies with comments.

    A letter is `PILOT.txt`, plain text; copies have the paths of the submitted files. Returns a finding for each copy
    that could not be written. Raises OSError.
    """
    gathered = check(space, only)
    copies, failures = annotate(space, gathered, folder, lang)
    by_pilot = {each.pilot: each for each in desk_of(space, only).pilots}
    for pilot in space.pilots(only):
        each, read = by_pilot[pilot.id], gathered.get(pilot.id)
        found = [f for f in read.intake.findings if f.severity is not Severity.NOTE] if read else []
        if found or each.missing or not (each.files or each.unread):
            commented = any(path.is_relative_to(folder / pilot.id) for path in copies)
            text = "\n".join([*_letter(space, each, found, lang), *_ending(each, lang, commented=commented), ""])
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{safe_name(pilot.id, 'pilot')}.txt").write_text(text, "utf-8-sig", newline="\r\n")
    if folder.is_dir():
        sync_folder(folder)
    return failures


def _letter(space: Workspace, status: PilotStatus, found: Sequence[Finding], lang: Lang) -> Iterator[str]:
    """Yield the lines of a letter; errors before warnings."""

    def say(zh: str, en: str) -> str:
        return in_language(lang, zh, en)

    title = Words(zh=space.round.settings.zh, en=space.round.settings.en).in_(lang)
    yield status.label.in_(lang) + say("：", ":")
    yield ""
    if not status.files:
        yield say(f"“{title}”尚未收到贵单位的材料，请尽快提交。", f"“{title}”: we have received nothing from you yet.")
        return
    yield say(
        f"“{title}”收到贵单位 {status.files} 个文件，审核情况如下。", f"“{title}”: we received {status.files} files."
    )
    for severity, heading in (
        (Severity.ERROR, say("须更正：", "To be corrected:")),
        (Severity.WARNING, say("请核对：", "Please check:")),
    ):
        listed = [each for each in found if each.severity is severity]
        if listed:
            yield from ("", heading)
        for number, each in enumerate(listed, 1):
            yield f"{number}. {each.line(lang)}"
    if status.missing:
        yield from ("", say("还没有提交、也没有声明本期无记录的表：", "Tables neither sent nor declared empty:"))
    for number, lack in enumerate(status.missing, 1):
        yield f"{number}. {lack.said.in_(lang)}"


def _ending(status: PilotStatus, lang: Lang, *, commented: bool) -> Iterator[str]:
    if commented:
        yield ""
        yield in_language(
            lang,
            "带批注的副本随信附上：有问题的单元格加了批注。请在原文件上更正后重新发来。",
            "Copies with comments at the cells are attached. Please correct your own files and send them again.",
        )
    elif status.files:
        yield ""
        yield in_language(lang, "请更正或补齐后重新发来。", "Please correct or complete it, and send it again.")

"""Reads `reviews/`: a file for each pilot; what is wrong with a review stops the pilot that it is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from pilot_eval import yamlfile
from pilot_eval.errors import EvidenceError, Finding, Place, did_you_mean, finding
from pilot_eval.evidence.intake.files import shown_path, unreadable, walk
from pilot_eval.evidence.intake.litter import is_backup, is_hidden
from pilot_eval.evidence.readers.text import decoded
from pilot_eval.measures.checks import NO_OWN
from pilot_eval.method.rules import Real
from pilot_eval.method.schema import IndicatorSpec, Method
from pilot_eval.model import InputFile
from pilot_eval.privacy.numbers import shown_name
from pilot_eval.review.fitting import Rated, unfit
from pilot_eval.scoring.case import Review
from pilot_eval.text import Frozen, Wording, Words

FOLDER = "reviews"
SUFFIXES = (".yaml", ".yml")


Own = Mapping[str, Sequence[IndicatorSpec] | None]
"""The indicators that pilots alone have, by pilot; None: they aren't known, as where a plan is wrong."""


class ExpertScore(Wording):
    """An expert's score, or the level chosen and the score within it, with the reason."""

    score: Annotated[Real, Field(ge=0)] | None = None
    level: str | None = None


_FILLED = BeforeValidator(lambda given: {} if given is None else given)
"""A key may stay empty, as in the blank form."""


class ReviewFile(Frozen):
    """`reviews/<pilot>.yaml`: what the evaluators decided, with written reasons."""

    pilot: str
    reviewed_by: str = Field(min_length=1)
    scores: Annotated[dict[str, ExpertScore], _FILLED] = Field(default_factory=dict)
    not_applicable: Annotated[dict[str, Wording], _FILLED] = Field(default_factory=dict)


@dataclass(frozen=True)
class Reviews:
    """The reviews by pilot, the findings about files that concern no pilot, and the files that were read.

    The review of a pilot that a wrong file concerns holds the findings alone.
    """

    by_pilot: Mapping[str, Review]
    others: tuple[Finding, ...]
    files: tuple[InputFile, ...] = ()

    def of(self, pilot: str) -> Review:
        return self.by_pilot.get(pilot, Review())

    def findings(self, pilots: Iterable[str]) -> list[Finding]:
        """Return everything that is wrong with the reviews of these pilots; a file may concern two of them."""
        return list(dict.fromkeys(each for pilot in pilots for each in self.of(pilot).findings))


def review_paths(folder: Path) -> list[Path]:
    """Return the files in a round's folder that are read as reviews."""
    return [path for path in sorted((folder / FOLDER).glob("*")) if _is_review(path)]


def read_reviews(folder: Path, method: Method, own: Own = NO_OWN) -> Reviews:
    """Read the reviews in a round's folder. own: the indicators that each pilot alone has."""
    reading = _Reading(method, own)
    if (folder / FOLDER).exists():
        for path, error in walk(folder / FOLDER):
            name = path.relative_to(folder).as_posix()
            named = path.suffix.lower() in SUFFIXES  # a folder in the place of a review is no review
            if not _is_litter(name) and (error is not None or path.is_symlink() or named or not path.is_dir()):
                reading.take(path, shown_name(shown_path(name)), error, path.parent == folder / FOLDER)
    wrong = {pilot: Review(findings=tuple(findings)) for pilot, findings in reading.wrong.items()}
    return Reviews(reading.made | wrong, tuple(reading.others), tuple(reading.read))


def _is_litter(name: str) -> bool:
    return is_hidden(name) or is_backup(name)


def _is_review(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not _is_litter(path.name) and path.is_file()


class _Reading:
    """Reads one file after another."""

    def __init__(self, method: Method, own: Own) -> None:
        self.method, self.own = method, own
        self.pilots = {pilot.id: pilot for pilot in method.pilots}
        self.made: dict[str, Review] = {}
        self.files: dict[str, str] = {}
        self.wrong: dict[str, list[Finding]] = {}
        self.others: list[Finding] = []
        self.read: list[InputFile] = []

    def _report(self, findings: Iterable[Finding], *names: object) -> None:
        """Keep findings for the pilots among the names: that of the file, and that in it."""
        concerned = [name for name in dict.fromkeys(names) if name in self.pilots]
        for each in findings:
            for name in concerned:
                self.wrong.setdefault(str(name), []).append(each)
            if not concerned:
                self.others.append(each)

    def take(self, path: Path, shown: str, error: OSError | None, inside: bool) -> None:
        """Read a file of the folder, if it is `inside` the folder itself and a review."""
        if error is not None:
            self._report([unreadable(shown, error)], *(self.pilots if shown == FOLDER else [path.stem]))
        elif not inside or not _is_review(path):
            meant = [path.stem] if path.suffix.lower() in SUFFIXES else []
            self._report([self._unused(path.name.split(".")[0], shown)], *meant)
        else:
            try:
                data = path.read_bytes()
                self.read.append(InputFile.of(f"{FOLDER}/{path.name}", data))
                source = yamlfile.parse(decoded(data, shown), shown)
            except OSError as refused:
                self._report([unreadable(shown, refused)], path.stem)
            except EvidenceError as refused:
                self._report(refused.findings, path.stem)
            else:
                self._review(path.stem, shown, source)

    def _unused(self, stem: str, shown: str) -> Finding:
        if stem in self.pilots:
            own = f"{FOLDER}/{stem}.yaml"
            todo = Words(
                zh=f"评审意见写进 {own}；其他材料移出该目录",
                en=f"write the review into {own}; move other material out of the folder",
            )
        else:
            todo = Words(zh="移出该目录", en="move it out of the folder")
        return finding("review-unused", Place(file=shown), todo=todo)

    def _review(self, stem: str, shown: str, source: yamlfile.Yaml) -> None:
        given = source.data.get("pilot") if isinstance(source.data, dict) else None
        named = given if isinstance(given, str) else None
        if source.findings:
            return self._report(source.findings, stem, named)
        try:
            review = ReviewFile.model_validate(source.data)
        except ValidationError as error:
            return self._report(yamlfile.findings_of(error, ReviewFile, source, ()), stem, named)
        findings = self._misnamed(stem, review.pilot, source)
        if stem in self.files:
            findings.append(finding("review-twice", Place(file=shown), pilot=stem, first=self.files[stem]))
        self.files.setdefault(stem, shown)
        if review.pilot in self.pilots:
            base_type = self.pilots[review.pilot].base_type
            rated = {name: Rated(each.score, each.level) for name, each in review.scores.items()}
            own = self.own.get(review.pilot, ())
            findings += unfit(rated, review.not_applicable, self.method, base_type, source, own)
        self._report(findings, stem, review.pilot)
        if not findings:
            self.made[review.pilot] = _review_of(review, source)
        return None

    def _misnamed(self, stem: str, named: str, source: yamlfile.Yaml) -> list[Finding]:
        place = source.place(("pilot",))
        if named not in self.pilots:
            what = Words(zh="试点", en="pilot")
            suggestion = did_you_mean(named, self.pilots)
            return [finding("review-unknown", place, what=what, name=named, suggestion=suggestion)]
        if named != stem:
            return [finding("review-misnamed", place, pilot=named, file=shown_name(shown_path(stem)))]
        return []


def _review_of(review: ReviewFile, source: yamlfile.Yaml) -> Review:
    return Review(
        reviewed_by=review.reviewed_by,
        scores={name: each.score for name, each in review.scores.items() if each.score is not None},
        levels={name: each.level for name, each in review.scores.items() if each.level is not None},
        reasons={name: each.words for name, each in review.scores.items()},
        not_applicable={name: each.words for name, each in review.not_applicable.items()},
        places={
            name: source.place((key, name))
            for key, names in (("scores", review.scores), ("not_applicable", review.not_applicable))
            for name in names
        },
    )

"""Kinds of manipulation: each changes an assessed round, and says what it changed."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pilot_eval.errors import Place, finding
from pilot_eval.record.integrity import SUMS
from pilot_eval.registry import Registry
from tests.support.integrity import files as f
from tests.support.records import data_of, write_record

Change = Callable[[Path, Random, Registry], None]


@dataclass(frozen=True)
class Kind:
    """`named`: by `verify`, by `replay` alone, or by neither, since it changes nothing that anything is made from."""

    name: str
    named: str
    change: Change
    cache: bool = False

    def __str__(self) -> str:
        return self.name


KINDS: list[Kind] = []


def _of_files(pattern: str, prefix: str, changes: list[Callable[[Path, Random], None]], **more: Any) -> None:
    for each in changes:

        def change(folder: Path, chance: Random, registry: Registry, how: Any = each) -> None:
            how(f.one_of(folder, pattern, chance), chance)

        named = "neither" if each is f.touch else "verify"
        KINDS.append(Kind(f"{prefix}-{each.__name__}", more.get("named", named), change, more.get("cache", False)))


def _kind(named: str, *, cache: bool = False) -> Callable[[Change], Change]:
    def keep(change: Change) -> Change:
        KINDS.append(Kind(change.__name__.strip("_"), named, change, cache))
        return change

    return keep


_ALL = [f.change_a_digit, f.cut_short, f.empty, f.remove, f.copy_beside, f.change_case, f.link, f.touch]
_of_files("submissions/*/*", "evidence", _ALL)
_of_files("method/*.yaml", "method", [f.change_a_digit, f.cut_short, f.empty, f.remove, f.copy_beside, f.touch])
_of_files("reviews/*.yaml", "review", [f.change_a_digit, f.cut_short, f.empty, f.remove, f.copy_beside])
_of_files("round.yaml", "settings", [f.change_a_digit, f.cut_short, f.empty])
_of_files(
    "results/*/*.html", "page", [f.change_a_digit, f.cut_short, f.empty, f.remove, f.copy_beside, f.link, f.touch]
)
_of_files("results/record.json", "record", [f.change_a_digit, f.cut_short, f.empty, f.remove])
_of_files("results/record/*.json", "part", [f.change_a_digit, f.cut_short, f.empty, f.remove, f.copy_beside, f.link])
_of_files("results/SHA256SUMS", "sums", [f.change_a_digit, f.cut_short, f.empty, f.remove, f.link, f.touch])


# --- evidence
@_kind("verify")
def _evidence_swapped(folder: Path, chance: Random, registry: Registry) -> None:
    one, other = chance.sample(sorted(path for path in folder.glob("submissions/*/*") if path.is_file()), 2)
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


@_kind("verify")
def _submission_linked(folder: Path, chance: Random, registry: Registry) -> None:
    own = chance.choice(sorted(folder.glob("submissions/*")))
    own.rename(folder.parent / "moved")
    own.symlink_to(folder.parent / "moved")


def _moved_and_linked(path: Path) -> None:
    path.rename(path.parents[len(path.parts) - 2 - path.parts.index("round")] / "moved")
    path.symlink_to(path.parents[len(path.parts) - 2 - path.parts.index("round")] / "moved")


_LINKED = (
    *("method", "reviews", "submissions", "round.yaml"),
    *("results", "results/zh", "results/record.json", "results/record"),
)
for _name in _LINKED:

    def _link_it(folder: Path, chance: Random, registry: Registry, name: str = _name) -> None:
        _moved_and_linked(folder / name)

    KINDS.append(Kind(f"linked-{_name}", "verify", _link_it))


@_kind("verify")
def _evidence_with_a_name_elsewhere(folder: Path, chance: Random, registry: Registry) -> None:
    os.link(f.one_of(folder, "submissions/*/*.csv", chance), folder.parent / "elsewhere.csv")


@_kind("verify")
def _results_lead_nowhere(folder: Path, chance: Random, registry: Registry) -> None:
    shutil.rmtree(folder / "results")
    (folder / "results").symlink_to(folder.parent / "nowhere")


@_kind("verify")
def _name_that_looks_the_same(folder: Path, chance: Random, registry: Registry) -> None:
    path = f.one_of(folder, "submissions/*/*.csv", chance)
    path.rename(path.with_name(f"\u200b{path.name}"))


@_kind("verify")
def _review_with_another_suffix(folder: Path, chance: Random, registry: Registry) -> None:
    path = f.one_of(folder, "reviews/*.yaml", chance)
    path.rename(path.with_suffix(".YAML"))


@_kind("replay")
def _folder_in_place_of_a_review(folder: Path, chance: Random, registry: Registry) -> None:
    (folder / "reviews" / "park-2.yaml").mkdir()


@_kind("replay")
def _folder_named_as_a_table(folder: Path, chance: Random, registry: Registry) -> None:
    (folder / "submissions" / "park-2" / "新.csv").mkdir()


@_kind("verify")
def _evidence_changed_and_its_time_put_back(folder: Path, chance: Random, registry: Registry) -> None:
    path = f.one_of(folder, "submissions/*/*", chance)
    before = path.stat()
    f.change_a_digit(path, chance)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@_kind("replay")
def _evidence_changed_with_its_hash_in_the_record(folder: Path, chance: Random, registry: Registry) -> None:
    path = f.one_of(folder, "submissions/*/*.csv", chance)
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    f.change_a_digit(path, chance)
    text = json.dumps(data_of(folder))
    made = json.loads(text.replace(old, hashlib.sha256(path.read_bytes()).hexdigest()))
    write_record(folder, made)
    f.fit_pages(folder, registry)
    f.fit_sums(folder)


# --- the record, forged as well as anyone can
def _forged(change: Callable[[dict[str, Any], Random], None]) -> Change:
    def forge(folder: Path, chance: Random, registry: Registry) -> None:
        data = data_of(folder)
        change(data, chance)
        write_record(folder, data)
        f.fit_pages(folder, registry)
        f.fit_sums(folder)

    return forge


def _a_figure(data: dict[str, Any], chance: Random) -> None:
    numbers = f.leaves(data["assessments"], lambda value: type(value) is float)
    place, key = chance.choice(list(numbers))
    place[key] += 0.5


def _a_total(data: dict[str, Any], chance: Random) -> None:
    chance.choice([each for each in data["assessments"] if each["total"]])["total"]["points"] += 0.01


def _a_finding_less(data: dict[str, Any], chance: Random) -> None:
    chance.choice([each for each in data["assessments"] if each["findings"]])["findings"].pop()


def _a_finding_more(data: dict[str, Any], chance: Random) -> None:
    made = finding("file-json", Place(file="submissions/x"), problem="?").model_dump(mode="json")
    chance.choice(data["assessments"])["findings"].append(made)


def _a_rank(data: dict[str, Any], chance: Random) -> None:
    chance.choice(data["comparison"]["across"]["ranks"])["rank"] += 1


def _a_text(data: dict[str, Any], chance: Random) -> None:
    words = f.leaves(data["assessments"], lambda value: isinstance(value, dict) and set(value) == {"zh", "en"})
    place, key = chance.choice(list(words))
    place[key] = {"zh": "改", "en": "changed"}


def _a_rule(data: dict[str, Any], chance: Random) -> None:
    chance.choice(data["method"]["indicators"])["points"] += 1


def _another_order(data: dict[str, Any], chance: Random) -> None:
    data["assessments"].reverse()


def _a_pilot_twice(data: dict[str, Any], chance: Random) -> None:
    data["assessments"].append(chance.choice(data["assessments"]))


def _the_software(data: dict[str, Any], chance: Random) -> None:
    data["software"]["pilot_eval"] = "9.9.9"


def _a_grade(data: dict[str, Any], chance: Random) -> None:
    each = chance.choice([each for each in data["assessments"] if each["grade"]])
    each["grade"] = next(band["id"] for band in data["method"]["bands"] if band["id"] != each["grade"])


_FIGURES = (_a_figure, _a_total, _a_rank, _a_grade)
_TEXTS = (_a_finding_less, _a_finding_more, _a_text, _a_rule, _another_order, _the_software)
KINDS.extend(Kind(f"forged{each.__name__}", "replay", _forged(each)) for each in (*_FIGURES, *_TEXTS))
KINDS.append(Kind("forged_a_pilot_twice", "verify", _forged(_a_pilot_twice)))  # what it submitted is listed twice, too


@_kind("verify")
def _forged_a_pilot_less(folder: Path, chance: Random, registry: Registry) -> None:
    data = data_of(folder)
    data["assessments"].pop(chance.randrange(len(data["assessments"])))
    write_record(folder, data)
    f.fit_sums(folder)  # the page that is left belongs to no pilot of the record


@_kind("verify")
def _an_input_less(folder: Path, chance: Random, registry: Registry) -> None:
    def drop(data: dict[str, Any], chance: Random) -> None:
        data["inputs"].pop(chance.randrange(len(data["inputs"])))

    _forged(drop)(folder, chance, registry)


@_kind("verify")
def _an_input_hash(folder: Path, chance: Random, registry: Registry) -> None:
    def change(data: dict[str, Any], chance: Random) -> None:
        chance.choice(data["inputs"])["sha256"] = "0" * 64

    _forged(change)(folder, chance, registry)


@_kind("verify")
def _an_input_size(folder: Path, chance: Random, registry: Registry) -> None:
    def change(data: dict[str, Any], chance: Random) -> None:
        chance.choice(data["inputs"])["size"] += 1

    _forged(change)(folder, chance, registry)


@_kind("replay")
def _a_key_less(folder: Path, chance: Random, registry: Registry) -> None:
    """What an older version may not have written, in a record of this one."""

    def drop(data: dict[str, Any], chance: Random) -> None:
        del next(each for each in data["assessments"] if each["reviewed_by"] is None)["reviewed_by"]

    _forged(drop)(folder, chance, registry)


@_kind("verify")
def _a_key_twice(folder: Path, chance: Random, registry: Registry) -> None:
    path = f.one_of(folder, "results/record/*.json", chance)
    path.write_bytes(path.read_bytes().replace(b'  "coverage":', b'  "coverage": 1,\n  "coverage":', 1))
    f.fit_sums(folder)


# --- pages and their listing
@_kind("replay")
def _page_changed_with_its_sum(folder: Path, chance: Random, registry: Registry) -> None:
    f.change_a_digit(f.one_of(folder, "results/*/*.html", chance), chance)
    f.fit_sums(folder)


@_kind("replay")
def _pages_of_two_languages_swapped(folder: Path, chance: Random, registry: Registry) -> None:
    one = f.one_of(folder, "results/zh/*.html", chance)
    other = folder / "results" / "en" / one.name
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    f.fit_sums(folder)


@_kind("verify")
def _page_removed_with_its_sum(folder: Path, chance: Random, registry: Registry) -> None:
    f.one_of(folder, "results/*/*.html", chance).unlink()
    f.fit_sums(folder)


@_kind("verify")
def _language_removed_with_its_sums(folder: Path, chance: Random, registry: Registry) -> None:
    shutil.rmtree(folder / "results" / chance.choice(["zh", "en"]))
    f.fit_sums(folder)


@_kind("verify")
def _page_added_with_its_sum(folder: Path, chance: Random, registry: Registry) -> None:
    f.copy_beside(f.one_of(folder, "results/*/*.html", chance), chance)
    f.fit_sums(folder)


def _lines(folder: Path, change: Callable[[list[str]], list[str]]) -> None:
    path = folder / "results" / SUMS
    path.write_bytes("".join(f"{line}\n" for line in change(path.read_text("utf-8").splitlines())).encode())


@_kind("verify")
def _sum_removed(folder: Path, chance: Random, registry: Registry) -> None:
    _lines(folder, lambda lines: chance.sample(lines, len(lines) - 1))


@_kind("verify")
def _sum_doubled(folder: Path, chance: Random, registry: Registry) -> None:
    _lines(folder, lambda lines: [*lines, chance.choice(lines)])


@_kind("verify")
def _sums_of_windows(folder: Path, chance: Random, registry: Registry) -> None:
    _lines(folder, lambda lines: [f"{line}\r" for line in lines])


@_kind("verify")
def _sum_of_a_file_elsewhere(folder: Path, chance: Random, registry: Registry) -> None:
    digest = hashlib.sha256((folder / "round.yaml").read_bytes()).hexdigest()
    _lines(folder, lambda lines: [*lines, f"{digest}  ../round.yaml"])


@_kind("verify")
def _sums_of_another_program(folder: Path, chance: Random, registry: Registry) -> None:
    path = folder / "results" / SUMS
    path.write_bytes(path.read_bytes().replace(b"  ", b" *"))


@_kind("neither")
def _sums_in_another_order(folder: Path, chance: Random, registry: Registry) -> None:
    _lines(folder, lambda lines: chance.sample(lines, len(lines)))


# --- the cache: an assessment reads anew what was changed, or `replay` names what it gave
_of_files(
    ".cache/evidence/*/*.parquet",
    "table",
    [f.change_a_digit, f.cut_short, f.empty, f.remove, f.link, f.touch, f.repeat_rows],
    named="neither",
    cache=True,
)
_of_files(
    ".cache/evidence/*/intake.*",
    "intake",
    [f.change_a_digit, f.cut_short, f.empty, f.remove, f.touch],
    named="neither",
    cache=True,
)


@_kind("neither", cache=True)
def _pipes_in_the_cache(folder: Path, chance: Random, registry: Registry) -> None:
    for entry in f.entries(folder):
        path = chance.choice(sorted(entry.iterdir()))
        path.unlink()
        os.mkfifo(path)


@_kind("neither", cache=True)
def _cache_removed(folder: Path, chance: Random, registry: Registry) -> None:
    shutil.rmtree(folder / ".cache")


@_kind("neither", cache=True)
def _entry_old(folder: Path, chance: Random, registry: Registry) -> None:
    for each in f.entries(folder):
        os.utime(each, (0, time.time() - chance.uniform(6, 9) * 86_400))


@_kind("neither", cache=True)
def _entry_is_a_file(folder: Path, chance: Random, registry: Registry) -> None:
    entry = chance.choice(f.entries(folder))
    shutil.rmtree(entry)
    entry.write_text("x")


@_kind("neither", cache=True)
def _entry_is_a_link(folder: Path, chance: Random, registry: Registry) -> None:
    entry = chance.choice(f.entries(folder))
    entry.rename(folder.parent / "moved")
    entry.symlink_to(folder.parent / "moved")


@_kind("neither", cache=True)
def _work_left(folder: Path, chance: Random, registry: Registry) -> None:
    left = folder / f.CACHE / "intake-killed"
    shutil.copytree(chance.choice(f.entries(folder)), left)
    f.cut_short(left / "intake.json", chance)


@_kind("neither", cache=True)
def _entries_swapped(folder: Path, chance: Random, registry: Registry) -> None:
    one, other = chance.sample(f.entries(folder), 2)
    one.rename(folder / "kept")
    other.rename(one)
    (folder / "kept").rename(other)


@_kind("replay", cache=True)
def _table_forged_with_its_hash(folder: Path, chance: Random, registry: Registry) -> None:
    path = f.one_of(folder, ".cache/evidence/*/events.parquet", chance)
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    f.repeat_rows(path, chance)
    intake = path.with_name("intake.json")
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    intake.write_text(intake.read_text("utf-8").replace(old, new), "utf-8")
    f.seal(path.parent)


@_kind("neither", cache=True)
def _table_less_in_an_intake(folder: Path, chance: Random, registry: Registry) -> None:
    path = chance.choice(f.entries(folder)) / "intake.json"
    data = json.loads(path.read_bytes())
    (path.parent / data["stored"].popitem()[0]).unlink()
    path.write_text(json.dumps(data))


@_kind("replay", cache=True)
def _finding_taken_from_an_intake(folder: Path, chance: Random, registry: Registry) -> None:
    path = chance.choice(f.entries(folder)) / "intake.json"
    data = json.loads(path.read_bytes())
    data["findings"].pop()
    path.write_text(json.dumps(data), "utf-8")
    f.seal(path.parent)

"""The corpus as a whole; the tests of each room take in the variants that are about it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.errors import Severity
from pilot_eval.messages import CATALOGUE
from tests.conftest import Run, copy_example
from tests.support import writers as w
from tests.support.corpus.taking import mark_of, taken, written
from tests.support.corpus.variants import CONTAINERS, INFO, Mark, Row, Variant, sheet_of
from tests.support.corpus.whole import BAD, GOOD, write_all


def test_there_are_enough_variants() -> None:
    assert len(GOOD) >= 300
    assert len(BAD) >= 300
    names = [each.id for each in (*GOOD, *BAD)]
    assert len(set(names)) == len(names)


def test_good_variants_have_no_error_and_bad_ones_something_to_mend() -> None:
    def severities(variant: Variant) -> set[str]:
        return {CATALOGUE[mark.code].severity for mark in variant.said}

    assert [each.id for each in GOOD if Severity.ERROR in severities(each)] == []
    assert [each.id for each in BAD if not severities(each) & {Severity.ERROR, Severity.WARNING}] == []


# --- the same through the command line, in the process that opens files

THROUGH_THE_COMMAND = (
    "text-utf16le-tab", "text-gb18030-semicolon", "wps-styled-cells-to-the-end", "ods-repeated-blank-rows-above",
    "two-header-rows-xls", "xls-that-is-text-tabs-gb18030", "total-within-the-bounds", "subtotals-xls",
    "formula-wps-参加人次", "personal-identity", "csv-unclosed-quote", "number-twice-in-two-files",
    "more-satisfied-than-answered", "personal-property-creator", "file-cut-short",
)  # fmt: skip


def test_the_command_finds_the_same(run: Run, tmp_path: Path) -> None:
    folder = copy_example(tmp_path / "round")
    chosen = {each.id: each for each in (*GOOD, *BAD)}
    pilots = sorted(each.name for each in (folder / "submissions").iterdir())
    placed = dict(zip(pilots, (chosen[id] for id in THROUGH_THE_COMMAND), strict=True))
    for pilot, variant in placed.items():
        submission = folder / "submissions" / pilot
        for path in sorted(submission.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        info = INFO.replace("base-1", pilot).replace("{registered: true}", "{registered: true, evidence_true: true, "
                                                     "serious_violation: false}")  # fmt: skip
        written(submission, {"submission.yaml": info.encode(), **variant.files()})
    done = run("check", folder, "--json")
    assert done.returncode == 1
    found: dict[str, set[Mark]] = {pilot: set() for pilot in placed}
    for each in json.loads(done.stdout):
        place = each["place"]
        _, pilot, file = place["file"].split("/", 2) if place["file"].count("/") > 1 else ("", "", "")
        if pilot and (placed[pilot].good or each["severity"] != "note"):
            mark = Mark(each["code"], file, place["sheet"], place["row"] or place["line"], place["column"])
            found[pilot].add(mark)
    assert {placed[pilot].id: marks for pilot, marks in found.items()} == {
        variant.id: variant.said for variant in placed.values()
    }


def test_the_corpus_can_be_written_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.corpus.whole.GOOD", GOOD[:3])
    monkeypatch.setattr("tests.support.corpus.whole.BAD", BAD[:2])
    assert write_all(tmp_path) == 5
    assert len(list(tmp_path.glob("*/*.expected.txt"))) == 5


# --- laws

TITLES = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="\u00ad"), min_size=1, max_size=12).map(
    lambda text: "活动" + text
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "held": st.dates().map(lambda day: day.replace(year=2018, day=min(day.day, 28)).isoformat()),
            "title": TITLES,
            "kind": st.sampled_from(["training", "exchange", "outreach"]),
            "participants": st.integers(0, 9999),
            "joint": st.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)


def _stored(tmp: Path, number: str, name: str, data: bytes) -> list[dict[str, Any]]:
    folder = written(tmp / f"in{number}", {"submission.yaml": INFO.encode(), name: data})
    intake = taken(folder, tmp / f"out{number}")
    assert [mark_of(each) for each in intake.findings if each.severity is Severity.ERROR] == []
    frame = pl.read_parquet(tmp / f"out{number}" / "events.parquet")
    return frame.drop("__source").to_dicts()


@settings(max_examples=8, deadline=None)
@given(ROWS, st.permutations(range(5)))
def test_the_order_of_columns_is_irrelevant(tmp_path_factory: Any, rows: Sequence[Row], order: Sequence[int]) -> None:
    tmp = tmp_path_factory.mktemp("order")
    sheet = sheet_of("events", rows)
    turned = [[row[at] for at in order] for row in sheet]
    assert _stored(tmp, "1", "活动.csv", w.as_csv(sheet)) == _stored(tmp, "2", "活动.csv", w.as_csv(turned))


@settings(max_examples=6, deadline=None)
@given(ROWS)
def test_every_container_and_encoding_gives_the_same(tmp_path_factory: Any, rows: Sequence[Row]) -> None:
    tmp = tmp_path_factory.mktemp("forms")
    sheet = sheet_of("events", rows)
    stored = {}
    for id in ("csv-utf8", "csv-utf16be", "csv-gb18030", "semicolon", "openpyxl", "wps", "xls", "ods", "fods", "html"):
        how = CONTAINERS[id]
        stored[id] = _stored(tmp, id, f"活动{how.suffix}", how.write("活动", sheet))
    assert [id for id, each in stored.items() if each != stored["csv-utf8"]] == []

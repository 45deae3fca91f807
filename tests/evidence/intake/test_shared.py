"""One table for all pilots: in every format, in several files, with every mistake, beside a pilot's own files."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pilot_eval import api
from pilot_eval.measures.engines import DuckEngine, Engine, PolarsEngine
from tests.support.given import BY_HAND, CITIES, HEADER, ROWS, as_parquet, as_text, found, made_round, opened, totals
from tests.support.writers import as_json, as_ods, by_openpyxl, by_xlwt

Rows = Sequence[Sequence[Any]]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("城市数据.csv", as_text),
        ("a.tsv", lambda rows: as_text(rows).replace(b",", b"\t")),
        ("a.xlsx", lambda rows: by_openpyxl({"说明": [["本表由统计局提供"]], "Sheet2": rows})),
        ("a.xls", lambda rows: by_xlwt({"数据": rows})),
        ("a.ods", lambda rows: as_ods({"数据": rows})),
        ("a.json", as_json),
        ("a.parquet", as_parquet),
    ],
)
def test_every_format_gives_the_same_points(tmp_path: Path, name: str, write: Callable[[Rows], bytes]) -> None:
    folder = made_round(tmp_path, {name: write(ROWS)})
    assert totals(folder) == pytest.approx(BY_HAND)


@pytest.mark.parametrize("engine", [PolarsEngine(), DuckEngine()])
def test_both_engines_give_the_same(tmp_path: Path, engine: Engine) -> None:
    assert totals(made_round(tmp_path), engine) == pytest.approx(BY_HAND)


def test_files_with_some_columns_or_some_rows_merge(tmp_path: Path) -> None:
    parts = {
        "gdp.csv": [row[:2] for row in ROWS],
        "north.csv": [(row[0], *row[2:]) for row in [HEADER, *ROWS[4:]]],
        "south.xlsx": by_openpyxl({"a": [(row[0], *row[2:]) for row in ROWS[:4]]}),
    }
    folder = made_round(tmp_path, parts)
    assert not any(found(folder).values())
    assert totals(folder) == pytest.approx(BY_HAND)
    record = api.assess(opened(folder))
    measures = {each.id: each for each in record.assessments[0].measures}
    assert [(at.file, at.columns, at.numbers.en) for at in measures["gdp"].evidence] == [
        ("submissions/cities/gdp.csv", {"gdp": "B"}, "2")
    ]
    assert [(at.file, at.sheet, at.columns) for at in measures["air"].evidence] == [
        ("submissions/cities/south.xlsx", "a", {"air": "B"})
    ]
    assert not measures["air"].not_counted


def test_the_same_figure_twice_is_one_and_another_one_is_an_error_that_names_both(tmp_path: Path) -> None:
    same = made_round(tmp_path / "same", {"a.csv": ROWS, "b.csv": ROWS})
    assert totals(same) == pytest.approx(BY_HAND)
    other = [HEADER, ("开封", 5.3, 71.5, 20)]
    folder = made_round(tmp_path / "other", {"a.csv": ROWS, "b.csv": other})
    assert found(folder) == {id_: ["unit-differs"] if id_ == "kf" else [] for id_ in [*CITIES, "cities"]}
    [said] = [each for each in api.check(opened(folder))["kf"].intake.findings if each.code == "unit-differs"]
    assert str(said.place) == "submissions/cities/b.csv:C2"
    assert "submissions/cities/a.csv:C3" in said.message.en
    by_pilot = {each.pilot.id: each for each in api.assess(opened(folder)).assessments}
    assert by_pilot["kf"].standing == "error"
    assert by_pilot["zz"].standing == "graded"


def test_mistakes_in_a_row_are_its_pilots_alone(tmp_path: Path) -> None:
    rows = [*ROWS[:3], ("洛阳", "很高", 70.2, 12), *ROWS[4:], ("焦作", 6.3, 72, -1), ("新香", 1, 1, 1), (None, 1, 1, 1)]
    folder = made_round(tmp_path, {"a.csv": rows})
    said = found(folder)
    assert said["ly"] == ["cell-number"]
    assert said["jz"] == ["unit-twice"]
    assert sorted(said["cities"]) == ["cell-required", "unit-unknown"]
    assert not any(said[id_] for id_ in ("zz", "kf", "xx", "ay"))
    lost = next(e for e in api.check(opened(folder))["cities"].intake.findings if e.code == "unit-unknown")
    assert (lost.place.row, "新乡" in lost.hint.zh) == (9, True)
    record = api.assess(opened(folder))
    assert {each.code for each in record.findings} == {"cell-required", "unit-unknown"}
    assert api.exit_code(record) == 1


def test_more_errors_than_are_listed_keep_the_whole_column_from_being_used(tmp_path: Path) -> None:
    folder = made_round(tmp_path)
    register = [{"id": f"c{n}", "zh": f"城{n}", "base_type": "cities"} for n in range(30)]
    from tests.support.asem import write

    write(folder / "method" / "pilots.yaml", {"pilots": register})
    rows = [HEADER, *((f"c{n}", "无法统计" if n < 25 else 5, 70, 3) for n in range(30))]
    (folder / "submissions" / "cities" / "figures.csv").write_bytes(as_text(rows))
    gathered = api.check(opened(folder))
    assert all("figures" in gathered[f"c{n}"].intake.bad for n in range(30))
    assert api.exit_code(api.assess(opened(folder))) == 1


def test_an_empty_cell_lacks_one_figure_and_a_missing_row_all_of_them(tmp_path: Path) -> None:
    folder = made_round(tmp_path, {"a.csv": [*ROWS[:2], ("开封", None, 71, "约20"), *ROWS[3:6]]})
    space = opened(folder)
    gathered = api.check(space)
    assert [each.code for each in gathered["kf"].intake.findings] == ["cell-approximate", "rows-not-counted"]
    [lack] = api.lacking(space, gathered)["jz"]
    assert api.points_of(lack.indicators) == 100
    assert api.unsent(space) == []
    by_pilot = {each.pilot.id: each for each in api.assess(space).assessments}
    outcomes = {each.id: each.outcome for each in by_pilot["kf"].indicators}
    assert outcomes == {"N1": "missing", "N2": "scored", "N3": "scored"}
    low, high = (getattr(by_pilot["kf"].indicators[2], end) for end in ("low", "high"))
    assert low < high
    assert {each.outcome for each in by_pilot["jz"].indicators} == {"missing"}
    assert by_pilot["jz"].coverage == 0


def test_nothing_sent_at_all_is_said_of_each_pilot(tmp_path: Path) -> None:
    space = opened(made_round(tmp_path, {}))
    assert [each.code for each in api.unsent(space)] == ["submission-none"] * 6
    assert api.check(space) == {}
    assert {each.standing for each in api.assess(space).assessments} == {"not_submitted"}


def test_a_pilot_may_send_its_own_row_but_not_both(tmp_path: Path) -> None:
    own = made_round(tmp_path / "own", {"a.csv": ROWS[:6], "jz/焦作.csv": [HEADER, ROWS[6]]})
    assert not any(found(own).values())
    assert totals(own) == pytest.approx(BY_HAND)
    both = made_round(tmp_path / "both", {"a.csv": ROWS, "jz/焦作.csv": [HEADER, ROWS[6]]})
    assert found(both)["jz"] == ["figures-twice"]
    [said] = [each for each in api.check(opened(both))["jz"].intake.findings if each.code == "figures-twice"]
    assert said.place.file == "submissions/jz/焦作.csv"
    assert "submissions/cities/a.csv:7" in said.message.en
    other = made_round(tmp_path / "other", {"a.csv": ROWS[:6], "jz/开封.csv": [HEADER, ROWS[2]]})
    assert found(other)["jz"][0] == "unit-unknown"


def test_a_pilots_other_files_stand_beside_its_row(tmp_path: Path) -> None:
    """The sources of both keep their places: a finding, and a citation, of either is about its own file."""
    events = b"id,date,title\n"
    folder = made_round(tmp_path, {"a.csv": ROWS, "zz/events.csv": events, "zz/b.csv": b"x,y\n1,2\n"})
    record = api.assess(opened(folder))
    [gdp] = [each for each in record.assessments[0].measures if each.id == "gdp"]
    assert [at.file for at in gdp.evidence] == ["submissions/cities/a.csv"]
    assert record.assessments[0].extracts[0].rows[0].file == "submissions/cities/a.csv"


def test_persons_are_refused_and_no_column_names_them(tmp_path: Path) -> None:
    rows = [(*row, "身份证号" if at == 0 else "") for at, row in enumerate(ROWS)]
    folder = made_round(tmp_path, {"a.csv": rows})
    assert "header-person" in found(folder)["cities"]
    assert all("header-person" in found(folder)[id_] for id_ in CITIES)
    number = [*ROWS[:6], ("焦作", 6.3, 72, "11010519491231002X")]
    folder = made_round(tmp_path / "cell", {"a.csv": number})
    assert "cell-identity" in found(folder)["jz"]
    assert "11010519491231002X" not in str(api.assess(opened(folder)))


def test_a_table_without_its_first_column_or_that_cannot_be_read_is_nobodys(tmp_path: Path) -> None:
    folder = made_round(tmp_path, {"a.csv": [row[1:] for row in ROWS]})
    said = found(folder)
    assert said["cities"]
    assert all(said[id_] == said["cities"] for id_ in CITIES)
    broken = made_round(tmp_path / "broken", {"a.xlsx": b"PK\x03\x04 no workbook"})
    assert found(broken)["zz"]
    assert {each.standing for each in api.assess(opened(broken)).assessments} == {"error"}


def test_one_pilot_can_be_checked_alone_and_the_cache_holds(tmp_path: Path) -> None:
    folder = made_round(tmp_path)
    space = opened(folder)
    assert set(api.check(space, ["zz"])) == {"zz", "cities"}
    first = api.check(space)
    again = api.check(opened(folder))
    assert {name: each.intake for name, each in first.items()} == {name: each.intake for name, each in again.items()}
    rows = [*ROWS[:6], ("焦作", 6.3, 80, -1)]
    (folder / "submissions" / "cities" / "figures.csv").write_bytes(as_text(rows))
    assert totals(folder)["jz"] == pytest.approx(BY_HAND["jz"] + 12)


def test_the_record_names_the_file_once_and_can_be_verified_and_replayed(tmp_path: Path) -> None:
    folder = made_round(tmp_path)
    space = opened(folder)
    record = api.assess(space)
    api.publish(space.round, record, space.registry)
    assert [each.path for each in record.inputs if each.path.startswith("submissions")] == [
        "submissions/cities/figures.csv"
    ]
    assert api.verify(space.round) == []
    assert api.replay(opened(folder)) == []
    [page] = [path.read_text("utf-8") for path in (folder / "results" / "zh").rglob("zz.html")]
    assert "figures.csv" in page
    (folder / "submissions" / "cities" / "figures.csv").write_bytes(as_text(ROWS[:-1]))
    assert [each.place.file for each in api.verify(space.round)] == ["submissions/cities/figures.csv"]


def test_copies_with_comments_are_written_once_with_the_findings_of_all(tmp_path: Path) -> None:
    rows = [HEADER, ("郑州", "高", 68.5, 30), ("开封", "低", 71, 20), ("无名", 1, 1, 1)]
    space = opened(made_round(tmp_path / "r", {"a.xlsx": by_openpyxl({"数据": rows})}))
    written, failures = api.annotate(space, api.check(space), tmp_path / "out", "zh")
    assert (len(written), failures) == (1, [])
    import openpyxl

    sheet = openpyxl.load_workbook(written[0])["数据"]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["B2", "B3", "A4"]


@pytest.mark.slow
def test_two_thousand_pilots_are_one_table(tmp_path: Path, measured: Callable[[str], None]) -> None:
    import time

    from tests.support.asem import write

    folder = made_round(tmp_path)
    register = [{"id": f"c{n}", "zh": f"城{n}", "base_type": "cities"} for n in range(2000)]
    write(folder / "method" / "pilots.yaml", {"pilots": register})
    rows = [HEADER, *((f"c{n}", 1 + n / 100, 60 + n % 20, n % 50) for n in range(2000))]
    (folder / "submissions" / "cities" / "figures.csv").write_bytes(as_text(rows))
    began = time.monotonic()
    record = api.assess(opened(folder))
    measured(f"2,000 pilots of one table: {time.monotonic() - began:.1f} s")
    assert len(record.assessments) == 2000
    assert all(each.total is not None and not each.findings for each in record.assessments)

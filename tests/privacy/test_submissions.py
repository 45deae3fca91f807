"""Contacts, split numbers and attachments of a submission, taken in as files."""

import re
import struct
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from pilot_eval.errors import Finding
from pilot_eval.evidence.cells.columns import Cells
from pilot_eval.evidence.intake import attachments
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.evidence.readers.xls_asides import texts_of_asides
from pilot_eval.evidence.tables.split_numbers import split_numbers
from pilot_eval.privacy.numbers import said_sightings
from pilot_eval.spelling import plain
from tests.conftest import Run
from tests.support import writers as w
from tests.support.corpus.taking import taken, written
from tests.support.corpus.variants import INFO, sheet_of
from tests.support.privacy.personal import checked
from tests.support.privacy.places import _attached, pdf_of

ROWS, SUGGESTIONS = sheet_of("events"), sheet_of("suggestions")
ID = "410102199003070016"
INFO_FILE = {"submission.yaml": INFO.encode()}


def take(folder: Path, files: dict[str, bytes]) -> Intake:
    return taken(written(folder / "in", INFO_FILE | files), folder / "out")


def codes(found: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return [each.code for each in found if each.severity != "note"]


@pytest.mark.parametrize("how", ["csv", "xlsx"])
def test_contacts_are_never_read_and_said_once(how: str, tmp_path: Path) -> None:
    rows = [[*ROWS[0], "联系人", "联系电话", "E-mail"]]
    rows += [[*row, "张三丰", "138 0013 8000", "zhangsan@qq.com"] for row in ROWS[1:]]
    data = w.as_csv(rows) if how == "csv" else w.by_xlsxwriter({"活动": rows})
    intake = take(tmp_path, {f"活动.{how}": data})
    assert codes(intake.findings) == ["header-contact"]
    [said] = [each for each in intake.findings if each.code == "header-contact"]
    assert "“联系人”（F 列）、“联系电话”（G 列）、“E-mail”（H 列）" in said.message.zh
    assert "“联系电话” (column G)" in said.message.en
    assert intake.rows["events"] == len(ROWS) - 1
    kept = intake.model_dump_json() + "".join(
        str(pl.read_parquet(path).to_dicts()) for path in (tmp_path / "out").glob("*.parquet")
    )
    assert "张三丰" not in kept
    assert "zhangsan" not in kept


def test_an_id_number_in_a_contact_column_is_still_refused(tmp_path: Path) -> None:
    number = "110101198001020016"
    rows = [[*ROWS[0], "联系人"], *([*row, f"张某 {number}"] for row in ROWS[1:])]
    assert set(codes(take(tmp_path, {"活动.csv": w.as_csv(rows)}).findings)) == {"header-contact", "cell-identity"}


def test_a_workbook_behind_other_bytes_is_searched_outside_its_cells_too(tmp_path: Path) -> None:
    data = w.by_xlsxwriter({"活动": ROWS}, lambda book: book.worksheets()[0].set_header("&L110101198001020016"))
    for number, before in enumerate((b"", b"exported by a system\n")):
        intake = take(tmp_path / str(number), {"活动.xlsx": before + data})
        assert codes(intake.findings) == ["property-personal"]
        assert intake.rows["events"] == len(ROWS) - 1


@pytest.mark.parametrize("cuts", [(6,), (6, 14), (14,), (12,), (10,)])
@pytest.mark.parametrize("how", ["csv", "xlsx"])
def test_an_id_number_is_found_in_adjacent_cells(cuts: tuple[int, ...], how: str, tmp_path: Path) -> None:
    number = "11010119800102018X"
    ends = [0, *cuts, 18]
    parts = [number[start:end] for start, end in pairwise(ends)]
    cells = [int(part) if how == "xlsx" and part.isdigit() and part[0] != "0" else part for part in parts]
    rows = [[*ROWS[0], *(f"栏{at}" for at in range(len(cells)))], *([*row, *cells] for row in ROWS[1:2])]
    data = w.as_csv(rows) if how == "csv" else w.by_xlsxwriter({"活动": rows})
    intake = take(tmp_path, {f"活动.{how}": data})
    assert "cell-identity" in codes(intake.findings)
    assert "events" in intake.bad


def _checked(born: str, serial: int) -> str:
    return checked(f"410102{born}{serial:03}")


BLOCKS: dict[str, tuple[list[list[object]], str | None]] = {
    "an empty cell between": ([["410102", "", "199003070019"]], "cell-identity"),
    "two empty cells": ([["410102", "", "", "199003070019"]], "cell-identity"),
    "two rows": ([["410102"], ["199003070019"]], "cell-identity"),
    "two rows and an empty one between": ([["41010219900307"], [""], ["0019"]], "cell-identity"),
    "three rows": ([["410102"], ["19900307"], ["0019"]], "cell-identity"),
    "two rows of one length, alone": ([["410102199"], ["003070019"]], "cell-identity"),
    "parts of its parts": ([["410102", "1990", "03", "07", "0019"]], "cell-identity"),
    "a young one": ([["410102", "20120307", _checked("20120307", 1)[14:]]], "cell-identity-like"),
    "young ones": ([[n[:6], n[6:]] for n in (_checked(f"2012030{day}", day) for day in (1, 2, 3))], "cell-identity"),
    "an old one": ([["410102", "620307", "001"]], "cell-identity-like"),
    "old ones": ([["410102", f"62030700{at}"] for at in (1, 2, 3)], "cell-identity"),
    "old ones among figures": ([["410102", "620307001"], *([f"99{at}102", "991307001"] for at in range(6))], None),
    "regions and documents": ([["410102", f"20120307000{at}"] for at in range(9)], "cell-identity-like"),
    "regions and days of this century": ([["410102", "20120307", f"10{at:02}"] for at in range(99)], None),
    "figures one below the other": ([["410102199"], ["003070019"], ["512345678"]], None),
}


@pytest.mark.parametrize("block", BLOCKS)
def test_a_number_split_over_cells_is_told_from_figures(block: str) -> None:
    rows, said = BLOCKS[block]
    width = max(map(len, rows))
    columns = [Cells.of([(*row, *[None] * width)[at] or None for row in rows]) for at in range(width)]
    found = {each.code for each in split_numbers(columns)}
    assert "cell-identity" in found if said == "cell-identity" else "cell-identity" not in found
    assert said is None or block.startswith("regions") or said in found


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SPLIT = "410102198706234572"
CUTS = {
    "15+3": [SPLIT[:15], SPLIT[15:]],
    "17+1": [SPLIT[:17], SPLIT[17:]],
    "3+15": [SPLIT[:3], SPLIT[3:]],
    "6+8+3+1": [SPLIT[:6], SPLIT[6:14], SPLIT[14:17], SPLIT[17:]],
    "18": list(SPLIT),
    "full-width": [SPLIT[:6].translate(WIDE), SPLIT[6:].translate(WIDE)],
    "quote": [f"'{SPLIT[:6]}", SPLIT[6:]],
    "dash": [f"{SPLIT[:6]}-", SPLIT[6:]],
}


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("where", ["unknown", "beyond", "header", "title", "note", "elsewhere", "declared"])
def test_no_part_of_a_split_id_number_is_shown_or_stored(where: str, cut: str, tmp_path: Path) -> None:
    parts = CUTS[cut]
    blank: list[str] = [""] * len(parts)
    named = [[*ROWS[0], *(f"栏{at}" for at in range(len(parts)))], [*ROWS[1], *parts], *ROWS[2:]]
    sheets: dict[str, list[list[str]]] = {
        "unknown": named,
        "beyond": [ROWS[0], [*ROWS[1], *parts], *ROWS[2:]],
        "header": [[*ROWS[0], *parts], *([*row, *blank] for row in ROWS[1:])],
        "title": [["活动台账", *parts], *ROWS],
        "note": [*ROWS, ["注", *parts]],
        "elsewhere": [["甲", "乙"], parts],
        "declared": [ROWS[0], [*parts, *ROWS[1][len(parts) :]], *ROWS[2:]],
    }
    name = "数据" if where == "elsewhere" else "活动"
    intake = take(tmp_path, {f"{name}.csv": w.as_csv(sheets[where])})
    assert "cell-identity" in codes(intake.findings)
    kept = intake.model_dump_json() + "".join(
        str(pl.read_parquet(path).to_dicts()) for path in (tmp_path / "out").glob("*.parquet")
    )
    assert SPLIT[6:14] not in plain(kept)


@pytest.mark.parametrize("value", ["13703718265", f"约{SPLIT}", 13703718265, float(SPLIT), "13703718265.0"])
@pytest.mark.parametrize("how", ["csv", "xlsx"])
def test_a_number_in_a_column_of_figures_is_refused_and_never_stored(how: str, value: object, tmp_path: Path) -> None:
    rows: list[list[object]] = [list(row) for row in ROWS]
    rows[1][ROWS[0].index("参加人次")] = value
    data = w.as_csv(rows) if how == "csv" else w.by_xlsxwriter({"活动": rows})
    intake = take(tmp_path, {f"活动.{how}": data})
    assert "cell-number" in codes(intake.findings)
    assert "events" in intake.bad
    kept = intake.model_dump_json() + "".join(
        str(pl.read_parquet(path).to_dicts()) for path in (tmp_path / "out").glob("*.parquet")
    )
    assert not re.search("1.?3703718265|410102198", kept.replace(",", ""))


def test_nothing_of_an_archive_is_kept_but_its_tables(tmp_path: Path) -> None:
    refused = [[*SUGGESTIONS[0], "姓名"], *([*row, "张三丰"] for row in SUGGESTIONS[1:])]
    contacts = w.as_csv([[*ROWS[0], "联系人"], [*ROWS[1], "张三丰"]])
    data = w.as_zip({"attachments/a.txt": SPLIT.encode(), "活动.csv": contacts,
                     "建议.csv": w.as_csv(refused), "治理规范.csv": b"\xff"})  # fmt: skip
    intake = take(tmp_path, {"数据.zip": data})
    assert {"cell-identity", "header-person", "header-contact"} <= set(codes(intake.findings))
    kept = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert [path.name for path in kept if path.suffix != ".parquet"] == []
    assert intake.rows == {"events": 1}
    assert "张三丰" not in intake.model_dump_json() + "".join(str(pl.read_parquet(path).to_dicts()) for path in kept)


def test_an_amount_of_eleven_digits_is_no_mobile_number(tmp_path: Path) -> None:
    rows = [[*ROWS[0], "总产值（元）"], *([*row, 13703718265] for row in ROWS[1:])]
    assert "cell-mobile-like" not in codes(take(tmp_path, {"活动.csv": w.as_csv(rows)}).findings)


def test_a_region_beside_a_document_s_number_is_left_alone(tmp_path: Path) -> None:
    rows = [[*ROWS[0], "区划", "文件编号"], *([*row, "410102", f"201803{at:06}"] for at, row in enumerate(ROWS[1:]))]
    assert "cell-identity" not in codes(take(tmp_path, {"活动.csv": w.as_csv(rows)}).findings)


def test_what_can_t_be_searched_is_said_once(tmp_path: Path) -> None:
    charter = [["条目", "是否符合", "佐证文件"], ["章程制度", "是", "a.pdf"]]
    files = {"活动.csv": w.as_csv(ROWS), "治理规范.csv": w.as_csv(charter),
             "attachments/a.pdf": pdf_of(""), "attachments/b.jpg": b"\xff\xd8\xff", "attachments/c.doc": b"\xd0\xcf",
             "attachments/d.pdf": b"%PDF-1.4 damaged", "attachments/e.docx": b"PK\x03\x04 damaged"}  # fmt: skip
    [said] = [each for each in take(tmp_path, files).findings if each.code.startswith("attachments-")]
    assert said.code == "attachments-unsearched"
    assert said.severity == "note"
    assert said.message.zh.startswith("5 个附件")
    assert "attachments/b.jpg" in said.message.en


def test_a_pdf_is_searched_page_by_page(tmp_path: Path) -> None:
    intake = take(tmp_path, dict(_attached("a.pdf", pdf_of(f"ID {ID[:17]}X tel 13800138000"))))
    [said] = [each for each in intake.findings if each.severity == "error"]
    assert (said.code, said.place.field) == ("cell-mobile", "p. 1")
    assert not [each for each in intake.findings if each.code.startswith("attachments-")]


def test_without_the_library_it_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "can_read_pdf", lambda: False)
    files = dict(_attached("a.pdf", pdf_of("x"))) | {"attachments/b.pdf": pdf_of("y")}
    [said] = [each for each in take(tmp_path, files).findings if each.code.startswith("attachments-")]
    assert said.code == "attachments-without-library"
    assert "pilot-eval[attachments]" in said.hint.zh
    assert "2 个 PDF" in said.message.zh


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


@pytest.mark.parametrize("encoding", ["utf-16-le", "gb18030"])
def test_comments_and_text_boxes_of_xls_are_read(encoding: str) -> None:
    text = "联系电话：13800138000".encode(encoding)
    stream = (
        _record(0x0809, b"\0\6") + _record(0x01B6, bytes(18)) + _record(0x003C, b"\1" + text) + _record(0x000A, b"")
    )
    if encoding == "gb18030":
        stream = _record(0x001C, bytes(6) + text)
    found = {each.code for said in texts_of_asides(stream) for each in said_sightings(plain(said))}
    assert "cell-mobile" in found


def test_a_method_that_refuses_contacts(run: Run, example: Path) -> None:
    method = example / "method" / "method.yaml"
    text = method.read_text("utf-8")
    method.write_text(f"{text}\nprivacy: {{contacts: refuse}}\n", "utf-8")
    table = example / "submissions" / "online-3" / "建议.csv"
    table.write_bytes(w.as_csv([["编号", "提交日期", "联系人"], ["1", "2018-01-01", "某"]]))
    done = run("check", example)
    assert "does not accept such a table" in done.stdout + done.stderr or "本办法不接收" in done.stdout + done.stderr
    assert done.returncode == 1
    method.write_text(f"{text}\nprivacy: {{contacts: keep}}\n", "utf-8")
    assert run("check", example).returncode == 3


@pytest.mark.parametrize("name", ["a.vcf", "a.eml", "a.ics", "a.svg", "a.dat", "a", "a.srt"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_of_any_kind_is_searched(name: str, encoding: str, tmp_path: Path) -> None:
    data = f"说明 {SPLIT} 完\n".encode(encoding)
    found = take(tmp_path, {"活动.csv": w.as_csv(ROWS), f"attachments/{name}": data}).findings
    assert "cell-identity" in codes(found)


@pytest.mark.parametrize("name", ["a.7z", "a.rar", "a.msg", "a.dat", "a"])
def test_a_file_of_no_text_is_never_silent(name: str, tmp_path: Path) -> None:
    data = bytes(range(256)) * 4
    found = take(tmp_path, {"活动.csv": w.as_csv(ROWS), f"attachments/{name}": data}).findings
    assert "attachments-unsearched" in {each.code for each in found}

"""Hostile files through real doors: each is said, quickly and with its place, and no other submission suffers."""

# ruff: noqa: E501

import csv
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilot_eval import api, listing, record
from pilot_eval.errors import EvidenceError, Finding, Place, Severity
from pilot_eval.evidence.annotate import Annotation
from pilot_eval.evidence.child import Workers
from pilot_eval.evidence.gather import files_of
from pilot_eval.evidence.grids import read_grids
from pilot_eval.evidence.limits import Limits
from pilot_eval.evidence.template import workbook
from pilot_eval.round import Round
from pilot_eval.text import both
from tests.conftest import EXAMPLE, ROOT, Run, copy_example
from tests.support import hostile as h
from tests.support.hostile import FILES, Hostile
from tests.support.processes.tasks import Task

SECONDS, MEGABYTES = 2.0, 512
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1")


def written(folder: Path, files: list[Hostile]) -> list[Path]:
    """A folder for each file, which holds it alone."""
    for each in files:
        path = folder / each.id / each.file
        path.parent.mkdir(parents=True)
        path.write_bytes(each.make())
    return [folder / each.id for each in files]


def alone(folders: list[Path]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.processes.alone", str(EXAMPLE), "online-2"],
        input="\n".join(map(str, folders)), capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What each file gives, taken in by a process of its own; the large ones apart."""
    files = [each for each in FILES.values() if not each.large]
    made = alone(written(tmp_path_factory.mktemp("hostile"), files))
    return {each.id: result for each, result in zip(files, made, strict=True)}


@pytest.mark.parametrize("id", [each.id for each in FILES.values() if not each.large])
def test_a_hostile_file_is_said_quickly_and_in_little_memory(id: str, results: dict[str, dict[str, Any]]) -> None:
    harmless(FILES[id], results[id])


@pytest.mark.slow
@pytest.mark.parametrize("id", [each.id for each in FILES.values() if each.large])
def test_a_large_hostile_file_is_said_quickly_and_in_little_memory(id: str, tmp_path: Path) -> None:
    harmless(FILES[id], *alone(written(tmp_path, [FILES[id]])))


def harmless(file: Hostile, result: dict[str, Any]) -> None:
    assert "crash" not in result, result
    assert "died" not in result, result
    said = [each for each in result["findings"] if each["code"] == file.code]
    assert any(each["at"].endswith(file.at) for each in said), [
        (each["code"], each["at"]) for each in result["findings"]
    ]
    grave = [
        each for each in result["findings"] if each["severity"] == "error" and each["code"] != "submission-no-info"
    ]
    if file.read:
        assert grave == []
        if file.file.startswith("events"):
            assert result["rows"]["events"] >= 1
    else:
        assert all(each["place"]["file"] == f"s/{file.file}" for each in said)
        assert grave
        assert not result["rows"]  # nothing of it can be scored
    assert result["seconds"] <= SECONDS
    assert result["megabytes"] <= MEGABYTES


# --- a guard that refuses sound files is a failure too


def _with(name: str, text: str | bytes) -> bytes:
    return h.xlsx({name: text})


def _straddling(first: str, then: str) -> bytes:
    """A sheet in which something is cut in two where the reader cuts its pieces, after 5 × 256 KB."""
    head = h.sheet("@").partition("@")[0].encode() + h.TABLE.encode()
    body = head + b" " * (5 * 2**18 - len(head) - len(first)) + first.encode() + then.encode() + b"</worksheet>"
    return h.xlsx({h.SHEET: h.Part(h.SHEET, body, method=0)})


ODD: dict[str, tuple[str, bytes]] = {
    "a Word document inside a workbook": ("a.xls", h.ole({"Workbook": h.workbook()}, embedded={"WordDocument": bytes(5000)})),
    "an encrypted one inside": ("a.xls", h.ole({"Workbook": h.workbook()}, embedded={"EncryptedPackage": bytes(5000)})),
    "two workbooks, as Excel 97 saves for Excel 95": ("a.xls", h.ole({"Book": h.biff5(b"x"), "Workbook": h.workbook()})),
    "a workbook of Excel 5": ("a.xls", h.ole({"Book": h.biff5("讲座".encode("gbk"))})),
    "more strings told than there are": ("a.xls", h.xls(h.XLS_CELLS, h.sst([b"\1\0\0a"], 99))),
    "a module of macros among the sheets": ("a.xlsx", _with(h.BOOK, h.book('<sheet name="m" sheetId="2" r:id=""/><sheet name="活动" sheetId="1" r:id="r1"/>'))),
    "a text and its value": ("a.xlsx", _with(h.SHEET, h.sheet(h.TABLE.replace("</is>", "</is><v>x</v>")))),
    "a value and its text": ("a.xlsx", _with(h.SHEET, h.sheet(h.TABLE.replace("<is>", "<v>x</v><is>")))),
    "prefixed elements": ("a.xlsx", _with(h.SHEET, h.SOUND.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x="))),
    "a comment that looks like cells": ("a.xlsx", _with(h.SHEET, h.SOUND.replace("<row", "<!-- <row r='9'><c r='A9'><v>1</v></c></row> --><row", 1))),
    "a comment that is cut in two": ("a.xlsx", _straddling("<", f"!-- {h.OTHER} --></sheetData>")),
    "an end of the data that is cut in two": ("a.xlsx", _straddling("</sheetDa", f"ta><extLst><ext>{h.OTHER}</ext></extLst>")),
    "rows of another kind": ("a.xlsx", _with(h.SHEET, h.sheet(f'{h.TABLE}<foo xmlns="urn:other">{h.OTHER}</foo>'))),
    "rows after a comment": ("a.xlsx", _with(h.SHEET, h.sheet(f"<!-- -->{h.TABLE}"))),
    "cells between cells that say where they are": ("a.xlsx", _with(h.SHEET, h.SOUND.replace(' r="B2"', "").replace(' r="C2"', ""))),
    "rows upside down": ("a.xlsx", _with(h.SHEET, h.sheet(h.row(2, h.ROW) + h.row(1, h.HEADER)))),
    "cells without references": ("a.xlsx", _with(h.SHEET, re.sub(' r="[A-Z0-9]+"', "", h.SOUND))),
    "UTF-16": ("a.xlsx", _with(h.SHEET, h.SOUND.replace("UTF-8", "UTF-16").encode("utf-16"))),
    "a page whose head has no end": ("a.xls", h.html(h.TR).replace(b"<meta charset='utf-8'>", b"<head><title>x</title>")),
    "a page whose cells hold blocks": ("a.xls", h.html(h.TR.replace("<td>", "<td><div> <p>").replace("</td>", "</p></div></td>"))),
    "a page with rows in a template": ("a.xls", h.html(h.TR + f"<template><template></template><tr>{h.HIDDEN_TR}</tr></template>")),
    "a page with parts that aren't shown": ("a.xls", h.html(h.TR.replace("讲座", "讲<span style='display:none'>座</span>").replace("10", "10<input type=hidden value=3>"))),
    "a page that names a class hidden": ("a.xls", h.html(h.TR.replace("<td>10", "<td class='a hidden'><b title='hidden'>10</b>"))),
    "sizes after the data": ("a.xlsx", h.zipped([replace(each, flags=0x808) for each in h.xlsx_parts()])),
    "parts named with backslashes": ("a.xlsx", h.zipped([replace(each, name=str(each.name).replace("/", "\\")) for each in h.xlsx_parts()])),
    "a separator that is named": ("a.csv", b"sep=;\n" + h.text([h.HEADER, h.ROW], separator=";")),
}  # fmt: skip


@pytest.mark.parametrize("id", ODD)
def test_what_is_odd_and_sound_is_read_whole(id: str, tmp_path: Path) -> None:
    name, data = ODD[id]
    (tmp_path / name).write_bytes(data)
    rows = [row for grid in read_grids(tmp_path / name, name, Limits()) for row in grid.rows if any(row)]
    assert rows == [list(h.HEADER), list(h.ROW)]


def test_a_formula_s_text_over_several_records_is_read_whole(tmp_path: Path) -> None:
    said = h.record(0x0207, struct.pack("<HB", 6000, 1) + ("长" * 4000).encode("utf-16-le"))
    said += h.record(0x003C, b"\1" + ("长" * 1000).encode("utf-16-le")) + h.record(0x003C, b"\0" + b"x" * 1000)
    (tmp_path / "a.xls").write_bytes(h.xls(h.xls_with(h.FORMULA + said)))
    (grid,) = read_grids(tmp_path / "a.xls", "a.xls", Limits())
    assert grid.rows[1][3] == "长" * 5000 + "x" * 1000


@pytest.mark.parametrize(
    ("limits", "file", "code"),
    [
        (Limits(file_mb=0.0001), "xlsx-hidden-row", "file-too-large"),
        (Limits(unpacked_mb=0.001), "xlsx-hidden-row", "file-too-large"),
        (Limits(parts=3), "xlsx-hidden-row", "zip-too-many"),
        (Limits(sheets=1), "xlsx-sheet-twice", "sheet-too-large"),
        (Limits(rows=1), "xlsx-hidden-row", "sheet-too-large"),
        (Limits(rows=1), "xls-sound", "sheet-too-large"),
        (Limits(rows=1), "csv-no-last-newline", "sheet-too-large"),
        (Limits(columns=4), "xlsx-hidden-row", "sheet-too-large"),
        (Limits(columns=4), "ods-many-columns", "sheet-too-large"),
        (Limits(columns=4), "csv-no-last-newline", "sheet-too-large"),
        (Limits(cells=9), "xlsx-hidden-row", "sheet-too-large"),
        (Limits(cells=9), "html-script", "sheet-too-large"),
        (Limits(spread=1.5), "csv-wide-row-below", "sheet-too-large"),
        (Limits(ratio=2), "xlsx-cell-of-100-mb", "zip-ratio"),
    ],
)
def test_every_limit_is_a_setting(limits: Limits, file: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / FILES[file].file
    path.write_bytes(FILES[file].make())
    with pytest.raises(EvidenceError) as raised:
        read_grids(path, "f", limits)
    assert code in {each.code for each in raised.value.findings}


def test_the_length_of_a_cell_is_a_setting(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_bytes(FILES["json-list-in-a-cell"].make())
    (grid,) = read_grids(path, "f", Limits(cell_chars=2))
    assert {grid.rows[row][column].code for row, column in grid.bad} == {"cell-too-long"}


# --- among others


SOUND = ("online-1", "park-1", "association-2", "community-2")


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Hostile]]:
    """The example with hostile files beside, and instead of, what eleven pilots submit; the files by where they lie."""
    folder = copy_example(tmp_path_factory.mktemp("besieged") / "round")
    first = {(each.file, each.code): each for each in FILES.values() if not each.large}
    pilots = sorted(path.name for path in (folder / "submissions").iterdir() if path.name not in SOUND)
    put: dict[str, Hostile] = {}
    informed = list(pilots)
    for at, each in enumerate(first.values()):
        if each.file == "submission.yaml":
            if not informed:
                continue
            name = f"{informed.pop()}/{each.file}"
        else:
            name = f"{pilots[at % len(pilots)]}/{each.id}/{each.file}"
        path = folder / "submissions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.make())
        put[f"submissions/{name}"] = each
    return folder, put


def test_among_others_each_hostile_file_is_said_and_the_others_are_whole(
    run: Run, besieged: tuple[Path, dict[str, Hostile]], assessed: Path
) -> None:
    folder, put = besieged
    done = run("check", folder, "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    for file, each in put.items():
        if each.code in ("submission-no-info", "submission-unused-file"):
            continue
        assert each.code in {one["code"] for one in found if one["place"]["file"] == file}, (file, each.code)
    assert not [each for each in found if each["code"] == "file-crashed"]
    nothing_leaks(done)
    done = run("assess", folder)
    assert done.returncode in (0, 1), done.stderr  # the faulty are withheld, the others published
    nothing_leaks(done)
    before = {each.pilot.id: each for each in api.last_record(Round.open(assessed)).assessments}
    after = {each.pilot.id: each for each in api.last_record(Round.open(folder)).assessments}
    for pilot in SOUND:
        assert after[pilot].measures == before[pilot].measures
        assert after[pilot].indicators == before[pilot].indicators
        assert after[pilot].total == before[pilot].total
    text = record.to_bytes(api.last_record(Round.open(folder)))
    for page in [text, *(path.read_bytes() for path in (folder / "results").rglob("*.html"))]:
        assert b"13800138000" not in page
        assert b"11010119900307803X" not in page


def nothing_leaks(done: "subprocess.CompletedProcess[str]") -> None:
    both_ends = done.stdout + done.stderr
    for secret in ("Traceback", "root:x:", "13800138000", "11010119900307803X", "4111111111111111"):
        assert secret not in both_ends


# --- files that are none, and names


def test_what_is_no_regular_file_is_said_and_never_opened(run: Run, example: Path) -> None:
    folder = example / "submissions" / "park-2"
    os.mkfifo(folder / "管道.csv")
    (folder / "目录.csv").mkdir()
    (folder / "断.csv").symlink_to(folder / "nowhere.csv")
    (folder / "环.csv").symlink_to(folder / "环.csv")
    (folder / "外.csv").symlink_to("/etc/passwd")
    (folder / "上").symlink_to(folder.parent)
    (folder / "零.csv").symlink_to("/dev/zero")
    done = run("check", example, "--pilot", "park-2", "--json")
    said = {each["place"]["file"] for each in json.loads(done.stdout) if each["code"] == "file-not-regular"}
    names = ("管道.csv", "目录.csv", "断.csv", "环.csv", "外.csv", "上", "零.csv")
    assert said == {f"submissions/park-2/{name}" for name in names}
    nothing_leaks(done)


def test_names_of_255_bytes_and_odd_signs_are_taken(run: Run, example: Path) -> None:
    folder = example / "submissions" / "online-2"
    shutil.copy(folder / "活动.csv", folder / f"{'活' * 83}.csv")
    (folder / f"{'a' * 251}.txt").write_text("x")
    (folder / "a\nb\t\x1b[31m\u202e.txt").write_text("x")
    (folder / "%s{0}{place}.csv").write_text("{0},%s\n{x},%d\n")
    done = run("check", example, "--pilot", "online-2")
    assert done.returncode in (0, 1)
    assert "\x1b" not in done.stdout + done.stderr
    assert "{0}{place}.csv" in done.stdout + done.stderr
    nothing_leaks(done)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_may_not_be_read_is_said() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        (folder / "closed").mkdir()
        (folder / "closed" / "a.csv").write_text("x")
        (folder / "events.csv").write_text("x")
        (folder / "events.csv").chmod(0)
        (folder / "closed").chmod(0)
        reads, writes = os.pipe()
        child = os.fork()
        if not child:  # root may read everything, so somebody else looks
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            findings = files_of(folder, "s", Limits()).findings
            os.write(writes, json.dumps([(each.code, each.place.file) for each in findings]).encode())
            os._exit(0)
        os.close(writes)
        os.waitpid(child, 0)
        with os.fdopen(reads, "rb") as stream:
            said = json.loads(stream.read())
        assert said == [["file-unreadable", "s/closed"], ["file-unreadable", "s/events.csv"]]
    finally:
        (folder / "closed").chmod(0o755)
        shutil.rmtree(folder)


# --- the child process


@pytest.mark.parametrize("kind", ["prints", "asks"])
def test_what_a_reader_prints_or_asks_for_disturbs_nothing(kind: str, tmp_path: Path) -> None:
    workers = Workers()
    try:
        assert workers.mine().run(Task(kind, tmp_path / "out")) is None
        assert (tmp_path / "out").read_text() == kind
        assert workers.mine().run(Task("next", tmp_path / "out")) is None
    finally:
        workers.close()


@pytest.mark.parametrize(
    ("kind", "limits", "cause"),
    [
        ("hangs", Limits(seconds=0.8), "over 0.8 s"),
        ("aborts", Limits(), "broke off"),
        ("leaves", Limits(), "broke off"),
        ("hungers", Limits(memory_mb=700), "it may use 700 MB"),
        ("fails", Limits(), "110*************3X"),
        ("recurs", Limits(), "RecursionError"),
    ],
)
def test_a_child_that_ends_or_hangs_is_a_finding_and_the_next_task_is_done(
    kind: str, limits: Limits, cause: str, tmp_path: Path
) -> None:
    workers = Workers()
    try:
        failure = workers.mine().run(Task(kind, tmp_path / "out", limits))
        assert failure is not None
        assert (failure.code, failure.place.file) == ("file-crashed", "submissions/park-1/a.csv")
        assert cause in failure.message.en
        assert "11010119900307803X" not in failure.model_dump_json()
        assert workers.mine().run(Task("next", tmp_path / "out")) is None
    finally:
        workers.close()


def test_a_child_that_was_ended_while_idle_harms_no_task(tmp_path: Path) -> None:
    workers = Workers()
    try:
        assert workers.mine().run(Task("next", tmp_path / "out")) is None
        process = workers.mine()._process
        assert process is not None
        process.kill()
        process.wait()
        assert workers.mine().run(Task("next", tmp_path / "out")) is None
    finally:
        workers.close()


# --- what is written for spreadsheets


def test_listed_findings_hold_no_formula() -> None:
    texts = [*FORMULAS, *(f'{each},"x"' for each in FORMULAS)]
    findings = [
        Finding(
            code="cell-number",
            severity=Severity.ERROR,
            place=Place(file=text, sheet=text, column=text),
            message=both(text),
            hint=both(text),
            value=text,
        )
        for text in texts
    ]
    rows = list(csv.reader(io.StringIO(listing.to_csv(findings, "en").decode("utf-8-sig"), newline="")))
    assert len(rows) == len(texts) + 1
    for row, text in zip(rows[1:], texts, strict=True):
        assert row[2:] == [f"'{text}"] * 6


def test_scores_and_forms_hold_no_formula(assessed: Path) -> None:
    last = api.last_record(Round.open(assessed))
    for text in FORMULAS:
        first, *others = last.assessments
        pilot = first.pilot.model_copy(update={"label": both(text)})
        evil = last.model_copy(update={"assessments": (first.model_copy(update={"pilot": pilot}), *others)})
        table = listing.scores_csv(evil, "en").decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
        assert f"'{text}" in cells
        assert not [cell for cell in cells if cell.startswith(FORMULAS)]
    space = api.open_round(assessed)
    for pilot_ in space.method.pilots[:: len(space.method.pilots) // 4]:
        form = workbook(space.form(pilot_), "zh")
        book = openpyxl.load_workbook(io.BytesIO(form))
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


# --- annotated copies


def annotated(source: Path, findings: tuple[Finding, ...], tmp_path: Path) -> openpyxl.Workbook:
    workers = Workers()
    target = tmp_path / "copy.xlsx"
    try:
        failure = workers.mine().run(Annotation(source, "f", findings, Limits(), target, "en", {}))
    finally:
        workers.close()
    assert failure is None, failure
    return openpyxl.load_workbook(target)


def about(**place: Any) -> tuple[Finding, ...]:
    said = both("=said")
    where = Place(file="f", **place)
    return (Finding(code="cell-number", severity=Severity.ERROR, place=where, message=said, hint=both("")),)


@pytest.mark.parametrize(
    "id", ["xlsx-bomb", "xlsx-lying-size", "xlsx-doctype-laughs-in-sheet", "xlsx-far-cells", "xlsx-overlap", "csv-nul"]
)
def test_openpyxl_never_sees_a_workbook_that_our_reader_refuses(id: str, tmp_path: Path) -> None:
    source = tmp_path / FILES[id].file
    source.write_bytes(FILES[id].make())
    book = annotated(source, about(), tmp_path)
    assert book.sheetnames == ["Findings"]
    cell = book.worksheets[0]["A1"]
    assert (cell.value, cell.data_type) == ("f: =said", "s")


@pytest.mark.parametrize("id", ["xlsx-huge-merge", "xlsx-huge-link"])
def test_a_workbook_that_openpyxl_would_choke_on_is_copied_cell_by_cell(id: str, tmp_path: Path) -> None:
    source = tmp_path / "events.xlsx"
    source.write_bytes(FILES[id].make())
    book = annotated(source, about(sheet="活动", row=2, column="D"), tmp_path)
    assert "=said" in book["活动"]["D2"].comment.text
    assert book["活动"]["B2"].value == "讲座"


def test_copies_of_odd_names_signs_and_records_are_whole(tmp_path: Path) -> None:
    source = tmp_path / "a[1]?.csv"
    source.write_text("日期,x\n=1+1,\x01\x1b\n", "utf-8")
    book = annotated(source, about(row=2, column="A"), tmp_path)
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert "=said" in cell.comment.text
    source = tmp_path / "a.json"
    source.write_text('{"a/b:*": [{"A1:XFD1048576": 1, "b": "=2"}]}', "utf-8")
    book = annotated(source, about(sheet="a/b:*", row=1, column="A1:XFD1048576"), tmp_path)
    sheet = book.worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["A1:XFD1048576", "b"], [1, "=2"]]
    assert "=said" in sheet["A2"].comment.text
    assert sheet["B2"].data_type == "s"

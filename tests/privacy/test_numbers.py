"""An ID number is found however it is written, and is shown, stored and recorded nowhere, whatever it is written in."""

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.privacy.numbers import MAY_NAME_A_PERSON, in_number, masked, shown_name, sightings
from pilot_eval.spelling import plain
from tests.conftest import Run
from tests.support import writers as w
from tests.support.corpus.taking import taken, written
from tests.support.corpus.variants import INFO, sheet_of

ID = "110101198001020016"
WRITTEN = {
    "plain": ID,
    "small-x": "11010119800102018x",
    "in-words": f"某同志（{ID}）",
    "behind-letters": f"ID{ID}",
    "behind-figures": f"编号 12 {ID}",
    "before-figures": f"{ID} 共 25 场",
    "in-groups": "110101 1980 0102 0016",
    "in-fours": "1101 0119 8001 0200 16",
    "hyphens": "110101-19800102-0016",
    "dots": "110101.19800102.0016",
    "dashes": "110101–19800102–0016",
    "slashes": "110101/19800102/0016",
    "underscores": "110101_19800102_0016",
    "two-spaces": "110101  19800102  0016",
    "hard-spaces": "110101\u00a019800102\u00a00016",
    "tabs": "110101\t19800102\t0016",
    "lines": "110101\n19800102\n0016",
    "full-width": ID.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
    "full-width-hyphens": "110101－19800102－0016",
    "zero-width": "110101\u200b19800102\u200b0016",
    "circled": ID.translate({ord(str(n)): "⓪①②③④⑤⑥⑦⑧⑨"[n] for n in range(10)}),
    "mathematical": ID.translate({ord(str(n)): chr(0x1D7CE + n) for n in range(10)}),
}


def digits(text: str) -> str:
    return re.sub(r"[^0-9X]", "", unicodedata.normalize("NFKC", text).upper())


def said(intake: Intake, out: Path) -> str:
    """Everything that is kept of a submission."""
    frames = [str(pl.read_parquet(path).to_dicts()) for path in out.glob("*.parquet")]
    return "\n".join([intake.model_dump_json(), *frames])


@pytest.mark.parametrize("how", ["csv", "xlsx"])
@pytest.mark.parametrize("id", WRITTEN)
def test_an_id_number_is_found_in_a_cell_however_it_is_written(id: str, how: str, tmp_path: Path) -> None:
    rows = sheet_of("events")
    rows[1][1] = WRITTEN[id]
    data = w.as_csv(rows) if how == "csv" else w.by_xlsxwriter({"活动": rows})
    folder = written(tmp_path / "in", {"submission.yaml": INFO.encode(), f"活动.{how}": data})
    intake = taken(folder, tmp_path / "out")
    found = [(each.code, each.place.row, each.place.column) for each in intake.findings if each.severity == "error"]
    assert found == [("cell-identity", 2, "B")]
    assert "events" in intake.bad
    assert ID[3:16] not in digits(said(intake, tmp_path / "out"))


@pytest.mark.parametrize(
    "text",
    [
        "91410100123456789X",  # a code of an organisation
        "2018.01.01-2018.12.31，共 365 天",
        "410000199013320018",  # no such day
        "110101198001020014",  # the checksum is wrong
        "合同号 HT-2018-110101-19800102-00164",  # longer
        "1200 1300 1400 1500 16 17",
        "0.110101198001020016",
        "3.14159265358979323846",
    ],
)
def test_other_figures_are_left_alone(text: str) -> None:
    assert [each.code for each in sightings(text) if each.code == "cell-identity"] == []


OTHER_NUMBERS = {
    "passport": ("护照 E12345678", ["cell-passport-like 3-12"]),
    "serial-number": ("E12345678", []),
    "passport-of-two-letters": ("护照 EA1234567。", ["cell-passport-like 3-12"]),
    "a-letter-more": ("XE12345678", []),
    "a-digit-more": ("E123456789", []),
    "mobile-alone": ("138 0013 8000", ["cell-mobile 0-13"]),
    "mobile-alone-with-hyphens": ("138-0013-8000", ["cell-mobile 0-13"]),
    "mobile-of-two-separators": ("138 0013-8000", ["cell-mobile-like 0-13"]),
    "mobile-like-a-year": ("138-2018-0001", ["cell-mobile-like 0-13"]),
    "mobile-of-no-network": ("154 0013 8000", ["cell-mobile-like 0-13"]),
    "mobile-ungrouped": ("13800138000", ["cell-mobile-like 0-11"]),
    "mobile-in-a-sentence": ("共 138 0013 8000 次", ["cell-mobile-like 2-15"]),
    "mobile-of-the-country": ("+8613800138000", ["cell-mobile 0-14"]),
    "mobile-after-a-word": ("联系：13800138000", ["cell-mobile 3-14"]),
    "mobile-far-from-the-word": ("电话号码是下面这个请记好了：13800138000", ["cell-mobile-like 14-25"]),
    "mobile-at-some-distance": ("电话打给我们中心吧 13800138000", ["cell-mobile 10-21"]),
    "mobile-of-another-kind": ("12800138000", []),
    "mobile-longer": ("138001380001", []),
    "card": ("6222 0212 3456 7894", ["cell-card-like 0-19"]),
    "card-wrong": ("6222 0212 3456 7895", []),
    "card-of-nineteen": ("6222021234567890128", ["cell-card-like 0-19"]),
    "card-of-twenty": ("62220212345678901280", []),
    "id-and-mobile": (f"{ID} 电话 13800138000", ["cell-identity 0-18", "cell-mobile 22-33"]),
    "mobile-before-id": (f"13800138000 {ID}", ["cell-mobile-like 0-11", "cell-identity 12-30"]),
    "born-on-the-20th": ("110101198012200012", ["cell-identity 0-18"]),
    "born-on-the-32nd": ("110101198012320014", []),
    "born-1900": ("11010119000102001X", ["cell-identity 0-18"]),
    "born-1899": ("110101189901020017", []),
    "born-2100": ("110101210001020015", ["cell-identity 0-18"]),
    "born-2101": ("110101210101020012", []),
}


@pytest.mark.parametrize("id", OTHER_NUMBERS)
def test_each_kind_of_number_is_told_by_its_place(id: str) -> None:
    text, expected = OTHER_NUMBERS[id]
    assert [f"{each.code} {each.start}-{each.end}" for each in sightings(text)] == expected


@pytest.mark.parametrize("body", ["98765419781126543", "12345619961217789"])
def test_the_check_digit_is_that_of_iso_7064(body: str) -> None:
    total = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(body))
    check = (12 - total) % 11
    for last in range(11):
        found = [each.code for each in sightings(body + "0123456789X"[last])]
        assert ("cell-identity" in found) is (last == check)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (110101198001020000, ["cell-identity 0-18"]),  # its last digits are lost
        (110101198012310000, ["cell-identity 0-18"]),
        (110101198013010000, []),  # no such day
        (20180102198001, []),  # a document's number, of fourteen digits
        (11010119800102001, []),  # one digit is missing
        (13800138000, ["cell-mobile-like 0-11"]),
        (12345678, []),
        (-110101198001020000, []),
    ],
)
def test_a_cell_of_numbers_may_hold_an_id_number(number: float, found: list[str]) -> None:
    assert [f"{each.code} {each.start}-{each.end}" for each in in_number(float(number))] == found


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("110101198001020000 名单", "110*************00 名单"),
        ("110101198013010000", "110101198013010000"),
        ("110101198012310000", "110*************00"),
        (f"甲{ID}乙110101198001020000", "甲110*************16乙110*************00"),
        ("1.110101198001020000", "1.110101198001020000"),
        ("护照E12345678", "护照E12****78"),
        ("工作簿１", "工作簿１"),
    ],
)
def test_a_name_is_shown_with_numbers_of_persons_masked(name: str, shown: str) -> None:
    assert shown_name(name) == shown
    assert masked(masked(ID)) == masked(ID) == "110*************16"


def test_the_sieve_lets_all_of_them_through() -> None:
    cells = pl.Series([*WRITTEN.values(), "13800131234", "4111 1111 1111 1111", "护照E12345678", "２０18-12-21"])
    kept = cells.str.replace_all("\u200b", "").str.contains(MAY_NAME_A_PERSON)
    assert kept.to_list() == [True] * (len(cells) - 1) + [False]


def test_the_digits_of_a_number_cell_are_masked_though_their_checksum_is_lost(tmp_path: Path) -> None:
    rows = sheet_of("events")
    rows[1][3] = float(ID)
    folder = written(tmp_path / "in", {"submission.yaml": INFO.encode(), "活动.xlsx": w.by_xlsxwriter({"活动": rows})})
    intake = taken(folder, tmp_path / "out")
    assert "cell-identity" in {each.code for each in intake.findings}
    assert ID[3:15] not in digits(said(intake, tmp_path / "out"))
    assert shown_name("110101198001020000") == "110*************00"


EVENTS, SUGGESTIONS = sheet_of("events"), sheet_of("suggestions")
FACT = f"facts: [{{zh: 联系 {ID}, quote: {ID}, source: S1, use: none}}]\n"
ELSEWHERE = {
    "header": {"活动.csv": w.as_csv([[*EVENTS[0], f"备注{ID}"], *([*row, "x"] for row in EVENTS[1:])])},
    "unused-row": {"活动.csv": w.as_csv([*EVENTS, [None] * 7 + [ID]])},
    "json-key": {"活动.json": json.dumps([{"日期": "2018-01-01", ID: 1}]).encode()},
    "json-table": {"数据.json": json.dumps({ID: {"a": 1}}).encode()},
    "yaml-key": {"活动.yaml": f"- {{日期: 2018-01-01, '{ID}': 1, '{ID}': 2}}\n".encode()},
    "sheet": {"数据.xlsx": w.by_xlsxwriter({"活动": EVENTS, f"联系{ID}": [["a"]]})},
    "attachment-missing": {"建议.csv": w.as_csv([SUGGESTIONS[0], [*SUGGESTIONS[1][:5], ID]])},
    "info-fact": {"submission.yaml": (INFO + FACT).encode()},
    "info-wrong": {"submission.yaml": INFO.replace("2018-01-01", f"'{ID}'").encode()},
    "info-key": {"submission.yaml": (INFO + f"k{ID}: 1\n").encode()},
    "damaged-attachment": {"attachments/a.txt": b"\xff\xfe\x00" + f"{ID}\n".encode()},
}


@pytest.mark.parametrize("id", ELSEWHERE)
def test_what_stands_anywhere_else_is_never_repeated(id: str, tmp_path: Path) -> None:
    files = {"submission.yaml": INFO.encode(), **ELSEWHERE[id]}
    intake = taken(written(tmp_path / "in", files), tmp_path / "out")
    assert any(each.severity != "note" for each in intake.findings)
    assert ID[3:16] not in digits(said(intake, tmp_path / "out"))


def _crossing() -> dict[str, bytes]:
    """A submission that quotes texts in which a number stands across every position at which a quotation is cut."""
    across = [f"{'备' * (cut - inside)}{ID}" for cut in (30, 40, 60) for inside in range(1, 18)]
    events = [[*EVENTS[0], *across], *EVENTS[1:]]
    suggestions = [[*row] for row in SUGGESTIONS[:1]] + [[*SUGGESTIONS[1][:5], text] for text in across]
    notes = [[*EVENTS[0]], *EVENTS[1:], *([text] for text in across)]
    items = [{"日期": "2018-01-01"} | dict.fromkeys(across, 1)]
    return {
        "活动.csv": w.as_csv(events),
        "建议.csv": w.as_csv(suggestions),
        "活动-2.xlsx": w.by_xlsxwriter({"活动": notes}),
        "活动-3.json": json.dumps(items).encode(),
        "活动-4.csv": w.as_csv([EVENTS[0], *([*row, None, across[40]] for row in EVENTS[1:])]),
    }


def test_no_cut_leaves_most_of_a_number(tmp_path: Path) -> None:
    intake = taken(written(tmp_path / "in", {"submission.yaml": INFO.encode(), **_crossing()}), tmp_path / "out")
    assert sum("备备" in each.message.zh for each in intake.findings) > 50
    assert ID[:6] not in said(intake, tmp_path / "out")


@pytest.mark.slow
def test_no_cut_leaves_most_of_a_number_in_what_is_shown(run: Run, example: Path) -> None:
    written(example / "submissions" / "online-3", _crossing())
    for command in ("check", "assess"):
        done = run(command, example)
        shown = done.stdout + done.stderr
        assert "备备" in shown
        assert ID[:6] not in shown
    kept = [path for path in (example / "results").rglob("*") if path.is_file()]
    assert kept
    assert [path.name for path in kept if ID[:6] in path.read_text("utf-8", "replace")] == []


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (ID, "sheet-personal"),
        ("电话13800138000", "sheet-personal"),
        ("13800138000", "sheet-personal-like"),
        ("护照E12345678", "sheet-personal-like"),
    ],
)
def test_the_name_of_a_sheet_is_refused_or_doubted(sheet: str, code: str, tmp_path: Path) -> None:
    book = w.by_xlsxwriter({"活动": EVENTS, sheet: [["a"]]})
    intake = taken(written(tmp_path / "in", {"submission.yaml": INFO.encode(), "数据.xlsx": book}), tmp_path / "out")
    assert code in {each.code for each in intake.findings}


@pytest.mark.slow
def test_nothing_of_it_reaches_the_results(run: Run, example: Path) -> None:
    folder = example / "submissions" / "online-3"
    info = folder / "submission.yaml"
    text = info.read_text("utf-8") if info.exists() else ""
    assert text, "online-3 sends a submission.yaml"
    info.write_text(text.replace("submitted_by: ", f"submitted_by: {WRITTEN['full-width']} "), "utf-8")
    (folder / "建议.csv").write_bytes(w.as_csv([["编号", "提交日期"], [WRITTEN["hyphens"], "2018-01-01"]]))
    assert run("assess", example).returncode == 1
    kept = [
        path for path in [*(example / "results").rglob("*"), *(example / ".cache").rglob("*.json")] if path.is_file()
    ]
    assert kept
    assert [path.name for path in kept if ID[3:16] in digits(path.read_text("utf-8"))] == []


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789Xx -１1385电话联系EGPa\n", max_size=120))
def test_what_identifies_a_person_is_found_in_order_and_masked(text: str) -> None:
    text = plain(text)
    found = sightings(text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    hidden = masked(text)
    assert len(hidden) == len(text)
    for each in found:
        assert text[each.start : each.end] not in hidden[each.start : each.end]

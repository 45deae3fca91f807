"""Files that are valid, though few programs write them so: each is read, with the values that a person sees."""

# ruff: noqa: E501

import struct
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.cells.dates import EPOCH_1900, EPOCH_1904
from pilot_eval.evidence.readers.by_content import read_grids
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.iso_moments import iso_text
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.number_formats import TIME, as_shown, format_of
from tests.support import hostile as h
from tests.support.writers import Raw, as_ods, as_xml2003


def grids_of(folder: Path, name: str, data: bytes) -> list[Grid]:
    (folder / name).write_bytes(data)
    return read_grids(folder / name, name, Limits())


def rows_of(folder: Path, name: str, data: bytes) -> list[list[Any]]:
    return [row for grid in grids_of(folder, name, data) for row in grid.rows if any(row)]


# --- times


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2018-05-04", "2018-05-04"), ("2018-05-04Z", "2018-05-04"), ("2018-05-04+08:00", "2018-05-04"),
        ("2018-05-04T00:00:00", "2018-05-04"), ("2018-05-04T08:30:00.000Z", "2018-05-04 08:30"),
        ("2018-05-04T08:30:15+08:00", "2018-05-04 08:30:15"), ("2018-05-04T24:00:00", "2018-05-05"),
        ("08:30", "08:30"), ("08:30:00.000", "08:30"), ("T08:30:15Z", "08:30:15"), ("23:59:59.9", "23:59:59"),
        ("12:02:00.00000000000916800", "12:02"), ("08:29:59.9999999", "08:30"), ("1899-12-30T08:30:00", "08:30"),
        ("1899-12-31T08:30:00.000", "08:30"), ("1899-12-31T288:00:00.000", "288:00"), ("20180504T083000", "2018-05-04 08:30"),
        ("PT08H30M00S", "08:30"), ("PT0H6M0.000S", "00:06"), ("PT288H0M0S", "288:00"), ("P1DT12H", "36:00"),
        ("P0Y0M0DT8H30M0S", "08:30"), ("PT08H29M59.999999916S", "08:30"), ("-PT1H30M", "-01:30"), ("PT1.5H", "01:30"),
    ],
)  # fmt: skip
def test_a_moment_is_shown_as_a_person_writes_it(stored: str, shown: str) -> None:
    assert iso_text(stored) == shown


@pytest.mark.parametrize("stored", ["", "P", "PT", "8", "08:60", "2018-13-01", "2018-05-0408:30", "P1Y", "2018-02-30"])
def test_what_is_no_moment_is_said_to_be_damaged(stored: str) -> None:
    with pytest.raises(ValueError):
        iso_text(stored)


def test_a_time_is_a_time_in_both_systems_of_dates() -> None:
    assert as_shown(8.5 / 24, TIME, EPOCH_1900) == as_shown(8.5 / 24, TIME, EPOCH_1904) == "08:30"
    assert iso_text("1904-01-01T08:30:00", TIME, EPOCH_1904) == "08:30"
    elapsed = format_of("[h]:mm")
    assert as_shown(1.25, elapsed, EPOCH_1904) == iso_text("1900-01-01T06:00:00.000", elapsed) == "30:00"
    assert iso_text("1904-01-02T06:00:00", elapsed, EPOCH_1904) == "30:00"
    assert as_shown(-1.5 / 24, elapsed, EPOCH_1904) == "-01:30"


def test_times_of_each_kind_of_workbook(tmp_path: Path) -> None:
    cells = "".join(f'<c r="{place}" t="d"><v>{said}</v></c>' for place, said in (("A1", "08:30"), ("B1", "PT36H")))
    assert rows_of(tmp_path, "a.xlsx", h.xlsx({h.SHEET: h.sheet(f'<row r="1">{cells}</row>')})) == [["08:30", "36:00"]]
    time = '<table:table-cell office:value-type="time" office:time-value="{}"><text:p>x</text:p></table:table-cell>'
    assert rows_of(
        tmp_path, "a.ods", as_ods({"活动": [[Raw(time.format("PT08H30M00S")), Raw(time.format("PT288H00M00S"))]]})
    ) == [["08:30", "288:00"]]
    moment = '<Data ss:Type="DateTime">{}</Data>'
    data = as_xml2003(
        {"活动": [[Raw(moment.format("1899-12-31T08:30:00.000")), Raw(moment.format("2018-05-04T00:00:00.000"))]]}
    )
    assert rows_of(tmp_path, "a.xls", data) == [["08:30", "2018-05-04"]]


# --- web pages

_HEAD, _BODY = "<th>活动名称</th><th>参加人次</th>", "<td>培训</td><td>120</td>"
_TABLE = [["活动名称", "参加人次"], ["培训", "120"]]


@pytest.mark.parametrize(
    "inside",
    [
        f"<thead>{_HEAD}</thead><tbody><tr>{_BODY}</tr></tbody>",
        f"<thead>{_HEAD}<tbody>{_BODY}",
        f"{_HEAD}<tr>{_BODY}",
        f"{_HEAD}</tr>{_BODY}</tr>",
        f"<colgroup><col><col></colgroup><tr>{_HEAD}</tr>{_BODY}</tr>",
        f"<tr>{_HEAD.replace('</th>', '')}<tr>{_BODY.replace('</td>', '')}",
        f"<thead><tr>{_HEAD}</thead><tfoot></tfoot><tbody>{_BODY}</tbody>",
        "<thead><th rowspan=2>活动名称<th>参加人次</thead><tbody><td>培训<td>120</tbody>",
        "<thead><th rowspan=0>活动名称<th>参加人次</thead><tbody><td>培训<td>120</tbody>",
    ],
)
def test_rows_whose_tags_are_left_out(inside: str, tmp_path: Path) -> None:
    data = f"<html><meta charset=utf-8><body><table>{inside}</table></body></html>".encode()
    assert rows_of(tmp_path, "a.xls", data) == _TABLE


def test_a_cell_spans_implied_rows_of_its_section(tmp_path: Path) -> None:
    (grid,) = grids_of(tmp_path, "a.xls", b"<table><td rowspan=2>a<td>1</tr><td>2</tr><td>b<td>3</table>")
    assert grid.rows == [["a", "1"], ["a", "2"], ["b", "3"]]


def test_a_number_too_wide_for_its_column_is_the_one_stored_beside_it(tmp_path: Path) -> None:
    data = b'<table><tr><td x:num="1234567.5">#####</td><td x:num>120</td><td>##</td></tr></table>'
    assert rows_of(tmp_path, "a.xls", data) == [["1234567.5", "120", "##"]]


def test_the_caption_of_a_table_is_a_row(tmp_path: Path) -> None:
    data = f"<table><caption>单位：万元</caption><tr>{_HEAD}</tr><tr>{_BODY}</tr></table>".encode()
    assert rows_of(tmp_path, "a.xls", data) == [["单位：万元", None], *_TABLE]


_INNER = f"<table><tr>{_HEAD}</tr><tr>{_BODY}</tr></table>"


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        (f"<table><tr><td>{_INNER}</td></tr></table>", _TABLE),
        (f"<table><td><table><tr><td>单位：人<tr><td>{_INNER}</table></table>", [["单位：人", None], *_TABLE]),
        (f"<table><tr><td>导航<td>标题{_INNER}完</td></tr></table>", [["导航", "标题"], *_TABLE, ["完", None]]),
        (f"<table><tr><th>甲<th>乙</tr><tr><td>导航<td>{_INNER}<tr><td>丙<td>丁</table>",
         [["甲", "乙"], ["导航", None], *_TABLE, ["丙", "丁"]]),
        (f"<table><tr><td>{_INNER}</td><td>{_INNER}</td></tr></table>", [*_TABLE, *_TABLE]),
        (f"<table><tr><th>甲<th>乙<th>丙</tr><tr><td>1<td>2<td>{_INNER}</tr></table>",
         [["甲", "乙", "丙"], ["1", "2", "活动名称\n参加人次\n培训\n120"]]),
        ("<table><tr><th>甲<th>乙</tr><tr><td><table><tr><td>1</table><td>2</tr></table>", [["甲", "乙"], ["1", "2"]]),
        (f"<table><tr><td>{_INNER}<script>'<table>'</script><!-- <table> --></table>", _TABLE),
    ],
)  # fmt: skip
def test_tables_that_another_arranges_are_read_below_each_other(
    page: str, rows: list[list[str | None]], tmp_path: Path
) -> None:
    data = f"<html><meta charset=utf-8><body>{page}".encode()
    assert rows_of(tmp_path, "a.xls", data) == rows


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        (f"<h2>培训\n统计</h2><p align=right>单位：人次</p>{_INNER}", [["培训 统计", None], ["单位：人次", None], *_TABLE]),
        (f"{_INNER}<div>注：不含线上</div><div>首页 下一页</div>", [*_TABLE, ["注：不含线上", None]]),
        (f"<br>一{_INNER}备注：甲<p>二</p>{_INNER}",
         [["一", None], *_TABLE, ["备注：甲", None], ["二", None], *_TABLE]),
        (f"<title>x</title><p>一</p><table><tr></table>&nbsp;<p>二</p>{_INNER}", [["一", None], ["二", None], *_TABLE]),
        (f"<div>菜单</div><p>{'长' * 300}</p>" + f"<div>单位：人</div>{_INNER}", [["菜单", None], ["单位：人", None], *_TABLE]),
    ],
)  # fmt: skip
def test_the_lines_around_a_table_are_read_with_it(page: str, rows: list[list[str | None]], tmp_path: Path) -> None:
    assert rows_of(tmp_path, "a.xls", f"<html><meta charset=utf-8><body>{page}".encode()) == rows


@pytest.mark.parametrize("hidden", ["<tr hidden><td>", "<tr><td hidden>", "<tbody hidden><tr><td>"])
def test_what_is_arranged_in_a_hidden_place_is_hidden(hidden: str, tmp_path: Path) -> None:
    hidden = hidden.replace("hidden", "style='display:none'")
    page = f"<html><meta charset=utf-8><table>{hidden}{_INNER}</tbody><tbody><tr><td>{_INNER}</table>"
    (grid,) = grids_of(tmp_path, "a.xls", page.encode())
    assert [*map(list, grid.rows)] == [*_TABLE, *_TABLE]
    assert grid.hidden_rows == {1, 2}


_PAGE = f"<body><table><tr>{_HEAD}</tr><tr>{_BODY}</tr></table>"


@pytest.mark.parametrize(
    ("before", "encoding"),
    [
        ('<meta charset="big5">', "big5"), ("<META CHARSET=Big5>", "big5"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5">', "big5"),
        ("<!-- <meta charset=euc-kr> --><meta charset='big5-hkscs'>", "big5hkscs"),
        ('<?xml version="1.0" encoding="Big5"?>', "big5"), ("<meta charset=shift_jis>", "cp932"),
        ("<meta charset=gb2312>", "gb18030"), ("<meta charset=utf-8>", "utf-8"), ("<meta charset=gb2312>", "utf-8"),
        ("<meta charset=big5>", "utf-8-sig"), ("<meta charset=utf-16>", "utf-16"), ("<meta charset=iso-2022-jp>", "iso2022_jp"),
        ("<meta charset=undefined>", "utf-8"), ("<meta charset=gb_2312-80>", "gbk"), ("<meta charset=x-gbk>", "gbk"),
        ("<meta charset=windows-936>", "gbk"), ("<meta charset=cn-big5>", "big5"), ("<meta charset=x-x-big5>", "big5"),
        ("<meta charset=windows-950>", "big5"), ("<meta charset=windows-31j>", "cp932"),
    ],
)  # fmt: skip
def test_the_charset_that_a_page_declares_is_honoured(before: str, encoding: str, tmp_path: Path) -> None:
    page, table = _PAGE, _TABLE
    for simple, other in zip("动称参数训", "動稱參數訓", strict=True):
        if encoding.startswith(("big5", "cp932", "iso2022")):
            page = page.replace(simple, other)
            table = [[cell.replace(simple, other) for cell in row] for row in table]
    said = f"{before}<html>{page}" if before.startswith("<?") else f"<html>{before}{page}"
    assert rows_of(tmp_path, "a.xls", said.encode(encoding)) == table


@pytest.mark.parametrize(
    ("label", "encoding", "said"),
    [
        ("ks_c_5601-1987", "cp949", "서울"), ("ksc_5601", "cp949", "서울"), ("windows-949", "cp949", "서울"),
        ("dos-874", "cp874", "กรุงเทพ"), ("x-mac-cyrillic", "mac-cyrillic", "Москва"), ("iso88595", "iso8859-5", "Москва"),
        ("koi8-ru", "koi8-u", "Київ"), ("x-cp1251", "cp1251", "Москва"), ("csmacintosh", "mac-roman", "Café"),
        ("logical", "iso8859-8", "שלום"),
    ],
)  # fmt: skip
def test_the_labels_of_browsers_are_known(label: str, encoding: str, said: str, tmp_path: Path) -> None:
    data = f"<meta charset={label}><table><tr><td>{said}<td>1</table>".encode(encoding)
    assert rows_of(tmp_path, "a.xls", data) == [[said, "1"]]


def test_a_western_page_is_read_as_it_declares(tmp_path: Path) -> None:
    data = "<meta charset=iso-8859-1><table><tr><td>Café – Müller<td>1</table>".encode("cp1252")
    assert rows_of(tmp_path, "a.xls", data) == [["Café – Müller", "1"]]


# --- CSV


@pytest.mark.parametrize(
    "said",
    [
        '活动名称,参加人次\n"培训" ,120\n', '"活动名称" , "参加人次" \n "培训"\t, "120"', '"活动名称" ;参加人次\n"培训"  ;120\n',
        '"活动名称" \t参加人次\r\n"培训" \t 120\r\n', '活动名称,参加人次\n\u3000"培训"\u00a0,120\n',
    ],
)  # fmt: skip
def test_blanks_around_quotes(said: str, tmp_path: Path) -> None:
    assert rows_of(tmp_path, "a.csv", said.encode()) == _TABLE


_ONES = "日期,活动名称\r\n2018-03-01,一最讲座\r\n2018-03-02,一一\r\n"  # characters with a NUL, like those of ASCII


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.txt"])
def test_utf16_without_a_mark(name: str, encoding: str, tmp_path: Path) -> None:
    for separator in ",\t;|":
        rows = [["日期", "活动名称"], ["2018-03-01", "一最讲座"], ["2018-03-02", "一一"]]
        assert rows_of(tmp_path, name, _ONES.replace(",", separator).encode(encoding)) == rows
    page = "<html><table><tr><td>一<td>最</table>"
    assert rows_of(tmp_path, name, page.encode(encoding)) == [["一", "最"]]


@pytest.mark.parametrize(
    "line", ["sep={}\n", '"sep={}"\r\n', "SEP={}\r\n", "sep={}\r", "sep={0}{0}{0}\r\n"], ids=repr
)  # fmt: skip
@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^", "~"])
def test_a_line_names_the_separator(line: str, separator: str, tmp_path: Path) -> None:
    end = line.lstrip('sepSEP={}0"')
    said = line.format(separator) + end.join(separator.join(row) for row in _TABLE)
    assert rows_of(tmp_path, "a.csv", said.encode()) == _TABLE


def test_columns_between_bars(tmp_path: Path) -> None:
    said = "活动名称|参加人次|备注\n培训|120|甲,乙\n"
    assert rows_of(tmp_path, "a.csv", said.encode()) == [[*_TABLE[0], "备注"], [*_TABLE[1], "甲,乙"]]


def test_big5_that_says_nothing_is_not_read_as_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="GB18030"):
        grids_of(tmp_path, "a.csv", "名稱,數量\n臺北活動,1\n".encode("big5"))


def test_blanks_beside_quotes_inside_a_cell_stay(tmp_path: Path) -> None:
    said = '名称,数\n"a "" ,b" ,1\n"x\n, "" ,y",2\n'
    assert rows_of(tmp_path, "a.csv", said.encode()) == [["名称", "数"], ['a " ,b', "1"], ['x\n, " ,y', "2"]]


@pytest.mark.parametrize("said", ['名,数\n"a,1\n"b" ,2\n', '名,数\n"a" "b",2\n', '名,数\n"a" b,2\n'])
def test_a_quote_that_takes_in_more_is_still_refused(said: str, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError):
        rows_of(tmp_path, "a.csv", said.encode())


# --- XLS


def _sst_cells(count: int) -> bytes:
    return b"".join(h.record(0x00FD, struct.pack("<3HL", at, 0, 0, at)) for at in range(count))


TEXTS = ["培训", "", "abc", "讲座" * 9, "x" * 40, "日期"]


def _string(text: str, *, rich: bool) -> bytes:
    wide = not text.isascii()
    flags, more = (wide | 12, struct.pack("<HL", 1, 5)) if rich else (int(wide), b"")
    body = text.encode("utf-16-le") if wide else text.encode()
    return struct.pack("<HB", len(text), flags) + more + body + (b"\0" * 9 if rich else b"")


@pytest.mark.parametrize("rich", [False, True])
def test_shared_strings_may_be_split_anywhere(rich: bool, tmp_path: Path) -> None:
    """At each byte: between strings, in their heads, between characters (whose width is then declared anew), behind."""
    strings = [_string(text, rich=rich) for text in TEXTS]
    whole = b"".join(strings)
    inside: dict[int, int] = {}  # offset to the width of the characters that it parts
    at = 0
    for text, string in zip(TEXTS, strings, strict=True):
        begin = at + 3 + 6 * rich
        width = 1 if text.isascii() else 2
        inside |= dict.fromkeys(range(begin, begin + len(text) * width), width - 1)
        at += len(string)
    for cut in range(len(whole) + 1):
        flag = bytes([inside[cut]]) if cut in inside else b""
        for pieces in ([whole[:cut], flag + whole[cut:]], [whole[:cut], b"", flag + whole[cut:], b""]):
            rows = rows_of(tmp_path, "a.xls", h.xls(_sst_cells(len(TEXTS)), h.sst(pieces, len(TEXTS))))
            assert [row[0] for row in rows] == [text for text in TEXTS if text], cut


@pytest.mark.parametrize("count", [0, 1, 3, 7, 2**32 - 1])
def test_the_number_of_shared_strings_may_be_wrong(count: int, tmp_path: Path) -> None:
    strings = b"".join(_string(text, rich=False) for text in TEXTS)
    rows = rows_of(tmp_path, "a.xls", h.xls(_sst_cells(len(TEXTS)), h.sst([strings], count)))
    assert [row[0] for row in rows] == [text for text in TEXTS if text]


@pytest.mark.parametrize("kind", [0x0204, 0x00D6])
def test_a_label_may_be_empty_or_go_on_in_other_records(kind: int, tmp_path: Path) -> None:
    at = struct.pack("<3H", 1, 3, 0)
    for body in (b"\0\0", b"\0\0\0", b"\0\0\1"):
        (grid,) = grids_of(tmp_path, "a.xls", h.xls(h.xls_with(h.record(kind, at + body))))
        assert grid.rows[1][3] is None
    said = "长" * 100
    text = said.encode("utf-16-le")
    for cut in range(0, 200, 2):
        cell = h.record(kind, at + struct.pack("<HB", 100, 1) + text[:cut]) + h.record(0x003C, b"\1" + text[cut:])
        (grid,) = grids_of(tmp_path, "a.xls", h.xls(h.xls_with(cell)))
        assert grid.rows[1][3] == said


@pytest.mark.parametrize(("said", "wide"), [("长", True), ("讲座", True), ("abc", False)])
def test_a_label_may_count_a_mark_of_its_end(said: str, wide: bool, tmp_path: Path) -> None:
    text = said.encode("utf-16-le" if wide else "ascii")
    cells = [h.record(0x0204, struct.pack("<4HB", 1, 3, 0, len(said) + more, wide) + text) for more in (1, 2)]
    assert grids_of(tmp_path, "a.xls", h.xls(h.xls_with(cells[0])))[0].rows[1][3] == said
    with pytest.raises(EvidenceError, match="truncated"):
        grids_of(tmp_path, "a.xls", h.xls(h.xls_with(cells[1])))


def test_a_formula_may_give_empty_text_without_flags(tmp_path: Path) -> None:
    (grid,) = grids_of(tmp_path, "a.xls", h.xls(h.xls_with(h.FORMULA + h.record(0x0207, b"\0\0"))))
    assert grid.rows[1][3] is None


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 5, 7, 9])
def test_a_format_that_is_cut_is_read_as_far_as_it_goes(length: int, tmp_path: Path) -> None:
    body = struct.pack("<HHB", 200, 9, 0) + b"0.0"
    more = h.record(0x041E, body[:length]) + h.record(0x00E0, b"\0\0\xc8\0") + h.record(0x00E0, b"\0")
    (grid,) = grids_of(tmp_path, "a.xls", h.xls(h.XLS_CELLS, more))
    assert grid.rows == [list(h.HEADER), list(h.ROW)]


def test_short_records_beside_the_cells_are_no_matter(tmp_path: Path) -> None:
    cells = h.XLS_CELLS
    for kind in (0x0208, 0x007D, 0x00E5, 0x0042, 0x0022):
        for length in range(8):
            cells += h.record(kind, bytes(length))
    (grid,) = grids_of(
        tmp_path, "a.xls", h.xls(cells + h.record(0x00E5, b"\xff\xff" + struct.pack("<4H", 0, 0, 0, 1) + b"\0"))
    )
    assert grid.rows == [list(h.HEADER), list(h.ROW)]


@pytest.mark.parametrize("version", [0x0000, 0x0500])
def test_records_without_a_file_around_them(version: int, tmp_path: Path) -> None:
    def cell(column: int, row: int, text: str) -> bytes:
        said = text.encode("gbk")
        return h.record(0x0204, struct.pack("<4H", row, column, 0, len(said)) + said)

    begin = h.record(0x0809, struct.pack("<2H", version, 0x10) + bytes(4))
    data = begin + cell(0, 0, "活动名称") + cell(1, 0, "参加人次") + cell(0, 1, "培训")
    data += h.record(0x0203, struct.pack("<3Hd", 1, 1, 0, 120.0)) + h.record(0x000A)
    assert rows_of(tmp_path, "a.xls", data) == [["活动名称", "参加人次"], ["培训", 120.0]]
    assert rows_of(tmp_path, "b.xls", h.biff5("讲座".encode("gbk"))) == [list(h.HEADER), list(h.ROW)]


@pytest.mark.parametrize(
    "begin",
    [
        b"\x09\x00\x04\x00\x02\x00\x10\x00",
        b"\x09\x02\x06\x00\x00\x03\x10\x00\0\0",
        b"\x09\x04\x08\x00\x00\x04\x00\x01\0\0\0\0",
    ],
)
def test_an_older_workbook_is_named(begin: bytes, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as raised:
        rows_of(tmp_path, "a.xls", begin + bytes(100))
    assert [(each.code, "Excel 2.0" in str(each.message.en)) for each in raised.value.findings] == [("file-is", True)]

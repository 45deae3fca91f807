"""Hostile CSV, JSON and YAML."""

# ruff: noqa: E501

import json
from collections.abc import Callable

from tests.support.hostile.listing import HEADER, HUGE, ROW, several, text

# --- CSV


def _changed(column: int, cell: str) -> Callable[[], bytes]:
    """The table with one cell changed."""
    return lambda: text([HEADER, (*ROW[:column], cell, *ROW[column + 1 :])])


_BODY = text([HEADER, ROW])
several(
    "events.csv", "csv-quote",
    csv_unclosed_quote=lambda: text([HEADER, ("2018-01-01", '"讲座', "培训", "1", "否"), *[ROW] * 1000]),
    csv_quote_closed_far_below=lambda: text([HEADER, ("2018-01-01", '"讲座', "培训", "1", "否"), *[ROW] * 1000, ("2018-01-02", '讲座"', "培训", "1", "否")]),
    csv_quote_amid_text=lambda: text([HEADER, ("2018-01-01", '"讲"座', "培训", "1", "否")]),
    csv_quote_at_the_end=lambda: _BODY + b'"',
)  # fmt: skip
several(
    "events.csv",
    "sheet-too-large",
    csv_million_columns=lambda: _BODY + b"1," * 1_000_000 + b"1\n",
    csv_wide_row_below=lambda: _BODY + b"\n" * 200_000 + b"1," * 400 + b"1\n",
    csv_many_rows=lambda: _BODY + b"1\n" * 2_000_001,
)
several(
    "events.csv", "row-total", read=True,
    csv_many_totals=lambda: text([HEADER, *[ROW, ("合计", "", "", "10", "")] * 20_000]),
)  # fmt: skip
several(
    "events.csv", "sheet-too-large", large=True,
    csv_blank_lines_after_a_quote=lambda: text([HEADER, (ROW[0], '"讲座"', *ROW[2:])]) + b"\n" * 45_000_000 + text([ROW]),
    csv_blank_lines_of_cr=lambda: _BODY + b"\r" * 45_000_000 + text([ROW]),
)  # fmt: skip
several(
    "events.csv",
    "cell-too-long",
    csv_long_line=lambda: _BODY + b"a" * (8 * HUGE),
    csv_long_cell=_changed(1, "讲" * 40_000),
)
several(
    "events.csv", "cell-too-long", large=True,
    csv_line_of_49_mb=lambda: _BODY + b"a" * (49 * HUGE - 200),
    csv_line_of_49_mb_in_chinese=lambda: _BODY + "讲".encode() * (16 * HUGE),
    csv_line_of_49_mb_astral=lambda: _BODY + "𠮷".encode() * (12 * HUGE),
)  # fmt: skip
several("events.csv", "file-too-large", large=True, csv_line_of_100_mb=lambda: _BODY + b"a" * (100 * HUGE))
several(
    "events.csv", "file-nul",
    csv_nul=lambda: _BODY + b"2018-01-01,\0,x,1,x\n",
    csv_of_nuls=lambda: bytes(100_000),
    csv_utf32=lambda: _BODY.decode().encode("utf-32"),
)  # fmt: skip
several(
    "events.csv", "file-encoding",
    csv_utf16_of_odd_length=lambda: _BODY.decode().encode("utf-16") + b"x",
    csv_utf16_lone_surrogate=lambda: b"\xff\xfe" + b"a\0,\0\x00\xd8\n\0",
    csv_lone_surrogate=lambda: _BODY + b"\xed\xa0\x80,1\xff\n",
    csv_noise=lambda: bytes(range(128, 256)) * 10 + b"\xff",
    csv_cp1252=lambda: _BODY + b"caf\xe9\n",
)  # fmt: skip
several("events.csv", "file-cut-short", csv_cut_in_a_character=lambda: _BODY + "2018-01-01,讲座".encode()[:-1])
several("events.csv", "sheet-no-header", csv_utf7=lambda: _BODY.decode().encode("utf-7"))
several(
    "events.csv", "cell-number", "D2",
    csv_nan=_changed(3, "NaN"), csv_infinity=_changed(3, "Infinity"), csv_1e400=_changed(3, "1e400"),
    csv_many_digits=_changed(3, "9" * 30_000), csv_underscore=_changed(3, "1_000"), csv_hex=_changed(3, "0x10"),
    csv_formula=_changed(3, "=1+1"), csv_command=_changed(3, "=cmd|'/c calc'!A0"), csv_10e309=_changed(3, "１e309"),
)  # fmt: skip
several(
    "events.csv", "cell-date", "A2",
    csv_day_32=_changed(0, "2018-02-30"), csv_year_0=_changed(0, "0000-00-00"), csv_serial_1e308=_changed(0, "1e308"),
    csv_date_of_digits=_changed(0, "2" * 30_000),
)  # fmt: skip
several(
    "events.csv", "cell-reordered", "D2",
    csv_bidi=_changed(3, "1\u202e0\u202c"), csv_isolate=_changed(3, "\u20661\u20690"),
)  # fmt: skip
several(
    "events.csv", "submission-no-info", read=True,
    csv_bidi_in_text=_changed(1, "讲座\u202e01\u202c"), csv_zero_width=_changed(3, "1\u200b0"), csv_bom_inside=lambda: _BODY + b"\xef\xbb\xbf2018-04-01," + text([ROW[1:]]),
    csv_mixed_newlines=lambda: text([HEADER], newline="\r\n") + text([ROW], newline="\r") + text([ROW]).replace(b"03", b"04"),
    csv_formula_in_text=_changed(1, "=HYPERLINK(1)"), csv_no_last_newline=lambda: _BODY[:-1],
)  # fmt: skip


# --- JSON and YAML

_RECORD = dict(zip(HEADER, ROW, strict=True))


def as_json(number: str) -> Callable[[], bytes]:
    said = json.dumps([_RECORD], ensure_ascii=False)
    return lambda: said.replace('"10"', number).encode()


several(
    "events.json", "json-too-deep",
    json_deep_list=lambda: b"[" * 100_000 + b"]" * 100_000,
    json_deep_object=lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    json_deep_unclosed=lambda: b"[" * 1_000_000,
)  # fmt: skip
several("events.json", "sheet-too-large", json_wide_lists=lambda: b"[" + b"[]," * 3_000_000 + b"[]]")
several(
    "events.json", "sheet-too-large",
    json_many_keys=lambda: json.dumps([{f"k{i}": 1 for i in range(1000)}]).encode(),
    json_other_keys_each=lambda: json.dumps([{f"k{i % 400}": 1} for i in range(60_000)]).encode(),
)  # fmt: skip
several(
    "events.json", "cell-number",
    json_nan=as_json("NaN"), json_infinity=as_json("-Infinity"), json_1e400=as_json("1e400"),
)  # fmt: skip
several("events.json", "json-cell", json_list_in_a_cell=as_json("[1]"), json_object_in_a_cell=as_json('{"a": 1}'))
several(
    "events.json", "json-key-twice", "z",
    json_key_twice_among_many=lambda: ("[{" + ",".join(f'"k{i}":0' for i in range(300_000)) + ',"z":1,"z":2}]').encode(),
)  # fmt: skip
several(
    "events.json", "json-key-twice", json_key_twice=lambda: '[{"日期": "2018-01-01", "日期": "2018-01-02"}]'.encode()
)
several(
    "events.json", "cell-damaged", json_lone_surrogate=lambda: json.dumps([_RECORD | {"活动名称": "\ud800"}]).encode()
)
several(
    "events.json", "file-json",
    json_surrogate_key=lambda: b'[{"\\ud800": 1}]', json_cut=lambda: as_json("1")()[:-9], json_two=lambda: b"[] []",
    json_comment=lambda: b"[] // x", json_control=lambda: b'["a\x01"]', json_not=lambda: b"hello",
)  # fmt: skip
several("events.json", "json-shape", json_scalar=lambda: b"1")
several("events.json", "sheet-no-header", json_of_lists=lambda: b"[[1, 2], [3, 4]]")
several("events.json", "file-nul", json_nul=lambda: b'[{"a": "\0"}]')
_YAML_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_YAMLS: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("alias_bomb", "yaml-alias", lambda: _YAML_BOMB.encode()),
    ("merge_bomb", "yaml-alias", lambda: b"a: &a {x: 1}\nb: {<<: *a}\n"),
    ("merge_key", "yaml-alias", lambda: b"b: {<<: {x: 1}}\n"),
    ("circle", "yaml-alias", lambda: b"&a [*a]\n"),
    ("object", "yaml-tag", lambda: b"!!python/object/apply:os.system ['true']\n"),
    ("own_tag", "yaml-tag", lambda: b"a: !x 1\n"),
    ("deep_flow", "yaml-too-deep", lambda: b"[" * 100_000),
    ("deep_maps", "yaml-too-deep", lambda: b"{a: " * 100_000),
    ("deep_block", "yaml-too-deep", lambda: b"- " * 100_000 + b"x"),
    ("deep_keys", "yaml-too-deep", lambda: b"".join(b" " * i + b"a:\n" for i in range(2000))),
    ("many", "yaml-too-deep", lambda: b"- 1\n" * 300_000),
    ("documents", "yaml-documents", lambda: b"---\na: 1\n---\nb: 2\n"),
    ("key_twice", "yaml-duplicate-key", lambda: b"a: 1\na: 2\n"),
    ("list_as_key", "yaml-key", lambda: b"? [a]\n: 1\n"),
    ("tab", "yaml-syntax", lambda: b"a:\n\tb: 1\n"),
    ("control", "yaml-syntax", lambda: b"a: \x01\n"),
    ("unclosed", "yaml-syntax", lambda: b'a: "x\n' * 1000),
    ("directive", "yaml-syntax", lambda: b"%YAML 9.9\n%YAML 9.9\n---\na: 1\n"),
)  # fmt: skip
for _name, _code, _make in _YAMLS:
    several("events.yaml", _code, **{f"yaml_{_name}": _make})
    several("submission.yaml", _code, **{f"information_{_name}": _make})
several("submission.yaml", "yaml-not-a-mapping", information_list=lambda: b"- a\n", information_text=lambda: b"pilot\n")
several("submission.yaml", "file-nul", information_nul=lambda: b"pilot: \0\n")
several("submission.yaml", "file-encoding", information_noise=lambda: b"pilot: \xff\xfe\xff\n")

"""Bad variants: files that aren't what they should be, texts gone wrong, archives, what a submission says of itself."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping

from tests.support import hostile as h
from tests.support import writers as w
from tests.support.corpus.bad_tables import ID
from tests.support.corpus.variants import INFO, Mark, Variant, bad, sheet_of
from tests.support.writers import Wps

ROWS = sheet_of("events")
BODY = ROWS[1:]
TEXT = w.as_csv(ROWS).decode()


def _alone(id: str, files: Callable[[], Mapping[str, bytes]], *marks: Mark, info: bool = True) -> Variant:
    return Variant(id, files, said=frozenset(marks), good=False, info=info)


def _parts(data: bytes, without: str = "", **replaced: bytes) -> bytes:
    """An archive without a part, or with others in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            if name != without and name not in replaced:
                made.writestr(name, package.read(name))
        for name, part in replaced.items():
            made.writestr(name, part)
    return out.getvalue()


def _wrong_files() -> dict[str, tuple[str, Callable[[], bytes], str]]:
    """By id: the file's name, its content, the code."""
    book = Wps().book({"活动": ROWS})
    return {
        "empty": ("活动.csv", lambda: b"", "file-empty"),
        "empty-workbook": ("活动.xlsx", lambda: b"", "file-empty"),
        "blank-text": ("活动.csv", lambda: b"\xef\xbb\xbf\r\n  \r\n", "file-empty"),
        "pdf": ("活动.xlsx", lambda: b"%PDF-1.7\n" + b"x" * 600, "file-is"),
        "picture": ("活动.xls", lambda: b"\xff\xd8\xff\xe0" + b"x" * 600, "file-is"),
        "screenshot": ("活动.csv", lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 600, "file-is"),
        "rar": ("活动.xlsx", lambda: b"Rar!\x1a\x07\0" + b"x" * 600, "file-is"),
        "word-document": ("活动.xlsx", lambda: w.as_zip({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
                          "file-is"),
        "presentation": ("活动.xlsx", lambda: w.as_zip({"[Content_Types].xml": b"<a/>", "ppt/a.xml": b"<a/>"}),
        "file-is"),
        "binary-workbook": ("活动.xlsx", lambda: w.as_zip({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"a"}),
                            "file-is"),
        "writer-document": ("活动.ods", lambda: w.as_zip({"mimetype": b"application/vnd.oasis.opendocument.text",
                                                        "content.xml": b"<a/>"}), "file-is"),
        "archive-as-workbook": ("活动.xlsx", lambda: w.as_zip({"a.txt": b"a"}), "file-is"),
        "xml-spreadsheet": ("活动.xls", lambda: b'<?xml version="1.0"?>\n<Workbook xmlns="urn:x"></Workbook>',
        "file-is"),
        "xml-spreadsheet-broken": ("活动.xls", lambda: w.as_xml2003({"活动": ROWS})[:-30], "xml-broken"),
        "xml-spreadsheet-with-a-doctype": ("活动.xls", lambda: w.as_xml2003({"活动": ROWS}).replace(
            b"<Workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><Workbook', 1), "xml-doctype"),
        "xml-spreadsheet-of-nothing": ("活动.xls", lambda: w.as_xml2003({}), "book-empty"),
        "mhtml": ("活动.xls", lambda: b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "file-is"),
        "page-without-a-table": ("活动.xls", lambda: b"<html><body>404</body></html>", "file-kind"),
        "page-cut-short": ("活动.xls", lambda: w.as_html(ROWS)[:-30], "file-cut-short"),
        "binary": ("活动.xls", lambda: bytes(range(256)) * 4, "file-kind"),
        "cut-short": ("活动.xlsx", lambda: book[: len(book) // 2], "zip-broken"),
        "cut-short-xls": ("活动.xls", lambda: w.by_xlwt({"活动": ROWS})[:3000], "xls-broken"),
        "no-sheet-part": ("活动.xlsx", lambda: _parts(book, "xl/worksheets/sheet1.xml"), "book-part-missing"),
        "no-workbook-part": ("活动.xlsx", lambda: _parts(book, "xl/workbook.xml"), "book-part-missing"),
        "no-strings": ("活动.xlsx", lambda: _parts(book, "xl/sharedStrings.xml"), "book-part-missing"),
        "broken-xml": ("活动.xlsx", lambda: _parts(book, **{"xl/workbook.xml": b"<workbook>"}), "xml-broken"),
        "json-broken": ("活动.json", lambda: b'[{"a": 1,}]', "file-json"),
        "json-not-a-list": ("活动.json", lambda: b'"a"', "json-shape"),
        "json-of-numbers": ("活动.json", lambda: b"[1, 2]", "json-shape"),
        "json-key-twice": ("活动.json", lambda: b'[{"a": 1, "a": 2}]', "json-key-twice"),
        "json-lines": ("活动.json", lambda: b'{"a": 1}\n{"a": 2,}\n', "file-json"),
        "json-then-more": ("活动.json", lambda: b'[{"a": 1}]\n[{"a": 2}]\n', "file-json"),
        "yaml-broken": ("活动.yaml", lambda: b"- a: [1\n", "yaml-syntax"),
        "yaml-tag": ("活动.yaml", lambda: b"- a: !x 1\n", "yaml-tag"),
        "yaml-alias": ("活动.yaml", lambda: b"- &a {a: 1}\n- *a\n", "yaml-alias"),
        "csv-nul": ("活动.csv", lambda: w.as_csv(ROWS) + b"\0\n", "file-nul"),
        "csv-utf16-without-a-mark-cut": ("活动.csv", lambda: w.as_csv(ROWS, "utf-16-le")[:-1], "file-encoding"),
        "csv-nul-amid": ("活动.csv", lambda: w.as_csv(ROWS) + b"\0a\0\0", "file-nul"),
        "csv-broken-utf8-and-gb": ("活动.csv", lambda: w.as_csv(ROWS) + b"\xff\xff\n", "file-encoding"),
        "csv-cut-in-a-character": ("活动.csv", lambda: w.as_csv([*ROWS, ["完"]]).rstrip()[:-1], "file-cut-short"),
        "csv-odd-utf16": ("活动.csv", lambda: b"\xff\xfe" + w.as_csv(ROWS, "utf-16-le") + b"\n", "file-encoding"),
    }  # fmt: skip


def _kinds() -> Iterator[Variant]:
    lines = {
        "json-broken": 1,
        "json-lines": 2,
        "json-then-more": 2,
        "csv-nul-amid": 5,
        "yaml-broken": 1,
        "yaml-tag": 1,
        "yaml-alias": 1,
        "csv-nul": 5,
    }
    sheets = {"no-sheet-part": "活动", "no-strings": "活动"}
    for id, (name, make, code) in _wrong_files().items():
        mark = Mark(code, name, sheets.get(id), lines.get(id))
        if id == "json-of-numbers":
            mark = mark._replace(row=1)
        if id == "json-key-twice":
            mark = Mark(code, name)
        yield _alone(f"file-{id}", lambda n=name, m=make: {n: m()}, mark)


def _texts() -> Iterator[Variant]:
    def text(id: str, data: str, *said: str) -> Variant:
        return bad(f"csv-{id}", "csv-utf8", ROWS, *said, write=lambda n, r: data.encode())

    yield text("unclosed-quote", TEXT.replace("同心论坛", '"同心论坛'), "csv-quote 3")
    head, first, *others = TEXT.splitlines()
    day, title, *rest = first.split(",")
    swallowed = [",".join([day, f'"{title}', *rest]), *others, ",".join([day, f'{title}"', *rest]), first]
    heads = {"a-title-of-two": ["填报单位：某中心,2018年", head], "a-wider-header": [f"{head},"], "wider-rows": [head]}
    for id, above in heads.items():
        rows = [f"{each}," if id == "wider-rows" else each for each in (first, *swallowed)]
        yield text(f"swallowed-rows-below-{id}", "\r\n".join([*above, *rows]), f"csv-quote {len(above) + 2}")
    yield text("quote-amid-text", TEXT.replace("同心论坛", '"同心"论坛'), "csv-quote 3")
    yield text(
        "quote-that-takes-in-a-row",
        TEXT.replace("新媒体从业人员培训班", '"新媒体').replace("同心论坛", '论坛"'),
        "csv-quote 2",
    )
    yield text("shifted-row", TEXT.replace("同心论坛", "同心,论坛"), "row-wider 3", "cell-choice C3", "cell-number D3",
               "cell-flag E3")  # fmt: skip
    yield text("decimal-commas", TEXT.replace(",86,", ",86,0,"), "row-wider 3")
    record = {"日期": "2018-03-02", "活动名称": "论坛", "类型": "培训", "参加人次": 1, "是否联合举办": "否"}
    for id, cell, code in (("list", [1], "json-cell"), ("object", {"a": 1}, "json-cell"),
                           ("nan", float("nan"), "cell-number"),
                           ("infinite", float("inf"), "cell-number")):  # fmt: skip
        data = json.dumps([{**record, "参加人次": cell}]).encode()
        yield _alone(f"json-{id}", lambda d=data: {"活动.json": d}, Mark(code, "活动.json", None, 1, "参加人次"))
    nested = json.dumps([record | {"附注": [{"联系": ID}]}]).encode()
    yield _alone("json-a-person-nested", lambda: {"活动.json": nested},
                 Mark("cell-identity", "活动.json", None, 1, "附注"))  # fmt: skip
    missing = json.dumps([record, {k: v for k, v in record.items() if k != "参加人次"}]).encode()
    yield _alone(
        "json-key-missing", lambda: {"活动.json": missing}, Mark("cell-required", "活动.json", None, 2, "参加人次")
    )


def _archives() -> Iterator[Variant]:
    table = {"活动.csv": w.as_csv(ROWS)}
    archives: dict[str, tuple[Callable[[], bytes], str]] = {
        "link": (lambda: h.zipped([h.Part("a.csv", b"/etc", mode=0o120777)]), "archive-link"),
        "outside": (lambda: w.as_zip({"../活动.csv": b"a"}), "archive-path"),
        "absolute": (lambda: w.as_zip({"/etc/活动.csv": b"a"}), "archive-path"),
        "drive": (lambda: w.as_zip({"C:/活动.csv": b"a"}), "archive-path"),
        "that-is-rar": (lambda: b"Rar!\x1a\x07\0" + bytes(99), "archive-is"),
        "that-unpacks-itself": (lambda: b"MZ" + bytes(999) + w.as_zip(table), "archive-is"),
        "cut-short": (lambda: w.as_zip(table)[:60], "zip-broken"),
        "not-an-archive": (lambda: "这不是压缩包".encode(), "zip-broken"),
    }
    for id, (make, code) in archives.items():
        yield _alone(f"archive-{id}", lambda m=make: {"材料.zip": m()}, Mark(code, "材料.zip"))
    other = {"活动.csv": w.as_csv(ROWS[:-1]), "照片.jpg": b"\xff\xd8\xff1"}
    yield _alone("archive-clash", lambda: {"活动.csv": w.as_csv(ROWS), "材料.zip": w.as_zip(other),
                                           "照片.jpg": b"\xff\xd8\xff2"},
                 Mark("archive-clash", "材料.zip"), Mark("archive-clash-attachment", "材料.zip"),
                 Mark("submission-unused-file", "照片.jpg"))  # fmt: skip
    for id, part, code in (
        ("deflate64", h.Part("活动.csv", w.as_csv(ROWS), method=9), "zip-method"),
        ("a-control-character", h.Part("活动\n.csv", w.as_csv(ROWS)), "archive-name"),
        ("a-path-too-long", h.Part("d/" * 50 + "活动.csv", w.as_csv(ROWS)), "archive-name-long"),
    ):
        yield _alone(f"archive-entry-of-{id}",
                     lambda p=part: {"材料.zip": h.zipped([p, h.Part("经费预算.csv", w.as_csv(sheet_of("finance")))])},
                     Mark(code, "材料.zip"))  # fmt: skip
    for id, file, inner in (
        ("nested", "材料.zip", {**table, "内.zip": w.as_zip(table)}),
        ("nested-of-its-own-name", "材料.zip", {**table, "材料.zip": w.as_zip(table)}),
        ("rar-inside", "材料.zip", {**table, "内.rar": b"Rar!"}),
    ):
        name = next(each for each in inner if each not in table)
        yield _alone(f"archive-{id}", lambda f=file, i=inner: {f: w.as_zip(i)},
                     Mark("archive-unopened", f"{file}/{name}"))  # fmt: skip
    for name in ("照片.rar", "照片.7z", "照片.tar.gz", "照片.TGZ"):
        yield _alone(f"unopened-{name}", lambda n=name: {n: b"x", **table}, Mark("archive-unopened", name))
    for name in ("活动.xlsb", "活动.slk", "活动.dif", "活动.dbf", "活动.jsonl", "活动.mht", "活动.rar",
                 "活动.7z", "活动.tar.gz", "2018年活动台账.XLSB"):  # fmt: skip
        yield _alone(f"table-unread-{name}", lambda n=name: {n: b"x"}, Mark("table-unread", name))
    yield _alone("table-unread-in-an-archive", lambda: {"材料.zip": w.as_zip({"活动.zip": w.as_zip(table)})},
                 Mark("table-unread", "材料.zip/活动.zip"))  # fmt: skip
    mapped = {"submission.yaml": (INFO + "tables: {events: 台账.dbf}\n").encode(), "台账.dbf": b"x"}
    yield _alone("table-unread-by-the-map", lambda: mapped, Mark("table-unread", "台账.dbf"), info=False)
    yield _alone("table-in-a-text-without-a-header", lambda: {"活动.txt": "2018年办了三场活动。\n".encode()},
                 Mark("sheet-no-header", "活动.txt"))  # fmt: skip
    inner = {"活动.csv": TEXT.replace("86", "许多").encode()}
    yield _alone("archive-with-a-bad-cell", lambda: {"材料.zip": w.as_zip(inner)},
                 Mark("cell-number-vague", "材料.zip/活动.csv", None, 3, "D"))  # fmt: skip
    yield _alone("unused-file", lambda: {"活动.csv": w.as_csv(ROWS), "照片.jpg": b"\xff\xd8"},
                 Mark("submission-unused-file", "照片.jpg"))  # fmt: skip
    yield _alone("unknown-table", lambda: {"通讯录.csv": "甲,乙\n1,2\n".encode()},
                 Mark("submission-unused-file", "通讯录.csv"))  # fmt: skip


def _information() -> Iterator[Variant]:
    def yaml(id: str, text: str, *marks: tuple[str, int | None]) -> Variant:
        files = {"submission.yaml": text.encode(), "活动.csv": w.as_csv(ROWS)}
        found = [Mark(code, "submission.yaml", None, line) for code, line in marks]
        return _alone(f"information-{id}", lambda: files, *found, info=False)

    yield _alone("information-missing", lambda: {"活动.csv": w.as_csv(ROWS)}, Mark("submission-no-info"), info=False)
    yield yaml("other-pilot", INFO.replace("base-1", "base-2"), ("submission-wrong-pilot", 1))
    yield yaml("other-period", INFO.replace("2018-12-31", "2018-06-30"), ("submission-period", 4))
    yield yaml("no-pilot", INFO.replace("pilot: base-1\n", ""), ("submission-missing-key", 1))
    yield yaml("no-office", INFO.replace("contact_office: 办公室\n", ""), ("submission-missing-key", 1))
    yield yaml("no-statement", INFO.replace("registered: true", ""), ("submission-missing-key", 1))
    yield yaml("unknown-key", INFO + "pilott: a\n", ("submission-unknown-key", 6))
    yield yaml("unknown-statement", INFO.replace("{registered: true}", "{registered: true, registred: true}"),
               ("submission-unknown-key", 5))  # fmt: skip
    yield yaml("no-yes-or-no", INFO.replace("true", "也许"), ("submission-wrong-value", 5))
    yield yaml("no-date", INFO + "submitted_on: 去年\n", ("submission-wrong-value", 6))
    yield yaml("unknown-empty-table", INFO + "nothing_to_report: [没有这张表]\n", ("submission-unknown-key", 6))
    yield yaml("empty-as-text", INFO + "nothing_to_report: penalties\n", ("submission-wrong-value", 6))
    yield yaml("empty-and-not", INFO + "nothing_to_report: [events]\n", ("submission-not-empty", None))
    yield yaml("mapped-file-missing", INFO + "tables: {events: 没有.csv}\n", ("cell-attachment", None))
    yield yaml("key-twice", INFO + "pilot: base-1\n", ("yaml-duplicate-key", 6))
    yield yaml("broken", INFO + "a: [\n", ("yaml-syntax", 6))
    yield yaml("a-list", "- pilot\n", ("yaml-not-a-mapping", 1))
    yield yaml("personal", INFO.replace("办公室", "电话 138-1234-5678"), ("cell-mobile", 3))
    sheet = [["项目", "填写"], ["试点编号", "base-1"], ["填报单位", "某中心"], ["联系部门", "办公室"], ["期间起",
    "2018-01-01"],
             ["期间止", "2018-12-31"], ["依法登记", "是"]]  # fmt: skip

    def book(id: str, at: int, answer: object, *marks: tuple[str, int | None, str | None]) -> Variant:
        rows = [[label, answer] if row == at else [label, cell] for row, (label, cell) in enumerate(sheet, 1)]
        found = [Mark(code, "数据.xlsx", "填报信息", row, column) for code, row, column in marks]
        return _alone(f"information-sheet-{id}",
                      lambda: {"数据.xlsx": w.by_openpyxl({"填报信息": rows, "活动": ROWS})}, *found,
                      info=False)  # fmt: skip

    yield book("other-pilot", 2, "base-9", ("submission-wrong-pilot", 2, "B"))
    yield book("no-office", 4, None, ("submission-missing-key", None, None))
    yield book("personal", 4, "电话：13812345678", ("cell-mobile", 4, "B"))
    yield book("other-period", 5, "2017-01-01", ("submission-period", 5, "B"))
    yield book("no-date", 6, "年底", ("submission-wrong-value", 6, "B"))
    yield book("no-yes-or-no", 7, "大概", ("submission-wrong-value", 7, "B"))
    side = [["试点编号", "base-1", "填报单位", "某中心"], ["联系部门", "办公室", "依法登记", "是"],
            ["期间起", "2018-01-01", "期间止", None], ["联系部门", "秘书处"]]  # fmt: skip
    yield _alone("information-sheet-side-by-side",
                 lambda: {"数据.xlsx": w.by_openpyxl({"填报信息": side, "活动": ROWS})},
                 Mark("submission-missing-key", "数据.xlsx", "填报信息"),
                 Mark("submission-key-twice", "数据.xlsx", "填报信息", 4, "B"), info=False)  # fmt: skip
    noted = [[*row, "说明" if row[0] == "项目" else "办公室或秘书处"] for row in sheet]
    noted[3][1] = None
    yield _alone("information-sheet-note-without-an-answer",
                 lambda: {"填报信息.csv": w.as_csv(noted), "活动.csv": w.as_csv(ROWS)},
                 Mark("submission-missing-key", "填报信息.csv"), info=False)  # fmt: skip
    two = {"填报信息.csv": w.as_csv(sheet), "材料/submission.yml": INFO.encode(), "活动.csv": w.as_csv(ROWS)}
    yield _alone("information-in-two-files", lambda: two,
                 Mark("submission-two-infos", "填报信息.csv"), info=False)  # fmt: skip
    both = {"数据.xlsx": w.by_openpyxl({"填报信息": sheet, "活动": ROWS})}
    yield _alone("information-twice", lambda: both, Mark("submission-two-infos", "数据.xlsx[填报信息]"))


VARIANTS: tuple[Variant, ...] = (*_kinds(), *_texts(), *_archives(), *_information())

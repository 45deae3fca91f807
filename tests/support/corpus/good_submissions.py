"""Good variants: submissions of several files, archives, information."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from tests.support import writers as w
from tests.support.corpus.good_forms import BODY, ROWS
from tests.support.corpus.variants import (
    EVENTS,
    FINANCE,
    INFO,
    PERIOD,
    PILOT,
    SUGGESTIONS,
    SURVEYS,
    Mark,
    Row,
    Variant,
    sheet_of,
)
from tests.support.writers import Rows, Wps

FOUR: Mapping[str, Sequence[Row]] = {
    "events": EVENTS, "finance": FINANCE, "surveys": SURVEYS, "suggestions": SUGGESTIONS,
}  # fmt: skip
SHEETS = {"活动": "events", "经费预算": "finance", "满意度调查": "surveys", "建议": "suggestions"}


def _four(book: Callable[[Mapping[str, Rows]], bytes]) -> bytes:
    return book({name: sheet_of(table) for name, table in SHEETS.items()})


def _info_rows(**more: Any) -> list[list[Any]]:
    answers = {"试点编号": PILOT, "填报单位": "某街道服务中心", "联系部门": "办公室", "填报日期": "2018-12-31",
               "期间起": PERIOD[0], "期间止": PERIOD[1], "依法登记": "是"}  # fmt: skip
    return [["项目", "填写"], *([label, answer] for label, answer in {**answers, **more}.items() if answer is not None)]


INFO_ENGLISH = [
    ["Item", "Answer"], ["Pilot", PILOT], ["Submitted by", "某街道服务中心"], ["Contact office", "办公室"],
    ["Period from", PERIOD[0]], ["Period to", PERIOD[1]], ["Registered", "yes"],
]  # fmt: skip


def _several() -> Iterator[Variant]:
    books: dict[str, tuple[str, Callable[[Mapping[str, Rows]], bytes]]] = {
        "openpyxl": (".xlsx", w.by_openpyxl), "xlsxwriter": (".xlsx", w.by_xlsxwriter), "wps": (".xlsx", Wps().book),
        "xls": (".xls", w.by_xlwt), "et": (".et", w.by_xlwt), "ods": (".ods", w.as_ods),
    }  # fmt: skip
    for id, (suffix, book) in books.items():
        yield Variant(f"four-sheets-{id}", lambda s=suffix, b=book: {f"评价数据{s}": _four(b)}, FOUR)
        with_info = {"填报信息": _info_rows(), "活动": ROWS}
        yield Variant(f"information-sheet-{id}", lambda s=suffix, b=book, i=with_info: {f"评价数据{s}": b(i)},
                      {"events": EVENTS}, info=False)  # fmt: skip
    yield Variant("information-sheet-english",
                  lambda: {"data.xlsx": w.by_openpyxl({"Submission": INFO_ENGLISH, "Events": ROWS})},
                  {"events": EVENTS}, info=False)  # fmt: skip
    nothing = _info_rows(本期无记录的表="行政处罚、荣誉")
    yield Variant("nothing-to-report", lambda: {"评价数据.xls": w.by_xlwt({"填报信息": nothing, "活动": ROWS})},
                  {"events": EVENTS, "penalties": [], "honours": []}, info=False)  # fmt: skip
    titled = [["郑州市实践创新基地评价填报信息"], [], *nothing]
    yield Variant("information-under-a-title", lambda: {"a.ods": w.as_ods({"填报信息": titled, "活动": ROWS})},
                  {"events": EVENTS, "penalties": [], "honours": []}, info=False)  # fmt: skip
    files = {"csv": (".csv", w.as_csv), "json": (".json", w.as_json), "yaml": (".yml", w.as_yaml),
             "gb18030": (".csv", lambda rows: w.as_csv(rows, encoding="gb18030"))}  # fmt: skip
    for id, (suffix, write) in files.items():
        yield Variant(f"a-file-for-each-table-{id}",
                      lambda s=suffix, f=write: {f"{n}{s}": f(sheet_of(t)) for n, t in SHEETS.items()},
                      FOUR)  # fmt: skip
    yield Variant("a-file-for-each-table-mixed",
                  lambda: {"活动.xls": w.by_xlwt({"Sheet1": ROWS}), "经费预算.csv": w.as_csv(sheet_of("finance")),
                           "满意度调查.json": w.as_json(sheet_of("surveys")),
                           "建议.ods": w.as_ods({"Sheet1": sheet_of("suggestions")})}, FOUR)  # fmt: skip
    mapping = {t: w.records(sheet_of(t)) for t in SHEETS.values()}
    yield Variant("json-of-four-tables", lambda: {"数据.json": json.dumps(mapping).encode()}, FOUR)
    yield Variant("yaml-of-four-tables",
                  lambda: {"数据.yaml": yaml.safe_dump(mapping, allow_unicode=True).encode()}, FOUR)  # fmt: skip
    yield from _named_otherwise()


def _named_otherwise() -> Iterator[Variant]:
    """Tables in several files or sheets, and under many names."""
    halves = {"活动1.csv": [ROWS[0], BODY[0]], "活动2.csv": [ROWS[0], *BODY[1:]]}
    said = frozenset({Mark("table-sources", "活动1.csv"), Mark("sources-added", "活动2.csv")})
    yield Variant("a-table-in-two-files", lambda: {n: w.as_csv(r) for n, r in halves.items()}, {"events": EVENTS}, said)
    plain = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in ROWS).encode("gb18030")
    said = frozenset({Mark("file-extension", "活动.html")})
    for name, data in {"活动.txt": plain, "活动.html": w.as_html(ROWS)}.items():
        yield Variant(f"a-table-in-{name}", lambda n=name, d=data: {n: d}, {"events": EVENTS},
                      said if name.endswith("html") else frozenset())  # fmt: skip
    quarters = {"活动（1）": [ROWS[0], BODY[0]], "活动（2）": [ROWS[0], *BODY[1:]]}
    said = frozenset({Mark("table-sources", "数据.xlsx", "活动（1）"), Mark("sources-added", "数据.xlsx", "活动（2）")})
    yield Variant("a-table-in-two-sheets", lambda: {"数据.xlsx": w.by_openpyxl(quarters)}, {"events": EVENTS}, said)
    for name in ("活动台账", "2018年度活动台账", "活动（2018）", "1-活动", "events", "Events", "EVENTS",
                 "附件1 活动情况", "数据/活动", "01.活动", "活动_2018", "sheet1"):  # fmt: skip
        yield Variant(f"named-{name}", lambda n=name: {f"{n}.csv": w.as_csv(ROWS)}, {"events": EVENTS})
    for name in ("Sheet1", "活动台账", "一、活动", "活动 (2)", "2018年活动", " 活动 "):
        yield Variant(f"sheet-named-{name}", lambda n=name: {"数据.xlsx": Wps().book({n: ROWS})}, {"events": EVENTS})
    guide = [["填表说明"], ["一、本表由各基地填报。"], ["二、日期写成年-月-日。"]]
    yield Variant("a-sheet-of-instructions", lambda: {"数据.xlsx": Wps().book({"填表说明": guide, "活动": ROWS})},
                  {"events": EVENTS})  # fmt: skip
    blank = {"活动": ROWS, "经费预算": sheet_of("finance")[:1], "荣誉": [["荣誉名称", "级别", "授予日期", "授予单位"]]}
    yield Variant("blank-forms-beside", lambda: {"数据.xlsx": w.by_openpyxl(blank)}, {"events": EVENTS})
    mapped = INFO + "tables: {events: 台账.xlsx#第一张}\n"
    yield Variant("tables-by-a-map", lambda: {
                      "submission.yaml": mapped.encode(), "台账.xlsx": Wps().book({"第一张": ROWS})},
                  {"events": EVENTS}, info=False)  # fmt: skip
    for id, data in {"gb18030": INFO.encode("gb18030"), "bom": b"\xef\xbb\xbf" + INFO.encode(),
                     "windows-lines": INFO.replace("\n", "\r\n").encode(),
                     "words": INFO.replace("true", "是").replace("2018-01-01",
                     "2018年1月1日").encode()}.items():  # fmt: skip
        yield Variant(f"information-{id}", lambda d=data: {"submission.yaml": d, "活动.csv": w.as_csv(ROWS)},
                      {"events": EVENTS}, info=False)  # fmt: skip
    yield from _information()
    yield from _archives()


def _information() -> Iterator[Variant]:
    """The submission's information, in every form in which it arrives."""
    answers = _info_rows()[1:]
    forms: dict[str, list[list[Any]]] = {
        "four-columns": [[*answers[at], *(answers[at + 1] if at + 1 < len(answers) else [])]
                         for at in range(0, len(answers), 2)],
        "numbered": [["序号", "项目", "填写"], *([at, *row] for at, row in enumerate(answers, 1))],
        "merged-labels": [["项目", None, "填写"], *([label, None, answer] for label, answer in answers)],
        "with-notes": [["项目", "填写", "说明"], *([*row, "必填"] for row in answers)],
        "under-titles": [["评价填报信息"], ["单位公章："], [], *answers],
        "other-case": _info_rows(试点编号="ＢＡＳＥ-1 "),
    }  # fmt: skip

    def in_a_sheet(id: str, rows: list[list[Any]], name: str = "填报信息", **tables: Sequence[Row]) -> Variant:
        return Variant(id, lambda: {"数据.xlsx": w.by_openpyxl({name: rows, "活动": ROWS})},
                       {"events": EVENTS, **tables}, info=False)  # fmt: skip

    for id, rows in forms.items():
        yield in_a_sheet(f"information-sheet-{id}", rows)
    for name in ("填报信息表", "1.填报信息", "一、填报信息", "填报信息（2018）", "2018年度填报信息"):
        yield in_a_sheet(f"information-sheet-named-{name}", _info_rows(), name)
    alone = {
        "填报信息.xlsx": w.by_openpyxl({"Sheet1": _info_rows(), "Sheet2": []}),
        "填报信息表.csv": w.as_csv(_info_rows()),
        "附件1 填报信息.xls": w.by_xlwt({"Sheet1": _info_rows()}),
        "submission.yml": INFO.encode(), "Submission.YAML": INFO.encode(), "填报信息.yaml": INFO.encode(),
    }  # fmt: skip
    for name, data in alone.items():
        yield Variant(f"information-file-{name}", lambda n=name, d=data: {n: d, "活动.csv": w.as_csv(ROWS)},
                      {"events": EVENTS}, info=False)  # fmt: skip
    both = {"填报信息.xlsx": w.by_openpyxl({"Sheet1": _info_rows(), "活动": ROWS})}
    yield Variant("information-file-with-tables", lambda: both, {"events": EVENTS}, info=False)
    nothing = {"quoted": "《行政处罚》、《荣誉》", "side-by-side": "《行政处罚》《荣誉》",
               "as-tables": "行政处罚表，荣誉表",
               "numbered": "1.行政处罚\n2.荣誉", "joined": "行政处罚和荣誉"}  # fmt: skip
    for id, said in nothing.items():
        rows = _info_rows(本期无记录的表=said)
        yield in_a_sheet(f"nothing-to-report-{id}", rows, penalties=[], honours=[])
    for at, said in enumerate(("没有", "/", "无", "无。", "—")):
        yield in_a_sheet(f"nothing-but-records-{at}", _info_rows(本期无记录的表=said))
    charter = [["条目", "是否符合", "佐证文件"], ["章程制度", "是", "章程.pdf"]]
    mapped = INFO + "tables: {events: 台账/a.csv}\n"
    folder = {"材料/submission.yaml": mapped.encode(), "材料/台账/a.csv": w.as_csv(ROWS), "材料/章程.pdf": b"%PDF",
              "材料/治理规范.csv": w.as_csv(charter)}  # fmt: skip
    tables = {"events": EVENTS, "governance_items": [{"item": "charter", "met": True, "file": "章程.pdf"}]}
    yield Variant("information-in-the-one-folder", lambda: folder, tables, info=False)
    deep = {f"某基地/2018年/{name}": data for name, data in folder.items()}
    yield Variant("information-deep-in-an-archive", lambda: {"材料.zip": w.as_zip(deep)}, tables, info=False)
    beside = {"材料/submission.yaml": mapped.encode(), "材料/台账/a.csv": w.as_csv(ROWS), "经费预算.csv": w.as_csv(
              sheet_of("finance"))}  # fmt: skip
    yield Variant("information-in-a-folder", lambda: beside, {"events": EVENTS, "finance": FINANCE}, info=False)
    whole = {"材料/治理规范.csv": w.as_csv([charter[0], [*charter[1][:2], "材料/章程.pdf"]]), "材料/章程.pdf": b"%PDF",
             "材料/submission.yaml": INFO.encode()}  # fmt: skip
    stored = [{"item": "charter", "met": True, "file": "材料/章程.pdf"}]
    yield Variant("attachments-by-their-whole-path", lambda: whole, {"governance_items": stored}, info=False)


def _archives() -> Iterator[Variant]:
    whole = {
        "submission.yaml": INFO.encode(),
        "活动.csv": w.as_csv(ROWS),
        "经费预算.xls": w.by_xlwt({"经费预算": sheet_of("finance")}),
    }
    money = w.as_csv(sheet_of("finance"))
    tables = {"events": EVENTS, "finance": FINANCE}
    inside = {f"某基地材料/{name}": data for name, data in whole.items()}
    litter = {
        **inside,
        "某基地材料/~$活动.xlsx": b"\0" * 165,
        "某基地材料/.~lock.经费预算.xls#": b"x",
        "某基地材料/desktop.ini": b"[.ShellClassInfo]",
        "__MACOSX/某基地材料/._活动.csv": b"\0",
        "某基地材料/.DS_Store": b"\0",
        "某基地材料/Thumbs.db": b"\0",
    }
    forms: dict[str, Callable[[], bytes]] = {
        "plain": lambda: w.as_zip(whole),
        "one-folder": lambda: w.as_zip(inside),
        "folder-entries": lambda: w.as_zip(inside, folders=True),
        "names-in-gb18030": lambda: w.as_zip(whole, encoding="gb18030"),
        "folder-in-gb18030": lambda: w.as_zip(inside, encoding="gb18030"),
        "litter": lambda: w.as_zip(litter),
    }
    for id, make in forms.items():
        yield Variant(f"archive-{id}", lambda m=make: {"材料.zip": m()}, tables, info=False)
    charter = [["条目", "是否符合", "佐证文件"], ["章程制度", "是", "章程.pdf"]]
    attached = {"治理规范.csv": w.as_csv(charter), "attachments/章程.pdf": b"%PDF-1.4 made for a test"}
    yield Variant("archive-with-attachments", lambda: {"材料.zip": w.as_zip(attached)},
                  {"governance_items": [{"item": "charter", "met": True, "file": "attachments/章程.pdf"}]})  # fmt: skip
    yield Variant("archive-beside-files", lambda: {"活动.csv": w.as_csv(ROWS),
                                                   "经费.zip": w.as_zip({"经费预算.csv": money})},
                  tables)  # fmt: skip
    left = dict.fromkeys(("~$活动.csv", "Thumbs.db", "desktop.ini", ".DS_Store"), b"\0" * 165)
    yield Variant("litter-beside", lambda: {**whole, **left}, tables, info=False)
    same = {"照片.jpg": b"\xff\xd8\xff", "材料.zip": w.as_zip({**whole, "照片.jpg": b"\xff\xd8\xff"}),
            "b.zip": w.as_zip({"照片.jpg": b"\xff\xd8\xff"}), "活动.csv": whole["活动.csv"]}  # fmt: skip
    yield Variant("archives-with-the-same-files", lambda: same, tables,
                  frozenset({Mark("submission-unused-file", "照片.jpg")}), info=False)  # fmt: skip
    odd = ("公文.ofd", "照片10:30.jpg", "照片👨\u200d👩\u200d👧.jpg", "\u200b照片.jpg", "con.txt", "A.jpg", "a.jpg",
           "关于" + "印发" * 44 + "的通知.pdf", "材料 /说明.pdf", "No.1./说明.pdf", '照片"一"?.jpg')  # fmt: skip
    unused = frozenset(Mark("submission-unused-file", f"材料.zip/{name}") for name in odd)
    others = dict.fromkeys(odd, w.as_zip({"OFD.xml": b"<a/>"}))
    yield Variant("archive-with-odd-names", lambda: {"材料.zip": w.as_zip({**whole, **others})}, tables, unused,
                  info=False)  # fmt: skip
    for name in ("\u200b活动.csv", "活动 .csv", "材料 /活动.csv", "con/活动.csv", "9:30/活动.csv"):
        inner = {name: w.as_csv(ROWS), "经费预算.csv": money}
        yield Variant(f"archive-with-a-table-named-{name!a}", lambda i=inner: {"材料.zip": w.as_zip(i)}, tables)
    yield Variant("archive-of-a-workbook", lambda: {"材料.zip": w.as_zip({"数据.xlsx": _four(Wps().book)})}, FOUR)


VARIANTS: tuple[Variant, ...] = tuple(_several())

"""The file that a cell names: by its path, its name, or its name without a suffix; one that proves nothing is told."""

import pytest

from pilot_eval.evidence.cells.attachments import Attachments
from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.text import Words

TABLES = [f"表.{suffix}" for suffix in ("xlsx", "xlsm", "xls", "et", "ods", "csv", "tsv", "json", "yaml", "yml")]
FILES = Attachments(
    frozenset(
        [
            "合同.pdf",
            "b/合同.pdf",
            "b/通知.docx",
            "attachments/证书.PNG",
            "甲和乙.pdf",
            "甲.pdf",
            "丙、丁.pdf",
            "空.pdf",
            "台账.csv",
        ]
    ),
    root="东园/",
    empty=frozenset({"空.pdf"}),
    state=frozenset({"台账.csv"}),
)


def refused(files: Attachments, cell: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(Unreadable) as told:
        files.named(cell)
    return told.value.code, told.value.params


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("合同.pdf", ["合同.pdf"]), ("b/合同.pdf", ["b/合同.pdf"]), ("B\\合同.PDF", ["b/合同.pdf"]),
        ("合同", ["合同.pdf"]),
        ("通知", ["b/通知.docx"]), ("东园/b/通知.docx", ["东园/b/通知.docx"]), ("《东园/b/通知》", ["b/通知.docx"]),
        ("证书.PNG", ["attachments/证书.PNG"]), ("证书", ["attachments/证书.PNG"]), ("甲和乙", ["甲和乙.pdf"]),
        ("甲和通知", ["甲.pdf", "b/通知.docx"]), ("甲、通知、甲", ["甲.pdf", "b/通知.docx"]),
        ("甲；附件2：证书", ["甲.pdf", "attachments/证书.PNG"]), ("丙、丁.pdf", ["丙、丁.pdf"]),
        ("甲（复印件）", ["甲.pdf"]), ("附件1：甲；附件2：证书", ["甲.pdf", "attachments/证书.PNG"]),
    ],
)  # fmt: skip
def test_a_file_is_found_by_the_best_of_its_names(cell: str, found: list[str]) -> None:
    assert FILES.named(cell) == found


@pytest.mark.parametrize(
    ("cell", "code", "name"),
    [
        ("空.pdf", "cell-attachment-empty", "空.pdf"), ("台账.csv", "cell-attachment-itself", "台账.csv"),
        ("甲、空", "cell-attachment-empty", "空.pdf"), ("台账", "cell-attachment", "台账"),
        ("园/合同.pdf", "cell-attachment", "园/合同.pdf"),
        ("西园/合同.pdf", "cell-attachment", "西园/合同.pdf"), ("甲、照片", "cell-attachment", "照片"),
        ("甲和照片", "cell-attachment", "甲和照片"),
    ],
)  # fmt: skip
def test_what_proves_nothing_is_refused(cell: str, code: str, name: str) -> None:
    said, params = refused(FILES, cell)
    assert (said, params["name"]) == (code, name)


@pytest.mark.parametrize(
    ("files", "cell", "found"),
    [
        (["attachments/证书.PNG", "证书.png"], "证书.PNG", "attachments/证书.PNG"),
        (["attachments/证书.png", "b/证书.pdf"], "证书", "attachments/证书.png"),
        (["东园/甲.pdf", "b/甲.pdf"], "东园/甲", "东园/甲.pdf"),
    ],
)
def test_of_two_files_the_one_that_is_named_more_closely_is_meant(files: list[str], cell: str, found: str) -> None:
    assert Attachments(frozenset(files), root="东园/").named(cell) == [found]


def test_a_name_that_two_files_have_is_unclear() -> None:
    code, params = refused(Attachments(frozenset({"a/照片.png", "b/照片.jpg"})), "照片")
    assert code == "cell-attachment-unclear"
    assert isinstance(params["files"], Words) and params["files"].zh == "“a/照片.png”、“b/照片.jpg”"


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_meant_by_its_whole_name_alone(table: str) -> None:
    files = Attachments(frozenset({table}))
    assert files.named(table) == [table]
    code, params = refused(files, "表")
    assert code == "cell-attachment"
    assert suggestion(params) == "把文件放进提交目录"


@pytest.mark.parametrize(
    ("files", "cell", "proposed"),
    [
        (["台账.csv"], "合同.pdf", "把文件放进提交目录"),
        (["甲乙丙.pdf"], "甲乙丁.pdf", "是否应为“甲乙丙.pdf”？"),
        (["甲乙丙.pdf", "照片.png"], "甲乙丁.pdf", "是否应为“甲乙丙.pdf”？"),
        (["去年归档的各类合同/甲乙丙.pdf"], "甲乙丁.pdf", "是否应为“去年归档的各类合同/甲乙丙.pdf”？"),
        (["abc.x"], "abcde", "是否应为“abc.x”？"),  # three of five signs each: just like enough
        (["甲乙丙.pdf"], "照片", "把文件放进提交目录；已有：“甲乙丙.pdf”"),
        ([f"{number:02}.pdf" for number in range(12)], "照片", "“11.pdf”"),
        ([f"{number:02}.pdf" for number in range(13)], "照片", "“11.pdf”…"),
    ],
)
def test_the_nearest_is_proposed_else_what_there_is(files: list[str], cell: str, proposed: str) -> None:
    _, params = refused(Attachments(frozenset(files)), cell)
    assert suggestion(params).endswith(proposed)


def suggestion(params: dict[str, object]) -> str:
    made = params["suggestion"]
    assert callable(made)
    found = made()
    assert isinstance(found, Words)
    return found.zh

"""Messages about workbooks: their parts, sheets, stored cells and formulas."""

from pilot_eval.messages.entry import Entry, error, note, warning

SAVE_AS_XLSX = ("用 WPS 或 Excel 另存为 .xlsx", "save it as .xlsx in WPS or Excel")
OPEN_AND_SAVE = ("在 WPS 或 Excel 中打开并保存一次", "open and save it once in WPS or Excel")

MESSAGES: dict[str, Entry] = {
    "xml-doctype": error(
        "工作簿含有 DOCTYPE 声明，不予读取",
        "the workbook contains a DOCTYPE declaration and was not read",
        *SAVE_AS_XLSX,
    ),
    "xml-broken": error("工作簿的部件损坏：{problem}", "a part of the workbook is damaged: {problem}", *SAVE_AS_XLSX),
    "xls-broken": error("工作簿损坏（{problem}）", "the workbook is damaged ({problem})", *SAVE_AS_XLSX),
    "book-part-missing": error("工作簿缺少部件 {part}", "the workbook part {part} is missing", *SAVE_AS_XLSX),
    "book-sheet-twice": error("两张工作表共用一份内容", "two sheets share the same content", *SAVE_AS_XLSX),
    "book-sheet-name": error(
        "两张工作表同名", "two sheets have the same name", "改名后重新提交", "rename one and resubmit the workbook"
    ),
    "book-empty": error("工作簿中没有工作表", "the workbook has no worksheets"),
    "book-macros": note("工作簿含有宏，未运行", "the workbook contains macros; they were not run"),
    "book-links": note(
        "工作簿引用了外部文件（{count} 处）；外部文件未读取，只使用已保存的值",
        "the workbook refers to other files ({count}); they were not read, and the saved values were used",
    ),
    "book-not-calculated": warning(
        "工作簿的公式可能从未计算（文件由程序生成，打开时才计算）",
        (
            "the workbook's formulas may never have been calculated (a program wrote the file, to be calculated on "
            "opening)"
        ),
        *OPEN_AND_SAVE,
    ),
    "sheet-not-a-table": note("图表或宏工作表，未读取", "a chart or macro sheet; not read"),
    "sheet-too-large": error(
        "{what}超过上限 {limit}",
        "too many {what}: the limit is {limit}",
        "删除远处的多余内容，或拆分成几个文件",
        "remove stray content far from the table, or split the file",
    ),
    "sheet-hidden": warning(
        "隐藏的工作表，{count} 行已计入",
        "a hidden sheet; its {count} rows were counted",
        "若应计入，取消隐藏；若不应计入，删除",
        "unhide it if it should count, or remove it",
    ),
    "sheet-hidden-unused": note("隐藏的工作表，没有计入的行", "a hidden sheet; none of its rows were counted"),
    "rows-hidden": warning(
        "{count} 个隐藏或被筛选掉的行（{rows}）已计入",
        "{count} hidden or filtered rows ({rows}) were counted",
        "若应计入，取消隐藏或筛选；若不应计入，删除",
        "unhide them if they should count, or remove them",
    ),
    "columns-hidden": note("隐藏列 {columns}，已读取", "hidden columns {columns}; they were read"),
    "cells-merged": note(
        "合并单元格 {cells} 的内容已用于其中每一行",
        "the content of the merged cell {cells} was used for each of its rows",
    ),
    "sheet-formulas": note(
        "{count} 个单元格由公式计算，使用了保存的结果",
        "{count} cells are computed by formulas; the saved results were used",
    ),
    "cell-address": error(
        "单元格地址 {value} 无效，文件已损坏", "invalid cell reference {value}: the file is damaged", *SAVE_AS_XLSX
    ),
    "cell-twice": error(
        "同一个单元格出现两次，文件已损坏", "the same cell appears twice: the file is damaged", *SAVE_AS_XLSX
    ),
    "cell-unused-bad": warning(
        "单元格“{value}”没有有效的值；未使用该单元格",
        "the cell “{value}” has no valid value; it is not used",
        "更正",
        "correct it",
    ),
    "cell-damaged": error(
        "单元格内容“{value}”已损坏", "the content of the cell, “{value}”, is damaged", "重新填写", "fill it in again"
    ),
    "cell-too-long": error(
        "单元格内容过长（“{value}…”）",
        "the cell holds too much text (“{value}…”)",
        "长文本作为附件提交",
        "submit long text as an attachment",
    ),
    "cell-merged": error(
        "数字 {value} 所在的单元格跨行合并，无法分到各行",
        "the number {value} is in a cell merged over several rows and cannot be divided among them",
        "取消合并，逐行填写",
        "unmerge the cell and fill in each row",
    ),
    "cell-format": error(
        "单元格显示的数字与存储的数字不同（“{value}”）：数字格式错误",
        "the cell shows a different number from the one it stores (“{value}”): its number format is wrong",
        "更正数字格式，或直接填写数字和单位",
        "correct the number format, or enter the number with its unit",
    ),
    "cell-error": error(
        "单元格是错误值 {value}", "the cell contains the error {value}", "更正公式", "correct the formula"
    ),
    "cell-formula": error("公式没有计算结果", "the formula has no computed value", *OPEN_AND_SAVE),
}

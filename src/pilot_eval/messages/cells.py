"""Messages about the cells of an evidence table: numbers, units, dates, choices and references."""

from pilot_eval.messages.entry import Entry, error, note, warning

MESSAGES: dict[str, Entry] = {
    "cell-required": error("“{column}”不能为空", "“{column}” cannot be empty", "补填", "fill it in"),
    "cell-number": error(
        "“{value}”不是数字",
        "“{value}” is not a number",
        "填写数字，如 1600、17.2万",
        "enter a number, such as 1600 or “17.2万”",
    ),
    "cell-number-remark": error(
        "“{value}”除数字外还有说明",
        "“{value}” contains a remark beside the number",
        "只填数字，说明写在备注中",
        "enter the number alone, and put the remark in the notes",
    ),
    "cell-number-vague": error(
        "“{value}”只有数量级，不能作为评分依据",
        "“{value}” is only an order of magnitude and cannot support a score",
        "填写可以核实的数字",
        "enter a number that can be verified",
    ),
    "cell-whole": error(
        "“{value}”应为非负整数", "“{value}” should be a non-negative whole number", "改为整数", "enter a whole number"
    ),
    "cell-approximate": note(
        "“{value}”是约数，按 {low} 至 {high} 计算上下限", "“{value}” is approximate; its bounds are {low} to {high}"
    ),
    "cell-stated": note(
        "“{value}”按 {number} 整计算：“{column}”须填确数",
        "“{value}” is taken as exactly {number}: “{column}” takes exact numbers only",
    ),
    "cell-converted": note(
        "“{column}”有 {count} 格换算了单位，如“{value}”按 {number} {unit} 计算",
        "“{column}”: {count} cells were converted to “{unit}”; “{value}”, for example, is {number}",
    ),
    "cell-exact": error(
        "“{value}”是约数，本列须填确数", "“{value}” is approximate; this column takes exact numbers only"
    ),
    "cell-unit": error(
        "“{value}”的单位与本列的单位“{unit}”不符",
        "the unit of “{value}” does not match “{unit}”, the unit of the column",
        "换算后填写",
        "convert it",
    ),
    "cell-unit-none": error(
        "“{value}”带有单位，但“{column}”没有规定单位，只能填数字",
        "“{value}” has a unit, but “{column}” has none and takes numbers only",
        "去掉单位；同一行的数字用同一单位，如 100% 与 98% 填 100 与 98",
        "remove the unit; use the same unit within a row, such as 100 and 98 for 100% and 98%",
    ),
    "cell-nothing": note(
        "“{column}”有 {count} 格填“{value}”之类，视为未填",
        "“{column}”: {count} cells such as “{value}” were treated as empty",
    ),
    "column-share": warning(
        "“{column}”有 {count} 个数字不带百分号且不超过 1（如 {value}），按 {value}% 读取",
        "“{column}”: {count} numbers without a percent sign are at most 1 (such as {value}); read as {value}%",
        "若应为 {share}%，填 {share}% 或 {share}；若确是 {value}%，加上百分号",
        "if {share}% is meant, write {share}% or {share}; if {value}% is meant, add the percent sign",
    ),
    "column-magnitudes": warning(
        "“{column}”第 {rows} 行的数字（如 {value}）比其他行（如 {other}）小数百至数万倍，单位可能不一致",
        "“{column}”: the numbers in rows {rows} (such as {value}) are hundreds to tens of thousands of times smaller "
        "than others (such as {other}); their unit may differ",
        "若是{larger}等，写明单位（如 {value}{larger}）；若无误，不必改",
        "if they are in “{larger}”, write the unit (“{value}{larger}”); if they are right, leave them",
    ),
    "column-above-unit": warning(
        "“{column}”的表头写明单位是{unit}，第 {rows} 行的数字（如 {value}）却比其他行（如 {other}）大数百倍以上，"
        "可能是按{own}填的",
        "“{column}”: the header says “{unit}”, but the numbers in rows {rows} (such as {value}) are hundreds of times "
        "larger than others (such as {other}) and may be in “{own}”",
        "若是{own}，写明单位（如 {value}{own}）；若无误，不必改",
        "if they are in “{own}”, write the unit (“{value}{own}”); if they are right, leave them",
    ),
    "columns-apart": warning(
        "“{column}”各行都只有“{beside}”的万分之一左右（如 {value} 与 {other}），单位可能不一致",
        "every number of “{column}” is about a ten-thousandth of “{beside}” (such as {value} and {other}); "
        "their units may differ",
        "若是万元等，写明单位（如 {value}万元）；若无误，不必改",
        "if they are in “万元”, write the unit (“{value}万元”); if they are right, leave them",
    ),
    "columns-far": warning(
        "“{column}”各行都远小于“{beside}”（如 {value} 与 {other}），可能填了百分比，或单位不一致",
        "every number of “{column}” is far below “{beside}” (such as {value} and {other}); "
        "they may be percentages or in another unit",
        "若是百分比，改填数额；若是千元、万元等，写明单位（如 {value}万元）；若无误，不必改",
        "if they are percentages, write the amounts; if they are in “千元” or “万元”, write the unit "
        "(“{value}万元”); if they are right, leave them",
    ),
    "column-dots": warning(
        "“{column}”有 {count} 个数字形如 {value}，按小数读取；小数点也可能是千分位",
        "“{column}”: {count} numbers such as {value} were read as decimals; the point may separate thousands",
        "若是千分位，删去点；若是小数，去掉末尾的 0 或多写一位",
        "if it separates thousands, remove it; if it is decimal, drop a final 0 or write one more digit",
    ),
    "cell-fraction": warning(
        "“{value}”不是整数，而单位是“{unit}”",
        "“{value}” is not a whole number, but the unit is “{unit}”",
        "若以万为单位，写成“{value}万”；否则改为整数",
        "if it is in ten thousands, write “{value}万”; else enter a whole number",
    ),
    "cell-tiny": warning(
        "面积“{value}”{unit} 小得不像一处场所",
        "an area of “{value}” {unit} is too small for a room or a place",
        "若以万为单位，写成“{value}万”；否则核对数字",
        "if it is in ten thousands, write “{value}万”; else check the number",
    ),
    "cell-octal": warning(
        "“{value}”按 {number} 读取；有的程序把以 0 开头的数当作八进制",
        "“{value}” was read as {number}; some programs take a number that begins with 0 as octal",
        "去掉开头的 0；若是编码，加引号",
        "leave out the 0 at the beginning; put a code in quotes",
    ),
    "cell-range": error("“{value}”超出范围（{low} 至 {high}）", "“{value}” is out of range ({low} to {high})"),
    "cell-date": error(
        "“{value}”不是日期", "“{value}” is not a date", "写成 2018-12-21 的形式", "write it like 2018-12-21"
    ),
    "cell-date-year": error(
        "“{value}”缺少年份", "“{value}” has no year", "写上年份，如 2018-12-21", "add the year, such as 2018-12-21"
    ),
    "cell-year-titled": note(
        "“{column}”有 {count} 格没写年份，按标题{title}的年份读取，如“{value}”读作 {day}",
        "“{column}”: {count} cells have no year; they were read in that of the title {title}, “{value}” as {day}",
    ),
    "cell-period": error(
        "“{value}”不在评价期间（{low} 至 {high}）",
        "“{value}” is outside the period ({low} to {high})",
        "删除该行，或更正日期",
        "remove the row, or correct the date",
    ),
    "cell-period-partly": warning(
        "“{value}”有一部分在评价期间（{low} 至 {high}）之外",
        "“{value}” is partly outside the period ({low} to {high})",
        "填写确切日期",
        "enter the exact date",
    ),
    "cell-far": warning(
        "“{value}”离评价期间（{low} 至 {high}）太远，年份可能有误",
        "“{value}” is far from the period ({low} to {high}); the year may be mistyped",
        "核对年份",
        "check the year",
    ),
    "cell-stretch": error(
        "“{value}”不是期间",
        "“{value}” is not a period",
        "写成 2018年上半年、2018年1—6月 或 2018年3月 的形式",
        "write it like 2018 H1, 2018-01 to 2018-06 or 2018-03",
    ),
    "cell-stretch-year": error(
        "“{value}”缺少年份，而评价期间跨年",
        "“{value}” has no year, and the period assessed is not within one year",
        "写上年份，如 2018年上半年",
        "add the year, such as 2018 H1",
    ),
    "cell-stretch-longer": error(
        "“{value}”不止{one}", "“{value}” is more than {one}", "每行只写{one}", "write {one} in each row"
    ),
    "cell-planned": error(
        "“{value}”是计划数或预计数，不能作为评分依据",
        "“{value}” is planned or expected, and cannot support a score",
        "填实际发生的期间和数字，或删除该行",
        "enter what was achieved, or remove the row",
    ),
    "cell-flag": error("“{value}”不是“是”或“否”", "“{value}” is neither yes nor no", "填“是”或“否”", "enter yes or no"),
    "cell-choice": error(
        "“{value}”不是“{column}”的选项",
        "“{value}” is not one of the choices of “{column}”",
        "{suggestion}",
        "{suggestion}",
    ),
    "cell-reference": error(
        "在表“{table}”中找不到“{value}”",
        "“{value}” was not found in the table “{table}”",
        "{suggestion}",
        "{suggestion}",
    ),
    "cell-attachment": error(
        "找不到附件“{name}”", "the attachment “{name}” was not found", "{suggestion}", "{suggestion}"
    ),
    "cell-attachment-unclear": error(
        "附件“{name}”可能是几个文件：{files}",
        "the attachment “{name}” may be any of several files: {files}",
        "写出目录和完整的文件名",
        "give its folder and its whole name",
    ),
    "cell-attachment-empty": error(
        "附件“{name}”是空文件，证明不了什么",
        "the attachment “{name}” is an empty file and proves nothing",
        "重新导出或扫描后替换；没有佐证的，清空此格",
        "export or scan it again and replace it; without a proof, clear this cell",
    ),
    "cell-attachment-itself": error(
        "“{name}”就是填报的材料，不能作为自己的佐证",
        "“{name}” states what is to be proved; it can't be the proof of it",
        "填写另外的佐证文件；没有佐证的，清空此格",
        "name another file that proves it; without a proof, clear this cell",
    ),
    "cell-ticks": error(
        "勾选了 {count} 项：{ticked}",
        "{count} boxes are ticked: {ticked}",
        "只勾选一项",
        "tick one",
    ),
    "cell-reordered": error(
        "“{value}”含有改变显示方向的字符，显示的与存储的不同",
        "“{value}” contains characters that reverse the text shown",
        "重新输入",
        "type it again",
    ),
}

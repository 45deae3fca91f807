"""Messages about sheets read as evidence tables: headers, columns and rows."""

from pilot_eval.messages.entry import Entry, error, note, warning

CONVERT = ("换算后填写", "convert the numbers")

MESSAGES: dict[str, Entry] = {
    "unit-unknown": error(
        "名册里没有“{name}”，这一行未使用",
        "the register has no “{name}”; the row was not used",
        "{suggestion}",
        "{suggestion}",
    ),
    "unit-twice": error(
        "“{name}”出现两次，前一次在第 {first} 行",
        "“{name}” appears twice, first in row {first}",
        "只留一行",
        "keep one of the rows",
    ),
    "unit-differs": error(
        "这里是 {value}，而 {first} 是 {other}，不知用哪一个",
        "{value} here, but {other} in {first}: cannot tell which one holds",
        "更正其中一处，或删去一处",
        "correct one of them, or remove one",
    ),
    "table-no-figures": error(
        "没有找到数据表：应有一行表头，第一列是单位名称，其余的列有数",
        "no table of figures was found: it should have a row of headers, names in its first column, and columns of"
        " numbers",
        "整理成每个单位一行、每项数据一列",
        "arrange it as a row for each unit and a column for each figure",
    ),
    "table-of-persons": error(
        "“{header}”是个人信息，本程序不评个人",
        "“{header}” is about persons, whom this program never assesses",
        "删去该列；每行应是一个单位或地区",
        "remove the column; each row should be an organisation or a region",
    ),
    "figures-twice": error(
        "本试点的数既在自己的目录里，也在 {file} 里，不知用哪一份",
        "the figures of this pilot are in its own folder and in {file}: cannot tell which ones hold",
        "只留一份",
        "keep one of them",
    ),
    "sheet-unknown": warning(
        "工作表未使用：不对应任何证据表",
        "the sheet was not used: it matches no evidence table",
        "{suggestion}",
        "{suggestion}",
    ),
    "sheet-no-header": error(
        "找不到表头；最像表头的一行是：{seen}",
        "no header row was found; the row most like one has: {seen}",
        "表头应包含：{expected}",
        "the header should contain: {expected}",
    ),
    "sheet-turned": error(
        "表“{table}”行列颠倒：项目竖排，每列是一条记录",
        "the table “{table}” is transposed: its labels run down, and each column is a record",
        "复制后用“选择性粘贴—转置”，使每行是一条记录",
        "copy it and paste it transposed, so that each row is a record",
    ),
    "sheet-beside": error(
        "旁边并排着另一块表“{table}”，未读取",
        "another block, of the table “{table}”, stands beside this one; it was not read",
        "移到下方，或放到另一张工作表",
        "move it below, or to a sheet of its own",
    ),
    "header-unit": note(
        "表头的单位是“{given}”，已换算为“{unit}”", "the header gives the unit “{given}”; converted to “{unit}”"
    ),
    "header-unit-differs": error(
        "表头的单位“{given}”与本列的单位“{unit}”不符",
        "the header's unit “{given}” does not match “{unit}”, the unit of the column",
        *CONVERT,
    ),
    "header-unit-unclear": error(
        "单位写作“{given}”，无法确定如何换算为“{unit}”",
        "the unit is given as “{given}”; cannot tell how to convert it to “{unit}”",
        "表头只写一个单位，如“（万元）”",
        "give one unit in the header, such as “（万元）”",
    ),
    "header-parted": error(
        "列“{header}”下面又分几列，无法确定用哪一列",
        "the column “{header}” is split into several; cannot tell which one is meant",
        "只保留一列，或改为单行表头",
        "keep one of them, or write the header in one row",
    ),
    "header-missing": error("缺少列“{column}”", "the column “{column}” is missing", "补上该列", "add it"),
    "header-qualified": warning(
        "列“{header}”按“{column}”读取；括号中的“{said}”可能指其他数据",
        "the column “{header}” was read as “{column}”; “{said}” in its parentheses may mean other figures",
        "若不是“{column}”，改列名或删除该列",
        "if it is not “{column}”, rename or remove the column",
    ),
    "header-year": warning(
        "列“{column}”标着“{header}”，{year} 年不在评价期间",
        "the column “{column}” is marked “{header}”; {year} is outside the period assessed",
        "改填评价期间的数；若只是标错，改列名",
        "enter the figures of the period assessed; if only the header is wrong, correct it",
    ),
    "title-year": warning(
        "标题“{value}”写的是 {year} 年，不在评价期间",
        "the title “{value}” gives the year {year}, which is outside the period assessed",
        "核对是不是往年的数据；若只是标题写错，改标题",
        "check whether these are another year's figures; if only the title is wrong, correct it",
    ),
    "title-year-beside": error(
        "标题“{value}”写的是 {year} 年，不在评价期间，却与这张表的其他数据加在一起",
        "the title “{value}” gives the year {year}, outside the period; it would be added to the table's other rows",
        "删除 {year} 年的数据；若只是标题写错，改标题",
        "remove the figures of {year}; if only the title is wrong, correct it",
    ),
    "title-not-final": warning(
        "名称或标题“{value}”写着“{word}”，不像本期的最终数据；已按最终数据计入",
        "the name or title “{value}” says “{word}”: these may not be the final figures of the period; they were counted"
        " as such",
        "换成最终数据；若已是，改名称",
        "send the final figures; if these are, change the name",
    ),
    "header-unknown": warning(
        "列“{header}”未使用", "the column “{header}” was not used", "{suggestion}", "{suggestion}"
    ),
    "header-unread": note(
        "列“{header}”不是这张表要的列，没有读取",
        "the column “{header}” is not one that this table asks for; it was not read",
    ),
    "header-again": note(
        "列“{header}”没有读取：“{column}”已取自列“{other}”",
        "the column “{header}” was not read: “{column}” is taken from the column “{other}”",
    ),
    "header-duplicate": error(
        "列“{header}”出现两次", "the column “{header}” appears twice", "删除其中一列", "remove one of them"
    ),
    "header-person": error(
        "列“{header}”涉及个人，不予接收",
        "the column “{header}” is about individuals and is not accepted",
        "删除该列，只报合计数",
        "remove it; report totals only",
    ),
    "header-contact": warning(
        "含有联系人、联系方式一类的列：{columns}；这些列没有读取，也不会保存",
        "has columns for contacts: {columns}; they were not read and are not kept",
        "从表中删除这些列后再提交；需要联系，另行约定，不写进材料",
        "remove these columns before you submit the table; agree on contacts elsewhere, not in the evidence",
    ),
    "header-contact-refused": error(
        "含有联系人、联系方式一类的列：{columns}；本办法不接收这样的表",
        "has columns for contacts: {columns}; the method does not accept such a table",
        "从表中删除这些列后重新提交",
        "remove these columns and resubmit the table",
    ),
    "row-guide": note(
        "属于表头的行（分级表头、单位、栏次或填写提示），不计入",
        "part of the header (sub-headings, units, column numbers or hints); not counted",
    ),
    "row-wider": error(
        "该行比表头多出“{value}”：分隔符多了，后面的列会错位",
        "the row has “{value}” beyond the header: an extra separator shifts the columns",
        "含分隔符的内容加引号，数字不写千分位",
        "quote cells that contain a separator; write numbers without thousands separators",
    ),
    "cells-beyond": warning(
        "表头之外的 {count} 个单元格未读取（如“{value}”）",
        "{count} cells outside the header's columns were not read (such as “{value}”)",
        "移到表内，或删除",
        "move them into the table, or remove them",
    ),
    "row-total": note("识别为合计行，不计入", "recognised as a total row; not counted"),
    "row-total-differs": warning(
        "合计 {value} 与各行之和（{low} 至 {high}）不符",
        "the total {value} does not match the sum of the rows ({low} to {high})",
        "检查是否漏行或算错",
        "look for a missing row or an error",
    ),
    "row-whole": error(
        "该行是第 {first} 至 {last} 行之和，会重复计算",
        "this row is the sum of rows {first} to {last}, which would count twice",
        "若是合计，删去该行，或在首格写“合计”",
        "if it is a total, remove it or write “合计” in its first cell",
    ),
    "row-like-total": warning(
        "疑似合计行：数字等于第 {first} 至 {last} 行之和；已按记录计入",
        "this row may be a total: its figures are the sum of rows {first} to {last}; it was counted as a record",
        "若是合计，删去该行，或首格写“合计”；若只是巧合，不必改",
        "if it is a total, remove it or write “合计” in its first cell; if that is chance, leave it",
    ),
    "row-near-total": warning(
        "疑似合计行，但数字与第 {first} 至 {last} 行之和不符：{figures}；已按记录计入",
        "this row may be a total whose figures differ from the sum of rows {first} to {last}: {figures}; it was counted"
        " as a record",
        "若是合计，核对数字，并删去该行或首格写“合计”；若是另一条记录，不必改",
        "if it is a total, check its figures, then remove it or write “合计” in its first cell; if it is another"
        " record, leave it",
    ),
    "row-levels": warning(
        "第 {first} 至 {last} 行像是该行的细项；该行与细项都已计入",
        "rows {first} to {last} look like parts of this row; it and they were counted",
        "只留一级；细项首格可写“其中：”",
        "keep one of the two levels, or begin the parts with “其中：”",
    ),
    "row-perhaps-part": warning(
        "“{value}”像是第 {row} 行“{other}”的一部分；两行都已计入",
        "“{value}” may be a part of “{other}” in row {row}; both were counted",
        "若是其中一部分，首格改为“其中：”开头，或删去该行；若不是，改名称",
        "if it is a part, begin its first cell with “其中：” or remove it; if not, change its name",
    ),
    "row-like-ratio": warning(
        "该行的名称是比率或增减，不像一条记录；已按记录计入",
        "this row is named like a rate or a change rather than a record; it was counted as a record",
        "若不是记录，删去该行；若是，把名称写全",
        "if it is no record, remove it; if it is, write its name in full",
    ),
    "rows-two-ways": warning(
        "第 {start} 至 {end} 行与第 {first} 至 {last} 行之和都是 {value}，像是同一总数的两种分法；两种都已计入",
        "the sum of rows {start} to {end} is that of rows {first} to {last} ({value}): they may break down one total"
        " in two ways; both were counted",
        "只留一种分法；若只是巧合，不必改",
        "keep one of the two breakdowns; if that is chance, leave it",
    ),
    "row-label-overlap": warning(
        "“{value}”与第 {row} 行的“{other}”期间有重叠；都已计入",
        "“{value}” and “{other}” in row {row} are of periods that overlap; both were counted",
        "只留互不重叠的行",
        "keep rows that don't overlap",
    ),
    "row-other-year": warning(
        "“{value}”是评价期间以外的数，与第 {row} 行的“{other}”一并计入",
        "“{value}” has figures from outside the period assessed; it was counted beside “{other}” in row {row}",
        "删去该行；若只是名称写错，改名称",
        "remove the row; if only its name is wrong, correct it",
    ),
    "row-note-year": warning(
        "“{value}”像是说评价期间以外的年份；该行已按记录计入",
        "“{value}” seems to be about a year outside the period assessed; the row was counted",
        "改填评价期间的数，或删去该行",
        "enter the figures of the period assessed, or remove the row",
    ),
    "row-like-heading": warning(
        "疑似小标题；已按记录计入",
        "this row may be a heading; it was counted as a record",
        "若是小标题，删除或移到表外",
        "if it is a heading, remove it or move it out of the table",
    ),
    "row-part": note("“其中”行是上一行的一部分，不计入", "a breakdown (“其中”) of the row above; not counted"),
    "row-derived": note(
        "平均、增减、预计或其他时期的数据，不是记录，不计入",
        "an average, a change, a forecast or figures of another period; not counted",
    ),
    "row-nothing": note("该行表示没有内容，不计入", "a row that states there is nothing to report; not counted"),
    "row-unclear": error(
        "无法判断“{value}”这一行是记录，还是说明、示例或小标题",
        "cannot tell whether the row “{value}” is a record, a remark, an example or a heading",
        "若是记录，修改首格或清除备注；若不是，清除数字或删除该行",
        "if it is a record, change its first cell or clear its note; if not, remove its figures or the row",
    ),
    "rows-percent": note(
        "{count} 行的数都带“%”，如“{value}”与“{other}”：单位相同，按数字读取",
        "{count} rows have a % on each of their numbers, such as “{value}” and “{other}”: these were read as they are",
    ),
    "row-split": error(
        "“{value}”像是一个数被逗号分成两格，其后的格子都错了位",
        "“{value}” looks like one number split at its comma, which shifts the cells after it",
        "数字不写千分位，或加引号",
        "write numbers without thousands separators, or quote them",
    ),
    "row-unit": error(
        "该行写明单位是“{given}”，本表按“{unit}”读取",
        "this row gives the unit “{given}”, but the table is read in “{unit}”",
        "按“{unit}”换算后填写，并删去这句",
        "convert its numbers to “{unit}”, and remove this remark",
    ),
    "row-example-note": warning(
        "备注仍写着“示例行”，但已填入记录；按记录读取",
        "the note still says “示例行” (example row), but the row is filled in; it was read as a record",
        "删除备注中的这句话",
        "remove this from the note",
    ),
    "table-nothing": note(
        "表中写明没有内容，视为无记录", "the table states that there is nothing to report; recorded as empty"
    ),
    "row-header": note("表头重复出现，不计入", "a repeated header; not counted"),
    "row-remark": note("识别为说明行，不计入", "recognised as a remark; not counted"),
    "rows-above": note(
        "表头以上的 {count} 行视为标题，不计入", "{count} rows above the header were treated as titles; not counted"
    ),
    "rows-example": note("示例行已跳过", "the example row was skipped"),
    "row-duplicate": error(
        "{columns} 与第 {first} 行相同，不能重复",
        "{columns}: the same as in row {first}, but must be unique",
        "删除重复的行，或更正",
        "remove the duplicate row, or correct it",
    ),
    "row-overlap": error(
        "“{value}”与{first}的“{other}”期间重叠，会重复计算",
        "“{value}” overlaps “{other}” in {first}; it would be counted twice",
        "只留互不重叠的行，如两个半年，或全年一行",
        "keep rows that don't overlap, such as two half-years, or one row for the year",
    ),
    "row-cumulative": warning(
        "“{value}”没有起始日期，可能含以前年度的数",
        "“{value}” has no beginning; it may include figures of earlier years",
        "核对只含评价期间的数，并写明期间，如 1—6月",
        "check that it has only those of the period assessed, and write the period, such as 2018-01 to 2018-06",
    ),
    "row-running": warning(
        "“{value}”的备注写着累计，可能含前面各行的数，会重复计算",
        "the note on “{value}” says that it is cumulative: it may include the rows before it, which would count twice",
        "改填本期间自己的数；若已是，改备注",
        "enter the figures of this period alone; if they are, correct the note",
    ),
    "row-perhaps-void": warning(
        "“{value}”像是说这一条没有发生、还没有完成或已失效；已按记录计入",
        "“{value}” seems to say that this did not take place, is not complete or is no longer valid; it was counted",
        "不应计入的，删除该行；应计入的，改掉这句话",
        "remove the row if it should not count; otherwise change the wording",
    ),
    "row-expired": warning(
        "“{value}”在评价期间之前已过期：该行不计入",
        "“{value}”: expired before the period assessed; the row was not counted",
        "若已换证，填新的有效期",
        "if it was renewed, enter the new date",
    ),
    "rows-one-stretch": note(
        "“{column}”有 {count} 行与另一行同属{one}；数不同期间的测算值只计一次",
        "“{column}”: {count} rows share {one} with another row; counting different ones counts it once",
    ),
    "row-repeated": warning(
        "与第 {first} 行完全相同", "identical to row {first}", "检查是否重复填报", "check whether it was entered twice"
    ),
    "row-similar": warning(
        "“{value}”与第 {first} 行的“{other}”可能是同一条，两行都计入",
        "“{value}” and “{other}” in row {first} may be the same; both were counted",
        "若是同一条，只留一行；若不是，把名称写得有所区别",
        "if they are the same, keep one; if not, tell them apart by their names",
    ),
    "row-category-twice": warning(
        "类别“{value}”在第 {first} 行已有一行，数字相近；两行都计入",
        "the category “{value}” is in row {first} too, with nearly the same figures; both were counted",
        "若一行是另一行的更正，只留一行；若各是一部分，合并为一行，或在备注写明各是什么",
        "if one corrects the other, keep one; if each is a part, add them up in one row, or say what each is in the"
        " notes",
    ),
    "rows-of-moments": warning(
        "第 {rows} 行像是同一项在不同时间的数（{times}），现已相加；{columns}是某一时点的数，不能跨时间相加",
        "rows {rows} look like the same at several times ({times}), and were added up; {columns}: figures as of one"
        " moment, which must not be added up over time",
        "只留一个时点的行，一般是评价期末；若不是同一项，把名称写得有所区别",
        "keep the rows of one moment, usually the end of the period; if they are not the same, tell them apart by their"
        " names",
    ),
    "rows-of-stretches": warning(
        "第 {rows} 行像是同一项在互相重叠的时段的数（{times}），现已相加",
        "rows {rows} look like the same over times that overlap ({times}), and were added up",
        "只留互不重叠的行，如两个半年，或全年一行；若不是同一项，把名称写得有所区别",
        "keep rows whose times don't overlap, such as two half-years, or one row for the year; if they are not the"
        " same, tell them apart by their names",
    ),
    "rows-of-names": warning(
        "第 {rows} 行的名称只差一个时间（{times}），像是同一个在不同时间各列了一次，现已各计一次",
        "the names in rows {rows} differ by a time alone ({times}): the same may be listed at several times, and was"
        " counted each time",
        "同一个只留一行；若不是同一个，把名称写得有所区别",
        "keep one row for each; if they are not the same, tell them apart by their names",
    ),
    "proof-shared": warning(
        "多条记录用同一份佐证“{value}”：第 {rows} 行",
        "several records have the same proof, “{value}”: rows {rows}",
        "检查是否重复填报；各条记录附各自的佐证",
        "check whether one was entered twice; give each record its own proof",
    ),
    "table-sources": note(
        "本表来自 {count} 处：{sources}{more}", "this table comes from {count} sources: {sources}{more}"
    ),
    "sources-which": error(
        "{first}与{second}都是表“{table}”，{why}，无法确定以哪一份为准",
        "{first} and {second} are both the table “{table}”; {why}; cannot tell which one is right",
        "只留一份，另一份移出报送材料；若各是一部分，名称写明各是哪一部分，相同的行只留一处",
        "keep one and move the other out of the submission; if each is a part, name it after what it covers and"
        " keep the same rows in one of them",
    ),
    "sources-summary": error(
        "这一处是以下各处的汇总，会重复计入：{sources}",
        "this source sums up the following, so they would count twice: {sources}",
        "只留明细或只留汇总，另一份移出报送材料",
        "keep either the parts or the summary, and move the other out of the submission",
    ),
    "sources-sum": warning(
        "这一处的数字正好是以下各处之和，可能是其汇总，已一并计入：{sources}",
        "the figures of this source are the sums of the following; it may sum them up, and all were counted: {sources}",
        "若是汇总，只留明细或只留汇总；若是另一部分，不用修改",
        "if it sums them up, keep either the parts or the sum; if it is another part, leave it as it is",
    ),
    "sources-overlap": error(
        "按名称，这一处的期间与以下各处有重叠，会重复计入：{sources}",
        "by its name, the period of this source overlaps those of the following, so they would count twice: {sources}",
        "只留各段期间或只留总数；名称写错的，改名称",
        "keep either the shorter periods or the whole; if a name is wrong, correct it",
    ),
    "sources-added": warning(
        "无法从名称看出各是哪一部分，已相加：{sources}{more}",
        "their names do not say which part each one is; they were added up: {sources}{more}",
        "若是同一内容的不同版本，只留一份；若各是一部分，名称写明是哪一部分",
        "if they are versions of the same, keep one; if each is a part, name it after what it covers",
    ),
    "rows-shared": warning(
        "{count} 行与{first}中的行完全相同：第 {rows} 行；两处都计入",
        "{count} rows are identical to rows of {first}: {rows}; both were counted",
        "检查是否重复填报",
        "check whether they were entered twice",
    ),
    "rows-alike": warning(
        "{count} 行与{first}中的行可能是同一条：第 {rows} 行；两处都计入",
        "{count} rows may mean the same as rows of {first}: {rows}; both were counted",
        "检查是否重复填报",
        "check whether they were entered twice",
    ),
    "rows-shared-unique": error(
        "{columns} 与{first}中的 {count} 行相同，不能重复：第 {rows} 行",
        "{columns}: {count} rows are the same as in {first}, but must be unique: {rows}",
        "删除重复的行，或更正",
        "remove the duplicate rows, or correct them",
    ),
}

"""Messages about files of any kind: size, type, encoding, CSV and JSON."""

from pilot_eval.messages.entry import Entry, error, note, warning

SAVE_AS_CSV = ("另存为 UTF-8 编码的 CSV", "save it as UTF-8 CSV")

MESSAGES: dict[str, Entry] = {
    "file-not-regular": error(
        "不是普通文件（目录、链接、管道或设备）",
        "not a regular file (a folder, a link, a pipe or a device)",
        "提交文件本身",
        "submit the file itself",
    ),
    "file-unreadable": error("无法读取：{cause}", "cannot be read: {cause}", "{todo}", "{todo}"),
    "file-crashed": error(
        "读取时出错或超出限制（{cause}），已跳过",
        "reading failed or exceeded a limit ({cause}); the file was skipped",
        "用 WPS 或 Excel 另存为 .xlsx 后重新提交；文件、limits 或程序改变前不再重读，删除 .cache 可立即重读",
        "save it as .xlsx in WPS or Excel and resubmit it; it is not read again until the file, the limits or the"
        " program change, or .cache is deleted",
    ),
    "reading-stopped": error("读取被中止", "reading was stopped", "重新运行", "run the command again"),
    "file-too-large": error(
        "文件大小为 {size} MB，上限为 {limit} MB", "the file is {size} MB; the limit is {limit} MB"
    ),
    "file-kind": error("无法识别的文件类型", "unknown file type", "提交 xlsx、csv 或 json", "submit xlsx, csv or json"),
    "file-empty": error(
        "文件为空",
        "the file is empty",
        "重新导出；没有记录的表在填报信息中声明",
        "export it again; declare tables without records in the submission information",
    ),
    "file-is": error(
        "这是{what}，不是可读取的表格",
        "this is {what}, not a table that can be read",
        "另存为 .xlsx 或 CSV 后重新提交",
        "save it as .xlsx or CSV and resubmit it",
    ),
    "file-extension": note(
        "内容是{what}，与扩展名不符；已按内容读取",
        "the content is {what}, which does not match the extension; read by content",
    ),
    "file-encrypted": error(
        "文件已加密，无法读取（设置了密码，或设置了“保护工作簿”，后者打开时不需要密码）",
        "the file is encrypted and cannot be read (by a password, or by workbook protection, which opens without one)",
        "取消密码和工作簿保护，另存后重新提交",
        "remove the password and the protection, and resubmit it",
    ),
    "file-nul": error(
        "文本中有空字符（NUL），文件已损坏或不是文本",
        "the text contains a NUL character: the file is damaged or not text",
        *SAVE_AS_CSV,
    ),
    "file-changed": error(
        "文件在读取过程中被修改",
        "the file changed while it was being read",
        "写入完成后重新检查",
        "check again when writing has finished",
    ),
    "file-hidden": warning(
        "文件名或所在目录名以点开头，未读取",
        "the name of the file or of its folder begins with a dot; it was not read",
        "若是提交材料，改名后重新提交",
        "rename it if it is evidence",
    ),
    "file-cut-short": error(
        "文件不完整，末尾缺失",
        "the file is truncated: its end is missing",
        "重新导出或重新上传",
        "export or upload it again",
    ),
    "file-encoding": error(
        "编码既不是 UTF-8 也不是 GB18030", "the encoding is neither UTF-8 nor GB18030", *SAVE_AS_CSV
    ),
    "file-csv": error(
        "CSV 格式错误：{problem}", "malformed CSV: {problem}", "检查该行附近的引号", "check the quotes near this line"
    ),
    "csv-quote": error(
        "此处的引号没有正确闭合，会吞掉后面的行",
        "the quote opened here is not closed properly and takes in the lines after it",
        "补上或删除引号；单元格内的引号要写两个",
        "close or remove it; write a quote inside a cell twice",
    ),
    "file-json": error("JSON 格式错误：{problem}", "malformed JSON: {problem}"),
    "json-shape": error(
        "JSON 应为记录列表，或“表名: 记录列表”", "the JSON should be a list of records, or “table: list of records”"
    ),
    "json-key-twice": error("键“{key}”重复", "the key “{key}” appears twice", "删除其中一个", "remove one of them"),
    "json-too-deep": error("JSON 嵌套过深", "the JSON is nested too deeply"),
    "json-cell": error("单元格应为一个值，不能是列表或对象", "a cell should hold one value, not a list or an object"),
    "json-around": note("记录以外的内容未读取：{keys}", "content outside the records was not read: {keys}"),
    "table-unread": error(
        "以证据表命名，但内容是{what}，未读取",
        "it is named after an evidence table, but is {what} and was not read",
        "{todo}",
        "{todo}",
    ),
}

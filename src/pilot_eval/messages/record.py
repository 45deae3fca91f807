"""Messages about the evaluation record: reading it, recomputing it, and the files it names."""

from pilot_eval.messages.entry import Entry, error, warning

MESSAGES: dict[str, Entry] = {
    "record-unreadable": error("无法读取评价档案：{cause}", "the evaluation record cannot be read: {cause}"),
    "record-differs": error(
        "{path}：档案中为 {recorded}，重新计算为 {now}", "{path}: recorded as {recorded}, recomputed as {now}"
    ),
    "hash-differs": error(
        "文件内容与档案记载的不一致",
        "the file differs from the one in the evaluation record",
        "恢复原文件",
        "restore the original",
    ),
    "hash-missing": error(
        "档案记载的文件缺失", "a file in the evaluation record is missing", "恢复原文件", "restore it"
    ),
    "hash-new": warning("该文件不在档案中", "this file is not in the evaluation record", "重新评价", "assess again"),
}

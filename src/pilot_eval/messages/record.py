"""Messages about the evaluation record: reading it, recomputing it, and the files it names."""

from pilot_eval.messages.entry import Entry, error, note, warning

MESSAGES: dict[str, Entry] = {
    "record-unreadable": error("无法读取评价档案：{cause}", "the evaluation record cannot be read: {cause}"),
    "record-format": error(
        "评价档案的格式是 {stated}，本版本读不了（能读的最新格式是 {known}）",
        "the evaluation record's format is {stated}, which this version can't read (the newest it reads: {known})",
        "若由更新的版本生成，请先升级 pilot-eval；否则恢复原文件",
        "if a newer version made it, update pilot-eval first; else restore the original",
    ),
    "record-part-missing": error(
        "评价档案缺少这一部分：record.json 和旁边的 record 目录合起来才是完整的档案",
        "this part of the evaluation record is missing: record.json and the folder record beside it are one record",
        "恢复该文件，或重新评价",
        "restore the file, or assess again",
    ),
    "record-part-differs": error(
        "评价档案的这一部分与 record.json 所记的 SHA-256、大小或试点不符：有人改过其中之一",
        "this part of the evaluation record doesn't have the SHA-256, the size or the pilot that record.json gives:"
        " one of the two was changed",
        "恢复原文件，或重新评价",
        "restore the original, or assess again",
    ),
    "record-rewritten": error(
        "评价档案不是原样：格式或数值的写法被其他程序改过，或同一键出现两次",
        "the evaluation record is not as it was written: another program changed its format or how values are written,"
        " or a key is in it twice",
        "恢复原文件，或重新评价",
        "restore the original, or assess again",
    ),
    "journal-broken": error(
        "日志的这一行与前面各行连不上：有人改过、删过、挪过或添过日志的内容",
        "this line of the journal doesn't follow those before it: an entry was changed, dropped, moved or put in",
        "从备份恢复 journal.jsonl，并查明原因；不要手工修改",
        "restore journal.jsonl from a backup, and find out why; never edit it",
    ),
    "record-differs": error(
        "{what}：档案中为 {recorded}，重新计算为 {now}", "{what}: recorded as {recorded}, recomputed as {now}"
    ),
    "record-differs-more": error("{whose}：其余不同之处：{what}", "{whose}: other places that differ: {what}"),
    "record-finding-gone": error(
        "{whose}：档案中的问题，重新计算时没有：{said}",
        "{whose}: a finding in the record that was not found again: {said}",
    ),
    "record-finding-new": error(
        "{whose}：重新计算时发现的问题，档案中没有：{said}", "{whose}: found on recomputing, not in the record: {said}"
    ),
    "record-pilot-gone": error(
        "{pilot}：档案中有，重新计算时没有", "{pilot}: in the record, but not assessed on recomputing"
    ),
    "record-pilot-new": error(
        "{pilot}：重新计算时有，档案中没有", "{pilot}: assessed on recomputing, but not in the record"
    ),
    "record-twice": error(
        "评价档案把{what}列了两次，重新计算时没有",
        "the evaluation record lists {what} twice; it is not so on recomputing",
        "恢复原文件，或重新评价",
        "restore the original, or assess again",
    ),
    "record-software": note(
        "{name} 的版本：档案记载 {recorded}，现在安装的是 {now}；不同之处可能由此而来",
        "{name}: the record names version {recorded}, {now} is installed; the differences may come from that",
    ),
    "record-software-same": note(
        "{name} 的版本：档案记载 {recorded}，现在安装的是 {now}；重新计算的结果相同，但所记的版本在这里无从证实",
        "{name}: the record names version {recorded}, {now} is installed; recomputing gives the same, but whether that"
        " version was used cannot be told here",
        "要证实，先安装档案记载的版本",
        "to confirm it, install the version that the record names first",
    ),
    "page-differs": error(
        "页面不是由评价档案生成的那一页",
        "the page is not the one that the evaluation record gives",
        "运行 pilot-eval report 重新生成",
        "render it again with pilot-eval report",
    ),
    "pages-follow": error(
        "{count} 个页面写的是档案中的结果，与重新计算的不同",
        "{count} pages say what the record says, which is not what was recomputed",
        "重新评价",
        "assess again",
    ),
    "input-new": error(
        "该文件不在档案中，重新计算时读取了", "this file is not in the evaluation record, but is read when recomputing"
    ),
    "hash-differs": error(
        "文件内容与档案记载的不一致",
        "the file differs from the one in the evaluation record",
        "恢复原文件",
        "restore the original",
    ),
    "hash-size": error(
        "文件没有变，但档案记载的大小是 {recorded} 字节，实际为 {now} 字节：档案被改过",
        "the file is as it was, but the record gives its size as {recorded} bytes and it has {now}: the record was"
        " changed",
        "恢复原档案，或重新评价",
        "restore the original record, or assess again",
    ),
    "input-twice": error(
        "评价档案把该文件列了两次",
        "the evaluation record lists this file twice",
        "恢复原档案，或重新评价",
        "restore the original record, or assess again",
    ),
    "hash-missing": error(
        "档案记载的文件缺失", "a file in the evaluation record is missing", "恢复原文件", "restore it"
    ),
    "hash-link": error(
        "这里应是文件本身，却是链接或其他", "a link or something else stands where the file itself should be"
    ),
    "hash-shared": note(
        "有 {count} 个文件在别处还有名字（硬链接），在那里改动，这里也会变；目前与档案一致，第一个在此",
        "{count} files have a name elsewhere, too (hard links), and change here if they are changed there; they are as"
        " the record says, and the first is here",
        "用复制的文件代替",
        "replace them by copies",
    ),
    "hash-new": warning("该文件不在档案中", "this file is not in the evaluation record", "重新评价", "assess again"),
    "hash-unlisted": error(
        "SHA256SUMS 没有列出该文件",
        "SHA256SUMS does not list this file",
        "若不是评价结果，移出该目录",
        "if it is no result, move it out of the folder",
    ),
    "hash-foreign": error(
        "SHA256SUMS 列出了该文件，但评价档案没有这样的页面",
        "SHA256SUMS lists this file, but the evaluation record gives no such page",
        "移出该目录，或重新生成报告",
        "move it out of the folder, or render the reports again",
    ),
    "sums-empty": error("没有列出任何文件", "no file is listed", "恢复原文件", "restore the original"),
    "sums-malformed": error(
        "有 {count} 行不是“SHA-256、两个空格、本目录内的文件”，第一处在此",
        "lines that are not a SHA-256, two spaces and a file in this folder: {count}; the first is here",
        "恢复原文件",
        "restore the original",
    ),
    "sums-twice": error("{name} 列出了两次", "{name} is listed twice", "恢复原文件", "restore the original"),
}

"""Messages about ZIP archives, and the ZIP structure of workbooks."""

from pilot_eval.messages.entry import Entry, error, note, warning

PACK_OR_SAVE = ("重新打包或另存", "pack or save it again")

MESSAGES: dict[str, Entry] = {
    "archive-empty": warning(
        "压缩包中没有文件", "there are no files in the archive", "重新打包后提交", "pack it again and resubmit it"
    ),
    "zip-broken": error(
        "ZIP 结构损坏：{cause}",
        "the ZIP structure is damaged: {cause}",
        "重新保存或重新上传",
        "save or upload it again",
    ),
    "zip-around": note(
        "ZIP 前后有不属于它的字节（可能是旧文件的残余），未读取",
        "there are bytes before or behind the ZIP that do not belong to it (perhaps of an older file); not read",
    ),
    "zip-too-many": error("包含 {count} 个文件，上限为 {limit}", "it contains {count} files; the limit is {limit}"),
    "zip-duplicate": error("“{name}”出现两次", "“{name}” appears twice", *PACK_OR_SAVE),
    "zip-overlap": error(
        "“{name}”与其他内容重叠，压缩包系伪造", "“{name}” overlaps other content: the archive is forged", *PACK_OR_SAVE
    ),
    "zip-lies": error(
        "“{name}”的内容与压缩包目录不符", "“{name}” does not match the archive's directory", *PACK_OR_SAVE
    ),
    "zip-ratio": error(
        "“{name}”的压缩率异常偏高，疑似压缩炸弹",
        "“{name}” has an implausible compression ratio; possible ZIP bomb",
        *PACK_OR_SAVE,
    ),
    "zip-encrypted": error(
        "“{name}”设有密码",
        "“{name}” is protected by a password",
        "取消密码后重新提交",
        "remove the password and resubmit it",
    ),
    "zip-method": error(
        "“{name}”使用 {method} 压缩，无法读取",
        "“{name}” is compressed with {method}, which is not supported",
        "用普通 ZIP 方式（Deflate）重新打包",
        "pack it again as an ordinary ZIP (Deflate)",
    ),
    "archive-is": error(
        "这是{what}，不是 ZIP",
        "this is {what}, not a ZIP",
        "解压后用 ZIP 格式重新打包",
        "unpack it and pack it again as a ZIP",
    ),
    "archive-path": error(
        "“{name}”指向目录之外，未解压",
        "“{name}” points outside the folder; it was not unpacked",
        "重新打包",
        "pack it again",
    ),
    "archive-name": error(
        "“{name}”的名称含有控制字符或改变显示方向的字符，未解压",
        "the name “{name}” contains control characters, or characters that reverse the text shown; it was not unpacked",
        "改名后重新打包",
        "rename it and pack it again",
    ),
    "archive-name-long": error(
        "“{name}”的路径过长或层级过多，未解压",
        "the path “{name}” is too long or too deep; it was not unpacked",
        "缩短后重新打包",
        "shorten it and pack it again",
    ),
    "archive-link": error(
        "“{name}”是链接或设备，不是文件",
        "“{name}” is a link or a device, not a file",
        "提交文件本身",
        "submit the file itself",
    ),
    "archive-unopened": warning(
        "这是{what}，未打开",
        "this is {what}; it was not opened",
        "若其中有证据，解压后提交",
        "if it contains evidence, unpack it and submit the files",
    ),
    "archive-clash": error(
        "压缩包中的“{name}”与另一处的文件同名但内容不同",
        "“{name}” in the archive has the same name as another file, but different content",
        "只保留一份",
        "keep one",
    ),
    "archive-clash-attachment": warning(
        "压缩包中的“{name}”与另一处的文件同名但内容不同，未采用",
        "“{name}” in the archive has the same name as another file, but different content; it was left out",
        "改名或只保留一份",
        "rename it or keep one",
    ),
}

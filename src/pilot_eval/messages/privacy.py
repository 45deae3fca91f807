"""Messages about personal data: numbers that identify a person, in cells, names and properties."""

from pilot_eval.messages.entry import Entry, error, note, warning

CONFIRM = ("请确认不是个人信息；报告中已遮盖", "make sure that it is not personal data; it is masked in reports")
TAKE_OUT = (
    "个人的请删除；报告中已遮盖",
    "if it is a person's, remove it; it is masked in reports",
)
RENAME = ("改名后重新提交", "rename it and resubmit it")
REMOVE = ("删除个人信息后重新提交", "remove personal data and resubmit it")

MESSAGES: dict[str, Entry] = {
    "cell-identity": error(
        "含有身份证号（{value}），不予接收", "contains a resident ID number ({value}) and is not accepted", *REMOVE
    ),
    "cell-mobile": error(
        "含有手机号（{value}），不予接收", "contains a mobile number ({value}) and is not accepted", *REMOVE
    ),
    "cell-identity-like": warning("疑似身份证件号（{value}）", "possible ID number ({value})", *CONFIRM),
    "cell-mobile-like": warning("疑似手机号（{value}）", "possible mobile number ({value})", *CONFIRM),
    "cell-card-like": warning("疑似银行卡号（{value}）", "possible bank card number ({value})", *CONFIRM),
    "cell-passport-like": warning(
        "疑似护照或通行证号（{value}）", "possible passport or travel permit number ({value})", *CONFIRM
    ),
    "cell-email": warning("含有电子邮箱（{value}）", "contains an e-mail address ({value})", *TAKE_OUT),
    "cell-chat": warning("含有微信号或 QQ 号（{value}）", "contains a chat account ({value})", *TAKE_OUT),
    "name-personal": error(
        "文件名含有个人号码，未读取", "the file name contains a personal number; the file was not read", *RENAME
    ),
    "name-personal-like": error(
        "文件名疑似含有个人号码；文件名会写入档案和报告，因此未读取",
        "the file name may contain a personal number; names go into records and reports, so the file was not read",
        *RENAME,
    ),
    "name-encoding": error(
        "文件名不是 UTF-8 编码，未读取",
        "the file name is not UTF-8; the file was not read",
        "改名后重新提交，或打包成 ZIP 提交",
        "rename it, or submit the files as a ZIP",
    ),
    "sheet-personal": error(
        "工作表名含有个人号码，未读取", "the sheet name contains a personal number; the sheet was not read", *RENAME
    ),
    "sheet-personal-like": warning(
        "工作表名疑似含有个人号码", "the sheet name may contain a personal number", *CONFIRM
    ),
    "property-personal": error(
        "单元格以外（属性、批注、页眉、图形、名称、链接等）含有个人号码（{value}）",
        "outside its cells (properties, comments, headers, shapes, names, links) the file contains a personal number "
        "({value})",
        "清除后重新提交",
        "clear them and resubmit the file",
    ),
    "property-personal-like": warning(
        "单元格以外（属性、批注、页眉、图形、名称、链接等）疑似含有个人号码（{value}）",
        "outside its cells (properties, comments, headers, shapes, names, links) the file may contain a personal "
        "number ({value})",
        *CONFIRM,
    ),
    "attachments-unsearched": note(
        "{count} 个附件是图片、扫描件、压缩包、旧格式或受损的文件，查不了里面有没有个人信息：{names}",
        "{count} attachments are pictures, scans, archives, old formats or damaged and can't be searched for "
        "personal data: "
        "{names}",
        "请打开核对，遮盖或删除个人信息",
        "look at them yourself; cover or remove personal data",
    ),
    "attachments-without-library": note(
        "没有安装 PDF 检查组件，{count} 个 PDF 附件没有检查个人信息：{names}",
        "the library for PDF isn't installed; {count} PDF attachments were not searched for personal data: {names}",
        "安装 pilot-eval[attachments]，或请打开核对",
        "install pilot-eval[attachments], or look at them yourself",
    ),
}

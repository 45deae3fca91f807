"""Messages about how a command is used: names, files and settings given to it, and new plugins."""

from pilot_eval.messages.entry import Entry, error, warning

MESSAGES: dict[str, Entry] = {
    "usage-unknown": error("找不到名为“{name}”的{what}", "no {what} named “{name}”", "{suggestion}", "{suggestion}"),
    "usage-no-adjustments": error(
        "{pilot} 没有计算加分和扣分：{reason}",
        "no bonuses or deductions were computed for {pilot}: {reason}",
        "先解决这个问题，再运行 assess",
        "solve this first, then run assess again",
    ),
    "usage-file": error(
        "{cause}", "{cause}", "换一个位置，或检查权限", "choose another location, or check its permissions"
    ),
    "usage-seconds": error(
        "{name} 的值是“{value}”，应为大于 0 的秒数",
        "{name} is “{value}”; it should be a number of seconds above 0",
        "如 20",
        "such as 20",
    ),
    "scaffold-name": error(
        "“{name}”不能用作基地类型的名称",
        "“{name}” cannot be the name of a base type",
        "以小写字母开头，只用 a-z、0-9 和单个下划线，最多 30 个字符；{suggestion}",
        "begin with a lower-case letter, use a-z, 0-9 and single _, at most 30 characters; {suggestion}",
    ),
    "scaffold-words": error(
        "{option} 不能是“{words}”",
        "{option} cannot be “{words}”",
        "最多 30 个文字、数字、空格和圆括号；--en 用英文",
        "use at most 30 letters, digits, spaces and parentheses; --en in English",
    ),
    "scaffold-exists": error(
        "{folder} 已存在，没有覆盖",
        "{folder} exists and was not overwritten",
        "换一个名称或目录",
        "choose another name or folder",
    ),
    "scaffold-taken": warning(
        "基地类型 {name} 已由 {plugin} 提供，两者不能同时安装",
        "the base type {name} is already provided by {plugin}; the two cannot be installed together",
        "换一个名称，或卸载其中一个",
        "choose another name, or uninstall one of them",
    ),
}

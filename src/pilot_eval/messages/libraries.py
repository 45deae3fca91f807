"""Errors of Python, its libraries and the system in our words: their own are in English only."""

import errno
import re
from collections.abc import Mapping
from typing import Any

from pilot_eval.spelling import plain
from pilot_eval.text import DECLARED_PATTERN, ID_PATTERN, PILOT_PATTERN, VERSION_PATTERN, Words, both, joined, quoted


def refusal_of(error: OSError | UnicodeDecodeError) -> Words:
    """Return why a file can't be read or written: the system refuses it, or it isn't text."""
    if isinstance(error, UnicodeDecodeError):
        return NOT_UTF8
    said = error.strerror or str(error)
    return _SYSTEM.get(error.errno or 0, Words(zh=f"系统报告“{said}”", en=said))


def yaml_problem(said: str) -> Words:
    """Return what the YAML parser rejects."""
    return _beginning(said, _YAML)


def json_problem(said: str) -> Words:
    """Return what the JSON parser rejects."""
    return _beginning(said, _JSON)


def _beginning(said: str, known: Mapping[str, Words]) -> Words:
    """Return the words for a message by its beginning."""
    return next((words for start, words in known.items() if said.startswith(start)), Words(zh="无法解析", en=said))


def csv_problem(said: str) -> Words:
    """Return what the CSV reader rejects."""
    return next((words for part, words in _CSV.items() if part in said), Words(zh="无法解析", en=said))


def xml_problem(said: str) -> Words:
    """Return what the XML parser rejects, such as `mismatched tag: line 2, column 7`."""
    problem, _, at = said.partition(": line ")
    words = _XML.get(problem, Words(zh="不符合 XML 语法", en=problem))
    line, _, column = at.partition(", column ")
    return Words(zh=f"{words.zh}（第 {line} 行第 {column} 列）", en=f"{words.en} (line {line}, column {column})")


def model_problem(error: Mapping[str, Any]) -> Words:
    """Return what pydantic expects, from one of its `errors()`."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in ("literal_error", "enum"):
        allowed = allowed_of(error)
        return Words(zh=f"可用：{allowed.zh}", en=f"use {allowed.en}")
    words = _PATTERNS.get(context.get("pattern", "")) or _MODELS.get(kind)
    if words is None:
        return Words(zh="无效", en=str(error["msg"]))
    return Words(zh=words.zh.format_map(context), en=words.en.format_map(context))


_PATTERNS = {
    ID_PATTERN: Words(
        zh="应以汉字或字母开头，只用汉字、字母、数字和 _ . -，不含空格",
        en="it should begin with a letter or a Chinese character, and have only these, digits and _ . - without blanks",
    ),
    DECLARED_PATTERN: Words(
        zh="应以英文字母开头，只用英文字母、数字和 _ . -，如 park",
        en="it should begin with a letter from a to z, and have only these, digits and _ . -, such as park",
    ),
    PILOT_PATTERN: Words(
        zh="应以小写英文字母开头，只用小写英文字母、数字和 -，如 park-1；中文名称写在 zh",
        en="it should begin with a small letter from a to z, and have only these, digits and -, such as park-1",
    ),
    VERSION_PATTERN: Words(zh="应为三段数字，如 1.0.0", en="it should be three numbers, such as 1.0.0"),
}


def choices_of(error: Mapping[str, Any]) -> list[str]:
    """The values that pydantic allows, which it lists as `'zero' or 'exclude'`; `True` is YAML's `true`."""
    expected = error["ctx"]["expected"]
    return re.findall(r"'([^']*)'", expected) or [expected.lower()]


def allowed_of(error: Mapping[str, Any]) -> Words:
    return joined(map(quoted, choices_of(error)))


def remedy_of(error: Mapping[str, Any]) -> Words:
    """Return how a wrong value of a YAML file could be written; nothing where that isn't clear."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "float_type" and isinstance(given, str):
        number = plain(given).replace(",", "").replace("，", "")
        if re.fullmatch(r"[-+]?[0-9.]+ *%", number):
            share = number.rstrip("% ")
            return Words(
                zh=f"百分数写 {share}；是比例的，除以 100",
                en=f"write a percentage as {share}, a share as a hundredth of it",
            )
        if re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", number):
            return Words(zh=f"写成 {number}，不加引号", en=f"write {number}, without quotes")
    if kind == "bool_type" and str(given).lower() in _TRUTHS:
        truth = _TRUTHS[str(given).lower()]
        return Words(zh=f"写成 {truth}", en=f"write {truth}")
    if kind == "string_type" and error["loc"][-1:] == ("version",):
        return Words(zh="写成三段数字，如 1.0.0", en="write three numbers, such as 1.0.0")
    if kind == "string_type" and isinstance(given, (int, float)):
        return Words(zh="加引号，表示是文字", en="put it in quotes, so that it is text")
    if kind == "less_than_equal" and context.get("le") == 1 and 5 <= given <= 100:
        share = f"{given / 100:g}"
        return Words(
            zh=f"比例在 0 至 1 之间：{given:g}% 写 {share}", en=f"a share is from 0 to 1: {given:g}% is {share}"
        )
    if kind == "string_pattern_mismatch" and context.get("pattern") == ID_PATTERN:
        better = re.sub(r"[^\w.-]+", "_", plain(str(given))).strip("_")
        if better != given and re.fullmatch(ID_PATTERN, better):
            return Words(zh=f"可以写成 {better}", en=f"it could be {better}")
    return both("")


_TRUTHS = {"yes": "true", "y": "true", "on": "true", "是": "true", "1": "true"} | {
    "no": "false", "n": "false", "off": "false", "否": "false", "0": "false"
}  # fmt: skip


NOT_UTF8 = Words(zh="编码不是 UTF-8", en="the encoding is not UTF-8")

_SYSTEM: dict[int, Words] = {
    errno.EPERM: Words(zh="不允许此操作", en="operation not permitted"),
    errno.ENOENT: Words(zh="文件或目录不存在", en="no such file or folder"),
    errno.EIO: Words(zh="读写出错，磁盘可能有故障", en="read or write error; the disk may be faulty"),
    errno.EACCES: Words(zh="没有权限", en="permission denied"),
    errno.EBUSY: Words(zh="文件正被占用", en="the file is in use"),
    errno.EEXIST: Words(zh="已存在", en="it exists already"),
    errno.ENOTDIR: Words(zh="路径中有一段不是目录", en="part of the path is not a folder"),
    errno.EISDIR: Words(zh="是目录，不是文件", en="it is a folder, not a file"),
    errno.EINVAL: Words(zh="名称或操作无效", en="invalid name or operation"),
    errno.EMFILE: Words(zh="打开的文件过多", en="too many open files"),
    errno.ENFILE: Words(zh="打开的文件过多", en="too many open files"),
    errno.EFBIG: Words(zh="文件过大", en="the file is too large"),
    errno.ENOSPC: Words(zh="磁盘空间不足", en="no space left on the disk"),
    errno.EROFS: Words(zh="所在磁盘只读", en="the disk is read-only"),
    errno.ENAMETOOLONG: Words(zh="名称过长", en="the name is too long"),
    errno.ENOTEMPTY: Words(zh="目录不为空", en="the folder is not empty"),
    errno.ELOOP: Words(zh="链接层数过多", en="too many levels of links"),
    errno.ETIMEDOUT: Words(zh="连接超时", en="the connection timed out"),
}

_YAML: dict[str, Words] = {
    "mapping values are not allowed": Words(zh="此处不能有冒号", en="a colon is not allowed here"),
    "could not find expected ':'": Words(zh="缺少冒号", en="a colon is missing"),
    "did not find expected key": Words(zh="此处应为键，缩进可能不齐", en="a key is expected here, indented alike"),
    "did not find expected '-' indicator": Words(zh="此处应为“-”开头的列表项", en="an item with “-” is expected here"),
    "did not find expected ',' or ']'": Words(zh="列表缺少“,”或“]”", en="the list lacks “,” or “]”"),
    "did not find expected ',' or '}'": Words(zh="缺少“,”或“}”", en="“,” or “}” is missing"),
    "did not find expected node content": Words(zh="此处缺少内容", en="content is missing here"),
    "did not find expected <document start>": Words(
        zh="此处的内容不属于前面的文档，缩进可能不齐", en="this does not belong to what is above; check the indentation"
    ),
    "found character that cannot start any token": Words(
        zh="此处不能以这个字符开头",
        en="nothing can start with this character",
    ),
    "found a tab character": Words(zh="缩进不能用制表符", en="a tab cannot be used for indentation"),
    "found unexpected end of stream": Words(zh="引号没有闭合", en="a quote is not closed"),
    "found unexpected document indicator": Words(zh="引号没有闭合", en="a quote is not closed"),
    "found unknown escape character": Words(zh="反斜杠后的字符无效", en="invalid character after a backslash"),
    "block sequence entries are not allowed": Words(zh="此处不能有列表项", en="a list item is not allowed here"),
    "block mapping entries are not allowed": Words(zh="此处不能有键", en="a key is not allowed here"),
    "control characters are not allowed": Words(zh="含有控制字符", en="it contains a control character"),
    "invalid leading UTF-8 octet": NOT_UTF8,
    "invalid trailing UTF-8 octet": NOT_UTF8,
    "could not find expected directive name": Words(zh="“%”后面缺少名称", en="a name is missing after “%”"),
    "found unknown directive name": Words(zh="“%”后面的名称无法识别", en="unknown name after “%”"),
    "while scanning a directive": Words(zh="行首不能用“%”", en="a line cannot begin with “%”"),
}

_JSON: dict[str, Words] = {
    "Expecting property name enclosed in double quotes": Words(
        zh="此处应为加双引号的键", en="a key in double quotes is expected here"
    ),
    "Expecting ':' delimiter": Words(zh="缺少冒号", en="a colon is missing"),
    "Expecting ',' delimiter": Words(zh="缺少逗号", en="a comma is missing"),
    "Expecting value": Words(zh="此处缺少值", en="a value is missing here"),
    "Extra data": Words(zh="末尾之后还有内容", en="there is more after the end"),
    "Illegal trailing comma": Words(zh="末项后面多了逗号", en="there is a comma after the last item"),
    "Invalid control character": Words(zh="文本中有控制字符或换行", en="control character or line break in a text"),
    "Invalid \\": Words(zh="反斜杠后的字符无效", en="invalid character after a backslash"),
    "Unterminated string": Words(zh="引号没有闭合", en="a quote is not closed"),
    "Unexpected UTF-8 BOM": Words(zh="开头有多余的字节顺序标记", en="there is a stray byte order mark at the start"),
}

_CSV: dict[str, Words] = {
    "unexpected end of data": Words(zh="引号没有闭合", en="a quote is not closed"),
    "expected after": Words(zh="引号后面缺少分隔符", en="a separator is missing after a quote"),
    "line breaks inside quotes": Words(zh="引号中有换行", en="there are line breaks inside quotes"),
    "new-line character": Words(zh="单元格中有换行", en="there is a line break inside a cell"),
}

_XML: dict[str, Words] = {
    "syntax error": Words(zh="语法错误", en="syntax error"),
    "no element found": Words(zh="内容不完整", en="the content is incomplete"),
    "not well-formed (invalid token)": Words(zh="此处的字符无效", en="invalid character"),
    "unclosed token": Words(zh="标签不完整", en="a tag is incomplete"),
    "partial character": Words(zh="字符不完整", en="a character is incomplete"),
    "mismatched tag": Words(zh="标签不配对", en="the tags do not match"),
    "duplicate attribute": Words(zh="属性重复", en="duplicate attribute"),
    "junk after document element": Words(zh="末尾之后还有内容", en="there is more after the end"),
    "undefined entity": Words(zh="实体未定义", en="undefined entity"),
    "unbound prefix": Words(zh="命名空间前缀未声明", en="a namespace prefix is not declared"),
    "unclosed CDATA section": Words(zh="CDATA 没有闭合", en="a CDATA section is not closed"),
    "XML or text declaration not at start of entity": Words(
        zh="XML 声明不在开头", en="the XML declaration is not at the start"
    ),
    "reference to invalid character number": Words(zh="字符编号无效", en="invalid character number"),
}

_MODELS: dict[str, Words] = {
    "missing": Words(zh="缺失", en="it is missing"),
    "extra_forbidden": Words(zh="无法识别", en="it is not known"),
    "json_invalid": Words(zh="不是有效的 JSON", en="invalid JSON"),
    "json_type": Words(zh="不是有效的 JSON", en="invalid JSON"),
    "float_type": Words(zh="应为数字", en="it should be a number"),
    "float_parsing": Words(zh="应为数字", en="it should be a number"),
    "finite_number": Words(zh="应为有限的数字", en="it should be a finite number"),
    "int_type": Words(zh="应为整数", en="it should be a whole number"),
    "int_parsing": Words(zh="应为整数", en="it should be a whole number"),
    "int_from_float": Words(zh="应为整数", en="it should be a whole number"),
    "bool_type": Words(zh="应为 true 或 false", en="it should be true or false"),
    "bool_parsing": Words(zh="应为 true 或 false", en="it should be true or false"),
    "string_type": Words(zh="应为文本", en="it should be text"),
    "tuple_type": Words(zh="应为列表", en="it should be a list"),
    "list_type": Words(zh="应为列表", en="it should be a list"),
    "dict_type": Words(zh="应为“键: 值”", en="it should be “key: value”"),
    "model_type": Words(zh="应为“键: 值”", en="it should be “key: value”"),
    "model_attributes_type": Words(zh="应为“键: 值”", en="it should be “key: value”"),
    "date_type": Words(zh="应为日期，如 2018-12-31", en="it should be a date, such as 2018-12-31"),
    "date_parsing": Words(zh="应为日期，如 2018-12-31", en="it should be a date, such as 2018-12-31"),
    "date_from_datetime_parsing": Words(zh="应为日期，如 2018-12-31", en="it should be a date, such as 2018-12-31"),
    "date_from_datetime_inexact": Words(zh="应为日期，如 2018-12-31", en="it should be a date, such as 2018-12-31"),
    "greater_than": Words(zh="应大于 {gt:g}", en="it should be greater than {gt:g}"),
    "greater_than_equal": Words(zh="应不小于 {ge:g}", en="it should be at least {ge:g}"),
    "less_than": Words(zh="应小于 {lt:g}", en="it should be less than {lt:g}"),
    "less_than_equal": Words(zh="应不大于 {le:g}", en="it should be at most {le:g}"),
    "string_too_short": Words(zh="不能为空", en="it cannot be empty"),
    "string_too_long": Words(zh="最多 {max_length} 个字符", en="at most {max_length} characters"),
    "string_pattern_mismatch": Words(zh="应符合 {pattern}", en="it should match {pattern}"),
    "too_short": Words(zh="至少 {min_length} 项", en="at least {min_length} items"),
    "too_long": Words(zh="最多 {max_length} 项", en="at most {max_length} items"),
}

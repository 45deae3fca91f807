"""Finds addresses of persons in text: e-mail, however its signs are written, and chat accounts after their word."""

import re
from collections.abc import Iterator

UNSAID = "mailbox"
"""A mailbox of an office (office@…): masked wherever it would be shown, but no reason for a finding."""

_OWN = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}"
_AT = r"[\"'”’]?\s{0,2}(?:@|[(\[{<【]\s?(?:at|a|@)\s?[)\]}>】]|艾特)\s{0,2}"
_AT_IN_WORDS = r"(?:\s{1,2}at\s{1,2}|\s?#\s?)"
"""Common in other texts too: it counts before a domain in words, or one where many have their mail."""
_DOT_IN_WORDS = r"(?:\s?[(\[{]\s?(?:dot|\.|点)\s?[)\]}]\s?|\s{1,2}dot\s{1,2}|\s?点\s?)"
_DOT = rf"(?:[.。]|\s[.。]\s?|{_DOT_IN_WORDS})"
_LABEL, _TOP = "[A-Za-z0-9-]{1,63}", "[A-Za-z]{2,24}"
_MAIL = "(?:qq|163|126|139|189|gmail|sina|sohu|foxmail|outlook|hotmail|yeah|aliyun|icloud|yahoo|21cn)"
_EMAIL = re.compile(
    rf"{_OWN}(?:{_AT}(?:{_LABEL}{_DOT}){{1,5}}{_TOP}"
    rf"|{_AT_IN_WORDS}(?:{_MAIL}{_DOT}|(?:{_LABEL}{_DOT_IN_WORDS}){{1,5}}){_TOP})(?![A-Za-z0-9-])",
    re.IGNORECASE,
)
_ROLES = frozenset({
    "office", "info", "contact", "service", "services", "admin", "support", "help", "hr", "sales", "marketing",
    "mail", "webmaster", "noreply", "no-reply", "press", "postmaster", "media", "news", "hello", "enquiries",
    "enquiry", "feedback", "jobs", "secretariat", "public", "gov", "git", "bgs", "xxgk", "bangongshi", "zhaopin",
    "wangzhan", "xinxi", "lianxi", "abuse", "security", "team", "webadmin", "billing", "finance",
})  # fmt: skip
"""Mailboxes of an office, not of somebody in it."""

_PUBLIC = r"(?<!官方)(?<!公众)(?<!政务)(?<!企业)(?<!官网)(?<!official )"
_WECHAT_WORD = r"[微薇威]\s?信|v信|(?<![a-z0-9_])(?:we-?chat|weixin|wx|vx)|加\s?(?:v(?![a-z])|微)"
_QQ_WORD = r"Q\s?Q|扣扣|企鹅"
_SAID_OF = (
    rf"[\s:：=/\\、，,；;(（【“\"'@→\u2010-\u2015-]|{_WECHAT_WORD}|{_QQ_WORD}"
    r"|号码?|號碼?|同号|账号|帐号|账户|帐户|名|昵称|手机|电话|[及和或]|id|no\.?|number|account|is|是|为"
)
_NO_COUNT = r"[.,]\d|\s?[个人次位名家条件元万千年月%]"
_WECHAT_ID = re.compile(r"(?<![A-Za-z0-9_])wxid_[a-z0-9]{5,30}", re.IGNORECASE)
_WECHAT = re.compile(
    rf"{_PUBLIC}(?:{_WECHAT_WORD})(?P<said>(?:{_SAID_OF}){{0,6}})(?P<own>[a-z][a-z0-9_-]{{5,19}}|[1-9]\d{{7,10}})"
    rf"(?![a-z0-9_-]|\.(?:com|cn|net|org)\b|{_NO_COUNT})",
    re.IGNORECASE | re.ASCII,
)
_JOINED = re.compile(r"[:：=(（【“→]|[号號是为]|\b(?:id|no|is)\b", re.IGNORECASE)
_QQ = re.compile(
    rf"{_PUBLIC}(?:{_QQ_WORD})(?:{_SAID_OF}){{0,6}}(?P<own>[1-9]\d{{4,10}})(?!\d|{_NO_COUNT})", re.IGNORECASE | re.ASCII
)

MAY_BE_ADDRESS = (
    r"@|[\[(（［{【<]\s*at?\s*[\])）］}】>]|艾特|\sat\s|#\s?(?:1[2-8]|[a-z])|qq|q\s?q|扣扣|企鹅"
    r"|wx|[微薇威]\s?信|v信|加\s?[v微]|we-?chat|weixin|vx"
)
"""A fast filter for whole columns, of any case: every address matches it."""


def addresses(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the addresses in a text: the finding's code, and the position."""
    for match in _EMAIL.finditer(text):
        own = re.split(r"[^a-z0-9._%+-]", match.group().casefold())[0]
        yield UNSAID if own in _ROLES else "cell-email", *match.span()
    for match in _WECHAT_ID.finditer(text):
        yield "cell-chat", *match.span()
    for match in _WECHAT.finditer(text):
        own = match["own"]
        if _JOINED.search(match["said"]) or (not own.isdigit() and re.search("[0-9_]", own)):
            yield "cell-chat", *match.span("own")
    for match in _QQ.finditer(text):
        yield "cell-chat", *match.span("own")

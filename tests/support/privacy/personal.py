"""Personal numbers of each kind, made from a seed, each in twenty spellings with what must be said of it."""

import random
from collections.abc import Callable
from typing import NamedTuple

_HAN = str.maketrans("0123456789", "零一二三四五六七八九")
_BANK_HAN = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
_NEGATIVE = str.maketrans("0123456789", "⓿❶❷❸❹❺❻❼❽❾")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
_LETTERS = str.maketrans("01", "Ol")
_BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Written(NamedTuple):
    """A personal number in one spelling: the text, the number in it, and the severity of what must be said.

    alone: in a sentence of other words it is too odd a spelling to be taken for one.
    """

    kind: str
    text: str
    secret: str
    severity: str
    alone: bool = False


def _digits(some: random.Random, count: int) -> str:
    return "".join(some.choices("0123456789", k=count))


def _birthday(some: random.Random) -> str:
    return f"{some.randint(1940, 2005)}{some.randint(1, 12):02}{some.randint(1, 28):02}"


def checked(body: str) -> str:
    """Return seventeen digits with the check digit of an ID number (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def id_number(some: random.Random) -> str:
    return checked(some.choice(("410102", "410183", "110101", "310104", "510107")) + _birthday(some) + _digits(some, 3))


def mobile(some: random.Random) -> str:
    return some.choice(("138", "139", "150", "177", "186", "199")) + _digits(some, 8)


def _luhn(body: str) -> str:
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(body))]
    return body + str(-sum(sum(divmod(each, 10)) for each in doubled) % 10)


def _mobiles(some: random.Random) -> list[Written]:
    n = mobile(some)
    a, b, c = n[:3], n[3:7], n[7:]
    sure = [
        f"手机：{n}",
        f"电话{n}",
        f"+86{n}",
        f"+86 {a} {b} {c}",
        f"(+86){a}-{b}-{c}",
        f"联系人 {a} {b} {c}",
        f"tel {a}.{b}.{c}",
        f"手机号 {n.translate(_HAN)}",
        f"电话 {n.translate(_BANK_HAN)}",
        f"手机 {' '.join(n)}",
        f"手机 {n[:2]}-{n[2:6]}-{n[6:]}",
        f"联系人 {n[:4]} {n[4:7]} {n[7:]}",
        f"电话 {n.translate(_ARABIC)}",
        f"手机 {n[:3]}{n[3:].translate(_LETTERS)}",
    ]
    like = [
        n,
        f"{n}（会计）",
        f"{a} {b} {c} 会计",
        f"{a}-{b}-{c}，会计",
        f"{n.translate(_WIDE)}",
        f"{n.translate(_HAN)}",
        f"{n.translate(_BANK_HAN)}",
        f"{a}{b.translate(_HAN)}{c}",
        f"{a}\u200b{b}\u200b{c}",
        f"{n.translate(_CIRCLED)}",
        f"{'-'.join(n)}",
        n.translate(_NEGATIVE),
        n.translate(_ARABIC),
        f"{a}★{b}★{c} 会计",
        f"{a}一{b}一{c} 会计",
        f"l{n[1:]}",
        f"{a}·{b}·{c} 会计",
        f"{a}—{b}—{c} 会计",
        f"{a} {n[3:]}",
        f"{n.translate(_BOLD)}",
        f"1.{n}",
        f"No.{n}",
        f"{n}.0",
        f"0{n}",
        f"{n}wx",
        f"{a}-{b}-{c}/{mobile(some)[:3]}-{b}-{c}",
        f"{a}；{b}；{c} 会计",
        f"{a}|{b}|{c} 会计",
        f"{a}•{b}•{c} 会计",
        f"快递收件人张三{n}",
        f"合同签订人李四{n}",
        f"发票请寄王五 {n}",
    ]
    alone = (f"{a}     {b}     {c} ", f"{n[0]} {n[1]} {n[2]} {b} {c} 1", f"{n[:4]}-{n[4:7]}-{n[7:]}")
    return [
        *(Written("mobile", text, n, "error") for text in sure),
        *(Written("mobile", text, n, "warning") for text in like),
        *(Written("mobile", text, n, "warning", alone=True) for text in alone),
    ]


def _ids(some: random.Random) -> list[Written]:
    n = id_number(some)
    a, b, c = n[:6], n[6:14], n[14:]
    texts = [
        n,
        n.lower(),
        f"某同志（{n}）",
        f"ID{n}",
        f"编号 12 {n}",
        f"{a} {b} {c}",
        f"{a}-{b}-{c}",
        f"{a}.{b}.{c}",
        f"{a}/{b}/{c}",
        f"{a}_{b}_{c}",
        f"{a}  {b}  {c}",
        f"{a}\u00a0{b}\u00a0{c}",
        f"{a}\t{b}\t{c}",
        n.translate(_WIDE),
        n.translate(_CIRCLED),
        n.translate(_BOLD),
        n.translate(_NEGATIVE),
        n.translate(_DEVANAGARI),
        f"{a}^{b}&{c}",
        "\u0301".join(n),
        n[:1] + n[1:9].translate(_LETTERS) + n[9:],
        n.translate(_HAN),
        n.translate(_BANK_HAN),
        f"{a}\u200b{b}\u200b{c}",
        f"{n[:4]} {n[4:8]} {n[8:12]} {n[12:16]} {n[16:]}",
        f"{a}·{b}·{c}",
        f"{a}–{b}–{c}",
        f"{a} - {b} - {c}",
        f"{a}   {b}   {c}",
        f"{a}——{b}——{c}",
        f"{a}，{b}，{c}",
        f"{a}：{b}：{c}",
        f"{a}*{b}*{c}",
        f"（{a}）{b}（{c}）",
        f"{a}{b[:4]}年{b[4:6]}月{b[6:]}日{c}",
        f"3.{n}",
        f"{n}.0",
        f"{n}{checked(n[:14] + '123')}",
        *(f"{n[:17]}{sign}" for sign in ("×", "Х", "（X）", "*") if n[17] == "X"),
    ]
    return [Written("id", text, n, "error") for text in texts]


def _mistyped(some: random.Random) -> list[Written]:
    n = id_number(some)
    wrong = n[:17] + ("1" if n[17] != "1" else "2")
    words = (
        "身份证",
        "身份证：",
        "身份证号",
        "身份证号码 ",
        "证件号码：",
        "居民身份证号为",
        "ID card ",
        "ID No. ",
        "identity number ",
        "公民身份号码",
        "身份证号（",
        "有效证件号：",
        "id number: ",
        "身份证号是",
        "证件 ",
        "Resident ID: ",
        "身份证　",
        "（身份证号：",
        "法人身份证",
        "本人身份证：",
    )
    return [Written("id-mistyped", f"{word}{wrong}", wrong, "warning") for word in words]


def _old_ids(some: random.Random) -> list[Written]:
    n = (
        some.choice(("410102", "110101", "310104"))
        + f"{some.randint(20, 99)}{some.randint(1, 12):02}{some.randint(1, 28):02}{_digits(some, 3)}"
    )
    a, b, c = n[:6], n[6:12], n[12:]
    sure = [
        f"身份证{n}",
        f"身份证号：{n}",
        f"证件号码 {n}",
        f"ID card {n}",
        f"身份证 {a} {b} {c}",
        f"身份证 {a}-{b}-{c}",
        f"身份证号{n.translate(_WIDE)}",
        f"居民身份证 {n}",
        f"身份证：{n.translate(_HAN)}",
        f"公民身份号码 {n}",
    ]
    like = [
        n,
        f"{n}（会计）",
        f"会计 {n}",
        f"{a} {b} {c}",
        f"{a}-{b}-{c}",
        n.translate(_WIDE),
        n.translate(_HAN),
        f"{a}.{b}.{c}",
        f"{a}/{b}/{c}",
        n.translate(_CIRCLED),
    ]
    return [Written("old-id", text, n, "error") for text in sure] + [
        Written("old-id", text, n, "warning") for text in like
    ]


def _residents(some: random.Random) -> list[Written]:
    """Permanent-residence cards in both forms, and residence permits."""
    made: list[Written] = []
    for _ in range(6):
        new = checked(
            f"9{some.choice(('11', '31', '41'))}{some.choice(('124', '840', '392'))}{_birthday(some)}{_digits(some, 3)}"
        )
        permit = checked(some.choice(("810000", "820000", "830000")) + _birthday(some) + _digits(some, 3))
        made += [
            Written("resident", some.choice(("{}", "证件 {}", "持证人{}")).format(each), each, "error")
            for each in (new, permit)
        ]
    for _ in range(8):
        old = some.choice(("CHN", "USA", "CAN", "KOR")) + "4101" + _birthday(some)[2:] + _digits(some, 2)
        made.append(Written("resident", some.choice(("{}", "永久居留证 {}", "No. {}")).format(old), old, "warning"))
    return made


def _travel(some: random.Random) -> list[Written]:
    made: list[Written] = []

    def tail() -> str:
        return f"{some.randint(3, 9)}{_digits(some, 7)}"  # not a day

    for form in ("护照{}", "护照 {}", "passport {}", "护照号：{}", "护照（{}）", "護照號碼：{}"):
        letter = some.choice("EGDPS")
        made += [
            Written("travel", form.format(n), n, "warning")
            for n in (f"{letter}{tail()}", f"E{some.choice('ABCD')}{tail()[:7]}")
        ]
    for form in ("回鄉證 {}", "回乡证 {}", "来往内地通行证 {}", "Home Return Permit {}"):
        made += [
            Written("travel", form.format(n), n, "warning")
            for n in (f"H{tail()}", f"M{tail()}", f"H{tail()}{_digits(some, 2)}")
        ]
    for form in ("台胞证 {}", "台胞证：{}", "台湾居民来往大陆通行证 {}", "通行证号{}", "台胞证号码：{}", "臺胞證 {}"):
        n = tail()
        made.append(Written("travel", form.format(n), n, "warning"))
    return made


def _cards(some: random.Random) -> list[Written]:
    made: list[Written] = []
    for form in (
        "{}",
        "卡号 {}",
        "银行卡：{}",
        "card {}",
        "（{}）",
        "工行{}",
        "建行 {}",
        "开户：{}",
        "收款 {}",
        "尾号{}",
    ):
        for n in (_luhn("622202" + _digits(some, 12)), _luhn("622588" + _digits(some, 9))):
            parts = [n, " ".join(n[at : at + 4] for at in range(0, len(n), 4)), n.translate(_WIDE)]
            made.append(Written("card", form.format(some.choice(parts)), n, "warning"))
    return made


def _mails(some: random.Random) -> list[Written]:
    made: list[Written] = []
    for form in ("{}", "邮箱：{}", "联系 {}", "<{}>", "mailto:{}", "（{}）", "E-mail {}", "，{}，", "发至{}", "{};"):
        name = some.choice(("zhangsan", "li.si", "wangwu88", "z_san", "13800138000", "lisi+work"))
        n = f"{name}@{some.choice(('qq.com', '163.com', 'zz.gov.cn', 'mail.example.org'))}"
        name, _, domain = n.partition("@")
        odd = some.choice((f"{name} at {' dot '.join(domain.split('.'))}", f"{name}＠{domain.replace('.', '。')}",
                           f'"{name}"@{domain}', f"{name}[at]{domain.replace('.', '[dot]')}"))  # fmt: skip
        made += [Written("mail", form.format(each), n, "warning") for each in (n, n.replace("@", "＠"))]
        made.append(Written("mail", form.format(odd), name, "warning"))
    return made


def _chats(some: random.Random) -> list[Written]:
    made: list[Written] = []
    for form in (
        "微信号：{}",
        "微信：{}",
        "微信号 {}",
        "WeChat: {}",
        "微信ID：{}",
        "wechat id: {}",
        "微信号为{}",
        "（微信：{}）",
    ):
        n = some.choice("abcz") + "".join(some.choices("abcdefgh0123456789_", k=9))
        form = form if "：" in form or ":" in form or "为" in form else "微信号: {}"
        made.append(Written("chat", form.format(n), n, "warning"))
    for form in (
        "微信{}",
        "微信号码{}",
        "微信号是：{}",
        "微信（{}）",
        "微信 {}",
        "VX {}",
        "wx:{}",
        "V信：{}",
        "WeChat {}",
        "微信号→{}",
    ):
        n = "a" + "".join(some.choices("bcdefgh", k=5)) + "_" + _digits(some, 2)
        made.append(Written("chat", form.format(n), n, "warning"))
    for form in ("微信/QQ：{}", "扣扣{}", "企鹅号：{}", "QQ（{}）", "QQ-{}", "QQ号为：{}", "QQ/微信：{}", "QQ是 {}"):
        n = f"{some.randint(1, 9)}{_digits(some, 8)}"
        made.append(Written("chat", form.format(n), n, "warning"))
    for form in ("{}", "加 {}", "ID {}", "微信 {}"):
        n = "wxid_" + "".join(some.choices("abcdefgh0123456789", k=14))
        made.append(Written("chat", form.format(n), n, "warning"))
    for form in ("QQ：{}", "QQ号{}", "QQ {}", "QQ号码：{}", "qq:{}", "ＱＱ：{}", "QQ号是{}", "QQ: {}"):
        n = f"{some.randint(1, 9)}{_digits(some, 8)}"
        made.append(Written("chat", form.format(n), n, "warning"))
    return made


KINDS: dict[str, Callable[[random.Random], list[Written]]] = {
    "mobile": _mobiles,
    "id": _ids,
    "id-mistyped": _mistyped,
    "old-id": _old_ids,
    "resident": _residents,
    "travel": _travel,
    "card": _cards,
    "mail": _mails,
    "chat": _chats,
}


def personal(seed: int) -> list[Written]:
    """Return every kind in all its spellings, with other numbers for each seed."""
    some = random.Random(seed)  # noqa: S311
    return [each for make in KINDS.values() for each in make(some)]

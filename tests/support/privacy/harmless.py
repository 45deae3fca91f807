"""Numbers of organisations, things and papers, made from a seed: none may be refused, hardly any warned of."""

import random
from collections.abc import Callable, Iterator

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_REGIONS = (
    "410100",
    "410102",
    "410103",
    "410105",
    "410122",
    "410184",
    "110108",
    "310115",
    "440305",
    "330106",
    "620102",
)


def _digits(some: random.Random, count: int) -> str:
    return "".join(some.choices("0123456789", k=count))


def _day(some: random.Random) -> tuple[int, int, int]:
    return some.randint(2010, 2019), some.randint(1, 12), some.randint(1, 28)


def _compact(some: random.Random) -> str:
    year, month, day = _day(some)
    return f"{year}{month:02}{day:02}"


def _with_check(body: str) -> str:
    weighted = sum(_USCC.index(sign) * pow(3, at, 31) for at, sign in enumerate(body))
    return body + _USCC[-weighted % 31]


def _credit_code(some: random.Random) -> str:
    """A unified social credit code (GB 32100): half of them are digits up to the last."""
    kind = some.choice(("91", "52", "12", "11", "51", "92", "93"))
    own = _digits(some, 9) if some.random() < 0.5 else f"MA{_digits(some, 2)}{''.join(some.choices(_USCC, k=5))}"
    return _with_check(kind + some.choice(_REGIONS) + own)


def _isbn(some: random.Random) -> str:
    body = "9787" + _digits(some, 8)
    check = -sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(body)) % 10
    whole = f"{body}{check}"
    return some.choice((whole, f"978-7-{whole[4:8]}-{whole[8:12]}-{check}", f"ISBN {whole}"))


def _patent(some: random.Random) -> str:
    year, kind = some.randint(2008, 2019), some.choice("1238")
    number = f"{year}{kind}{_digits(some, 7)}"
    return some.choice(
        (f"ZL{number}.{some.choice('0123456789X')}", f"CN{number[2:]}A", f"ZL {year} {kind} {number[5:]}.5")
    )


def _contract(some: random.Random) -> str:
    year, month, day = _day(some)
    serial = some.randint(1, 999)
    return some.choice(
        (
            f"HT-{year}{month:02}{day:02}-{serial:03}",
            f"豫郑服合字〔{year}〕第{serial}号",
            f"ZZ{year}-{month:02}-{serial:04}",
            f"合同编号：{year}{month:02}{day:02}{serial:04}",
            f"S{year}{month:02}{day:02}",
            f"E{year}{month:02}{day:02}",
            f"No. {year}-{serial:04}/{month:02}",
            f"{year}.{month:02}.{day:02}-{serial:03}",
            f"郑政文〔{year}〕{serial}号",
        )
    )


def _parcel(some: random.Random) -> str:
    return some.choice(
        (
            f"SF{_digits(some, 13)}",
            f"SF1{_digits(some, 11)}",
            f"EA{_digits(some, 9)}CN",
            f"YT{_digits(some, 13)}",
            f"JD00{_digits(some, 11)}",
            f"7531{_digits(some, 10)}",
            f"7730{_digits(some, 11)}",
            f"31{_digits(some, 11)}",
            f"运单号 {some.choice('13')}{_digits(some, 11)}",
            f"EMS 11{_digits(some, 11)}",
            f"4600{_digits(some, 9)}",
        )
    )


def _order(some: random.Random) -> str:
    return some.choice(
        (
            f"{_compact(some)}{_digits(some, 10)}",
            f"{_compact(some)}{_digits(some, 8)}",
            f"{_compact(some)}{_digits(some, 12)}",
            f"{_compact(some)}{some.randint(0, 23):02}{_digits(some, 4)}{_digits(some, 6)}",
            f"DD{_digits(some, 14)}",
            f"订单号：1{_digits(some, 10)}",
            f"流水号 {_digits(some, 16)}",
            f"order no. {_digits(some, 18)}",
            f"{_digits(some, 17)}",
            f"42000{_digits(some, 23)}",
        )
    )


def _account(some: random.Random) -> str:
    """An organisation's account with a bank."""
    return some.choice(
        (
            f"1702{_digits(some, 15)}",
            f"4100{_digits(some, 16)}",
            f"16{_digits(some, 15)}",
            f"2{_digits(some, 11)}",
            f"开户行账号 3719{_digits(some, 11)}",
            f"8111{_digits(some, 15)}",
            f"7{_digits(some, 17)}",
        )
    )


def _land(some: random.Random) -> str:
    region = some.choice(_REGIONS)
    return some.choice(
        (
            f"{region}{_digits(some, 6)}GB{_digits(some, 5)}",
            f"{region} {_digits(some, 3)} {_digits(some, 3)} GB00{_digits(some, 3)}",
            f"豫({some.randint(2016, 2019)})郑州市不动产权第{_digits(some, 7)}号",
            f"郑政出〔2018〕{some.randint(1, 99)}号",
            f"{region}{_digits(some, 6)}",
            f"2018-{region}-78-03-{_digits(some, 6)}",
        )
    )


def _phone(some: random.Random) -> str:
    return some.choice(
        (
            f"0371-6{_digits(some, 7)}",
            f"0371 6{_digits(some, 3)} {_digits(some, 4)}",
            f"(0371)8{_digits(some, 7)}",
            f"400-{_digits(some, 3)}-{_digits(some, 4)}",
            f"400{_digits(some, 7)}",
            f"800-{_digits(some, 3)}-{_digits(some, 4)}",
            f"电话：0371-6{_digits(some, 7)}",
            "12345",
            "热线 12345、12315",
            f"+86 371 6{_digits(some, 7)}",
            "96666",
            "010-12320",
            f"0371-6{_digits(some, 7)}转{some.randint(100, 999)}",
            f"联系电话 6{_digits(some, 7)}",
        )
    )


def _amount(some: random.Random) -> str:
    return some.choice(
        (
            f"{some.randint(10**9, 2 * 10**10):,}",
            f"{some.randint(10**9, 2 * 10**10)}元",
            f"{some.uniform(1, 9e9):.2f}",
            f"{some.randint(1, 99)}亿{some.randint(1000, 9999)}万元",
            f"{some.uniform(0, 1):.16f}",
            f"{some.randint(2010, 2018)}-2019年",
            f"{_compact(some)}—{_compact(some)}",
            f"2018年{some.randint(1, 12)}月{some.randint(1, 28)}日 13:00-15:30",
            f"共{some.randint(10, 99)}家、{some.randint(100, 999)}人、{some.randint(1000, 99999)}元",
            f"113.{_digits(some, 8)},34.{_digits(some, 8)}",
            f"{some.randint(1, 9)}{_digits(some, 8)}",
            "二〇一八年十二月三十一日",
            f"一二三四五六七八九、{some.randint(1, 99)}",
            f"192.168.{some.randint(0, 255)}.{some.randint(0, 255)}",
            f"https://www.zz.gov.cn/{_compact(some)}/{_digits(some, 7)}.html",
        )
    )


KINDS: dict[str, Callable[[random.Random], str]] = {
    "credit-code": _credit_code,
    "invoice": lambda some: some.choice(("", "发票号码 ", "No.")) + _digits(some, some.choice((8, 10, 12, 20))),
    "order": _order,
    "parcel": _parcel,
    "isbn": _isbn,
    "issn": lambda some: f"ISSN {_digits(some, 4)}-{_digits(some, 3)}X",
    "patent": _patent,
    "contract": _contract,
    "account": _account,
    "land": _land,
    "phone": _phone,
    "amount": _amount,
    "registration": lambda some: f"{some.choice(_REGIONS)}00{_digits(some, 7)}",
    "software": lambda some: f"软著登字第{_digits(some, 7)}号 {some.randint(2010, 2019)}SR{_digits(some, 6)}",
    "serial": lambda some: some.choice(
        (
            f"E8{_digits(some, 7)}",
            f"编号 M7{_digits(some, 7)}",
            f"会议号：138 {_digits(some, 4)} {_digits(some, 4)}",
            f"腾讯会议 186-{_digits(some, 4)}-{_digits(some, 4)}",
            f"顺丰 138 {_digits(some, 4)} {_digits(some, 4)}",
            f"官方微信：zzfb_{_digits(some, 3)}",
            f"微信公众号 zzfb{_digits(some, 2)}",
            f"官方QQ {_digits(some, 9)}",
        )
    ),
    "vehicle": lambda some: (
        f"豫A{_digits(some, 5)} L{''.join(some.choices('ABCDEFGHJKLMNPRSTUVWXYZ0123456789', k=10))}{_digits(some, 6)}"
    ),
    "stock": lambda some: some.choice(
        (f"60{_digits(some, 4)}.SH", f"股票代码 00{_digits(some, 4)}", f"83{_digits(some, 4)}")
    ),
}


def harmless(seed: int, count: int) -> Iterator[str]:
    """Yield numbers that identify nobody, of all kinds in turn, alone or in a sentence."""
    some = random.Random(seed)  # noqa: S311
    for at in range(count):
        number = list(KINDS.values())[at % len(KINDS)](some)
        yield some.choice(("{}", "{}", "{}", "见 {}", "（{}）", "编号{}，已归档")).format(number)

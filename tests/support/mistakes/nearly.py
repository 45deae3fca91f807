"""Near repeats by a month or a spelled number, figures in the unit below the header's, and days a year too early."""

from collections.abc import Iterator

from tests.support.mistakes.case import (
    ACTIONS,
    BULLETINS,
    DISCLOSURES,
    EVENTS,
    FACILITIES,
    FINANCE,
    FORMS,
    HOME,
    HONOURS,
    ONLINE,
    PARK,
    PROJECTS,
    STANDARDS,
    TRADE,
    Mistake,
    csv,
    json,
    xls,
    xlsx,
)


def mistakes() -> Iterator[Mistake]:
    yield from _by_month()
    yield from _spelled()
    yield from _units()
    yield from _early()


def _by_month() -> Iterator[Mistake]:
    """One thing with its day, and once more with its month, quarter or days around."""
    for n, whole in enumerate(
        ("2018-09", "2018年9月", "2018.9", "2018年9月中旬", "2018年第三季度", "2018年下半年", "2018-09-14至2018-09-16")
    ):
        end, make = FORMS[n % len(FORMS)]
        rows = [["2018-09-15", "创业大讲堂", "培训", 48, "否"], [whole, "创业大讲堂", "培训", 48, "否"]]
        rows = rows[::-1] if n % 2 else rows
        yield Mistake(f"month-event-{n}", PARK, {f"活动{end}": make(EVENTS, *rows)}, "service_events", 1, whole)
        rows = [["先进集体", "省级", "2018-09-15", "省委统战部"], ["先进集体", "省级", whole, "省统战部"]]
        yield Mistake(f"month-honour-{n}", TRADE, {f"荣誉{end}": make(HONOURS, *rows)}, "honours_provincial", 1, whole)
    for n, titles in enumerate((("“创业”大讲堂", "创业大讲堂"), ("创业大讲堂活动", "创业大讲堂"))):
        rows = [["2018-09-15", titles[0], "培训", 48, "否"], ["2018-09", titles[1], "培训", 50, "否"]]
        yield Mistake(f"month-title-{n}", PARK, {"活动.csv": csv(EVENTS, *rows)}, "service_events", 1, "by month")
    papers = [["行业自律公约", "2018-04-11", ""], ["行业自律公约", "2018-04", ""]]
    yield Mistake(
        "month-paper", TRADE, {"标准自律文件.csv": csv(STANDARDS, *papers)}, "standards_issued", 1, "by month"
    )
    runs = [["云课堂", "网络素养", "2018-03-01", 912], ["云课堂", "网络素养", "2018年3月", 960]]
    yield Mistake("month-project", ONLINE, {"公益项目.json": json(PROJECTS, *runs)}, "projects_run", 1, "by month")
    agreed = [["加装电梯", "2018-05-08", "是"], ["加装电梯", "2018-05", "是"], ["路灯", "2018-06-02", "否"]]
    yield Mistake(
        "month-action", HOME, {"协商事项.xls": xls(Sheet1=[ACTIONS, *agreed])}, "actions_delivered", 50, "month"
    )


def _spelled() -> Iterator[Mistake]:
    """A number in a title, spelled in two ways."""
    for n, (one, other) in enumerate(
        (
            ("第1期", "第一期"),
            ("第 一 期", "第1期"),
            ("第十二期", "第12期"),
            ("第二十期", "第20期"),
            ("第二十一期", "第21期"),
            ("2018年第三期", "2018年第3期"),
            ("总第一百零二期", "总第102期"),
            ("第③期", "第3期"),
            ("第Ⅱ期", "第II期"),
            ("第０３期", "第3期"),
            ("二〇一八年第一期", "2018年第1期"),
        )
    ):
        end, make = FORMS[n % len(FORMS)]
        rows = [[one, "2018-09-01"], [other, "2018-09-01"]]
        yield Mistake(f"spelled-issue-{n}", TRADE, {f"刊物{end}": make(BULLETINS, *rows)}, "bulletins_issued", 1, one)
    for n, (one, other) in enumerate(
        (
            ("创业培训（一）", "创业培训(1)"),
            ("创业培训第一讲", "创业培训第1讲"),
            ("创业培训之二", "创业培训之2"),
            ("三期创业营", "3期创业营"),
            ("创业培训①", "创业培训（一）"),
            ("十五周年庆", "15周年庆"),
        )
    ):
        rows = [["2018-03-08", one, "培训", 46, "否"], ["2018-03-08", other, "培训", 46, "否"]]
        end, make = FORMS[n % len(FORMS)]
        yield Mistake(f"spelled-event-{n}", PARK, {f"活动{end}": make(EVENTS, *rows)}, "service_events", 1, one)
    rooms = [["一号厅", 260], ["1号厅", 260], ["图书室", 110]]
    yield Mistake("spelled-room", HOME, {"服务设施.csv": csv(FACILITIES, *rooms)}, "facility_area", 370, "一 and 1")


def _units() -> Iterator[Mistake]:
    """The header says 千元 or 万元, and some rows are in 元."""
    for n, (unit, rows) in enumerate(
        (
            ("千元", [["办公费", 320, 300], ["活动费", 245000, 231000], ["差旅费", 180, 150]]),
            ("万元", [["办公费", 32, 30], ["活动费", 245000, 231000], ["差旅费", 18, 15]]),
            ("万元", [["办公费", 8.36, 6.12], ["活动费", 21.5, 17.9], ["差旅费", 42700, 38150]]),
            ("千元", [["办公费", 83.6, 61.2], ["活动费", 215400, 179000]]),
            ("万元", [["办公费", 5, 5], ["活动费", 12, 11], ["差旅费", 8000, 7000], ["培训费", 30000, 28000]]),
            ("百万元", [["办公费", 0.3, 0.2], ["活动费", 1.2, 1.1], ["差旅费", 240000, 200000]]),
        )
    ):
        end, make = FORMS[n % len(FORMS)]
        header = ("预算科目", f"预算数（{unit}）", f"执行数（{unit}）")
        yield Mistake(f"unit-{n}", HOME, {f"经费预算{end}": make(header, *rows)}, "budget_execution", None, unit)
    incomes = [["服务收入", 184], ["租金收入", 215700], ["补助收入", 68]]
    header = ("收入类别", "金额（千元）")
    yield Mistake(
        "unit-incomes", PARK, {"运营收入.csv": csv(header, *incomes)}, "service_income_share", None, "one in 元"
    )
    areas = [["A座", 1.2, 1.1], ["B座", 0.8, 0.5], ["C座", 9600, 8100]]
    header = ("楼宇", "可租面积（万平方米）", "已租面积（万平方米）")
    yield Mistake("unit-areas", PARK, {"空间.xlsx": xlsx(空间=[header, *areas])}, "occupancy", None, "one in ㎡")
    title = [["经费预算（单位：万元）"], FINANCE, ["办公费", 12, 11], ["活动费", 36, 31], ["宣传费", 64000, 60000]]
    yield Mistake("unit-above", TRADE, {"经费预算.xls": xls(经费预算=title)}, "budget_execution", None, "above")


def _early() -> Iterator[Mistake]:
    """Published late, with the year before in the cell."""
    for n, (due, published) in enumerate(
        (
            ("2018-04-30", "2017-05-10"),
            ("2018-03-15", "2017-03-20"),
            ("2018-06-30", "2017-07-25"),
            ("2018-12-01", "2017-12-20"),
            ("2018-01-31", "2017-02-08"),
            ("2018-10-31", "2017-11-30"),
        )
    ):
        end, make = FORMS[n % len(FORMS)]
        rows = [["年度报告", due, published], ["收支情况", "2018-07-31", "2018-07-20"]]
        file = {f"信息公开{end}": make(DISCLOSURES, *rows)}
        yield Mistake(f"early-{n}", ONLINE, file, "disclosures_on_time", 50, f"{published} for {due}")

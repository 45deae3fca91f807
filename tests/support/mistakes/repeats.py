"""One thing recorded twice, nearly the same."""

from collections.abc import Iterator

from tests.support.mistakes.case import (
    ACTIONS,
    BULLETINS,
    CONTRACTS,
    COVERAGE,
    DISCLOSURES,
    EVENTS,
    FACILITIES,
    GROUPS,
    HELP,
    HOME,
    HONOURS,
    ONLINE,
    PARK,
    PROJECTS,
    STANDARDS,
    SURVEYS,
    TRADE,
    Mistake,
    csv,
    json,
    ods,
    xls,
    xlsx,
)


def mistakes() -> Iterator[Mistake]:
    yield from _events()
    yield from _honours()
    yield from _records()


def _events() -> Iterator[Mistake]:
    day, rest = "2018-09-14", ["否"]
    for id, right, rows in (
        ("kinds", 1, [("创业大讲堂", "培训", 48), ("创业大讲堂", "创业服务", 48)]),
        ("blanks", 1, [("创业大讲堂", "培训", 48), ("创业 大讲堂", "培训", 48)]),
        ("marks", 1, [("创业大讲堂", "培训", 48), ("“创业大讲堂”", "培训", 48)]),
        ("width", 1, [("AI讲堂", "培训", 48), ("ＡＩ讲堂", "培训", 48)]),
        ("book-marks", 1, [("《公司法》解读", "培训", 48), ("公司法解读", "培训", 48)]),
        ("case", 1, [("Demo day", "交流对接", 30), ("DEMO DAY", "交流对接", 30)]),
        ("number", 1, [("创业大讲堂", "培训", 48), ("创业大讲堂", "培训", 50)]),
    ):
        made = [[day, title, kind, count, *rest] for title, kind, count in rows]
        file = {"活动.csv": csv(EVENTS, *made)} if len(id) % 2 else {"活动.xlsx": xlsx(活动=[EVENTS, *made])}
        yield Mistake(f"event-{id}", PARK, file, "service_events", right, "one event on two rows")
    one = [[day, "创业大讲堂", "培训", 48, "否"], ["2018-10-11", "路演", "交流对接", 60, "否"]]
    two = [[day, "创业大讲堂（第二期）", "培训", 48, "否"], ["2018-10-11", "项目路演活动", "交流对接", 61, "否"]]
    yield Mistake(
        "event-two-files",
        PARK,
        {"活动.csv": csv(EVENTS, *one), "活动台账.xlsx": xlsx(Sheet1=[EVENTS, *two])},
        "service_events",
        2,
        "the same events in a second list, worded otherwise",
    )
    meetings = [
        ["2018-03-08", "停车位协商会", "议事协商", 21, "否"],
        ["2018-03-08", "停车位 协商会", "议事协商", 21, "是"],
    ]
    yield Mistake(
        "event-joint", HOME, {"活动.json": json(EVENTS, *meetings)}, "consultations_held", 1, "alone and jointly"
    )


def _honours() -> Iterator[Mistake]:
    for id, right, rows in (
        (
            "spellings",
            1,
            [
                ("先进基层组织", "省级", "2018-05-01", "省委统战部"),
                ("先进 基层组织", "省级", "2018-05-01", "省委统战部"),
                ("“先进基层组织”", "省级", "2018-05-02", "省委统战部"),
            ],
        ),
        (
            "levels",
            1,
            [("示范基地", "国家级", "2018-08-01", "全国工商联"), ("示范基地", "省级", "2018-08-01", "全国工商联")],
        ),
        (
            "longer",
            1,
            [("示范基地", "省级", "2018-08-01", "省工商联"), ("示范基地称号", "省级", "2018-08-01", "省工商联")],
        ),
        (
            "day-after",
            1,
            [("文明单位", "省级", "2018-11-20", "省文明委"), ("文明单位", "省级", "2018-11-21", "省文明委")],
        ),
    ):
        yield Mistake(
            f"honour-{id}",
            TRADE,
            {"荣誉.csv": csv(HONOURS, *map(list, rows))},
            "honours_provincial",
            right,
            "one honour on several rows",
        )


def _records() -> Iterator[Mistake]:
    proof, paper = {"协议.txt": "承接协议".encode()}, {"公约.txt": "行业公约".encode()}
    twice = [["展演承办", "承接委托", 125000, "协议.txt"], ["展演承办服务", "产销对接", 125000, "协议.txt"]]
    yield Mistake(
        "proof-contracts",
        TRADE,
        {"承接项目.csv": csv(CONTRACTS, *twice), **proof},
        "projects_proved",
        None,
        "two contracts with one proof",
    )
    other = [["年会会务", "承接委托", 30000, "协议.txt"], ["市场调研", "承接委托", 80000, "协议.txt"]]
    yield Mistake(
        "proof-contracts-other",
        TRADE,
        {"承接项目.xlsx": xlsx(承接项目=[CONTRACTS, *other]), **proof},
        "projects_proved",
        None,
        "two different contracts with one proof",
    )
    papers = [["行业自律公约", "2018-04-01", "公约.txt"], ["《行业自律公约》（修订）", "2018-06-01", "公约.txt"]]
    yield Mistake(
        "proof-standards",
        TRADE,
        {"标准自律文件.csv": csv(STANDARDS, *papers), **paper},
        "standards_issued",
        None,
        "two documents with one file",
    )
    same = [["行业自律公约", "2018-04-01", ""], ["《行业自律公约》", "2018-04-01", ""]]
    yield Mistake(
        "standard-marks", TRADE, {"标准自律文件.csv": csv(STANDARDS, *same)}, "standards_issued", 1, "book marks"
    )
    issues = [["第3期", "2018-09-01"], ["第 3 期", "2018-09-01"]]
    yield Mistake(
        "bulletin-blanks", TRADE, {"刊物.xls": xls(刊物=[BULLETINS, *issues])}, "bulletins_issued", 1, "blanks"
    )
    runs = [["云课堂", "网络素养", "2018-03-01", 900], ["云课堂", "普法宣传", "2018-03-01", 900]]
    yield Mistake(
        "project-categories",
        ONLINE,
        {"公益项目.xlsx": xlsx(公益项目=[PROJECTS, *runs])},
        "projects_run",
        1,
        "two kinds",
    )
    clubs = [["书画社", "是"], ["书 画 社", "是"], ["舞蹈队", "否"]]
    yield Mistake(
        "group-blanks",
        HOME,
        {"社区社会组织.ods": ods(社区社会组织=[GROUPS, *clubs])},
        "organisations_registered",
        1,
        "one organisation spelled twice",
    )
    yield Mistake(
        "group-twice",
        HOME,
        {"社区社会组织.csv": csv(GROUPS, ["书画社", "是"], ["书画社", "否"], ["舞蹈队", "是"])},
        "organisations_registered",
        None,
        "one organisation, registered and not",
    )
    agreed = [["加装电梯", "2018-05-08", "是"], ["加装电梯", "2018-05-08", "否"]]
    yield Mistake(
        "action-twice", HOME, {"协商事项.csv": csv(ACTIONS, *agreed)}, "actions_delivered", None, "done and not done"
    )
    helped = [["法律咨询", "是", 30], ["法律 咨询", "是", 30], ["融资", "否", 0]]
    yield Mistake("service-blanks", TRADE, {"会员服务.csv": csv(HELP, *helped)}, "services_delivered", 1, "blanks")
    rooms = [["多功能厅", 260], ["多 功能厅", 260], ["图书室", 110]]
    yield Mistake(
        "room-blanks", HOME, {"服务设施.xlsx": xlsx(服务设施=[FACILITIES, *rooms])}, "facility_area", 370, "blanks"
    )
    sectors = [["餐饮", 55, 210], ["餐 饮", 91, 210], ["住宿", 20, 80]]
    yield Mistake(
        "sector-blanks", TRADE, {"会员覆盖.csv": csv(COVERAGE, *sectors)}, "sector_coverage", None, "two figures"
    )
    due = [["年报", "2018-04-30", "2018-04-20"], ["年 报", "2018-04-30", ""]]
    yield Mistake(
        "disclosure-blanks", ONLINE, {"信息公开.csv": csv(DISCLOSURES, *due)}, "disclosures_on_time", None, "twice"
    )
    asked = [["年度调查", 200, 150, "纸质问卷"], ["年度 调查", 200, 190, "纸质问卷"]]
    yield Mistake("survey-blanks", PARK, {"满意度调查.csv": csv(SURVEYS, *asked)}, "satisfaction", None, "two results")

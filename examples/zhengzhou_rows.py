"""Generates the invented records of the example round: each function returns the rows of one evidence table.

A row is a dict of fields, or a tuple in the order of the table's columns. All randomness comes from the given `Random`.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
Rows = list[Row] | list[tuple[Any, ...]]

BUILD = ["organisation", "venue", "rules", "team", "funds", "activities", "records", "results"]
GOVERNANCE = ["charter", "accounting", "audit", "decisions", "assets"]

TASKS = {
    "online": [("主题沙龙", 20), ("报送建议", 24), ("公众号推送", 96), ("公益受益人次", 3000), ("走访团体成员", 30)],
    "park": [("新增入驻企业", 15), ("路演对接", 16), ("政策宣讲", 12), ("走访企业", 80), ("改造公共空间面积", 600)],
    "association": [("服务会员单位", 120), ("走访会员", 60), ("培训人次", 400), ("公益活动", 10), ("编印资料", 800)],
    "community": [("议事协商", 12), ("楼宇走访", 96), ("便民服务日", 24), ("文体活动", 20), ("志愿服务时长", 2400)],
}

DUE = [
    ("年度工作计划", date(2018, 1, 31)),
    ("上年度工作总结", date(2018, 2, 28)),
    ("上年度财务收支", date(2018, 3, 31)),
    ("年度预算", date(2018, 4, 15)),
    ("一季度活动安排", date(2018, 4, 20)),
    ("审计报告", date(2018, 6, 30)),
    ("二季度活动安排", date(2018, 7, 20)),
    ("半年工作情况", date(2018, 7, 31)),
    ("三季度活动安排", date(2018, 10, 20)),
    ("规章制度修订", date(2018, 11, 30)),
]

BUDGET = [
    ("活动经费", 180_000),
    ("培训经费", 90_000),
    ("宣传经费", 60_000),
    ("办公经费", 75_000),
    ("服务项目", 240_000),
]

TITLES = {
    "activity": ["新春座谈会", "城市发展沙龙", "同心读书会", "国情考察", "主题展览", "年度交流会", "中秋联谊"],
    "training": ["法律知识培训", "网络素养培训", "政策解读培训", "财税培训", "能力提升班", "消防安全培训"],
    "service": ["创业门诊", "融资对接会", "项目路演", "知识产权服务日", "工商税务服务日"],
    "exchange": ["园区互访", "产业交流会", "校企对接会", "供需见面会"],
    "consult": ["停车管理协商会", "加装电梯协商会", "楼宇环境协商会", "公共空间协商会", "物业服务协商会"],
    "outreach": ["助学活动", "义务咨询", "敬老服务", "乡村文化服务", "环保公益行"],
}

GROUPS = ["舞蹈队", "合唱团", "志愿服务队", "太极队", "书画社", "读书会", "平安巡防队", "助老服务队"]
GROUPS += ["楼宇企业联谊会", "环保小组", "法律服务站", "邻里调解站", "亲子活动社", "戏曲社"]

AGREED = ["增设停车位", "修补路面", "改造照明", "增设健身器材", "清理楼道", "增设快递柜", "规范广告牌"]

NEW_YEAR = date(2018, 1, 1)


def build_items(r: Random, lacking: str = "", proofs: int = 2) -> Rows:
    """The items of the build standard, met except for those `lacking`; some with an attachment as proof."""
    return _checklist(r, BUILD, lacking, proofs)


def governance_items(r: Random, lacking: str = "", proofs: int = 2) -> Rows:
    """The items of the finance and governance checklist, in the same way."""
    return _checklist(r, GOVERNANCE, lacking, proofs)


def _checklist(r: Random, items: list[str], lacking: str, proofs: int) -> Rows:
    met = [item for item in items if item not in lacking.split()]
    if len(items) != len(met) + len(lacking.split()):
        raise ValueError(f"not all of these are on the list: {lacking}")
    proved = r.sample(met, proofs)
    return [(item, item in met, f"attachments/{item}.txt" if item in proved else None) for item in items]


def plan(r: Random, base_type: str, level: float) -> Rows:
    """The year's tasks, each achieved to about `level`."""
    tasks = TASKS[base_type]
    return [(task, target, round(target * min(level + r.uniform(-0.12, 0.12), 1.1))) for task, target in tasks]


def disclosures(r: Random, on_time: int, late: int = 0, never: int = 0) -> Rows:
    """Information due over the year: published on time, late or never."""
    fates = ["on time"] * on_time + ["late"] * late + ["never"] * never
    fates = r.sample(fates, len(fates))
    made = []
    for (item, due), fate in zip(DUE, fates, strict=False):  # the first of those due, as many as there are fates
        days = -r.randrange(1, 12) if fate == "on time" else r.randrange(4, 26)
        made.append((item, due, None if fate == "never" else due + timedelta(days=days)))
    return made


def finance(r: Random, execution: float, scale: int = 1) -> Rows:
    """Budget lines, each spent to about `execution`."""
    return [
        (line, budget * scale, int(round(budget * scale * (execution + r.uniform(-0.04, 0.04)), -2)))
        for line, budget in BUDGET
    ]


def suggestions(r: Random, total: int, on_time: int, adopted: int, pending: int = 0, vague: bool = False) -> Rows:
    """Suggestions passed on to authorities.

    `vague`: the last one has a reply with a partial date, which may or may not be on time.
    """
    answered = total - pending
    days = sorted(NEW_YEAR + timedelta(days=7 + r.randrange(245)) for _ in range(total))
    fates = r.sample(["on time"] * on_time + ["late"] * (answered - on_time), answered) + ["late"] * pending
    good = [("adopted", "implemented")[n % 2] for n in range(adopted)]
    other = [r.choice(["noted", "noted", "declined"]) for _ in range(answered - adopted)]
    results = r.sample(good + other, answered) + ["pending"] * pending
    made: list[Row] = []
    for number, (day, fate, result) in enumerate(zip(days, fates, results, strict=True), 1):
        due = day + timedelta(days=60)
        reply = due + timedelta(days=-r.randrange(3, 40) if fate == "on time" else r.randrange(3, 30))
        made.append({"number": f"建议{number:02}", "submitted": day, "due": due, "status": result})
        made[-1]["answered"] = None if result == "pending" else reply
    if vague:
        made[-1] |= {"submitted": date(2018, 9, 26), "due": date(2018, 11, 25), "answered": "2018年11月下旬"}
    proved = next(each for each in made if each["status"] in ("adopted", "implemented"))
    proved["proof"] = "attachments/建议答复函.txt"
    return made


def events(r: Random, joint: int = 0, said: tuple[str, ...] = (), **kinds: int) -> Rows:
    """Events in the given number of each kind, `joint` of them held with others.

    `said` are numbers of participants as written in a submission, for the first events.
    """
    wanted = [(kind, number) for kind, count in kinds.items() for number in range(count)]
    days = sorted(r.sample(range(10, 355), len(wanted)))
    together = set(r.sample(range(len(wanted)), joint))
    made: list[Row] = []
    for index, (kind, number) in enumerate(r.sample(wanted, len(wanted))):
        again, which = divmod(number, len(TITLES[kind]))
        made.append(
            {
                "held": NEW_YEAR + timedelta(days=days[index]),
                "title": TITLES[kind][which] + (f"（第{again + 1}次）" if again else ""),
                "kind": kind,
                "participants": said[index] if index < len(said) else r.randrange(18, 140),
                "joint": index in together,
            }
        )
    return made


def channel_months(r: Random, live: int) -> Rows:
    """Twelve months of the organisation's own channel, `live` of them active."""
    up = r.sample(range(1, 13), live)
    return [(date(2018, n, 1), r.randrange(8, 31) if n in up else r.randrange(2), n in up) for n in range(1, 13)]


def bulletins(r: Random, count: int) -> Rows:
    """Issues of the bulletin, one per quarter."""
    return [(f"2018年第{n}期", date(2018, 3 * n, r.randrange(15, 29))) for n in range(1, count + 1)]


def organisations(r: Random, registered: int, informal: int = 0) -> Rows:
    """Social organisations of a community."""
    return [(name, n < registered) for n, name in enumerate(r.sample(GROUPS, registered + informal))]


def actions(r: Random, total: int, done: int) -> Rows:
    """Items that consultation meetings agreed, `done` of them delivered."""
    finished = r.sample(range(total), done)
    days = sorted(r.sample(range(20, 330), total))
    return [
        (f"{AGREED[n % len(AGREED)]}（{n + 1}）", NEW_YEAR + timedelta(days=day), n in finished)
        for n, day in enumerate(days)
    ]

"""A whole beside its parts, stages taken as parts, one survey in two files, and proofs that prove nothing."""

from collections.abc import Iterator
from typing import Any

from tests.support.mistakes.case import (
    CONTRACTS,
    EVENTS,
    FINANCE,
    HOME,
    HOUSEHOLDS,
    JOBS,
    PARK,
    REQUESTS,
    SERVICES,
    SURVEYS,
    TRADE,
    Mistake,
    csv,
    xlsx,
)


def mistakes() -> Iterator[Mistake]:
    yield from _wholes()
    yield from _stages()
    yield from _surveys()
    yield from _proofs()


def _wholes() -> Iterator[Mistake]:
    for id, names in {
        "sites": ("东区", "西区", "全区"), "parks": ("东", "西", "全园"), "numbered": ("一园", "二园", "总园"),
        "summed": ("东园", "西园", "汇总"),
    }.items():  # fmt: skip
        files = {f"{name}.csv": csv(JOBS, ["2018年", count]) for name, count in zip(names, (31, 44, 75), strict=True)}
        yield Mistake(f"whole-of-{id}", PARK, files, "jobs_supported", 75, "files of the parts, and of the whole")
    halves = {"一园": (31, 20), "二园": (44, 30), "两园": (75, 50)}
    sheets = {name: [JOBS, ["上半年", first], ["下半年", second]] for name, (first, second) in halves.items()}
    yield Mistake("whole-of-sheets", PARK, {"就业.xlsx": xlsx(**sheets)}, "jobs_supported", 125, "sheets of both parks")
    services = {"东区": (3, 5), "西区": (4, 6), "公司": (7, 11)}
    yield Mistake(
        "whole-of-a-company",
        PARK,
        {f"服务资源/{name}.csv": csv(SERVICES, ["法律机构", a], ["创业导师", b]) for name, (a, b) in services.items()},
        "contracted_services",
        18,
        "a company beside its sites",
    )
    grids = {"东区": ("一网格", 612), "西区": ("二网格", 548), "全区": ("总户", 1160)}
    yield Mistake(
        "whole-of-grids",
        HOME,
        {f"{name}.xlsx": xlsx(Sheet1=[HOUSEHOLDS, row]) for name, row in grids.items()},
        "households",
        1160,
        "grids of two sites, and all households",
    )
    requests = {"东区": ((40, 39), (30, 28)), "西区": ((20, 8), (30, 20)), "全区": ((60, 47), (60, 48))}
    yield Mistake(
        "whole-of-requests",
        HOME,
        {f"诉求/{name}.csv": csv(REQUESTS, ["水电", *a], ["环境", *b]) for name, (a, b) in requests.items()},
        "requests_on_time",
        None,
        "shares that stay the same if all counts twice",
    )


def _stages() -> Iterator[Mistake]:
    earlier = [["办公费", 83600, 61200], ["活动费", 215400, 179000]]
    later = [["办公费", 90100, 88000], ["活动费", 199000, 154000]]
    for id, one, other in (
        ("year", "年初", "年末"), ("term", "期初", "期末"), ("check", "初核", "复核"), ("plan", "计划", "实际"),
        ("budget", "预算", "决算"), ("draft", "初稿", "定稿"), ("audit", "送审", "审定"), ("guess", "预计", "实际"),
        ("report", "快报", "年报"),
    ):  # fmt: skip
        files = {f"经费预算 {one}.csv": csv(FINANCE, *earlier), f"经费预算 {other}.csv": csv(FINANCE, *later)}
        yield Mistake(f"stages-of-a-{id}", TRADE, files, "budget_execution", None, f"{one} and {other}")
    held = [["2018-03-08", "政策宣讲会", "培训", 46, "否"]]
    planned = [["2018-11-08", "创业大赛", "培训", 100, "否"]]
    yield Mistake(
        "stages-of-events",
        PARK,
        {"活动.csv": csv(EVENTS, *held), "活动计划.csv": csv(EVENTS, *planned)},
        "service_events",
        1,
        "events that are planned",
    )
    yield Mistake(
        "stages-of-jobs",
        PARK,
        {"带动就业.csv": csv(JOBS, ["2018年", 96]), "预计带动就业.csv": csv(JOBS, ["2018年四季度", 60])},
        "jobs_supported",
        96,
        "jobs that are expected",
    )


def _surveys() -> Iterator[Mistake]:
    own, third = ["年度满意度调查", 300, 255, "纸质问卷"], ["2018年满意度测评", 300, 255, "第三方"]
    yield Mistake(
        "survey-by-two",
        PARK,
        {"自查.csv": csv(SURVEYS, own), "第三方.csv": csv(SURVEYS, third)},
        "survey_answers",
        300,
        "one survey in two files, under two names",
    )


def _proofs() -> Iterator[Mistake]:
    def proved(id: str, proofs: list[str], files: dict[str, bytes], what: str) -> Mistake:
        rows: list[list[Any]] = [
            ["政策课题研究", "承接委托", 60000, proofs[0]],
            ["产销洽谈专场", "产销对接", 85000, proofs[1]],
        ]
        sent = {"承接项目.csv": csv(CONTRACTS, *rows), **files}
        return Mistake(f"proof-{id}", TRADE, sent, "projects_proved", None, what)

    contract = b"%PDF-1.4 contract"
    yield proved("empty", ["合同甲.pdf", "合同乙.pdf"], {"合同甲.pdf": contract, "合同乙.pdf": b""}, "no bytes")
    yield proved("of-itself", ["合同.pdf", "承接项目.csv"], {"合同.pdf": contract}, "the table")
    yield proved("of-information", ["合同.pdf", "submission.yaml"], {"合同.pdf": contract}, "the information")
    copies = {"合同一.pdf": contract, "合同二.pdf": contract}
    yield proved("copied", ["合同一.pdf", "合同二.pdf"], copies, "two names of one file")

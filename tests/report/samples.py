"""A realistic record of 15 pilots, made without evidence or plugins, and its edge cases: input for the report's tests.

Figures are invented and deterministic. Names and quotes of the six described bodies are those of the source article.
"""
# ruff: noqa: E501  (tables of data)

import hashlib
import random
from collections.abc import Callable
from typing import Any

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.model import (
    AdjustmentResult,
    Assessment,
    Band,
    BaseTypeInfo,
    Basis,
    Comparison,
    DimensionInfo,
    DimensionResult,
    EvaluationRecord,
    ExtractRow,
    Fact,
    GateResult,
    GateState,
    IndicatorInfo,
    IndicatorResult,
    InputFile,
    MeasureResult,
    MethodInfo,
    Outcome,
    PilotInfo,
    Rank,
    Ranking,
    RoundInfo,
    RowSpan,
    RuleInfo,
    Score,
    Software,
    SourceInfo,
    SourceRows,
    Standing,
    SubmissionInfo,
    TableExtract,
    Tier,
)
from pilot_eval.text import Text, both

BASE_TYPES = {
    "online": Text(zh="网络人士", en="Online communities"),
    "park": Text(zh="园区", en="Parks"),
    "association": Text(zh="行业协会", en="Industry associations"),
    "community": Text(zh="社区", en="Neighbourhood communities"),
}

PILOTS = (
    ("zhongyuan-wangluo", "中原网络达人联谊会", "Zhongyuan Online Influencers' Fellowship", "online", "central"),
    ("wangluo-2", "网络人士试点（二）", "Online communities pilot (2)", "online", "local"),
    ("wangluo-3", "网络人士试点（三）", "Online communities pilot (3)", "online", "local"),
    ("liangku", "良库工舍·同心园区", "Liangku Gongshe · Tongxin Park", "park", "central"),
    ("yuanqu-2", "园区试点（二）", "Park pilot (2)", "park", "local"),
    ("yuanqu-3", "园区试点（三）", "Park pilot (3)", "park", "local"),
    ("jiewu", "河南街舞联盟", "Henan Street Dance Alliance", "association", "central"),
    ("dazao", "新郑市大枣经纪人协会", "Xinzheng Jujube Brokers' Association", "association", "local"),
    ("bowuguan", "河南省民办博物馆协会", "Henan Private Museums Association", "association", "local"),
    ("xiehui-4", "行业协会试点（四）", "Association pilot (4)", "association", "local"),
    ("tongxin-shequ", "管城区同心社区服务中心", "Guancheng Tongxin Community Service Centre", "community", "local"),
    ("shequ-2", "社区试点（二）", "Community pilot (2)", "community", "local"),
    ("shequ-3", "社区试点（三）", "Community pilot (3)", "community", "local"),
    ("shequ-4", "社区试点（四）", "Community pilot (4)", "community", "local"),
    ("wangluo-4", "网络人士试点（四）", "Online communities pilot (4)", "online", "local"),
)

DIMENSIONS = (
    ("D1", "基础条件", "Foundations", 10),
    ("D2", "内部治理", "Governance", 20),
    ("D3", "工作产出", "Outputs", 35),
    ("D4", "实际成效", "Outcomes", 25),
    ("D5", "认可与可持续", "Recognition and continuity", 10),
)

# id, base type, dimension, zh, en, unit, points, table, from, to, sources of the rule
INDICATORS = (
    ("C1", None, "D1", "建设标准达标项", "Build-standard items met", "项", 6, "build_items", 0, 8, "S1 S2 S3 S4"),
    ("C2", None, "D2", "年度计划完成率", "Annual plan completion", "%", 7, "plan", 60, 100, ""),
    ("C3", None, "D2", "信息公开按期率", "On-time disclosure", "%", 5, "disclosures", 60, 100, ""),
    ("C4", None, "D2", "财务与治理规范项", "Finance and governance items", "项", 8, "governance_items", 0, 7, "S14 S15 S10"),
    ("C5", None, "D4", "建议按期办复率", "Suggestions answered on time", "%", 5, "suggestions", 60, 98, ""),
    ("C6", None, "D4", "建议采纳落实率", "Suggestions adopted or implemented", "%", 5, "suggestions", 20, 80, ""),
    ("C7", None, "D5", "服务对象满意度", "Service-user satisfaction", "%", 6, "surveys", 60, 90, ""),
    ("N1", "online", "D1", "官方渠道正常更新月数", "Months the own channel was live", "月", 4, "channel_months", 6, 12, ""),
    ("N2", "online", "D3", "活动场次", "Events held", "场", 15, "events", 0, 12, "S7"),
    ("N3", "online", "D3", "网络公益项目数", "Online public-benefit projects", "个", 10, "projects", 0, 4, ""),
    ("N4", "online", "D3", "网络素养与法律培训场次", "Digital-literacy and legal training", "场", 10, "events", 0, 4, "S7"),
    ("N5", "online", "D4", "公益受益人次", "Beneficiary contacts", "人次", 8, "projects", 0, 20000, ""),
    ("N6", "online", "D4", "成效案例（第三方佐证）", "Outcome cases with third-party proof", "级", 7, "cases", 0, 4, ""),
    ("N7", "online", "D5", "团体成员留存率", "Member-body retention", "%", 4, "membership", 60, 90, ""),
    ("P1", "park", "D1", "主导产业企业占比", "Lead-sector tenant share", "%", 4, "tenants", 50, 70, "S6"),
    ("P2", "park", "D3", "入驻率", "Occupancy", "%", 15, "space", 60, 100, "S7 S6"),
    ("P3", "park", "D3", "创业服务活动场次", "Start-up service events", "场", 10, "events", 0, 10, "S7"),
    ("P4", "park", "D3", "签约服务机构与导师数", "Contracted service bodies and mentors", "个", 10, "services", 0, 10, "S7"),
    ("P5", "park", "D4", "新增入驻团队企业数", "New tenants and teams", "家", 8, "tenants", 0, 25, "S7"),
    ("P6", "park", "D4", "带动就业人数", "Jobs supported", "人", 7, "employment", 100, 1700, "S8"),
    ("P7", "park", "D5", "运营服务收入占比", "Service-income share", "%", 4, "incomes", 10, 40, "S8"),
    ("A1", "association", "D1", "独立办公用房", "Independent office", "㎡", 4, "facilities", 0, 20, "S15"),
    ("A2", "association", "D3", "会员服务项目完成数", "Member-service projects delivered", "项", 15, "services", 0, 6, "S16"),
    ("A3", "association", "D3", "刊物信息发布期数", "Bulletins issued", "期", 10, "bulletins", 0, 4, "S17"),
    ("A4", "association", "D3", "标准行规自律文件数", "Standards and self-regulation documents", "件", 10, "standards", 0, 2, ""),
    ("A5", "association", "D4", "会员行业覆盖率", "Sector coverage by members", "%", 8, "membership", 10, 30, "S17"),
    ("A6", "association", "D4", "承接委托与产销对接项目数", "Commissioned and market-linkage projects", "项", 7, "contracts", 0, 3, ""),
    ("A7", "association", "D5", "社会组织评估等级", "Official grade held", "A", 4, "official_grades", 0, 5, ""),
    ("S1x", "community", "D1", "每百户综合服务设施面积", "Facility area per 100 households", "㎡/百户", 4, "facilities", 15, 30, "S20"),
    ("S2x", "community", "D3", "社区社会组织数", "Community social organisations", "个", 15, "organisations", 0, 10, "S21"),
    ("S3x", "community", "D3", "楼宇企业服务覆盖率", "Building tenants served", "%", 10, "buildings", 20, 80, ""),
    ("S4x", "community", "D3", "议事协商场次", "Consultation meetings", "场", 10, "events", 0, 12, ""),
    ("S5x", "community", "D4", "协商事项落实率", "Agreed items delivered", "%", 8, "actions", 50, 90, ""),
    ("S6x", "community", "D4", "诉求按期办结率", "Requests closed on time", "%", 7, "requests", 80, 98, ""),
    ("S7x", "community", "D5", "每万人社区工作者数", "Community workers per 10,000", "人/万人", 4, "staffing", 10, 18, "S20"),
)  # fmt: skip

# table: zh, en, columns as field:zh:en:kind; `*` marks the columns that its measure reads
TABLES = {
    "build_items": ("建设标准", "Build standard", "item:条目:Item:item* present:是否达标:Met:flag* file:佐证文件:Proof:file"),
    "plan": ("年度计划", "Annual plan", "task:任务:Task:task target:目标值:Target:count* actual:完成值:Actual:count*"),
    "disclosures": (
        "信息公开", "Disclosures",
        "item:公开事项:Item:task due:应公开日期:Due:date* published:实际公开日期:Published:date*",
    ),
    "governance_items": ("治理规范", "Governance", "item:条目:Item:item* met:是否符合:Met:flag* file:佐证文件:Proof:file"),
    "finance": (
        "经费预算", "Finance", "line:预算科目:Budget%line:task budget:预算数:Budget:money* spent:执行数:Spent:money*"
    ),
    "suggestions": (
        "建议", "Suggestions",
        "number:编号:Number:number submitted:提交日期:Submitted:date due:应答复日期:Answer%due:date*"
        " answered:答复日期:Answered:date* status:办理结果:Result:status* proof:佐证文件:Proof:file",
    ),
    "surveys": (
        "满意度调查", "Surveys",
        "survey:调查名称:Survey:task answers:有效样本数:Answers:count* satisfied:满意份数:Satisfied:count*"
        " channel:调查方式:Channel:kind",
    ),
    "events": (
        "活动", "Events",
        "held:日期:Date:date title:活动名称:Title:task kind:类型:Kind:kind participants:参加人次:Participants:about"
        " joint:是否联合举办:Joint:flag*",
    ),
    "projects": (
        "公益项目", "Projects",
        "name:项目名称:Project:task category:类别:Category:kind started:开始日期:Started:date"
        " beneficiaries:受益人次:Beneficiary%contacts:about*",
    ),
}  # fmt: skip
TABLE_LABELS = {id: Text(zh=zh, en=en) for id, (zh, en, _) in TABLES.items()}
PLAIN = "item:事项:Item:task total:总数:Total:count* of_which:其中:Of%which:count*"

WORDS = {
    "item": ("有组织架构", "有工作制度", "有固定场所", "有专人负责", "有经费保障", "有活动计划", "有服务项目", "有工作台账"),
    "task": ("同心讲堂", "公益助学直播", "法律咨询进楼宇", "行业交流会", "年度工作报告", "志愿服务月", "产销对接会", "问卷回访"),
    "kind": ("主题活动", "培训", "交流对接", "公益服务"),
    "status": ("采纳", "落实", "留作参考", "办理中"),
}  # fmt: skip

SOURCES = tuple(
    SourceInfo(code=code, label=Text(zh=zh, en=en), url=url)
    for code, zh, en, url in (
        (
            "S0",
            "《画出最大同心圆》（2019年2月9日）",
            "Source article, 9 February 2019",
            "https://www.example.org/v/12_1",
        ),
        ("S1", "淮安“八有”标准", "Huai'an «eight haves»", "https://www.example.org/s1"),
        ("S2", "阜阳颍东“六有”标准", "Fuyang Yingdong «six haves»", ""),
        ("S3", "眉山“六有”与建议采纳情况", "Meishan", ""),
        ("S4", "泸州“五有四见”与复检", "Luzhou", ""),
        ("S6", "北京“双70%”", "Beijing «two 70%»", ""),
        ("S7", "众创空间评分表（门槛加增量）", "Maker-space scoring sheet", ""),
        ("S8", "大连孵化器评价指标", "Dalian incubator index", ""),
        ("S10", "绩效自评表", "Performance self-evaluation form", ""),
        ("S11", "财政绩效等级 90/80/60", "Grade bands 90/80/60", ""),
        ("S14", "江苏社会组织评估指标", "Jiangsu index", ""),
        ("S15", "南京社会组织评估表", "Nanjing sheet", ""),
        ("S16", "君山区评估表", "Junshan district", ""),
        ("S17", "行业协会评估表", "Association sheet", ""),
        ("S20", "“十四五”社区服务指标", "14th five-year plan", ""),
        ("S21", "民发〔2017〕191号", "Minfa [2017] 191", ""),
    )
)


def _sha(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()


def _columns(table: str) -> list[tuple[str, Text, str, bool]]:
    spec = TABLES[table][2] if table in TABLES else PLAIN
    made = []
    for part in spec.split():
        field, zh, en, kind = part.split(":")
        made.append((field, Text(zh=zh, en=en.replace("%", " ")), kind.rstrip("*"), kind.endswith("*")))
    return made


def _cell(kind: str, rng: random.Random, row: int) -> str:
    match kind:
        case "flag":
            return rng.choice("是是是否")
        case "count":
            return str(rng.randrange(4, 120))
        case "money":
            return f"{rng.randrange(20, 400) * 500:,}"
        case "about":
            return rng.choice((str(rng.randrange(20, 900)), f"{rng.randrange(1, 9) * 100}多", "1.2万", "近百"))
        case "date":
            return f"2018-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
        case "file":
            return rng.choice(("", f"佐证/材料{row:02d}.pdf"))
        case "number":
            return f"JY-{row:03d}"
    return WORDS[kind][row % len(WORDS[kind])]


def _extract(pilot: str, table: str, file: str, sheet: str | None) -> TableExtract:
    rng = random.Random(f"{pilot}/{table}")  # noqa: S311
    columns = _columns(table)
    count = rng.randrange(4, 13)
    label = Text(zh=TABLES[table][0], en=TABLES[table][1]) if table in TABLES else Text(zh=f"统计表 {table}", en=table)
    return TableExtract(
        table=table,
        label=label,
        columns=tuple(each[0] for each in columns),
        headers=tuple(each[1] for each in columns),
        rows=tuple(
            ExtractRow(file=file, sheet=sheet, row=row, cells=tuple(_cell(kind, rng, row) for _, _, kind, _ in columns))
            for row in range(3, 3 + count)
        ),
        total=count + (30 if table == "events" else 0),
    )


def _measure(pilot: str, spec: tuple[Any, ...], value: float | None, extract: TableExtract) -> MeasureResult:
    id, _, _, zh, en, unit, _, table, *_ = spec
    row = extract.rows[0]
    used = {field: "ABCDEFGH"[at] for at, (field, _, _, read) in enumerate(_columns(table)) if read}
    spans = (RowSpan(first=3, last=row.row + len(extract.rows) - 1),)
    about = value is not None and unit == "人次"
    return MeasureResult(
        id=id.lower(),
        label=Text(zh=zh, en=en),
        doc=Text(zh=f"由一张表的各行计算的{zh}。", en=f"{en}, from the rows of one table."),
        unit=unit,
        value=value,
        low=value,
        high=(value * 1.0625 if about and value else value),
        table=table,
        uses=(),
        evidence=(
            SourceRows(
                file=row.file, sha256=_sha(row.file), sheet=row.sheet, columns=used, rows=spans, count=len(extract.rows)
            ),
        )
        if value is not None
        else (),
    )


def _indicator(spec: tuple[Any, ...]) -> IndicatorInfo:
    id, base, dimension, zh, en, unit, points, table, start, to, sources = spec
    basis = (
        Basis(kind="sourced", sources=tuple(sources.split()), note=Text(zh="结构有来源", en="the structure is sourced"))
        if sources
        else Basis(kind="illustrative", note=Text(zh="门槛值为示例，使用前须由主管单位核定", en="thresholds to be set"))
    )
    return IndicatorInfo(
        id=id,
        base_type=base,
        dimension=dimension,
        label=Text(zh=zh, en=en),
        measure=id.lower(),
        measure_label=Text(zh=zh, en=en),
        measure_doc=Text(zh=f"由一张表的各行计算的{zh}。", en=f"{en}, from the rows of one table."),
        unit=unit,
        direction="up",
        points=points,
        rule=RuleInfo(
            kind="linear",
            sentence=Text(
                zh=f"{start:,} 得 0 分，{to:,} 得满分，其间按直线计",
                en=f"{start:,} scores 0, {to:,} scores full, linear between",
            ),
            parameters={"from": start, "to": to},
        ),
        basis=basis,
        tables=(table,),
    )


def _score(parts: list[IndicatorResult]) -> Score:
    counted = [each for each in parts if each.outcome is not Outcome.NOT_APPLICABLE]
    return Score(
        points=round(sum(each.points or 0 for each in counted), 2),
        low=round(sum(each.low for each in counted), 2),
        high=round(sum(each.high for each in counted), 2),
        out_of=sum(each.out_of for each in counted),
    )


def _coverage(parts: list[IndicatorResult]) -> float | None:
    applies = sum(each.out_of for each in parts if each.outcome is not Outcome.NOT_APPLICABLE)
    if not applies:
        return None
    return sum(each.out_of for each in parts if each.outcome is Outcome.SCORED) / applies * 100


def _result(spec: tuple[Any, ...], rng: random.Random, level: float) -> tuple[IndicatorResult, float | None]:
    id, _, _, _, _, unit, points, _, start, to, _ = spec
    share = min(1.0, max(0.0, rng.gauss(level, 0.22)))
    value = start + share * (to - start)
    value = round(value, 2) if unit in {"%", "㎡/百户", "人/万人"} else float(round(value))
    share = (value - start) / (to - start)
    got = round(share * points, 2)
    doubt = round(min(points - got, points * 0.06), 2) if unit == "人次" else 0.0
    outcome, reason = Outcome.SCORED, None
    dice = rng.random()
    if dice < 0.06:
        outcome, reason = Outcome.MISSING, Text(zh="没有提交这张表，也没有声明“无”", en="the table was not submitted")
    elif dice < 0.08:
        outcome, reason = (
            Outcome.NOT_APPLICABLE,
            Text(zh="有效样本不足 30 份，按办法不评分", en="fewer than 30 answers"),
        )
    scored = outcome is Outcome.SCORED
    return (
        IndicatorResult(
            id=id,
            outcome=outcome,
            reason=reason,
            measure=id.lower(),
            value=value if scored else None,
            points=got if scored else None,
            low=round(got - doubt / 3, 2) if scored else 0,
            high=got + doubt if scored else points,
            out_of=points,
            expert_score=3 if id == "N6" and scored else None,
            baseline=100 if id == "P6" else None,
            target=1700 if id == "P6" else None,
        ),
        value if scored else None,
    )


def _of_100(points: float, out_of: float) -> float:
    return round(min(100.0, points / out_of * 100 + 1), 2)


BANDS = (
    Band(id="excellent", label=Text(zh="优", en="Excellent"), min=90),
    Band(id="good", label=Text(zh="良", en="Good"), min=80),
    Band(id="fair", label=Text(zh="中", en="Fair"), min=60),
    Band(id="poor", label=Text(zh="差", en="Poor"), min=0),
)


def _grade(total: float) -> str:
    return next(band.id for band in BANDS if total >= band.min)


FACTS = {
    "dazao": (
        Fact(
            statement=Text(zh="吸收农业经纪人 1600 多名", en="More than 1,600 agricultural brokers"),
            quote="吸收1600多名农业经纪人参与其中",
            source="S0",
            qualifier=Text(zh="多于", en="more than"),
            use="evidence",
        ),
        Fact(
            statement=Text(zh="创造产值 10 亿元", en="Output value of 1 billion CNY"),
            quote="创造产值10亿元",
            source="S0",
            qualifier=Text(zh="声称的整数", en="stated"),
            use="context",
            why=Text(zh="归因于协会的部分没有证据", en="what part is due to the association is not proved"),
        ),
    ),
    "zhongyuan-wangluo": (
        Fact(
            statement=Text(zh="一条建议节省经费数 10 亿元", en="A suggestion saved several billion CNY"),
            quote="以联谊会的名义转给了市交运委，节省了数10亿元的经费",
            source="S0",
            qualifier=Text(zh="数量级，无出处", en="order of magnitude, unsourced"),
            use="excluded",
            why=Text(zh="只有数量级且没有第三方佐证，不得作为评分依据", en="an order of magnitude without proof"),
        ),
    ),
}


def _findings(pilot: str, rng: random.Random) -> tuple[Finding, ...]:
    place = Place(file=f"submissions/{pilot}/活动台账.xlsx", sheet="活动台账", row=7, column="D", field="participants")
    made = [finding("cell-approximate", place, value="300多", low=300, high=400)]
    if rng.random() < 0.5:
        made.append(finding("header-unknown", place, header="备注", suggestion=Text(zh="可用：日期", en="known: date")))
    if rng.random() < 0.3:
        made.append(finding("cell-date", place, value="十二月初"))
    return tuple(made)


def _gates(coverage: float | None) -> tuple[GateResult, ...]:
    return (
        GateResult(
            id="illegal",
            kind="veto",
            label=Text(zh="有违法违规行为", en="Breach of law"),
            state=GateState.CLEAR,
            effect=Text(zh="取消等级", en="no grade"),
            evidence=Text(zh="声明“无违法违规行为”：是", en="declared «no breach»: yes"),
            basis=Basis(kind="sourced", sources=("S17",)),
        ),
        GateResult(
            id="coverage",
            kind="eligibility",
            label=Text(zh="证据覆盖率不低于 60%", en="Coverage of at least 60%"),
            state=GateState.TRIGGERED if coverage is not None and coverage < 60 else GateState.CLEAR,
            effect=Text(zh="暂不定级", en="the grade is withheld"),
            evidence=both(f"{coverage or 0:.1f}%"),
            basis=Basis(kind="illustrative"),
        ),
    )


def _assessment(at: int) -> Assessment:
    id, zh, en, base, tier = PILOTS[at]
    rng = random.Random(id)  # noqa: S311
    level = 0.62 + 0.3 * rng.random()
    file = f"submissions/{id}/{'证据表.xlsx' if at % 2 else '证据.csv'}"
    results: list[IndicatorResult] = []
    measures: list[MeasureResult] = []
    extracts: dict[str, TableExtract] = {}
    for spec in (each for each in INDICATORS if each[1] in (None, base)):
        result, value = _result(spec, rng, level)
        table = spec[7]
        sheet = (str(TABLES[table][0]) if table in TABLES else table) if at % 2 else None
        extracts.setdefault(table, _extract(id, table, file, sheet))
        results.append(result)
        measures.append(_measure(id, spec, value, extracts[table]))
    _derive(id, file, measures, extracts)
    core = _score(results)
    honours = AdjustmentResult(
        id="honours",
        label=Text(zh="省级以上荣誉", en="Provincial or national honours"),
        measure="honours_provincial",
        value=2,
        points=1.0,
        low=1.0,
        high=1.0,
        basis=Basis(kind="illustrative"),
    )
    penalties = AdjustmentResult(
        id="penalties",
        label=Text(zh="行政处罚", en="Administrative penalties"),
        measure="penalties_received",
        value=0,
        points=0.0,
        low=0.0,
        high=0.0,
        basis=Basis(kind="sourced", sources=("S17",)),
    )
    total = Score(**{side: _of_100(getattr(core, side), core.out_of) for side in ("points", "low", "high")}, out_of=100)
    coverage = _coverage(results)
    common = [each for each in results if each.id.startswith("C")]
    article = id in {"zhongyuan-wangluo", "liangku", "jiewu", "dazao", "bowuguan", "tongxin-shequ"}
    return Assessment(
        pilot=PilotInfo(
            id=id,
            label=Text(zh=zh, en=en),
            base_type=base,
            tier=Tier(tier),
            basis=Text(zh="据来源文章推定", en="inferred from the source")
            if article
            else Text(zh="来源文章未列名", en="unnamed in the source"),
            sources=("S0",) if article else (),
        ),
        submission=SubmissionInfo(
            submitted_by=zh,
            contact_office="办公室",
            submitted_on="2019-01-15",
            facts=FACTS.get(id, ()),
            tables_empty=("penalties",),
        ),
        standing=Standing.GRADED,
        grade=_grade(total.points),
        grade_low=_grade(total.low),
        grade_high=_grade(total.high),
        grade_reason=None,
        total=total,
        indicators_score=core,
        common=_score(common),
        coverage=coverage,
        dimensions=tuple(
            DimensionResult(id=dimension, score=_score(parts), coverage=_coverage(parts))
            for dimension, *_ in DIMENSIONS
            if (parts := [r for r, s in zip(results, _specs(base), strict=True) if s[2] == dimension])
        ),
        indicators=tuple(results),
        bonuses=(honours,),
        deductions=(penalties,),
        gates=_gates(coverage),
        measures=tuple(measures),
        extracts=tuple(extracts.values()),
        findings=_findings(id, rng),
    )


def _derive(pilot: str, file: str, measures: list[MeasureResult], extracts: dict[str, TableExtract]) -> None:
    """C4 is a measure over two others; `honours_provincial` belongs to a bonus and `survey_answers` to nothing."""
    at = next(index for index, each in enumerate(measures) if each.id == "c4")
    whole = measures[at]
    finance = _extract(pilot, "finance", file, whole.evidence[0].sheet if whole.evidence else None)
    extracts["finance"] = finance
    first = whole.model_copy(
        update={"id": "governance_items_met", "label": Text(zh="治理清单符合条目数", en="Items met")}
    )
    spec = ("budget_execution", None, "D2", "预算执行率", "Budget execution", "%", 0, "finance", 0, 100, "")
    second = _measure(pilot, spec, 93.4, finance)
    measures[at] = whole.model_copy(update={"table": None, "uses": (first.id, second.id), "evidence": ()})
    loose = ("survey_answers", None, "D5", "满意度有效样本数", "Survey answers", "份", 0, "surveys", 0, 100, "")
    bonus = ("honours_provincial", None, "D5", "省级以上荣誉数", "Honours", "次", 0, "honours", 0, 100, "")
    extracts["honours"] = _extract(pilot, "honours", file, None)
    surveys = extracts["surveys"]
    measures += [
        first, second, _measure(pilot, loose, 214, surveys), _measure(pilot, bonus, 2, extracts["honours"])
    ]  # fmt: skip


def _specs(base: str) -> list[tuple[Any, ...]]:
    return [each for each in INDICATORS if each[1] in (None, base)]


def _ranking(
    id: str, label: Text, basis: Text, of: list[tuple[str, Score]], left_out: dict[str, Text] | None = None
) -> Ranking:
    ordered = sorted(of, key=lambda each: (-each[1].points, each[0]))
    return Ranking(
        id=id,
        label=label,
        basis=basis,
        ranks=tuple(
            Rank(
                pilot=pilot,
                score=score,
                rank=1 + sum(other.points > score.points for _, other in of),
                best=1 + sum(other.low > score.high for _, other in of),
                worst=sum(other.high >= score.low for _, other in of),
            )
            for pilot, score in ordered
        ),
        left_out=left_out or {},
    )


def _comparison(assessments: list[Assessment]) -> Comparison:
    def pairs(pick: Callable[[Assessment], Score | None], among: list[Assessment]) -> list[tuple[str, Score]]:
        return [(each.pilot.id, score) for each in among if (score := pick(each)) is not None]

    def out(among: list[Assessment]) -> dict[str, Text]:
        return {
            each.pilot.id: each.grade_reason or Text(zh="没有得分", en="no score")
            for each in among
            if each.total is None
        }

    within = []
    for base, label in BASE_TYPES.items():
        among = [each for each in assessments if each.pilot.base_type == base]
        if among:
            basis = Text(zh="同一基地类型的全部指标（100 分）", en="all indicators of one base type (100 points)")
            within.append(_ranking(base, label, basis, pairs(lambda each: each.total, among), out(among)))
    across = _ranking(
        "common",
        Text(zh="共性指标", en="Common indicators"),
        Text(zh="各类型共有的 7 项指标（42 分）", en="the 7 indicators that all types share (42 points)"),
        pairs(lambda each: each.common, assessments),
        out(assessments),
    )
    return Comparison(across=across, within=tuple(within))


def build(assessments: list[Assessment] | None = None) -> EvaluationRecord:
    """The record of a round with these assessments; by default all 15."""
    made = [_assessment(at) for at in range(len(PILOTS))] if assessments is None else assessments
    paths = sorted({row.file for each in made for extract in each.extracts for row in extract.rows})
    return EvaluationRecord(
        round=RoundInfo(
            id="zhengzhou-2018",
            label=Text(zh="郑州市实践创新基地评价（2018 年度）", en="Zhengzhou pilot bases, assessment of 2018"),
            period_from="2018-01-01",
            period_to="2018-12-31",
            notice=Text(
                zh="示例数据：除标明来源的引文外，本轮的材料均由程序生成，不反映任何单位的真实情况。",
                en="Example data: except for quotes with a source, all material of this round is invented.",
            ),
            min_cell=5,
        ),
        method=MethodInfo(
            id="zhengzhou-2018",
            version="1.0.0",
            label=Text(zh="郑州市实践创新基地评价办法", en="Method for the Zhengzhou pilot bases"),
            dimensions=tuple(
                DimensionInfo(id=id, label=Text(zh=zh, en=en), points=points) for id, zh, en, points in DIMENSIONS
            ),
            indicators=tuple(_indicator(spec) for spec in INDICATORS),
            bands=BANDS,
            missing="zero",
            decimals=2,
            bonus_cap=5,
            deduction_cap=10,
            ceiling=100,
            sources=SOURCES,
            basis=Basis(kind="illustrative", note=Text(zh="权重为示例，须由主管单位核定", en="weights are an example")),
            files=tuple(
                InputFile(path=f"method/{name}", sha256=_sha(name), size=4096 + at)
                for at, name in enumerate(("method.yaml", "pilots.yaml", "online.yaml", "park.yaml"))
            ),
        ),
        software=Software(pilot_eval="0.1.0", libraries={"narwhals": "2.29.0", "polars": "2.1.0"}),
        base_types=tuple(
            BaseTypeInfo(
                id=id, label=label, plugin=f"pilot-eval-{id}", version="1.0.0", state="ok", tables=TABLE_LABELS
            )
            for id, label in BASE_TYPES.items()
        ),
        inputs=tuple(InputFile(path=path, sha256=_sha(path), size=20_000 + 7 * len(path)) for path in paths),
        assessments=tuple(made),
        comparison=_comparison(made),
        findings=(finding("submission-unused-file", Place(file="submissions/wangluo-2/说明.docx")),),
    )


# --- edge cases


def failed(of: Assessment) -> Assessment:
    """Its plugin couldn't be loaded."""
    cause = Text(zh="插件 pilot-eval-park 无法加载：ImportError", en="the plugin can't be loaded: ImportError")
    return of.model_copy(
        update=_nothing(of, Outcome.ERROR, cause)
        | {"standing": Standing.ERROR, "grade_reason": cause, "measures": (), "extracts": ()}
    )


def not_submitted(of: Assessment) -> Assessment:
    """Nothing arrived at all."""
    reason = Text(zh="没有提交材料", en="nothing was submitted")
    zero = Score(points=0, low=0, high=100, out_of=100)
    return of.model_copy(
        update=_nothing(of, Outcome.MISSING, reason)
        | {
            "submission": None,
            "standing": Standing.NOT_SUBMITTED,
            "grade_reason": reason,
            "total": zero,
            "coverage": 0.0,
            "measures": (),
            "extracts": (),
            "findings": (finding("submission-none", Place(file=f"submissions/{of.pilot.id}")),),
        }
    )


def withheld(of: Assessment) -> Assessment:
    """A veto was triggered; the points stand, the grade doesn't."""
    reason = Text(zh="一票否决：有违法违规行为", en="veto: breach of law")
    gate = of.gates[0].model_copy(
        update={"state": GateState.TRIGGERED, "evidence": Text(zh="声明：否", en="declared: no")}
    )
    unknown = of.gates[1].model_copy(
        update={"state": GateState.UNKNOWN, "evidence": Text(zh="未声明", en="not declared")}
    )
    return of.model_copy(
        update={
            "standing": Standing.WITHHELD,
            "grade": None,
            "grade_low": None,
            "grade_high": None,
            "grade_reason": reason,
            "gates": (gate, unknown),
        }
    )


def nothing_applies(of: Assessment) -> Assessment:
    """All indicators are not applicable: no score, no coverage."""
    reason = Text(zh="当年新设，各项指标不适用", en="founded this year: no indicator applies")
    return of.model_copy(
        update=_nothing(of, Outcome.NOT_APPLICABLE, reason)
        | {"standing": Standing.WITHHELD, "grade_reason": reason, "gates": (), "bonuses": (), "deductions": ()}
    )


def unbounded(of: Assessment) -> Assessment:
    """Measures without a known upper bound (`1600以上`)."""
    return of.model_copy(
        update={
            "measures": tuple(each.model_copy(update={"high": None}) for each in of.measures),
            "indicators": tuple(each.model_copy(update={"high": each.out_of}) for each in of.indicators),
        }
    )


def _nothing(of: Assessment, outcome: Outcome, reason: Text) -> dict[str, Any]:
    """No indicator scored, for one reason."""
    applies = outcome is not Outcome.NOT_APPLICABLE
    results = tuple(
        each.model_copy(
            update={
                "outcome": outcome,
                "reason": reason,
                "value": None,
                "points": None,
                "low": 0.0,
                "high": each.out_of if applies else 0.0,
                "out_of": each.out_of if applies else 0.0,
                "expert_score": None,
            }
        )
        for each in of.indicators
    )
    return {
        "grade": None,
        "grade_low": None,
        "grade_high": None,
        "total": None,
        "indicators_score": None,
        "common": None,
        "coverage": None,
        "dimensions": (),
        "indicators": results,
    }


def mixed() -> EvaluationRecord:
    """Fifteen pilots among which every standing occurs, and a plugin that failed."""
    made = list(build().assessments)
    made[4], made[1], made[7], made[12] = (
        failed(made[4]), not_submitted(made[1]), withheld(made[7]), nothing_applies(made[12])
    )  # fmt: skip
    made[2] = unbounded(made[2])
    record = build(made)
    broken = record.base_types[1].model_copy(
        update={
            "state": "failed",
            "cause": Text(zh="ImportError: 没有名为 x 的模块", en="ImportError: no module named x"),
        }
    )
    return record.model_copy(update={"base_types": (record.base_types[0], broken, *record.base_types[2:])})


def single() -> EvaluationRecord:
    """One pilot, no finding, no notice."""
    one = build().assessments[3].model_copy(update={"findings": ()})
    record = build([one])
    quiet = record.round.model_copy(update={"notice": None})
    return record.model_copy(update={"findings": (), "round": quiet})


CLOSED = {"sha256", "kind", "state", "direction", "outcome", "standing", "tier", "use", "severity", "format", "missing"}
"""Fields whose values are a closed set: they can't carry foreign text."""

MAPPINGS = {"columns", "left_out", "libraries", "parameters", "tables"}
"""Fields that are mappings: their keys are free text too."""

POISON = (
    "<script>alert(1)</script></style></title><img src=x onerror=alert(2)>\"' onfocus=alert(3) {{7*7}}{% raw %}"
    "&lt;b&gt;\u202egpj.exe\u202c\u200b\x07]]>--><!--"
)
"""Text that becomes markup, script, template, another reading order, or nothing visible where it is not escaped."""


def poisoned(record: EvaluationRecord, poison: str = POISON) -> EvaluationRecord:
    """The same record with `poison` added to every free text in it, names and keys of mappings included."""

    def walk(node: Any, key: str) -> Any:
        if isinstance(node, dict):
            return {
                (k + poison if key in MAPPINGS else k): walk(v, "" if key in MAPPINGS else k) for k, v in node.items()
            }
        if isinstance(node, list):
            return [walk(each, key) for each in node]
        if isinstance(node, str) and node and key not in CLOSED:
            return node + poison
        return node

    return EvaluationRecord.model_validate(walk(record.model_dump(mode="json"), ""))

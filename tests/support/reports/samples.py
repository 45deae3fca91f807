"""A realistic record of 15 pilots, made without evidence or plugins: input for the report's tests."""

import hashlib
import random
from collections.abc import Callable
from typing import Any

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.model import (
    TIERS,
    AdjustmentResult,
    Amount,
    Assessment,
    BaseTypeInfo,
    Basis,
    Comparison,
    DimensionInfo,
    DimensionResult,
    EvaluationRecord,
    ExtractRow,
    GateResult,
    GateState,
    IndicatorInfo,
    IndicatorResult,
    InputFile,
    MeasureResult,
    MethodInfo,
    NotCounted,
    Outcome,
    PilotInfo,
    Rank,
    Ranking,
    RoundInfo,
    RowSpan,
    RuleInfo,
    Score,
    Software,
    SourceRows,
    Standing,
    SubmissionInfo,
    TableExtract,
)
from pilot_eval.text import Words, both
from tests.support.reports.facts import (
    BANDS,
    BASE_TYPES,
    DIMENSIONS,
    FACTS,
    INDICATORS,
    PILOTS,
    PLAIN,
    SOURCES,
    TABLE_LABELS,
    TABLES,
    WORDS,
)


def _sha(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()


def _columns(table: str) -> list[tuple[str, Words, str, bool]]:
    spec = TABLES[table][2] if table in TABLES else PLAIN
    made = []
    for part in spec.split():
        field, zh, en, kind = part.split(":")
        made.append((field, Words(zh=zh, en=en.replace("%", " ")), kind.rstrip("*"), kind.endswith("*")))
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
    label = (
        Words(zh=TABLES[table][0], en=TABLES[table][1]) if table in TABLES else Words(zh=f"统计表 {table}", en=table)
    )
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
        label=Words(zh=zh, en=en),
        doc=Words(zh=f"由一张表的各行计算的{zh}。", en=f"{en}, from the rows of one table."),
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
        not_counted=_not_counted(row.file, row.sheet) if about else (),
    )


def _not_counted(file: str, sheet: str | None) -> tuple[NotCounted, ...]:
    def rows(first: int, last: int) -> tuple[SourceRows, ...]:
        spans = (RowSpan(first=first, last=last), RowSpan(first=last + 9, last=last + 9))
        count = last - first + 2
        return (SourceRows(file=file, sha256=_sha(file), sheet=sheet, columns={"d": "D"}, rows=spans, count=count),)

    money = Amount(label=Words(zh="金额", en="Value"), value=125_000, unit="元")
    proof = {"proof": Words(zh="佐证文件", en="Proof")}
    return (
        NotCounted(cause="empty", lacks=proof, rows=rows(40, 40), amount=money),
        NotCounted(cause="undefined", lacks={}, rows=rows(60, 61)),
        NotCounted(cause="condition", lacks={}, rows=rows(80, 4_000)),
    )


def _indicator(spec: tuple[Any, ...]) -> IndicatorInfo:
    id, base, dimension, zh, en, unit, points, table, start, to, sources = spec
    basis = (
        Basis(
            kind="sourced", sources=tuple(sources.split()), note=Words(zh="结构有来源", en="the structure is sourced")
        )
        if sources
        else Basis(
            kind="illustrative", note=Words(zh="门槛值为示例，使用前须由主管单位核定", en="thresholds to be set")
        )
    )
    return IndicatorInfo(
        id=id,
        base_type=base,
        dimension=dimension,
        label=Words(zh=zh, en=en),
        measure=id.lower(),
        measure_label=Words(zh=zh, en=en),
        measure_doc=Words(zh=f"由一张表的各行计算的{zh}。", en=f"{en}, from the rows of one table."),
        unit=unit,
        direction="up",
        points=points,
        rule=RuleInfo(
            kind="linear",
            sentence=Words(
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
        outcome, reason = Outcome.MISSING, Words(zh="没有提交这张表，也没有声明“无”", en="the table was not submitted")
    elif dice < 0.08:
        outcome, reason = (
            Outcome.NOT_APPLICABLE,
            Words(zh="有效样本不足 30 份，按办法不评分", en="fewer than 30 answers"),
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
            forgone=got if outcome is Outcome.NOT_APPLICABLE else None,
            baseline=100 if id == "P6" else None,
            target=1700 if id == "P6" else None,
        ),
        value if scored else None,
    )


def _of_100(points: float, out_of: float) -> float:
    return round(min(100.0, points / out_of * 100 + 1), 2)


def _grade(total: float) -> str:
    return next(band.id for band in BANDS if total >= band.min)


def _findings(pilot: str, rng: random.Random) -> tuple[Finding, ...]:
    place = Place(file=f"submissions/{pilot}/活动台账.xlsx", sheet="活动台账", row=7, column="D", field="participants")
    made = [finding("cell-approximate", place, value="300多", low=300, high=400)]
    if rng.random() < 0.5:
        made.append(
            finding("header-unknown", place, header="备注", suggestion=Words(zh="可用：日期", en="available: date"))
        )
    if rng.random() < 0.3:
        made.append(finding("cell-date", place, value="十二月初"))
    return tuple(made)


def _gates(coverage: float | None) -> tuple[GateResult, ...]:
    return (
        GateResult(
            id="illegal",
            kind="veto",
            label=Words(zh="有违法违规行为", en="Breach of law"),
            state=GateState.CLEAR,
            effect=Words(zh="取消等级", en="no grade"),
            evidence=Words(zh="声明“无违法违规行为”：是", en="declared «no breach»: yes"),
            basis=Basis(kind="sourced", sources=("S17",)),
        ),
        GateResult(
            id="coverage",
            kind="eligibility",
            label=Words(zh="证据覆盖率不低于 60%", en="Coverage of at least 60%"),
            state=GateState.TRIGGERED if coverage is not None and coverage < 60 else GateState.CLEAR,
            effect=Words(zh="暂不定级", en="the grade is withheld"),
            evidence=both(f"{coverage or 0:.1f}%"),
            basis=Basis(kind="illustrative"),
        ),
    )


HONOURS = AdjustmentResult(
    id="honours",
    label=Words(zh="省级以上荣誉", en="Provincial or national honours"),
    measure="honours_provincial",
    value=2,
    points=1.0,
    low=1.0,
    high=1.0,
    basis=Basis(kind="illustrative"),
)
PENALTIES = AdjustmentResult(
    id="penalties",
    label=Words(zh="行政处罚", en="Administrative penalties"),
    measure="penalties_received",
    value=0,
    points=0.0,
    low=0.0,
    high=0.0,
    basis=Basis(kind="sourced", sources=("S17",)),
)


NAMED = {"zhongyuan-wangluo", "liangku", "jiewu", "dazao", "bowuguan", "tongxin-shequ"}
"""Pilots that the article names."""


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
    total = Score(**{side: _of_100(getattr(core, side), core.out_of) for side in ("points", "low", "high")}, out_of=100)
    coverage = _coverage(results)
    common = [each for each in results if each.id.startswith("C")]
    return Assessment(
        pilot=PilotInfo(
            id=id,
            label=Words(zh=zh, en=en),
            base_type=base,
            tier=next(each for each in TIERS if each.id == tier),
            basis=Words(zh="据来源文章推定", en="inferred from the source")
            if id in NAMED
            else Words(zh="来源文章未列名", en="unnamed in the source"),
            sources=("S0",) if id in NAMED else (),
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
        bonuses=(HONOURS,),
        deductions=(PENALTIES,),
        gates=_gates(coverage),
        measures=tuple(measures),
        extracts=tuple(extracts.values()),
        findings=_findings(id, rng),
        reviewed_by="评审组",
    )


def _derive(pilot: str, file: str, measures: list[MeasureResult], extracts: dict[str, TableExtract]) -> None:
    """C4 is a measure over two others; `honours_provincial` belongs to a bonus and `survey_answers` to nothing."""
    at = next(index for index, each in enumerate(measures) if each.id == "c4")
    whole = measures[at]
    finance = _extract(pilot, "finance", file, whole.evidence[0].sheet if whole.evidence else None)
    extracts["finance"] = finance
    first = whole.model_copy(
        update={"id": "governance_items_met", "label": Words(zh="治理清单符合条目数", en="Items met")}
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
    id: str, label: Words, basis: Words, of: list[tuple[str, Score]], left_out: dict[str, Words] | None = None
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

    def out(among: list[Assessment]) -> dict[str, Words]:
        return {
            each.pilot.id: each.grade_reason or Words(zh="没有得分", en="no score")
            for each in among
            if each.total is None
        }

    within = []
    for base, label in BASE_TYPES.items():
        among = [each for each in assessments if each.pilot.base_type == base]
        if among:
            basis = Words(zh="同一基地类型的全部指标（100 分）", en="all indicators of one base type (100 points)")
            within.append(_ranking(base, label, basis, pairs(lambda each: each.total, among), out(among)))
    across = _ranking(
        "common",
        Words(zh="共性指标", en="Common indicators"),
        Words(zh="各类型共有的 7 项指标（42 分）", en="the 7 indicators that all types share (42 points)"),
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
            label=Words(zh="郑州市实践创新基地评价（2018 年度）", en="Zhengzhou pilot bases, assessment of 2018"),
            period_from="2018-01-01",
            period_to="2018-12-31",
            notice=Words(
                zh="示例数据：除标明来源的引文外，本轮的材料均由程序生成，不反映任何单位的真实情况。",
                en="Example data: except for quotes with a source, all material of this round is invented.",
            ),
            min_cell=5,
        ),
        method=MethodInfo(
            id="zhengzhou-2018",
            version="1.0.0",
            label=Words(zh="郑州市实践创新基地评价办法", en="Method for the Zhengzhou pilot bases"),
            dimensions=tuple(
                DimensionInfo(id=id, label=Words(zh=zh, en=en), points=points) for id, zh, en, points in DIMENSIONS
            ),
            indicators=tuple(_indicator(spec) for spec in INDICATORS),
            bands=BANDS,
            missing="zero",
            decimals=2,
            bonus_cap=5,
            deduction_cap=10,
            ceiling=100,
            sources=SOURCES,
            basis=Basis(
                kind="illustrative", note=Words(zh="权重为示例，须由主管单位核定", en="weights are an example")
            ),
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

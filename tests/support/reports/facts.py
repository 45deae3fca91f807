"""What the invented record of the report's tests is made from: pilots, indicators, tables, sources, bands."""

# ruff: noqa: E501

from pilot_eval.model import (
    Band,
    Fact,
    SourceInfo,
)
from pilot_eval.text import Words

BASE_TYPES = {
    "online": Words(zh="网络人士", en="Online communities"),
    "park": Words(zh="园区", en="Parks"),
    "association": Words(zh="行业协会", en="Industry associations"),
    "community": Words(zh="社区", en="Neighbourhood communities"),
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
TABLE_LABELS = {id: Words(zh=zh, en=en) for id, (zh, en, _) in TABLES.items()}
PLAIN = "item:事项:Item:task total:总数:Total:count* of_which:其中:Of%which:count*"
WORDS = {
    "item": ("有组织架构", "有工作制度", "有固定场所", "有专人负责", "有经费保障", "有活动计划", "有服务项目", "有工作台账"),
    "task": ("同心讲堂", "公益助学直播", "法律咨询进楼宇", "行业交流会", "年度工作报告", "志愿服务月", "产销对接会", "问卷回访"),
    "kind": ("主题活动", "培训", "交流对接", "公益服务"),
    "status": ("采纳", "落实", "留作参考", "办理中"),
}  # fmt: skip
SOURCES = tuple(
    SourceInfo(code=code, label=Words(zh=zh, en=en), url=url)
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
BANDS = (
    Band(id="excellent", label=Words(zh="优", en="Excellent"), min=90),
    Band(id="good", label=Words(zh="良", en="Good"), min=80),
    Band(id="fair", label=Words(zh="中", en="Fair"), min=60),
    Band(id="poor", label=Words(zh="差", en="Poor"), min=0),
)
FACTS = {
    "dazao": (
        Fact(
            statement=Words(zh="吸收农业经纪人 1600 多名", en="More than 1,600 agricultural brokers"),
            quote="吸收1600多名农业经纪人参与其中",
            source="S0",
            qualifier=Words(zh="多于", en="more than"),
            use="evidence",
        ),
        Fact(
            statement=Words(zh="创造产值 10 亿元", en="Output value of 1 billion CNY"),
            quote="创造产值10亿元",
            source="S0",
            qualifier=Words(zh="声称的整数", en="stated"),
            use="context",
            why=Words(zh="归因于协会的部分没有证据", en="what part is due to the association is not proved"),
        ),
    ),
    "zhongyuan-wangluo": (
        Fact(
            statement=Words(zh="一条建议节省经费数 10 亿元", en="A suggestion saved several billion CNY"),
            quote="以联谊会的名义转给了市交运委，节省了数10亿元的经费",
            source="S0",
            qualifier=Words(zh="数量级，无出处", en="order of magnitude, unsourced"),
            use="excluded",
            why=Words(zh="只有数量级且没有第三方佐证，不得作为评分依据", en="an order of magnitude without proof"),
        ),
    ),
}

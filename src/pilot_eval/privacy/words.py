"""Recognises words for persons, and for ways to reach one, in names of tables and columns."""

import re

# Words that mark a column or a table as about persons. Totals of people (人数, headcount, people employed) are
# excluded, and so are counts of telephone calls (咨询电话接听量).
_ZH = re.compile(
    r"姓名|身份证|证件号|护照号|手机(?=[号號\W_及和与或]|$)|电话(?![^(（]*(?:[数量率次]|占比|比例|时长|费用?)(?:\W.*)?$)"
    r"|住址|家庭地址|出生|生日|性别(?!比)|民族|籍贯|政治面貌|宗教信仰|(?:学历|职称)(?!结构|构成|分布|占比|比例)|微信号|QQ号|个人账号|本人|花名册"
    r"|人员名单|人员名册|个人(信息|简历|积分|评分|得分)|粉丝名单|网民言论|发言内容|言论"
)
_MARK_OF_ONE = r"(?:name|id|no|number|code|age|score|rating|rank|point|profile|record|detail|info|information|list)s?"
_EN = re.compile(
    rf"^(?:.*_)?(?:list|names?|register|roster)_of_(?:person|people|individual)s?$"
    rf"|^(?:person|people|individual)s?(?:_{_MARK_OF_ONE})?$|(?<!per)_(?:person|individual)(?:_{_MARK_OF_ONE})?$"
    r"|(?:^|_)(?:surname|first_name|last_name|full_name|given_name|id_card|id_number|passport"
    r"|home_address|birth|birthday|birth_date|gender|sex|ethnicity|nationality|religion"
    r"|political_status|we_?chat|qq|roster|personal)(?:s|_|$)"
    r"|(?:^|_)(?:mobile|phone|telephone)(?:_(?:phone|no|number))*s?$"
)
# What a header says that it leaves out (不填姓名, without names) isn't in its column.
_NEGATED = re.compile(
    r"(?:不含|不填|不写|不报|不列|不得填写?|不要填写?|无需填写?|不需填写?|勿填|非|除去?|隐去|剔除)[^()（），,；;。]*"
    r"|\b(?:without|excluding|excl\.?|not?)\s[^(),;.]*",
    re.IGNORECASE,
)
_PUBLIC_LINE = re.compile(r"(?:热线|咨询|监督|举报|投诉|客服|服务|公开|公示|求助|救助|报警)(?:电话|邮箱|微信)")
"""A line that an organisation opens to everybody."""
_WIDE_BLANK = re.compile(r"(?<=[\u2e80-\uffef])\s+(?=[\u2e80-\uffef])")


def means_person(*names: str) -> str | None:
    """Return the first name that means a person or what identifies one, else None."""
    for name in names:
        said = _PUBLIC_LINE.sub("", _what_it_says(name))
        if _ZH.search(said) or _EN.search(_snake(said)):
            return name
    return None


def _what_it_says(name: str) -> str:
    """Return a name without blanks between Chinese characters, and without what it says that it leaves out."""
    return _NEGATED.sub("", _WIDE_BLANK.sub("", name))


# --- submitted sheets: who is in charge, and how somebody is reached. These columns are left out, not refused.

_IN_CHARGE = (
    r"(?:[联聯][系繫络絡]|[对對]接|接口|[负負][责責]|[责責]任|[经經][手办辦]|承[办辦]|收件|填[表报制]|申[报请]|报送|制[表单]|主管"
    r"|[审審][核批定阅]|复核|核对|校对|登记|记录|统计|录入|上报|签[发收]|批准|编制|牵头|[带帶][头頭]|发起|召集|受理|督办|值班|包[保联]"
    r"|网格|主[讲講持]|授课)(?:人|员|員)"
    r"|领队|領隊|法定代表人|法人代表|负责同志|(?:分管|主管|带队|包联)领导|讲师|授课(?:老师|教师)"
    r"|[组队会社馆校院所站园班团]长|秘书长|理事长|董事长|总经理|书记|主任"
)
_SIGNED = r"(?:领导|负责人)?(?:签字|签名|签章)|制表|填表|制单|经办"
_REACHED_BY = (
    r"[联聯][系繫]方式|[联聯][络絡]方式|通[讯訊]方式|[联聯][系繫](?:电话|電話|手机|手機|邮箱|郵箱|微信|地址)|通[讯訊]地址"
    r"|(?:电话|電話)(?:[号號][码碼]?)?|手机|手機|座机(?:号码?)?|座機|传真(?:号码?)?|傳真"
    r"|(?:电子|電子)?(?:邮箱|郵箱|信箱)(?:地址|号)?|(?:电子|電子)(?:邮件|郵件)|邮件地址|郵件地址|[电電][邮郵]|e-?mail"
    r"|微信(?:[号號][码碼]?)?|(?:QQ|扣扣|VX)(?:[号號][码碼]?)?|昵称|网名"
)
_CONTACT_ZH = re.compile(
    rf"(?:.*(?:{_IN_CHARGE})(?:的?(?:姓名|名字|姓名及?职务|职务|签名|签字|手机(?:号码?)?))?|.*(?:{_REACHED_BY})|{_SIGNED}|名字)"
    rf"[一二三四五\d]?(?:(?:[及和与、/&]|或者?)(?:姓名|职务|手机(?:号码?)?|{_IN_CHARGE}|{_REACHED_BY})+)*",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[(（]\s*(?:人|名|位|个|人次)\s*[)）]")
"""A unit of people: the header is that of a count."""
_OPEN = re.compile(r"公众|官方|政务|企业微信|是否|有无")
"""Words for channels that an organisation opens to everybody, and for questions that are answered yes or no."""
_NO = r"(?:_(?:id|no|number))?"
_IN_CHARGE_EN = (
    r"(?:leader|manager|director|supervisor|co_?ordinator|officer|liaison|focal_point|secretary|speaker|lecturer"
    r"|chair(?:man|woman|person)|grid_worker)(?:_(?:name|in_charge))?"
    r"|(?:prepared|reviewed|approved|checked|signed|compiled|recorded|handled|completed|filled(?:_(?:in|out))?)_by"
    r"|signature|responsible(?:_(?:person|officer|staff|leader))?"
)
_CONTACT_EN = re.compile(
    rf"(?:.*_)?(?:contact(?:_\d)?|poc|point_of_contact|{_IN_CHARGE_EN}"
    r"|(?:contact|key)_(?:person|name|detail|info|information|number|no|mobile|phone|tel|email|method)s?"
    rf"|e_?mails?(?:_addr(?:ess(?:es)?)?)?|(?:(?:tele|mobile_|cell_)?phone|fax){_NO}s?|(?:tel|mob){_NO}"
    rf"|nick_?names?|(?:we_?chat|weixin|qq|vx){_NO}|legal_(?:representative|person_name)"
    r"|(?:person|officer|staff|leader|official)s?_in_charge)"
    rf"|names?|contacts|mail|cell{_NO}"
    r"|(?:contact|person_in_charge|legal_representative|responsible_person)_.*"
)


def means_contact(name: str) -> bool:
    """Return whether a header names who is in charge of something, or how somebody is reached, and nothing else.

    A number for everybody (咨询电话, 官方微信), a total (number of contacts) and a question (是否有负责人) don't.
    """
    said = _bare(_PUBLIC_LINE.sub("", _what_it_says(name)))
    if _OPEN.search(said) or _COUNTED.search(name) or _TOTAL_EN.search(_snake(said)):
        return False
    if not (_CONTACT_ZH.fullmatch(said) or _CONTACT_EN.fullmatch(_snake(said))):
        return False
    return not _ZH.search(_CONTACT.sub("", said))


_CONTACT = re.compile(rf"(?:{_IN_CHARGE})(?:的?(?:姓名|手机(?:号码?)?))?|{_REACHED_BY}", re.IGNORECASE)
_TOTAL_EN = re.compile(r"(?:^|_)(?:number|count|total|share|rate|cost)s?_(?:of|per)_|_(?:count|total|rate|cost)s?$")


def _bare(name: str) -> str:
    """Return a name without what stands in brackets, blanks and marks."""
    bare = re.sub(r"[(（\[【][^()（）\[\]【】]*[)）\]】]|[*＊:：]", "", name).strip()
    return bare or re.sub(r"[\[\]【】()（）*＊:：]", "", name).strip()


def _snake(name: str) -> str:
    name = re.sub(r"['’`]s?(?![a-z])", "", name.replace("&", " and "))
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\s./-]+", "_", name.strip()).lower().strip("_")


# --- declarations are checked more strictly than submitted sheets: authors can choose the words, and see errors at once

# Persons, and roles of persons. Words that also apply to organisations (代表, 客户, member) are excluded.
_ROLE = (
    r"负责人|责任人|联系人|联络人|经办人|承办人|填表人|填报人|申请人|报名人|代表人|主讲人|主持人|带头人|当事人|受益人|捐赠人|捐款人"
    r"|监护人|志愿者|义工|馆长|社长|村长|校长|院长|会长|理事长|秘书长|董事长|总经理|经理|组长|队长|班长|所长|站长|团长|店长|园长|主任"
    r"|书记|网格员|辅导员|讲解员|管理员|员工|职工|雇员|工作人员|工作者|学员|学生|教师|老师|讲师|居民|村民|市民|网民|网友|户主|家属"
    r"|老年人|老人|残疾人|儿童|未成年人|访客|党员|团员"
)
_WHO = rf"{_ROLE}|会员|社员|成员|个人|人员|作者|专家|嘉宾|导师|观众|读者|游客|用户|粉丝|领导|干部|理事|监事"
# Persons by what they are known for, on the net or to an office.
_KNOWN = (
    r"达人|主播|博主|网红|红人|大V|up主|网络名人|名人|意见领袖|代表人士|代表性人士|统战对象|统战人士|统战成员|联谊对象|党外人士|网络人士"
    r"|阶层人士|知名人士|人士|带货人|带货员|带货王|自媒体人|从业者|创作者|写手|作家|艺人|明星|关注者|订阅者|订户|参与者|参加者|参会者|与会者"
    r"|参赛者|报名者|获奖者|受助者|受益者|志愿者|爱好者|使用者|当选者|会员档案|会员资料|会员画像|用户画像|人物画像"
)
_ACCOUNT = r"账号|帐号|用户名|(?:个人|用户|会员|粉丝|网民)账户"
_OF_BODIES = r"官方|政务|公众|单位|机构|企业|媒体|品牌|组织|部门|平台|银行|对公|开户|收款|缴费"
_NO_PERSONS = re.compile(rf"{_OF_BODIES}|账目|账务|账款|账本|收支|财务|会计|资金|经费|科目|款项")
_LIST = r"名单|名册|名录|花名册|登记表|信息表?|档案|明细表?|台账|资料|画像|榜单?|排行榜|数据库|库|表"
_MARK = r"年龄|名字|邮箱|电子邮箱|电子邮件|邮件地址|工号|学号|证件|昵称|网名|头像|签名|照片"
_PERSON_ZH = re.compile(
    rf".*(?:{_ROLE}|{_KNOWN})(?:{_LIST})?"
    rf"|(?!.*(?:{_OF_BODIES})).*(?:{_ACCOUNT})(?:名称?|ID)?(?:{_LIST})?"
    rf"|(?:{_WHO})(?:{_LIST})?|(?:{_WHO})(?:的)?(?:{_MARK}|姓)",
    re.IGNORECASE,
)
_MARK_ZH = re.compile(r"(?:联系|本人)?(?:年龄|名字|邮箱|电子邮箱|电子邮件|邮件地址|工号|学号|昵称|网名)")
_WHO_EN = (
    r"(?:volunteer|visitor|leader|curator|employee|worker|student|teacher|pupil|resident|villager|citizen|trainee"
    r"|attendee|author|expert|mentor|tutor|lecturer|instructor|manager|director|chairman|president|headmaster|librarian"
    r"|guest|patient|user|contact_person|person|individual|influencer|blogger|vlogger|streamer|podcaster|kol|celebrity"
    r"|content_creator|opinion_leader|follower|subscriber|participant|entrant|netizen)s?|staff|personnel|people"
    r"|child|children|women|men|secretary|celebrities"
)
_ACCOUNT_EN = re.compile(
    rf"(?:list_of_)?(?:(?:user|login|social|chat|member|{_WHO_EN})_)*(?:account|profile)s?"
    r"(?:_(?:id|name|record|list)s?)?"
)
_ELSEWHERE = r"(?!.*_(?:for|to|with|by|among|per|of)_)"  # “services for residents” are services
_PERSON_EN = re.compile(
    rf"(?:(?:list|names?)_of_|{_ELSEWHERE}.*_)?(?:{_WHO_EN})(?:_(?:record|list|profile|info|information|detail)s?)?"
)
_MARK_EN = re.compile(
    rf"(?:(?:{_WHO_EN}|contact|personal|member)_)?(?:e_?mails?|email_address|age|nick_?name|birthplace|id_?cards?|idno"
    r"|photo_id)|(?:staff|employee|student|worker|member)_(?:id|no|number|name)"
)
_TOTAL_ZH = re.compile(r"(?:数|量|率|比|占比|比例|额|人次|场次|频次|时长|小时|总计|合计|经费|费用|收入|支出)$")
_NEVER_ZH = re.compile(r"姓名|花名册|名单|名册|个人|本人|言论")
_HEAD_COUNT = re.compile(r"(?:.*_)?(?:person|people|individual)s?")


def declares_person(name: str, *, total: bool = False, label: str = "") -> bool:
    """Return whether an author's name for a table or a column, as a whole, means a person or what identifies one.

    total: it is the name of a numeric column, in which 志愿者 or `people` means a count. label: its Chinese name, which
    says whether `accounts` are those of persons, or of organisations (官方账号) or money (账目).
    """
    zh = re.sub(r"\s", "", _bare(name)).removesuffix("们")
    en = _snake(name)
    if _MARK_ZH.fullmatch(zh) or _MARK_EN.fullmatch(en):
        return True
    if not total:
        account = _ACCOUNT_EN.fullmatch(en) and not _NO_PERSONS.search(label)
        whole = _PERSON_ZH.fullmatch(zh) or _PERSON_EN.fullmatch(en) or account
        return bool(whole or means_person(name))
    if _TOTAL_ZH.search(zh) and not _NEVER_ZH.search(zh):
        return False
    return means_person(name) is not None and not _HEAD_COUNT.fullmatch(en)

"""Recognises words for persons in names of tables and columns."""

import re

# Words that mark a column or a table as about persons. Totals of people (人数, headcount) are excluded, and so are
# counts of telephone calls (咨询电话接听量).
_ZH = re.compile(
    r"姓名|身份证|证件号|护照号|(?:手机(?!端)|电话)(?![^(（]*(?:[数量率次]|占比|比例|时长|费用?)(?:\W.*)?$)"
    r"|住址|家庭地址|出生|生日|性别|民族|籍贯|政治面貌|宗教信仰|学历|职称|微信号|QQ号|个人账号|本人|花名册|人员名单|人员名册|个人(信息|简历|积分|评分|得分)|粉丝名单|网民言论|发言内容|言论"
)
_EN = re.compile(
    r"(?:^|_)(?:person|people|individual|surname|first_name|last_name|full_name|given_name|id_card|id_number|passport"
    r"|mobile|phone|telephone|home_address|birth|birthday|birth_date|gender|sex|ethnicity|nationality|religion"
    r"|political_status|we_?chat|qq|roster|personal)(?:s|_|$)"
)


def means_person(*names: str) -> str | None:
    """Return the first name that means a person or what identifies one, else None."""
    for name in names:
        if _ZH.search(name) or _EN.search(_snake(name)):
            return name
    return None


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+", "_", name).lower()


# --- declarations are checked more strictly than submitted sheets: authors can choose the words, and see errors at once

# Persons, and roles of persons. Words that also apply to organisations (代表, 客户, member) are excluded.
_ROLE = (
    r"负责人|责任人|联系人|联络人|经办人|承办人|填表人|填报人|申请人|报名人|代表人|主讲人|主持人|带头人|当事人|受益人|捐赠人|捐款人"
    r"|监护人|志愿者|义工|馆长|社长|村长|校长|院长|会长|理事长|秘书长|董事长|总经理|经理|组长|队长|班长|所长|站长|团长|店长|园长|主任"
    r"|书记|网格员|辅导员|讲解员|管理员|员工|职工|雇员|工作人员|工作者|学员|学生|教师|老师|讲师|居民|村民|市民|网民|网友|户主|家属"
    r"|老年人|老人|残疾人|儿童|未成年人|访客|党员|团员"
)
_WHO = rf"{_ROLE}|会员|社员|成员|个人|人员|作者|专家|嘉宾|导师|观众|读者|游客|用户|粉丝|领导|干部|理事|监事"
_LIST = r"名单|名册|名录|花名册|登记表|信息表?|档案|明细表?|表"
_MARK = r"年龄|名字|邮箱|电子邮箱|电子邮件|邮件地址|工号|学号|证件|昵称|网名|头像|签名|照片"
_PERSON_ZH = re.compile(rf".*(?:{_ROLE})|(?:{_WHO})(?:{_LIST})?|(?:{_WHO})(?:的)?(?:{_MARK}|姓)")
_MARK_ZH = re.compile(r"(?:联系|本人)?(?:年龄|名字|邮箱|电子邮箱|电子邮件|邮件地址|工号|学号|昵称|网名)")
_WHO_EN = (
    r"(?:volunteer|visitor|leader|curator|employee|worker|student|teacher|pupil|resident|villager|citizen|trainee"
    r"|attendee|author|expert|mentor|tutor|lecturer|instructor|manager|director|chairman|president|headmaster|librarian"
    r"|guest|patient|user|contact_person|person|individual)s?|staff|personnel|people|child|children|women|men|secretary"
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


def declares_person(name: str, *, total: bool = False) -> bool:
    """Return whether an author's name for a table or a column, as a whole, means a person or what identifies one.

    `total`: it is the name of a numeric column, in which 志愿者 or `people` means a count.
    """
    zh = re.sub(r"[(（\[【][^()（）\[\]【】]*[)）\]】]|[\s*＊:：]", "", name).removesuffix("们")
    en = _snake(name)
    if _MARK_ZH.fullmatch(zh) or _MARK_EN.fullmatch(en):
        return True
    if not total:
        return bool(means_person(name) or _PERSON_ZH.fullmatch(zh) or _PERSON_EN.fullmatch(en))
    if _TOTAL_ZH.search(zh) and not _NEVER_ZH.search(zh):
        return False
    return means_person(name) is not None and not _HEAD_COUNT.fullmatch(en)

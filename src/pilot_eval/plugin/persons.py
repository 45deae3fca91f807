"""The boundary: a table whose record is a person can't be declared."""

import re

from pilot_eval.errors import PluginError
from pilot_eval.plugin.tables import TableSpec

# Words that make a column or a table one about a person. Totals of people (人数, headcount) are not among them.
_ZH = re.compile(
    r"姓名|身份证|证件号|护照号|手机|电话|住址|家庭地址|出生|生日|性别|民族|籍贯|政治面貌|宗教信仰|学历|职称|微信号|QQ号"
    r"|个人账号|本人|花名册|人员名单|人员名册|个人(信息|简历|积分|评分|得分)|粉丝名单|网民言论|发言内容|言论"
)
_EN = re.compile(
    r"(?:^|_)(?:person|people|individual|surname|first_name|last_name|full_name|given_name|id_card|id_number|passport"
    r"|mobile|phone|telephone|home_address|birth|birthday|birth_date|gender|sex|ethnicity|nationality|religion"
    r"|political_status|we_?chat|qq|roster|personal)(?:s|_|$)"
)


def means_person(*names: str) -> str | None:
    """The first of the names that means a person or what identifies one, else None."""
    for name in names:
        if _ZH.search(name) or _EN.search(re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+", "_", name).lower()):
            return name
    return None


def refuse_persons(table: TableSpec) -> None:
    """Raise PluginError when a table's name or one of its columns is about a person."""
    names = [table.record.__name__, table.id, table.label.zh, table.label.en, *table.aliases]
    for column in table.record.columns_.values():
        names += [column.name, column.label.zh, column.label.en, *column.aliases]
    about = means_person(*names)
    if about is not None:
        raise PluginError.of("plugin-person-table", table=table.id, name=about)

"""A small base type, declared as an author would, and what is found in a faulty one."""

from collections.abc import Callable
from typing import Any

import pytest

from pilot_eval.errors import PluginError
from pilot_eval.plugin import (
    API,
    BaseType,
    Choice,
    Count,
    Date,
    File,
    Flag,
    Number,
    Record,
    Text,
    column,
)


class Meeting(Record):
    """One meeting of the village."""

    held: Date = column(zh="日期", en="Date")
    topic: Text = column(zh="议题")
    kind: Choice = column(zh="类型", choices={"council": "村委会", "assembly": "村民大会"})
    open: Flag = column(zh="是否公开")
    present: Count = column(zh="到会人数", unit="人")
    cost: Number = column(zh="费用", unit="元", min=0, optional=True)
    minutes: File = column(zh="纪要", optional=True)


def village(api: int = API) -> BaseType:
    made = BaseType("village", zh="村", en="Villages", api=api)
    made.table(zh="会议", en="Meetings")(Meeting)
    return made


# --- mistakes in declarations
def refused(declare: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(PluginError) as raised:
        declare()
    [only] = raised.value.findings
    return only.code, only.line("en")


def record(name: str, **columns: tuple[Any, Any]) -> type[Record]:
    """A record class, from its columns' types and declarations."""
    annotations = {key: kind for key, (kind, _) in columns.items()}
    declared = {key: given for key, (_, given) in columns.items()}
    return type(name, (Record,), {"__annotations__": annotations, **declared})


ZH = column(zh="列")

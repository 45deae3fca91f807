"""The base type 书屋, as it was written for api 1: plain types as annotations, and no version stated."""

from datetime import date
from typing import Literal

from pilot_eval.plugin import BaseType, Quantity, Record, column, hookimpl

library = BaseType("library", zh="书屋", en="Reading rooms")


@library.table(zh="书屋", en="Rooms", unique=("room",))
class Room(Record):
    """One reading room."""

    room: str = column(zh="书屋名称", en="Room")
    seats: int = column(zh="座位数", en="Seats", unit="个")
    area: float = column(zh="面积", en="Area", unit="㎡", min=0)
    open: bool = column(zh="是否开放", en="Open")


@library.table(zh="阅读活动", en="Readings")
class Reading(Record):
    """One reading, with how many came."""

    held: date = column(zh="日期", en="Date", in_period=True)
    room: str = column(zh="书屋名称", en="Room", refers="rooms.room")
    kind: Literal["亲子", "讲座", "展览"] = column(zh="类型", en="Kind")
    came: Quantity = column(zh="参加人次", en="Contacts", unit="人次", min=0)
    reported: date | None = column(zh="上报日期", en="Reported")


@library.measure(unit="%", zh="开放的书屋占比")
def rooms_open(r: Room):
    """Rooms that are open ÷ rooms."""
    return r.open.share() * 100


@library.measure(unit="㎡")
def area_per_room(r: Room):
    """Mean area of the rooms that are open."""
    return r.where(r.open).area.mean()


@library.measure(unit="人次")
def readings_contacts(r: Reading):
    """Contacts of all readings."""
    return r.came.sum()


@library.measure(unit="场")
def family_readings(r: Reading):
    """Readings of the kind 亲子."""
    return (r.kind == "亲子").count()


@library.measure(unit="%")
def reported_in_time(r: Reading):
    """Readings reported within 10 days ÷ readings."""
    return (r.reported - r.held <= 10).count() / r.count() * 100


@library.check(zh="上报日期早于活动日期", en="reported before it was held")
def reported_after_held(r: Reading):
    return r.reported >= r.held


@hookimpl
def pilot_eval_base_types():
    return [library]

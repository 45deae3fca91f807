"""All that the author of a base type imports."""

from pilot_eval.hookspecs import hookimpl
from pilot_eval.model import Quantity
from pilot_eval.plugin.base_type import API, BaseType, Measures
from pilot_eval.plugin.common import Event
from pilot_eval.plugin.expressions import Choice, Count, Date, Figure, File, Flag, Number, Text
from pilot_eval.plugin.tables import Record, column

__all__ = [
    "API",
    "BaseType",
    "Choice",
    "Count",
    "Date",
    "Event",
    "Figure",
    "File",
    "Flag",
    "Measures",
    "Number",
    "Quantity",
    "Record",
    "Text",
    "column",
    "hookimpl",
]

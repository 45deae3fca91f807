"""Everything that the author of a base type imports.

In: record classes, functions, docstrings.
Out: compiled tables, measures and checks.
"""

from narwhals.stable.v2 import Expr

from pilot_eval.extensions import Exporter, Reader, Section, Sheet, Table
from pilot_eval.method.rules import Given, Rule
from pilot_eval.model import Assessment, EvaluationRecord, Quantity
from pilot_eval.plugin.base_type import API, BaseType, Measures
from pilot_eval.plugin.columns import Count, Flag, Number
from pilot_eval.plugin.common import Event
from pilot_eval.plugin.days import Date, Period
from pilot_eval.plugin.figures import Claim, Figure
from pilot_eval.plugin.functions import maximum, minimum
from pilot_eval.plugin.hooks import hookimpl
from pilot_eval.plugin.tables import Record, column
from pilot_eval.plugin.words import Choice, File, Text
from pilot_eval.text import Lang, Words

__all__ = [
    "API",
    "Assessment",
    "BaseType",
    "Choice",
    "Claim",
    "Count",
    "Date",
    "EvaluationRecord",
    "Event",
    "Exporter",
    "Expr",
    "Figure",
    "File",
    "Flag",
    "Given",
    "Lang",
    "Measures",
    "Number",
    "Period",
    "Quantity",
    "Reader",
    "Record",
    "Rule",
    "Section",
    "Sheet",
    "Table",
    "Text",
    "Words",
    "column",
    "hookimpl",
    "maximum",
    "minimum",
]

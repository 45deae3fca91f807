"""What the base types declare, as a listing that shows every option: a dropped one is a changed line."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from enum import Enum
from typing import Any

import pilot_eval_association
import pilot_eval_community
import pilot_eval_online
import pilot_eval_park
import yaml

from pilot_eval.plugin.base_type import Toolkit
from pilot_eval.plugin.common import common
from pilot_eval.plugin.tables import TableSpec
from pilot_eval.text import Words
from tests.conftest import ROOT

LISTING = ROOT / "tests" / "data" / "declarations.yaml"
TOOLKITS: tuple[Toolkit, ...] = (
    common,
    pilot_eval_online.online,
    pilot_eval_park.park,
    pilot_eval_association.association,
    pilot_eval_community.community,
)
_WORDS = frozenset({"id", "name", "doc", "help", "message", "place", "function", "record"})
"""Fields for readers, and what the listing shows in another way."""


def listing() -> dict[str, Any]:
    """Each base type's tables with their columns, its measures and its checks."""
    return {
        kit.id: {
            "label": _plain(kit.label),
            "api": getattr(kit, "api", None),
            "tables": {id_: _table(each) for id_, each in kit.tables.items()},
            "measures": {id_: _options(each) for id_, each in kit.measures.items()},
            "checks": {id_: _options(each) for id_, each in kit.checks.items()},
        }
        for kit in TOOLKITS
    }


def _table(table: TableSpec) -> dict[str, Any]:
    return _options(table) | {"columns": {name: _options(each) for name, each in table.record.columns_.items()}}


def _options(spec: Any) -> dict[str, Any]:
    """The fields of a declaration that aren't as they are by default."""
    given = {each.name: (each, getattr(spec, each.name)) for each in fields(spec) if each.name not in _WORDS}
    return {name: _plain(value) for name, (each, value) in given.items() if value != _default(each)}


def _default(each: Any) -> Any:
    return each.default_factory() if each.default_factory is not MISSING else each.default


def _plain(value: Any) -> Any:
    match value:
        case Words():
            return value.zh
        case Enum():
            return value.value
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case str() | int() | float() | None:
            return value
        case Iterable():
            return [_plain(each) for each in value]
    return str(value)


def written() -> str:
    """The listing's text: a column on one line."""
    return yaml.safe_dump(listing(), allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=None)

"""The hooks that pilot-eval calls in plugins."""

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from pilot_eval.plugin import BaseType

PROJECT = "pilot_eval"
ENTRY_POINTS = "pilot_eval"
"""The entry point group in which a plugin's distribution names its module."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def pilot_eval_base_types() -> "list[BaseType]":  # type: ignore[empty-body]
    """Return the base types that the plugin provides.

    Called once, when the plugin is loaded. Each base type's id must be its own: a clash is an error for both.

        @hookimpl
        def pilot_eval_base_types():
            return [village]
    """

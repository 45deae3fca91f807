"""The command line: arguments, progress, exit codes.

In: the user's arguments.
Out: text, JSON and exit codes, from `api` alone.
"""

from pilot_eval.cli import (  # noqa: F401  they add commands
    desk,
    evidence,
    guides,
    methods,
    plugins,
    proof,
    results,
    rounds,
)
from pilot_eval.cli.group import main

__all__ = ["main"]

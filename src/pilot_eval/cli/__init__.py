"""The command line: arguments, progress, exit codes.

In: the user's arguments.
Out: text, JSON and exit codes, from `api` alone.
"""

from pilot_eval.cli import desk, evidence, guides, methods, plugins, proof, results, rounds  # noqa: F401  they add commands
from pilot_eval.cli.group import main

__all__ = ["main"]

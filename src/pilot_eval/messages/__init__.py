"""The catalogue of messages: every message of a finding, in both languages, by code.

Each area of the program has its own module. A message states what is wrong and its hint what to do; both are fragments
without a capital letter or a full stop, since a place precedes them and an arrow joins them.
"""

from pilot_eval.messages import (
    archives,
    cells,
    checks,
    declarations,
    expressions,
    files,
    method,
    plans,
    plugins,
    privacy,
    record,
    rounds,
    submission,
    tables,
    usage,
    workbooks,
    yaml,
)
from pilot_eval.messages.entry import Entry

__all__ = ["CATALOGUE", "Entry"]

CATALOGUE: dict[str, Entry] = {
    **yaml.MESSAGES,
    **method.MESSAGES,
    **plans.MESSAGES,
    **plugins.MESSAGES,
    **declarations.MESSAGES,
    **expressions.MESSAGES,
    **submission.MESSAGES,
    **files.MESSAGES,
    **archives.MESSAGES,
    **workbooks.MESSAGES,
    **tables.MESSAGES,
    **cells.MESSAGES,
    **privacy.MESSAGES,
    **checks.MESSAGES,
    **rounds.MESSAGES,
    **record.MESSAGES,
    **usage.MESSAGES,
}

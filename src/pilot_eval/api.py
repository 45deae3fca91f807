"""The public API, used by the command line and by any other program: one function for each use case."""

from pilot_eval.actions.annotate import annotate
from pilot_eval.actions.assess import assess, exit_code
from pilot_eval.actions.check import check, strays
from pilot_eval.actions.collect import place, read_mapping, sort_folder
from pilot_eval.actions.export import export
from pilot_eval.actions.guides import Guide, guide, guides, write_guides
from pilot_eval.actions.new import example_round, new_round
from pilot_eval.actions.publish import last_record, publish, report_files
from pilot_eval.actions.verify import replay, verify, verify_results
from pilot_eval.actions.workspace import Progress, Workspace, methods, open_round
from pilot_eval.errors import EvidenceError

__all__ = [
    "EvidenceError",
    "Guide",
    "Progress",
    "Workspace",
    "annotate",
    "assess",
    "check",
    "example_round",
    "exit_code",
    "export",
    "guide",
    "guides",
    "last_record",
    "methods",
    "new_round",
    "open_round",
    "place",
    "publish",
    "read_mapping",
    "replay",
    "report_files",
    "sort_folder",
    "strays",
    "verify",
    "verify_results",
    "write_guides",
]

"""The public API: one function for each use case, for the command line and any other program.

In: the arguments of the actions.
Out: the results of the actions.
"""

from pilot_eval.actions.annotate import annotate
from pilot_eval.actions.arrivals import Change, Received, Receiving, Taken, receive
from pilot_eval.actions.assess import assess, exit_code
from pilot_eval.actions.check import check, lacking, strays, unsent
from pilot_eval.actions.check_reviews import check_reviews
from pilot_eval.actions.collect import read_mapping, sort_folder
from pilot_eval.actions.export import export
from pilot_eval.actions.guides import Guide, guide, guides, write_guides
from pilot_eval.actions.new import example_round, new_round
from pilot_eval.actions.new_plugin import new_plugin
from pilot_eval.actions.publish import last_record, loaded_record, publish, report_files, write_reports
from pilot_eval.actions.schema import schema_of, write_schemas
from pilot_eval.actions.status import Desk, Missing, OpenScore, PilotStatus, desk_of, write_letters
from pilot_eval.actions.template import blank_form, review_form
from pilot_eval.actions.verify import replay, verify, verify_results
from pilot_eval.actions.workspace import Progress, Workspace, methods, open_round
from pilot_eval.errors import (
    EvidenceError,
    Finding,
    MethodError,
    PilotEvalError,
    Place,
    PluginError,
    Severity,
    UsageError,
    failure_of,
    terminal_safe,
)
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.inbox import Sorted
from pilot_eval.exports.findings import findings_csv, findings_sarif
from pilot_eval.measures.missing import points_of
from pilot_eval.registry import Registry, discover
from pilot_eval.report.explanation import AdjustmentExplanation, Explanation, explanation, explanation_lines
from pilot_eval.round import Round
from pilot_eval.text import LANGS, Lang

__all__ = [
    "LANGS",
    "AdjustmentExplanation",
    "Change",
    "Desk",
    "EvidenceError",
    "Explanation",
    "Finding",
    "Gathered",
    "Guide",
    "Lang",
    "MethodError",
    "Missing",
    "OpenScore",
    "PilotEvalError",
    "PilotStatus",
    "Place",
    "PluginError",
    "Progress",
    "Received",
    "Receiving",
    "Registry",
    "Round",
    "Severity",
    "Sorted",
    "Taken",
    "UsageError",
    "Workspace",
    "annotate",
    "assess",
    "blank_form",
    "check",
    "check_reviews",
    "desk_of",
    "discover",
    "example_round",
    "exit_code",
    "explanation",
    "explanation_lines",
    "export",
    "failure_of",
    "findings_csv",
    "findings_sarif",
    "guide",
    "guides",
    "lacking",
    "last_record",
    "loaded_record",
    "methods",
    "new_plugin",
    "new_round",
    "open_round",
    "points_of",
    "publish",
    "read_mapping",
    "receive",
    "replay",
    "report_files",
    "review_form",
    "schema_of",
    "sort_folder",
    "strays",
    "terminal_safe",
    "unsent",
    "verify",
    "verify_results",
    "write_guides",
    "write_letters",
    "write_reports",
    "write_schemas",
]

"""Results and findings as files for other programs.

In: a record, findings.
Out: CSV, SARIF.
"""

from pilot_eval.exports.scores_csv import SCORES_CSV
from pilot_eval.extensions import Exporter

EXPORTERS: dict[str, Exporter] = {SCORES_CSV.id: SCORES_CSV}
"""The built-in exporters by their id, which `pilot-eval export ROUND ID` names."""

"""Self-contained HTML reports, rendered from a record alone."""

from pilot_eval.report.pages import render

__all__ = ["render"]

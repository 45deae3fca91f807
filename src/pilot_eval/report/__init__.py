"""Self-contained HTML reports, rendered from a record alone.

In: a record.
Out: HTML pages; explanations of one score as text.
"""

from pilot_eval.report.pages import page_names, render
from pilot_eval.report.sections import Sections, ask_sections

__all__ = ["Sections", "ask_sections", "page_names", "render"]

"""Template: a pilot's blank form."""

from pilot_eval.actions.workspace import Workspace
from pilot_eval.evidence.forms.blank import workbook
from pilot_eval.text import Lang


def blank_form(space: Workspace, pilot: str, lang: Lang) -> bytes:
    """Return a pilot's blank form as an XLSX workbook. Raises UsageError, PluginError."""
    return workbook(space.form(space.pilots([pilot])[0]), lang)

"""Writes a table's cells as the files that organisations send: CSV, XLSX, XLS, ODS, HTML, JSON, YAML, ZIP."""

from tests.support.writers.cells import Formula, Raw, Rows, Shown, serial
from tests.support.writers.ods import FILLER_CELLS, FILLER_ROWS, as_ods, flat_ods
from tests.support.writers.texts import as_csv, as_html, as_json, as_word, as_yaml, records
from tests.support.writers.wps import Wps, letter
from tests.support.writers.xls import as_biff5, by_xlwt
from tests.support.writers.xlsx import by_openpyxl, by_xlsxwriter
from tests.support.writers.xml2003 import as_xml2003
from tests.support.writers.zips import as_zip

__all__ = [
    "FILLER_CELLS", "FILLER_ROWS", "Formula", "Raw", "Rows", "Shown", "Wps", "as_biff5", "as_csv", "as_html", "as_json",
    "as_ods", "as_word", "as_xml2003", "as_yaml", "as_zip", "by_openpyxl", "by_xlsxwriter", "by_xlwt", "flat_ods",
    "letter", "records", "serial",
]  # fmt: skip

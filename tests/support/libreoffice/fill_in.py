"""Fills in a form through LibreOffice itself, as a person would: run by a Python that has `uno`.

Usage: python3 fill_in_libreoffice.py FORM.xlsx FILLED PIPE < cells.json
where cells.json is {sheet: [[row, column, value], …]} with rows and columns from 0.
"""

import json
import sys
import time
from contextlib import suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}


def setting(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def desktop(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(300):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except NoConnectException:
            time.sleep(0.1)
    sys.exit("LibreOffice did not answer")


def main(form, filled, pipe):
    office = desktop(pipe)
    document = office.loadComponentFromURL(Path(form).as_uri(), "_blank", 0, (setting("Hidden", True),))
    for name, cells in json.load(sys.stdin).items():
        sheet = document.Sheets.getByName(name)
        for row, column, value in cells:
            cell = sheet.getCellByPosition(column, row)
            if isinstance(value, (int, float)):
                cell.Value = value
            else:
                cell.setFormula(value)  # as typed: LibreOffice makes a date of 2018-03-01
    document.storeToURL(Path(filled).as_uri(), (setting("FilterName", FILTERS[Path(filled).suffix]),))
    document.close(True)
    with suppress(DisposedException):  # it is gone before it can answer
        office.terminate()


main(*sys.argv[1:])

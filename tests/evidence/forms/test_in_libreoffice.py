"""The round trip of a form: `template`, filled in LibreOffice, `check` is clean, the figures are right."""

import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import ROOT, Run
from tests.support.records import data_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

FILL = ROOT / "tests" / "support" / "libreoffice" / "fill_in.py"

INFO = {
    "填报单位": "某联谊会", "联系部门": "秘书处", "填报日期": "2019-01-20", "依法登记或依规设立": "是",
    "本期有重大违法违规": "否", "承诺所交材料真实": "是", "本期无记录的表": "行政处罚、荣誉",
}  # fmt: skip
ROWS: dict[str, list[list[object]]] = {
    "建设标准": [["有组织", "是"], ["有阵地", "是"], ["有制度", "否"]],
    "年度计划": [["办培训", 4, 3], ["办活动", 12, 12]],
    "信息公开": [["年度计划", "2018-01-31", "2018-01-20"], ["年度总结", "2018-12-20", "2018-12-28"]],
    "治理规范": [["章程制度", "是"], ["年度审计", "是"]],
    "经费预算": [["活动经费", 100000, 94000]],
    "建议": [["建议01", "2018-02-01", "2018-04-01", "2018-03-20", "采纳"]],
    "满意度调查": [["年度调查", 120, 108, "网络问卷"]],
    "活动": [["2018-03-01", "网络公益讲座", "培训", "近200", "否"], ["2018年5月2日", "联谊活动", "主题活动", 80, "是"]],
    "官方渠道": [["2018-01-01", 12, "是"], ["2018-02-01", 9, "是"]],
    "公益项目": [["助学", "帮困助学", "2018-04-01", "某基金会", "1600多"]],
    "成效案例": [["建议被采纳", 3, "市级部门"]],
    "团体成员": [["全年", 40, 38]],
}


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".xls"])
def test_a_form_filled_in_libreoffice_checks_clean(run: Run, tmp_path: Path, suffix: str) -> None:
    folder, form = tmp_path / "round", tmp_path / "form.xlsx"
    assert run("new", folder, lang="zh").returncode == 0
    assert run("template", folder, "online-2", "-o", form, lang="zh").returncode == 0
    fill(form, folder / "submissions" / "online-2" / f"填报表{suffix}", tmp_path)
    of_all = json.loads(run("check", folder, "--json").stdout)
    found = [each for each in of_all if each["place"]["file"].startswith("submissions/online-2/")]
    assert [each for each in found if each["severity"] != "note"] == []
    assert (
        sum(each["code"] == "rows-example" for each in found) == len(ROWS) + 2
    )  # in each sheet, the two without records as well
    done = json.loads(run("assess", folder, "--json").stdout)
    row = next(row for row in done["assessments"] if row["pilot"]["id"] == "online-2")
    assert row["coverage"] == 93.0  # everything but the expert's score
    made = next(a for a in data_of(folder)["assessments"] if a["pilot"]["id"] == "online-2")["measures"]
    values = {each["id"]: (each["value"], each["low"], each["high"]) for each in made}
    assert values["beneficiary_contacts"] == (1600, 1600, 1700)
    assert values["events_held"] == (1.5, 1.5, 1.5)
    assert values["disclosures_on_time"][0] == 50
    assert values["channel_months_live"][0] == 2


def fill(form: Path, filled: Path, scratch: Path) -> None:
    """Write the cells through a LibreOffice of our own."""
    labels = [row[0].value for row in openpyxl.load_workbook(form)["填报信息"].iter_rows()]
    cells: dict[str, list[list[object]]] = {
        "填报信息": [[labels.index(label), 1, answer] for label, answer in INFO.items()]
    }
    for sheet, rows in ROWS.items():
        cells[sheet] = [[row, at, cell] for row, cells_ in enumerate(rows, start=2) for at, cell in enumerate(cells_)]
    pipe = f"pilot-eval-{filled.suffix[1:]}-{scratch.name[-8:]}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nolockcheck", f"--accept=pipe,name={pipe};urp;",
         f"-env:UserInstallation={(scratch / 'profile').as_uri()}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        subprocess.run(
            ["/usr/bin/python3", str(FILL), str(form), str(filled), pipe],
            input=json.dumps(cells), text=True, check=True, timeout=120,
        )  # fmt: skip
    finally:
        office.terminate()
        office.wait(30)

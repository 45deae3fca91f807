"""Results that belong together, published and looked at again."""

import json
from pathlib import Path

from pilot_eval.record.files import RECORD
from pilot_eval.record.integrity import SUMS, check_sums, sums
from pilot_eval.round import Round

SETTINGS = "id: test\nzh: 试\nperiod: {from: 2018-01-01, to: 2018-12-31}\n"


def empty_round(folder: Path) -> Round:
    """A round that has settings and nothing else."""
    folder.mkdir()
    (folder / "round.yaml").write_text(SETTINGS, "utf-8")
    return Round.open(folder)


def results(version: int) -> dict[str, bytes]:
    """Files that belong together: a record, some pages, and their hashes."""
    files = {RECORD: json.dumps({"version": version}).encode(), **{f"zh/{i}.html": b"%d" % version for i in range(5)}}
    return {**files, SUMS: sums(files)}


def whole(folder: Path) -> int:
    """The version of the published results, every file of which is the one that was published with it."""
    listing = (folder / "results" / SUMS).read_bytes()
    assert not check_sums(folder / "results", listing)
    version: int = json.loads((folder / "results" / RECORD).read_bytes())["version"]
    assert {(folder / "results" / f"zh/{i}.html").read_bytes() for i in range(5)} == {b"%d" % version}
    return version


# --- publication
def no_swap(one: Path, other: Path) -> bool:
    return False

"""The journal: a chain of entries that survives crashes, and in which no entry can be touched unseen."""

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_eval.errors import EvidenceError, UsageError
from pilot_eval.record.journal import JOURNAL, START, Arrival, JournalStep, Torn, add_entry, read_journal

AT = datetime(2019, 1, 10, 9, tzinfo=UTC)


def arrival(pilot: str = "park-1") -> JournalStep:
    return Arrival(pilot=pilot, on=AT.date(), files=())


def three(folder: Path) -> list[bytes]:
    """The lines of a journal of three entries."""
    for pilot in ("园区", "park-2", "park-3"):
        add_entry(folder, arrival(pilot), "王", AT)
    return (folder / JOURNAL).read_bytes().split(b"\n")[:-1]


def test_entries_are_numbered_and_chained_by_the_hash_of_the_line_before(tmp_path: Path) -> None:
    lines = three(tmp_path)
    hashes = [START, *(hashlib.sha256(line).hexdigest() for line in lines)]
    made = [json.loads(line) for line in lines]
    assert [(each["n"], each["prev"], each["by"]) for each in made] == [
        (number, before, "王") for number, before in enumerate(hashes[:3], 1)
    ]
    assert made[0]["facts"]["pilot"] == "园区" and made[0]["at"] == "2019-01-10T09:00:00Z"
    journal = read_journal(tmp_path)
    assert journal.head == hashes[3] and not journal.findings
    assert [step.pilot for _, step in journal.steps(Arrival)] == ["园区", "park-2", "park-3"]


def test_a_round_without_a_journal_has_no_entries(tmp_path: Path) -> None:
    journal = read_journal(tmp_path)
    assert journal.entries == () and journal.head == START


def test_a_write_that_was_cut_anywhere_loses_no_entry_and_stays_in_sight(tmp_path: Path) -> None:
    lines = three(tmp_path)
    path, whole = tmp_path / JOURNAL, b"\n".join(lines[:2]) + b"\n"
    for cut in range(0, len(lines[2]) + 1, 7):
        path.write_bytes(whole + lines[2][:cut])
        assert len(read_journal(tmp_path).entries) == 2
        add_entry(tmp_path, arrival("after"), "", AT)
        journal = read_journal(tmp_path)
        kinds = [each.kind for each in journal.entries]
        assert kinds == ["arrival", "arrival", *(["torn"] if cut else []), "arrival"] and not journal.findings
        assert path.read_bytes().startswith(whole + lines[2][:cut])
    path.write_bytes(whole + lines[2])  # whole but for its line break
    add_entry(tmp_path, arrival("after"), "", AT)
    assert [step.pilot for _, step in read_journal(tmp_path).steps(Arrival)] == ["园区", "park-2", "park-3", "after"]


def test_a_crash_while_a_torn_line_is_entered_is_survived_too(tmp_path: Path) -> None:
    first = three(tmp_path)[0]
    path = tmp_path / JOURNAL
    path.write_bytes(first + b'\n{"at":"2019\n{"at":')
    journal = read_journal(tmp_path)
    assert len(journal.torn) == 2 and not journal.findings
    add_entry(tmp_path, arrival(), "", AT)
    journal = read_journal(tmp_path)
    assert [each.kind for each in journal.entries] == ["arrival", "torn", "arrival"] and not journal.findings
    assert [len(step.sha256) for _, step in journal.steps(Torn)] == [2]


def swapped(lines: list[bytes]) -> list[bytes]:
    return [lines[1], lines[0], lines[2]]


MANIPULATED = {
    "changed": lambda lines: [lines[0].replace("园区".encode(), b"park-9"), *lines[1:]],
    "dropped": lambda lines: [lines[0], lines[2]],
    "the first dropped": lambda lines: lines[1:],
    "moved": swapped,
    "doubled": lambda lines: [lines[0], lines[0], *lines[1:]],
    "put in": lambda lines: [lines[0], b"{}", *lines[1:]],
    "written in another way": lambda lines: [lines[0].replace(b'","', b'", "'), *lines[1:]],
    "renumbered": lambda lines: [*lines[:2], lines[2].replace(b'"n":3', b'"n":4')],
}


@pytest.mark.parametrize("how", MANIPULATED)
def test_whatever_is_done_to_an_entry_is_found_and_stops_further_entries(how: str, tmp_path: Path) -> None:
    lines = MANIPULATED[how](three(tmp_path))
    (tmp_path / JOURNAL).write_bytes(b"\n".join(lines) + b"\n")
    found = read_journal(tmp_path).findings
    assert {each.code for each in found} == {"journal-broken"} and all(each.place.line for each in found)
    with pytest.raises(EvidenceError):
        add_entry(tmp_path, arrival(), "", AT)


@given(st.data())
def test_no_byte_before_the_last_entry_can_be_changed_unseen(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        lines = three(Path(name))
        path, before = Path(name, JOURNAL), b"\n".join(lines[:2])
        at = data.draw(st.integers(0, len(before) - 1))
        byte = data.draw(st.integers(0, 255).filter(lambda each: each != path.read_bytes()[at]))
        whole = path.read_bytes()
        path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
        assert read_journal(Path(name)).findings


def test_several_processes_add_their_entries_one_after_the_other(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import *; from pilot_eval.record.journal import *\n"
        "for n in range(20): add_entry(Path(sys.argv[1]), Arrival(pilot=sys.argv[2], on=date(2019, 1, 1), files=()),"
        " '', datetime(2019, 1, 1, tzinfo=UTC))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in ("a", "b", "c")]
    assert [each.wait() for each in running] == [0, 0, 0]
    journal = read_journal(tmp_path)
    assert len(journal.entries) == 60 and not journal.findings


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / ".journal.lock").mkdir()
    with pytest.raises(UsageError) as caught:
        add_entry(tmp_path, arrival(), "", AT)
    assert caught.value.findings[0].code == "round-no-lock"

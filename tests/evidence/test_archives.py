"""A submission in one ZIP: nothing leaves its folder, nothing is lost in silence, and honest archives are unpacked."""

# ruff: noqa: E501

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.archive import unpack
from pilot_eval.evidence.limits import Limits
from tests.conftest import Run
from tests.evidence.hostile import HUGE, Part, repeated, xlsx, zipped

A = Part("a.csv", b"x,y\n1,2\n")


def one(name: str | bytes, data: bytes = b"x", **how: int) -> Callable[[], bytes]:
    return lambda: zipped([A, Part(name, data, **how)])  # type: ignore[arg-type]


def link(to: bytes, mode: int = 0o120777) -> Callable[[], bytes]:
    return one("link.csv", to, mode=mode)


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "parent": ("archive-path", one("../evil.csv")),
    "parent-deep": ("archive-path", one("a/b/../../../evil.csv")),
    "absolute": ("archive-path", one("/etc/evil.csv")),
    "drive": ("archive-path", one("C:\\evil.csv")),
    "drive-relative": ("archive-path", one("C:evil.csv")),
    "share": ("archive-path", one("\\\\server\\share\\evil.csv")),
    "backslashes": ("archive-path", one("..\\..\\evil.csv")),
    "dot": ("archive-path", one("./evil.csv")),
    "empty-part": ("archive-path", one("a//evil.csv")),
    "parent-alone": ("archive-path", one("..")),
    "full-width-dots": ("archive-name", one("．．/CON")),
    "symlink": ("archive-link", link(b"/etc/passwd")),
    "symlink-to-parent": ("archive-link", link(b"../..")),
    "fifo": ("archive-link", link(b"", 0o010644)),
    "block-device": ("archive-link", link(b"", 0o060644)),
    "character-device": ("archive-link", link(b"", 0o020644)),
    "socket": ("archive-link", link(b"", 0o140644)),
    "nul": ("archive-name", one("a\0.csv")),
    "newline": ("archive-name", one("a\n.csv")),
    "escape": ("archive-name", one("\x1b[31mred.csv")),
    "reversed": ("archive-name", one("\u202evsc.exe")),
    "zero-width": ("archive-name", one("a\u200b.csv")),
    "reserved": ("archive-name", one("CON")),
    "reserved-with-suffix": ("archive-name", one("nul.csv")),
    "reserved-folder": ("archive-name", one("aux/a.csv")),
    "reserved-port": ("archive-name", one("COM1.txt")),
    "dot-at-the-end": ("archive-name", one("b.csv.")),
    "space-at-the-end": ("archive-name", one("b.csv ")),
    "stream": ("archive-name", one("data.csv:hidden")),
    "question-mark": ("archive-name", one("what?.csv")),
    "long-name": ("archive-name-long", one("活" * 86 + ".csv")),
    "long-path": ("archive-name-long", one("/".join(["d" * 100] * 11) + "/a.csv")),
    "deep": ("archive-name-long", one("d/" * 40 + "a.csv")),
    "many-deep": ("archive-name-long", lambda: zipped([Part(f"{'d/' * 450}{i}", method=0) for i in range(4_900)])),
    "zip-inside": ("archive-nested", one("b.zip", zipped([A]))),
    "zip-inside-by-another-name": ("archive-nested", one("b.csv", zipped([A]))),
    "rar-inside": ("archive-nested", one("b.rar", b"Rar!\x1a\x07\0")),
    "rar-inside-by-another-name": ("archive-nested", one("b.doc", b"Rar!\x1a\x07\0")),
    "tgz-inside": ("archive-nested", one("b.tgz", b"\x1f\x8b")),
    "case-clash": ("zip-duplicate", one("A.CSV")),
    "twice": ("zip-duplicate", one("a.csv")),
    "twice-with-backslash": ("zip-duplicate", lambda: zipped([Part("d/a.csv"), Part("d\\a.csv")])),
    "composed-and-not": ("zip-duplicate", lambda: zipped([Part("caf\u00e9.csv"), Part("cafe\u0301.csv")])),
    "file-and-folder": ("zip-duplicate", lambda: zipped([Part("a"), Part("a/b.csv")])),
    "folder-and-file": ("zip-duplicate", lambda: zipped([Part("a/", method=0), Part("a", b"lost?")])),
    "folders-of-other-case": ("zip-duplicate", lambda: zipped([Part("D"), Part("d/b.csv")])),
    "100-000-files": ("zip-too-many", lambda: zipped([Part(f"{i}", method=0) for i in range(100_000)], count=65_535)),
    "bomb": ("zip-ratio", lambda: zipped([repeated("b.csv", bytes(HUGE), 40)])),
    "bomb-of-many": ("file-too-large", lambda: zipped([repeated(f"{i}.csv", bytes(HUGE), 9) for i in range(50)])),
    "too-large-inside": ("file-too-large", lambda: zipped([_noisy("b.csv", 55)])),
    "lying": ("zip-lies", lambda: zipped([A, replace(repeated("b.csv", bytes(HUGE), 40), size=100)])),
    "lying-checksum": ("zip-lies", one("b.csv", b"x", crc=7)),
    "overlap": ("zip-overlap", lambda: zipped([A, Part("b.csv", at=0)])),
    "encrypted": ("zip-encrypted", one("b.csv", b"x", flags=0x801)),
    "other-method": ("zip-method", one("b.csv", b"x", method=12)),
    "no-zip": ("zip-broken", lambda: b"hello" * 100),
    "empty": ("zip-broken", lambda: b""),
    "cut": ("zip-broken", lambda: zipped([A, A])[:-30]),
    "rar-as-zip": ("zip-broken", lambda: b"Rar!\x1a\x07\0" + bytes(500)),
}  # fmt: skip


def _noisy(name: str, megabytes: int) -> Part:
    """A part that is packed no better than a real one."""
    noise = b"".join(zlib.crc32(bytes([i & 255, i >> 8])).to_bytes(4, "big") for i in range(2**14))
    return repeated(name, noise + bytes(HUGE - len(noise)), megabytes)


def refused(data: bytes, tmp_path: Path) -> list[str]:
    path, into = tmp_path / "材料.zip", tmp_path / "box" / "into"
    path.write_bytes(data)
    into.mkdir(parents=True)
    with pytest.raises(EvidenceError) as raised:
        unpack(path, "材料.zip", into, Limits())
    outside = [each for each in tmp_path.rglob("*") if not each.is_relative_to(into)]
    assert sorted(each.name for each in outside) == ["box", "材料.zip"]
    assert not any(each.is_symlink() or not (each.is_dir() or each.is_file()) for each in into.rglob("*"))
    assert all(each.place.file == "材料.zip" for each in raised.value.findings)
    return [each.code for each in raised.value.findings]


@pytest.mark.parametrize("id", REFUSED)
def test_a_hostile_archive_is_refused_and_nothing_is_written_outside(id: str, tmp_path: Path) -> None:
    code, make = REFUSED[id]
    found = refused(make(), tmp_path)
    assert code in found
    assert len(found) <= 21


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    parts = [Part("../a"), Part("CON"), Part("l", b"/etc", mode=0o120777), Part("z.zip"), Part("x" * 300)]
    found = refused(zipped(parts), tmp_path)
    assert set(found) == {"archive-path", "archive-name", "archive-link", "archive-nested", "archive-name-long"}


SOUND: dict[str, tuple[list[Part], list[str]]] = {
    "plain": ([A, Part("d/b.csv", b"x")], ["a.csv", "d/b.csv"]),
    "one-folder": ([Part("2018/", method=0), Part("2018/a.csv", b"x"), Part("2018/d/b.csv", b"x")], ["a.csv", "d/b.csv"]),
    "of-windows": ([Part("材料\\活动.csv".encode("gb18030"), b"x", flags=0), Part("材料\\d\\b.csv".encode("gb18030"), b"x", flags=0)], ["d/b.csv", "活动.csv"]),
    "without-the-flag": ([Part("活动.csv", b"x", flags=0)], ["活动.csv"]),
    "of-a-mac": ([A, Part("__MACOSX/._a.csv", b"x"), Part(".DS_Store", b"x"), Part("d/._b.csv", b"x")], ["a.csv"]),
    "decomposed": ([Part("cafe\u0301.csv", b"x")], ["caf\u00e9.csv"]),
    "empty-folder": ([A, Part("d/", method=0, mode=0o040755)], ["a.csv"]),
    "empty-file": ([A, Part("e.csv", b"")], ["a.csv", "e.csv"]),
    "workbook-inside": ([Part("a.xlsx", xlsx()), Part("b.docx", zipped([Part("[Content_Types].xml", b"<x/>")]))], ["a.xlsx", "b.docx"]),
    "stored": ([Part("a.csv", b"x", method=0)], ["a.csv"]),
    "sizes-after": ([Part("a.csv", b"x", flags=0x808)], ["a.csv"]),
    "long-name": ([Part("活" * 83 + ".csv", b"x")], ["活" * 83 + ".csv"]),
    "like-reserved": ([Part("contents.csv", b"x"), Part("nullable", b"x"), Part("com10.txt", b"x")], ["com10.txt", "contents.csv", "nullable"]),
    "without-mode": ([Part("a.csv", b"x", mode=0)], ["a.csv"]),
}  # fmt: skip


@pytest.mark.parametrize("id", SOUND)
def test_an_honest_archive_is_unpacked_whole(id: str, tmp_path: Path) -> None:
    parts, names = SOUND[id]
    (tmp_path / "a.zip").write_bytes(zipped(parts))
    (tmp_path / "into").mkdir()
    made = unpack(tmp_path / "a.zip", "a.zip", tmp_path / "into", Limits())
    assert list(made.files) == names
    assert all((made.root / name).is_file() for name in names)


def test_blanks_after_the_end_are_no_harm_and_a_comment_neither(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([A], after=b"\0\0\r\n"))
    (tmp_path / "into").mkdir()
    assert unpack(tmp_path / "a.zip", "a.zip", tmp_path / "into", Limits()).files == ("a.csv",)


def test_limits_are_the_rounds(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([A, Part("b.csv", b"x")]))
    (tmp_path / "into").mkdir()
    for limits, code in ((Limits(parts=1), "zip-too-many"), (Limits(file_mb=0.0001), "file-too-large"), (Limits(unpacked_mb=0.000001), "file-too-large")):  # fmt: skip
        with pytest.raises(EvidenceError) as raised:
            unpack(tmp_path / "a.zip", "a.zip", tmp_path / "into", limits)
        assert [each.code for each in raised.value.findings] == [code]


def test_through_the_door_an_archive_is_refused_alone(run: Run, example: Path) -> None:
    folder = example / "submissions" / "online-2"
    before = json.loads(run("check", example, "--pilot", "online-2", "--json").stdout)
    for at, id in enumerate(("parent", "symlink", "bomb", "reserved", "lying", "zip-inside")):
        (folder / f"{at}.zip").write_bytes(REFUSED[id][1]())
    done = run("check", example, "--pilot", "online-2", "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    new = [each for each in found if each not in before]
    assert [each for each in before if each not in found] == []
    assert {(each["code"], each["place"]["file"]) for each in new} == {
        (REFUSED[id][0], f"submissions/online-2/{at}.zip")
        for at, id in enumerate(("parent", "symlink", "bomb", "reserved", "lying", "zip-inside"))
    }

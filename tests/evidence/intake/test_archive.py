"""A submission in one ZIP: nothing leaves its folder, nothing is lost in silence, and honest archives are unpacked."""

# ruff: noqa: E501

import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.intake.archive import Unpacked, unpack
from pilot_eval.evidence.readers.limits import Limits
from tests.conftest import Run
from tests.support.corpus.taking import PREFIX, taken, written
from tests.support.corpus.variants import INFO, sheet_of
from tests.support.hostile import HUGE, Part, repeated, xlsx, zipped
from tests.support.writers import as_csv

A = Part("a.csv", b"x,y\n1,2\n")


def one(name: str | bytes, data: bytes = b"x", **how: int) -> Callable[[], bytes]:
    return lambda: zipped([A, Part(name, data, **how)])  # type: ignore[arg-type]


def link(to: bytes, mode: int = 0o120777) -> Callable[[], bytes]:
    return one("link.csv", to, mode=mode)


def _noisy(name: str, megabytes: int) -> Part:
    """A part that is packed no better than a real one."""
    noise = b"".join(zlib.crc32(bytes([i & 255, i >> 8])).to_bytes(4, "big") for i in range(2**14))
    return repeated(name, noise + bytes(HUGE - len(noise)), megabytes)


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "parent": ("archive-path", one("../evil.csv")),
    "parent-deep": ("archive-path", one("a/b/../../../evil.csv")),
    "absolute": ("archive-path", one("/etc/evil.csv")),
    "drive": ("archive-path", one("C:\\evil.csv")),
    "drive-relative": ("archive-path", one("C:evil.csv")),
    "share": ("archive-path", one("\\\\server\\share\\evil.csv")),
    "backslashes": ("archive-path", one("..\\..\\evil.csv")),
    "parent-alone": ("archive-path", one("..")),
    "symlink": ("archive-link", link(b"/etc/passwd")),
    "symlink-to-parent": ("archive-link", link(b"../..")),
    "fifo": ("archive-link", link(b"", 0o010644)),
    "block-device": ("archive-link", link(b"", 0o060644)),
    "character-device": ("archive-link", link(b"", 0o020644)),
    "socket": ("archive-link", link(b"", 0o140644)),
    "100-000-files": ("zip-too-many", lambda: zipped([Part(f"{i}", method=0) for i in range(100_000)], count=65_535)),
    "bomb": ("zip-ratio", lambda: zipped([repeated("b.csv", bytes(HUGE), 40)])),
    "bomb-of-many": ("file-too-large", lambda: zipped([repeated(f"{i}.csv", bytes(HUGE), 9) for i in range(50)])),
    "lying": ("zip-lies", lambda: zipped([A, replace(repeated("b.csv", bytes(HUGE), 40), size=100)])),
    "lying-checksum": ("zip-lies", one("b.csv", b"x", crc=7)),
    "overlap": ("zip-overlap", lambda: zipped([A, Part("b.csv", at=0)])),
    "encrypted": ("zip-encrypted", one("b.csv", b"x", flags=0x801)),
    "no-zip": ("zip-broken", lambda: b"hello" * 100),
    "empty": ("zip-broken", lambda: b""),
    "cut": ("zip-broken", lambda: zipped([A, A])[:-30]),
    "folder-with-content": ("zip-lies", lambda: zipped([A, Part("d/", b"lost?")])),
    "rar-as-zip": ("archive-is", lambda: b"Rar!\x1a\x07\0" + bytes(500)),
    "7z-as-zip": ("archive-is", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(500)),
    "self-extracting": ("archive-is", lambda: b"MZ" + bytes(1000) + zipped([A])),
}  # fmt: skip
"""What threatens the whole."""

LEFT: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nul": ("archive-name", one("a\0.csv")),
    "newline": ("archive-name", one("a\n.csv")),
    "escape": ("archive-name", one("\x1b[31mred.csv")),
    "reversed": ("archive-name", one("\u202evsc.exe")),
    "next-line": ("archive-name", one("a\x85b.csv")),
    "no-name": ("archive-name", one("./.")),
    "long-path": ("archive-name-long", one("/".join(["d" * 100] * 11) + "/a.csv")),
    "deep": ("archive-name-long", one("d/" * 40 + "a.csv")),
    "many-deep": ("archive-name-long", lambda: zipped([A, *(Part(f"{'d/' * 450}{i}", method=0) for i in range(4_900))])),
    "twice": ("zip-duplicate", one("a.csv", b"other")),
    "twice-with-backslash": ("zip-duplicate", lambda: zipped([A, Part("d/b.csv"), Part("d\\b.csv")])),
    "twice-with-a-dot": ("zip-duplicate", one("./a.csv")),
    "composed-and-not": ("zip-duplicate", lambda: zipped([A, Part("caf\u00e9.csv"), Part("cafe\u0301.csv")])),
    "deflate64": ("zip-method", one("b.csv", b"x", method=9)),
    "bzip2": ("zip-method", one("b.csv", b"x", method=12)),
    "lzma": ("zip-method", one("b.csv", b"x", method=14)),
    "unheard-of": ("zip-method", one("b.csv", b"x", method=77)),
}  # fmt: skip
"""What speaks against one entry alone."""


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
    parts = [Part("../a"), Part("a\n"), Part("l", b"/etc", mode=0o120777), Part("z", method=12), Part("d/" * 600)]
    assert set(refused(zipped([*parts, Part("d/" * 600 + "a")]), tmp_path)) == {
        "archive-path", "archive-name", "archive-link", "zip-method", "archive-name-long"
    }  # fmt: skip


def unpacked(data: bytes, tmp_path: Path) -> Unpacked:
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "into").mkdir()
    made = unpack(tmp_path / "a.zip", "a.zip", tmp_path / "into", Limits())
    written = sorted(each.name for each in (tmp_path / "into").iterdir())
    assert all(re.fullmatch(r"[0-9]+(\.[A-Za-z0-9]+)?", name) for name in written)
    assert written == sorted(each.name for each in made.files.values())
    return made


@pytest.mark.parametrize("id", LEFT)
def test_a_bad_entry_is_left_alone_and_the_rest_is_read(id: str, tmp_path: Path) -> None:
    code, make = LEFT[id]
    made = unpacked(make(), tmp_path)
    assert {each.code for each in made.refused.values()} == {code}
    assert made.files["a.csv"].read_bytes() == A.data


def test_a_method_is_said_by_its_name(tmp_path: Path) -> None:
    made = unpacked(one("b.csv", b"x", method=9)(), tmp_path)
    assert "Deflate64" in made.refused["b.csv"].message.zh


def test_a_personal_number_in_an_entrys_name_is_masked_whatever_is_wrong(tmp_path: Path) -> None:
    name = "名单11010519491231002X"
    for at, make in enumerate((one(f"{name}.csv", method=12), one(f"../{name}"), one(name, b"x", crc=7))):
        folder = tmp_path / str(at)
        folder.mkdir()
        try:
            said = list(unpacked(make(), folder).refused.values())
        except EvidenceError as error:
            said = list(error.findings)
        assert said
        assert not any("19491231" in each.model_dump_json() for each in said)


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
    "one-folder-in-another": ([Part("a/2018/a.csv", b"x"), Part("a/2018/d/b.csv", b"x")], ["a.csv", "d/b.csv"]),
    "attachments-alone": ([Part("attachments/a.csv", b"x")], ["attachments/a.csv"]),
    "dots-and-slashes": ([Part("./", method=0), Part("./a.csv", b"x"), Part("d//b.csv", b"x")], ["a.csv", "d/b.csv"]),
    "locks-and-thumbnails": ([A, Part("~$a.xlsx", b"x"), Part("d/.~lock.a.ods#", b"x"), Part("d/Thumbs.db", b"x"), Part("DESKTOP.INI", b"x")], ["a.csv"]),
    "names-of-windows": ([A, Part("con.txt"), Part("aux/b.csv"), Part("NUL")], ["NUL", "a.csv", "aux/b.csv", "con.txt"]),
    "signs-that-windows-refuses": ([A, Part("10:30.jpg"), Part('"a"?.jpg'), Part("b.csv:hidden")], ['"a"?.jpg', "10:30.jpg", "a.csv", "b.csv:hidden"]),
    "dots-and-spaces-at-ends": ([A, Part("材料 /b.csv"), Part("No.1./c.csv"), Part("d.csv ")], ["No.1./c.csv", "a.csv", "d.csv ", "材料 /b.csv"]),
    "invisible": ([A, Part("\u200bb.csv"), Part("👨\u200d👩.jpg")], ["a.csv", "\u200bb.csv", "👨\u200d👩.jpg"]),
    "other-case": ([Part("A.jpg"), Part("a.jpg"), Part("D"), Part("d/b.csv")], ["A.jpg", "D", "a.jpg", "d/b.csv"]),
    "file-and-folder": ([Part("a"), Part("a/b.csv")], ["a", "a/b.csv"]),
    "very-long-name": ([Part("活" * 90 + ".csv", b"x")], ["活" * 90 + ".csv"]),
    "archives-inside": ([A, Part("b.zip", zipped([A])), Part("b.rar", b"Rar!"), Part("b.ofd", zipped([Part("OFD.xml")]))], ["a.csv", "b.ofd", "b.rar", "b.zip"]),
    "large": ([A, _noisy("b.mp4", 55)], ["a.csv", "b.mp4"]),
    "without-mode": ([Part("a.csv", b"x", mode=0)], ["a.csv"]),
}  # fmt: skip


@pytest.mark.parametrize("id", SOUND)
def test_an_honest_archive_is_unpacked_whole(id: str, tmp_path: Path) -> None:
    parts, names = SOUND[id]
    made = unpacked(zipped(parts), tmp_path)
    assert list(made.files) == names
    assert made.refused == {}


def test_blanks_after_the_end_are_no_harm_and_a_comment_neither(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([A], after=b"\0\0\r\n"))
    (tmp_path / "into").mkdir()
    assert unpack(tmp_path / "a.zip", "a.zip", tmp_path / "into", Limits()).files == {
        "a.csv": tmp_path / "into" / "0.csv"
    }


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
    for at, id in enumerate(("parent", "symlink", "bomb", "self-extracting", "lying", "overlap")):
        (folder / f"{at}.zip").write_bytes(REFUSED[id][1]())
    done = run("check", example, "--pilot", "online-2", "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    new = [each for each in found if each not in before]
    assert [each for each in before if each not in found] == []
    assert {(each["code"], each["place"]["file"]) for each in new} == {
        (REFUSED[id][0], f"submissions/online-2/{at}.zip")
        for at, id in enumerate(("parent", "symlink", "bomb", "self-extracting", "lying", "overlap"))
    }


BAD_TABLES: dict[str, dict[str, bytes]] = {
    "left": {"材料.zip": zipped([Part("活动.csv", b"x", method=9), Part("公文.ofd")])},
    "named-by-a-deceiver": {"材料.zip": zipped([Part("\u202e/活动.xlsx"), A])},
    "archive-refused": {"活动.zip": zipped([Part("../活动.csv")])},
    "archive-that-is-rar": {"活动.zip": b"Rar!\x1a\x07\0" + bytes(99)},
    "clash": {"a.zip": zipped([Part("活动.csv", b"x")]), "b.zip": zipped([Part("活动.csv", b"y")])},
    "nested": {"材料.zip": zipped([Part("活动.zip", zipped([A])), A])},
    "of-another-kind": {"活动.xlsb": b"x"},
    "packed-otherwise": {"活动.tar.gz": b"x"},
    "name-with-a-number": {"材料.zip": zipped([Part("名单11010519491231002X/活动.csv", b"x")])},
}


@pytest.mark.parametrize("id", BAD_TABLES)
def test_a_table_that_is_not_read_is_bad_and_the_others_are_not(id: str, tmp_path: Path) -> None:
    files = {**BAD_TABLES[id], "submission.yaml": INFO.encode(), "经费预算.csv": as_csv(sheet_of("finance"))}
    intake = taken(written(tmp_path / "in", files), tmp_path / "out")
    assert intake.bad == ("events",)
    assert not intake.ok
    assert list(intake.rows) == ["finance"]


def test_attachments_in_an_archive_are_found_by_their_own_names(tmp_path: Path) -> None:
    charter = as_csv(
        [["条目", "是否符合", "佐证文件"], ["章程制度", "是", "照片10:30.jpg"], ["年度审计", "是", "A.jpg"]]
    )
    inside = [
        Part("治理规范.csv", charter),
        *(Part(name, name.encode()) for name in ("照片10:30.jpg", "A.jpg", "a.jpg")),
    ]
    intake = taken(
        written(tmp_path / "in", {"材料.zip": zipped(inside), "submission.yaml": INFO.encode()}), tmp_path / "out"
    )
    assert [(each.code, each.place.file) for each in intake.findings] == [
        ("submission-unused-file", f"{PREFIX}/材料.zip/a.jpg"),
        ("attachments-unsearched", PREFIX),
    ]

"""Changes of files that mean nothing: the same content written in another way."""

import io
import json
import random
import re
import zipfile

from tests.support import hostile as h
from tests.support.fuzzing.cases import Case

TAG = re.compile(rb"<[^<>]*>")
ATTRIBUTE = re.compile(rb'([A-Za-z:_-]+)="([^"<]*)"')


def differently(case: Case, chance: random.Random) -> bytes | None:
    """The same content written in another way."""
    if case.name.endswith(".csv"):
        text = _decoded(case.data)
        return None if text is None else text.encode(chance.choice(("utf-8", "utf-8-sig", "utf-16", "gb18030")))
    if case.name.endswith(".json"):
        data = json.loads(case.data.decode("utf-8-sig"))
        return json.dumps(data, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1))).encode()
    if not case.data.startswith(b"PK") or case.name.endswith(".zip"):
        return None
    with zipfile.ZipFile(io.BytesIO(case.data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name in parts:
        if name.endswith(".xml") and name != "mimetype":
            parts[name] = _rewritten(parts[name], chance)
    return h.zipped(
        [
            h.Part(name, part, method=chance.choice((0, 8)), flags=chance.choice((0x800, 0x808)))
            for name, part in parts.items()
        ]
    )


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-16",) if data[:2] == b"\xff\xfe" else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rewritten(data: bytes, chance: random.Random) -> bytes:
    """The same XML: other quotes, blanks in tags, CDATA, references, comments, in some places."""
    rate = chance.choice((0.0, 0.02, 0.3))

    def tag(match: re.Match[bytes]) -> bytes:
        said = match[0]
        if said.startswith((b"<?", b"<!")) or chance.random() >= rate:
            return said
        match chance.randrange(4):
            case 0:
                return ATTRIBUTE.sub(lambda m: m[1] + b" = '" + m[2].replace(b"'", b"&apos;") + b"'", said)
            case 1:
                return said[:-2] + b" \n/>" if said.endswith(b"/>") else said[:-1] + b" >"
            case 2:
                return said + (b"<!-- <c r='A9'><v>9</v></c> -->" if said.endswith(b"row>") else b"")
        return said

    def text(match: re.Match[bytes]) -> bytes:
        said = match[1].decode()
        if chance.random() >= rate or "&" in said or not said.strip():
            return match[0]
        if chance.random() < 0.5:
            return b"><![CDATA[" + said.encode() + b"]]><"
        at = chance.randrange(len(said))
        return f">{said[:at]}&#{ord(said[at])};{said[at + 1 :]}<".encode()

    if b"<!" in data or (
        not data.isascii() and b"encoding" in data[:100].lower() and b"utf-8" not in data[:100].lower()
    ):
        return data
    data = re.sub(rb">([^<>]+)<", text, data)
    return TAG.sub(tag, data) if b"<![CDATA[" not in data else data

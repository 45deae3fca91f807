"""Finds the character encoding that a web page or an XML file declares for itself."""

import codecs
import re

_HEAD = 4096
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_LABEL = rb"""\s*=\s*["']?\s*([A-Za-z0-9_.:+-]{1,40})"""
_PROLOG = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding" + _LABEL)
_META = re.compile(rb"<meta\b[^>]{0,1000}?\bcharset" + _LABEL, re.IGNORECASE)

_SUPERSETS: dict[str, tuple[str, ...]] = {
    "big5": ("big5hkscs", "cp950"),
    "big5hkscs": ("big5hkscs", "cp950"),
    "cp950": ("cp950", "big5hkscs"),
    "shift_jis": ("cp932",),
    "euc_kr": ("cp949",),
    "iso8859-1": ("cp1252", "latin-1"),
    "cp1252": ("cp1252", "latin-1"),
    "iso8859-9": ("cp1254", "iso8859-9"),
    "tis-620": ("cp874",),
    **{name: (name,) for name in ("cp932", "cp949", "euc_jp", "johab", "cp874", "koi8-r", "koi8-u", "mac-roman")},
    "mac-cyrillic": ("mac-cyrillic",),
    **{name: (name,) for name in ("cp866", "iso2022_jp", "iso2022_kr", "hz")},
    **{f"iso8859-{number}": (f"iso8859-{number}",) for number in (2, 3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15, 16)},
    **{f"cp125{number}": (f"cp125{number}",) for number in (0, 1, 3, 4, 5, 6, 7, 8)},
}
"""By Python's name of an encoding, the codecs to try: browsers read its later extensions too.

UTF-8, UTF-16 and the encodings of GB are recognised without a declaration, which is often wrong about them.
"""
_PREFIX = re.compile("^(?:x-)*(?:cn-)?")
_CODE_PAGE = re.compile(r"^(?:x-)?(?:windows|dos|ibm|ms|cp)[-_]?(?=[0-9]{3,5}$)")
_OTHER_LABELS = {
    **dict.fromkeys(("x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("ksc_5601", "ks_c_5601-1989", "csksc56011987", "iso-ir-149", "cseuckr"), "cp949"),
    **dict.fromkeys(("csmacintosh", "mac"), "mac-roman"), "x-mac-ukrainian": "mac-cyrillic",
    "cseucpkdfmtjapanese": "euc_jp",
    **dict.fromkeys(("koi", "koi8"), "koi8-r"), "koi8-ru": "koi8-u", "sun_eu_greek": "iso8859-7",
    **dict.fromkeys(("visual", "logical", "iso-8859-8-i", "iso-8859-8-e"), "iso8859-8"),
    **dict.fromkeys(("csiso88598i", "csiso88598e"), "iso8859-8"), "csisolatin9": "iso8859-15",
    **dict.fromkeys(("iso-8859-6-e", "iso-8859-6-i", "csiso88596e", "csiso88596i"), "iso8859-6"),
}  # fmt: skip
"""Labels of browsers, by the Encoding Standard, that neither Python nor the rules for their prefixes know."""
_SEVEN_BITS = frozenset({"iso2022_jp", "iso2022_kr", "hz"})


def declared_encodings(data: bytes) -> tuple[str, ...]:
    """Return the codecs for the encoding that the first bytes declare; none if UTF-8 or GB18030 is to be expected."""
    head = data[:_HEAD]
    if b"<" not in head:
        return ()
    match = _PROLOG.match(head) or _META.search(_COMMENT.sub(b"", head))
    if not match:
        return ()
    label = match[1].decode("ascii").lower()
    others = (_PREFIX.sub("", label), _CODE_PAGE.sub("cp", label), label.replace("iso8859", "iso8859-", 1))
    for said in (label, _OTHER_LABELS.get(label, ""), *others):
        try:
            return _SUPERSETS.get(codecs.lookup(said).name, ())
        except LookupError:
            continue
    return ()


def in_seven_bits(codec: str) -> bool:
    """Return whether an encoding writes every character in ASCII, so that its text is valid UTF-8 too."""
    return codec in _SEVEN_BITS

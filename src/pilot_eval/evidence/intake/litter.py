"""Files that nobody submits on purpose: what systems and programs leave in a folder."""

import re

_LITTER = re.compile(
    r"(?:^|/)(?:~\$|\._|\.~lock\.|(?:__macosx|\.ds_store|thumbs\.db|desktop\.ini|icon\r)(?:/|$))", re.IGNORECASE
)

_BACKUP = re.compile(r"(?:~|\.bak)$", re.IGNORECASE)


def is_litter(name: str) -> bool:
    """Return whether systems or programs left a path behind: it wasn't submitted on purpose, and isn't reported."""
    return _LITTER.search(name) is not None


def is_hidden(name: str) -> bool:
    """Return whether a path isn't meant to be submitted: it begins with a dot, or a program left it behind."""
    return is_litter(name) or any(part.startswith(".") for part in name.split("/"))


def is_backup(name: str) -> bool:
    """Return whether a text editor keeps the previous state of a file under this name."""
    return _BACKUP.search(name) is not None

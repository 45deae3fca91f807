"""The list of hostile files: what each is, and how one is put on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

HEADER = ("日期", "活动名称", "类型", "参加人次", "是否联合举办")
ROW = ("2018-03-01", "讲座", "培训", "10", "否")
HUGE = 1 << 20


@dataclass(frozen=True)
class Hostile:
    """A file to submit; `code` is the finding expected, at a place that ends in `at`.

    `read` ones are read for all that; `large` ones take a while to make.
    """

    id: str
    file: str
    code: str
    at: str
    read: bool
    large: bool
    make: Callable[[], bytes]


FILES: dict[str, Hostile] = {}


def hostile(
    file: str, code: str, at: str = "", *, read: bool = False, large: bool = False
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        name = make.__name__.replace("_", "-")
        assert name not in FILES
        FILES[name] = Hostile(name, file, code, at, read, large, make)
        return make

    return keep


def several(
    file: str, code: str, at: str = "", *, read: bool = False, large: bool = False, **made: Callable[[], bytes]
) -> None:
    """The same of several files."""
    for name, make in made.items():
        id = name.replace("_", "-")
        assert id not in FILES
        FILES[id] = Hostile(id, file, code, at, read, large, make)


def text(rows: Sequence[Sequence[str]], encoding: str = "utf-8", newline: str = "\n", separator: str = ",") -> bytes:
    return (newline.join(separator.join(cells) for cells in rows) + newline).encode(encoding)

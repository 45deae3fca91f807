"""What the tests of methods share: the shipped method, and copies of it with mistakes."""

from pathlib import Path

from pilot_eval.method.checks import Vocabulary

SHIPPED = Path(__file__).resolve().parents[2] / "indicators" / "zhengzhou-2018"
Known = tuple[dict[str, Vocabulary], Vocabulary]


def edit(path: Path, old: str, new: str) -> str:
    """Put `new` in the place of the first `old`; the whole text as it is now."""
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path.read_text("utf-8")


def line_of(text: str, part: str) -> int:
    """The number of the first line that holds `part`."""
    assert part in text, part
    return text[: text.index(part)].count("\n") + 1

"""Draws docs/images/architecture.svg and writes the tables of docs/architecture.md.

Rooms and their order come from `[tool.importlinter]` in pyproject.toml, the inputs and outputs of a room from its
docstring, the arrows from the imports in the code.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "pilot_eval"
PICTURE = ROOT / "docs" / "images" / "architecture.svg"
PAGE = ROOT / "docs" / "architecture.md"
WINGS_OF = "evidence"


@dataclass(frozen=True)
class Room:
    """A package or module of the framework; a `ground` one has no input and output of its own."""

    name: str
    purpose: str
    takes: str
    gives: str

    @property
    def ground(self) -> bool:
        return not self.takes


def layers() -> list[list[str]]:
    """Return the rooms from the top down, grouped by layer."""
    return [
        [name.strip().removeprefix(f"{PACKAGE}.") for name in each.split("|")] for each in _contract("Rooms")["layers"]
    ]


def wings() -> list[str]:
    """Return the wings of `evidence` from the top down."""
    return list(_contract("The wings")["layers"])


def _contract(name: str) -> dict[str, list[str]]:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return next(each for each in linter["contracts"] if each["name"].startswith(name))


def room(name: str) -> Room:
    """Read a room's docstring. Raises FileNotFoundError for an unknown name."""
    docstring = ast.get_docstring(ast.parse(source(name).read_text("utf-8"))) or ""
    said = dict(re.findall(r"^(In|Out): (.+)\.$", docstring, re.MULTILINE))
    return Room(name, docstring.split("\n")[0].rstrip("."), said.get("In", ""), said.get("Out", ""))


def source(name: str) -> Path:
    """Return the file with a room's docstring."""
    base = ROOT / "src" / PACKAGE / Path(*name.split("."))
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


def tests_of(name: str) -> str:
    """Return where the tests of a room are: the folder or file with its name."""
    base = ROOT / "tests" / Path(*name.split("."))
    file = base.with_name(f"test_{base.name}.py")
    return next((path.relative_to(ROOT).as_posix() for path in (base, file) if path.exists()), "")


def imports() -> dict[str, set[str]]:
    """Return the rooms that each room imports."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    names = [name for layer in layers() for name in layer]
    found: dict[str, set[str]] = {name: set() for name in names}
    for module in graph.modules:
        for other in graph.find_modules_directly_imported_by(module):
            one, two = (each.removeprefix(f"{PACKAGE}.").split(".")[0] for each in (module, other))
            if one != two and one in found and two in found:
                found[one].add(two)
    return found


def reduced(found: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return the imports without those that others imply (transitive reduction)."""

    def reach(name: str) -> set[str]:
        return found[name].union(*map(reach, found[name])) if found[name] else set()

    return {name: {each for each in to if not any(each in reach(other) for other in to)} for name, to in found.items()}


# --- the tables


def tables() -> str:
    rooms = [room(name) for layer in layers() for name in layer]
    flow = [each for each in rooms if not each.ground]
    rows = [
        "| room | what it is for | comes in | goes out | tests |", "| --- | --- | --- | --- | --- |",
        *(_row(each, f"`{each.name}`") for each in flow),
    ]  # fmt: skip
    inside = [
        "| wing | what it is for | comes in | goes out | tests |", "| --- | --- | --- | --- | --- |",
        *(_row(room(f"{WINGS_OF}.{name}"), f"`{WINGS_OF}/{name}`") for name in wings()),
    ]  # fmt: skip
    ground = [
        "| module | what it is for | tests |", "| --- | --- | --- |",
        *(f"| `{each.name}` | {each.purpose} | {_link(each.name)} |" for each in rooms if each.ground),
    ]  # fmt: skip
    return "\n\n".join(
        [
            "A room imports rooms below it, never one above or beside it.", "\n".join(rows),
            f"Inside `{WINGS_OF}`, likewise:", "\n".join(inside),
            "The ground that all of them share:", "\n".join(ground),
        ]
    )  # fmt: skip


def _row(each: Room, shown: str) -> str:
    return f"| {shown} | {each.purpose} | {each.takes} | {each.gives} | {_link(each.name)} |"


def _link(name: str) -> str:
    path = tests_of(name)
    return f"[{path}](../{path})" if path else "with what uses it"


def page() -> str:
    """Return the page with updated tables."""
    text = PAGE.read_text("utf-8")
    return re.sub(r"(?<=<!-- rooms -->\n).*?(?=\n<!-- end of rooms -->)", lambda _: tables(), text, flags=re.DOTALL)


# --- the picture

WIDTH, ROW, BOX, GAP = 1000, 46, 34, 10
LEFT, MIDDLE = 170, 800


def picture() -> str:
    """Return an SVG: a box for each room in the order of the layers, an arc for each import that no other implies."""
    rows = [layer for layer in layers() if not all(room(name).ground for name in layer)]
    flow = [name for layer in rows for name in layer]
    at = {name: (row, column) for row, layer in enumerate(rows) for column, name in enumerate(layer)}
    known = {name: {each for each in to if each in at} for name, to in imports().items() if name in at}
    height = (len(rows) + 1) * ROW + 40
    drawn = [_arc(rows, at, one, other) for one, to in reduced(known).items() for other in sorted(to)]
    drawn += [_box(rows, at, name) for name in flow]
    ground = ", ".join(name for layer in layers() for name in layer if room(name).ground)
    y = len(rows) * ROW + 20
    drawn.append(
        f'<rect class="ground" x="{LEFT}" y="{y}" width="{MIDDLE - LEFT}" height="{BOX}" rx="4"/>'
        f'<text class="small" x="{LEFT + 12}" y="{y + 22}">{escape(ground)}</text>'
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">',
            '<title id="t">The rooms of pilot-eval</title>',
            '<desc id="d">A box for each room, the command line at the top and the ground at the bottom; '
            "an arc leads from a room to each room that it imports.</desc>",
            f"<style>{_STYLE}</style>",
            '<rect class="paper" width="100%" height="100%"/>',
            '<defs><marker id="end" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
            '<path class="head" d="M0 0 8 4 0 8z"/></marker></defs>',
            *drawn,
            "</svg>\n",
        ]
    )


_STYLE = """
.paper{fill:#fff}.room{fill:#eef4fa;stroke:#2f6f9f}.ground{fill:#f4f1ea;stroke:#8a7d5c}
.name{font:600 15px system-ui,sans-serif;fill:#123}.small{font:12px system-ui,sans-serif;fill:#345}
.arc{fill:none;stroke:#7a92a8;stroke-width:1.3;marker-end:url(#end)}.head{fill:#7a92a8}
@media(prefers-color-scheme:dark){.paper{fill:#14181d}.room{fill:#1d2a36;stroke:#6aa6d4}
.ground{fill:#28251e;stroke:#b5a67e}.name{fill:#e8eef4}.small{fill:#b8c6d4}.arc{stroke:#7f98ae}.head{fill:#7f98ae}}
""".replace("\n", "")


def _place(rows: Sequence[Sequence[str]], at: dict[str, tuple[int, int]], name: str) -> tuple[float, float, float]:
    """Return the left edge, the top edge and the width of a box."""
    row, column = at[name]
    count = len(rows[row])
    width = (MIDDLE - LEFT - GAP * (count - 1)) / count
    return LEFT + column * (width + GAP), row * ROW + 12.0, width


def _box(rows: Sequence[Sequence[str]], at: dict[str, tuple[int, int]], name: str) -> str:
    x, y, width = _place(rows, at, name)
    said = [f'<text class="name" x="{x + 12:.0f}" y="{y + 22:.0f}">{name}</text>']
    if width > MIDDLE / 2:
        purpose = re.split("[:;]", room(name).purpose)[0]
        said.append(f'<text class="small" x="{x + 122:.0f}" y="{y + 22:.0f}">{escape(purpose)}</text>')
    return f'<rect class="room" x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{BOX}" rx="4"/>{"".join(said)}'


def _arc(rows: Sequence[Sequence[str]], at: dict[str, tuple[int, int]], one: str, other: str) -> str:
    """Draw an arc: straight down to the next row, else along the side that both boxes are on."""
    (x1, y1, w1), (x2, y2, w2) = _place(rows, at, one), _place(rows, at, other)
    span = at[other][0] - at[one][0]
    right = all(at[name][1] == len(rows[at[name][0]]) - 1 for name in (one, other))
    left = all(at[name][1] == 0 for name in (one, other))
    if span == 1 or not (right or left):
        start, end = x1 + w1 / 2, min(max(x1 + w1 / 2, x2 + 20), x2 + w2 - 20)
        return f'<path class="arc" d="M{start:.0f} {y1 + BOX:.0f} {end:.0f} {y2:.0f}"/>'
    begin, end, reach = (MIDDLE, MIDDLE, MIDDLE + 30 + 22 * span) if right else (LEFT, LEFT, LEFT - 20 - 14 * span)
    y1, y2 = y1 + BOX / 2, y2 + BOX / 2
    return f'<path class="arc" d="M{begin} {y1:.0f}C{reach} {y1:.0f} {reach} {y2:.0f} {end} {y2:.0f}"/>'


def made() -> Iterator[tuple[Path, str]]:
    """Yield every file with the text that it should have."""
    yield PICTURE, picture()
    yield PAGE, page()


if __name__ == "__main__":
    for path, text in made():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))

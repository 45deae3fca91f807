"""Draws the curve of each scoring rule into docs/images/rules: `python scripts/make_rule_pictures.py`.

The rules themselves compute the curves, from the examples in docs/methods.md.
"""

import re
from functools import reduce
from operator import add
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import yaml

from pilot_eval.method.kinds import RULES
from pilot_eval.method.rules import Given, Peers, Rule

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "methods.md"
PICTURES = ROOT / "docs" / "images" / "rules"
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 320, 150, 42, 26, 12
STEPS = 240
JUMPING = {"steps", "increment", "boolean", "levels", "rank", "percentile"}
OTHERS = (20.0, 35.0, 45.0, 50.0, 55.0, 60.0, 65.0, 75.0, 90.0)
"""The figures of nine other pilots, with which a rule compares the tenth."""


def examples() -> dict[str, tuple[Rule, float, float]]:
    """Return each rule of the guide with the range in its comment: `# x: 0 to 15`."""
    found = {}
    for block in re.findall(r"^```yaml\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        match = re.search(r"^rule: (.*?) +# x: (-?[\d.]+) to (-?[\d.]+)$", block, re.MULTILINE)
        if match:
            kind, parameters = next(iter(yaml.safe_load(match[1]).items()))
            found[kind] = (RULES[kind].model_validate(parameters), float(match[2]), float(match[3]))
    return found


def curve(rule: Rule, start: float, end: float) -> list[tuple[float, float]]:
    """Return the share of the points at equal steps, for an indicator of 10 points and a full expert score."""
    xs = [start + (end - start) * i / STEPS for i in range(STEPS + 1)]
    frame = nw.from_native(pl.LazyFrame({"x": xs}))
    parameters = rule.model_dump()
    baseline, target = parameters.get("baseline", 0.0), parameters.get("target", 1.0)
    expert, peers = (
        nw.lit(float(parameters.get("levels", 4))),
        peers_of(nw.col("x"), parameters.get("best") != "lowest"),
    )
    given = Given(10.0, nw.lit(float(baseline)), nw.lit(float(target)), expert, peers)
    shares = frame.select(y=rule.share(nw.col("x"), given)).collect()["y"].to_list()
    return list(zip(xs, shares, strict=True))


def peers_of(x: nw.Expr, highest: bool) -> Peers:
    """Return what the group of nine others and `x` comes to."""
    one, none, middle = nw.lit(1.0), nw.lit(0.0), len(OTHERS) // 2
    ahead = [(x < other, x >= other) if highest else (x > other, x <= other) for other in OTHERS]
    better = [nw.when(other).then(one).when(own).then(none) for other, own in ahead]
    mean = (x + sum(OTHERS)) / (len(OTHERS) + 1)
    squares = [(mean * -1 + other) ** 2 for other in OTHERS]
    return Peers(
        n=nw.lit(float(len(OTHERS) + 1)),
        rank=reduce(add, better, one),
        lowest=x.clip(None, OTHERS[0]),
        highest=x.clip(OTHERS[-1], None),
        mean=mean,
        sd=(reduce(add, squares, (x - mean) ** 2) / (len(OTHERS) + 1)) ** 0.5,
        median=(x.clip(OTHERS[middle - 1], OTHERS[middle + 1]) + OTHERS[middle]) / 2,
    )


def picture(rule: Rule, start: float, end: float) -> str:
    """Return an SVG: the curve over its range, with named axes; jumps are left open."""
    points = curve(rule, start, end)
    across, up = WIDTH - LEFT - 12, HEIGHT - TOP - BOTTOM

    def place(x: float, y: float) -> str:
        return f"{LEFT + (x - start) / (end - start) * across:.1f},{TOP + (1 - y) * up:.1f}"

    runs: list[list[str]] = [[]]
    for (x, y), (_, before) in zip(points, [points[0], *points], strict=False):
        if rule.kind in JUMPING and abs(y - before) > 0.01 * WIDTH / STEPS + 0.02:
            runs.append([])
        runs[-1].append(place(x, y))
    stroke = 'fill="none" stroke="#0f4c75" stroke-width="2"'
    lines = "\n".join(f'<polyline points="{" ".join(run)}" {stroke}/>' for run in runs)
    label = f"{rule.kind}: share of the points over the measure, {start:g} to {end:g}"
    base, right = HEIGHT - BOTTOM, WIDTH - 12
    text = 'font-family="sans-serif" font-size="11" fill="#4b5563"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img">
<title>{label}</title>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>
<path d="M{LEFT} {TOP}V{base}H{right}" fill="none" stroke="#9ca3af"/>
<text x="{LEFT - 6}" y="{TOP + 4}" text-anchor="end" {text}>100%</text>
<text x="{LEFT - 6}" y="{base + 4}" text-anchor="end" {text}>0</text>
<text x="{LEFT}" y="{HEIGHT - 8}" text-anchor="middle" {text}>{start:g}</text>
<text x="{right}" y="{HEIGHT - 8}" text-anchor="end" {text}>{end:g}</text>
{lines}
</svg>
"""


def pictures() -> dict[str, str]:
    return {f"{kind}.svg": picture(*example) for kind, example in examples().items()}


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures().items():
        (PICTURES / name).write_text(svg, "utf-8")

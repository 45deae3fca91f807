"""How the scores below a node are put together: in words, and as a sum with the numbers put in."""

from collections.abc import Sequence
from typing import NamedTuple

from pilot_eval.model import CombiningInfo
from pilot_eval.text import Words

_MEANS: dict[str, Words] = {
    "deduct": Words(zh="从分值起扣：减去以下各项失去的分", en="its points less what is lost below"),
    "mean": Words(zh="以下得分率的加权平均", en="weighted mean of the shares below"),
    "geometric": Words(zh="以下得分率的加权几何平均", en="weighted geometric mean of the shares below"),
    "harmonic": Words(zh="以下得分率的加权调和平均", en="weighted harmonic mean of the shares below"),
    "min": Words(zh="取以下得分率的最小值", en="the smallest share below"),
    "max": Words(zh="取以下得分率的最大值", en="the largest share below"),
    "median": Words(zh="取以下得分率的中位数", en="the median of the shares below"),
}
_MISSING = {
    "zero": Words(zh="缺证据的按 0 分计", en="what is missing counts 0"),
    "exclude": Words(zh="缺证据的不计入", en="what is missing is left out"),
}


def combining(how: CombiningInfo) -> Words | None:
    """Return how a node's score is made, in words; None if points are simply added up."""
    said = [_MEANS[how.aggregate]] if how.aggregate in _MEANS else []
    if how.aggregate == "power":
        said.append(
            Words(
                zh=f"以下得分率的加权幂平均（指数 {how.power:g}）",
                en=f"weighted power mean of the shares below (exponent {how.power:g})",
            )
        )
    if how.cap is not None:
        said.append(Words(zh=f"最多 {how.cap:g} 分", en=f"at most {how.cap:g} points"))
    if how.floor is not None:
        said.append(Words(zh=f"最少 {how.floor:g} 分", en=f"at least {how.floor:g} points"))
    if how.least_data is not None:
        least = f"{how.least_data * 100:g}%"
        said.append(
            Words(
                zh=f"有证据的分值不足 {least} 就不评分",
                en=f"not scored with less than {least} of its points in evidence",
            )
        )
    if how.missing is not None:
        said.append(_MISSING[how.missing])
    if not said:
        return None
    return Words(zh="；".join(each.zh for each in said), en="; ".join(each.en for each in said))


class Term(NamedTuple):
    """Something below a node: its full points, those it reached, and those out of which they count; 0 if none do."""

    full: float
    reached: float
    out_of: float


def formula(how: CombiningInfo, points: float, terms: Sequence[Term], applies: float | None = None) -> str:
    """Return a node's points as a formula with the numbers put in, before cap and floor.

    points: the node's own. applies: what the reached points are scaled to where what is missing is left out.
    """
    used = [each for each in terms if each.out_of]
    weights = f"{sum(each.full for each in used):g}"
    shares = [f"{each.reached / each.out_of:.6g}" for each in used]
    pairs = list(zip(used, shares, strict=True))
    match how.aggregate:
        case "sum":
            added = " + ".join(f"{each.reached:g}" for each in used) or "0"
            return added if applies is None else f"({added}) × {applies:g} ÷ {sum(each.out_of for each in used):g}"
        case "deduct":
            return f"{points:g}" + "".join(f" − ({each.out_of:g} − {each.reached:g})" for each in used)
        case "min" | "max" | "median":
            return f"{points:g} × {how.aggregate}({', '.join(shares)})"
        case "mean":
            return (
                f"{points:g} × (" + " + ".join(f"{each.full:g} × {share}" for each, share in pairs) + f") ÷ {weights}"
            )
        case "geometric":
            inside = " × ".join(f"{share}^{each.full:g}" for each, share in pairs)
            return f"{points:g} × ({inside})^(1 ÷ {weights})"
        case _:
            power = -1.0 if how.aggregate == "harmonic" else how.power or 1.0
            inside = " + ".join(f"{each.full:g} × {share}^{_exponent(power)}" for each, share in pairs)
            return f"{points:g} × (({inside}) ÷ {weights})^(1 ÷ {_exponent(power)})"


def _exponent(power: float) -> str:
    return f"{power:g}" if power > 0 else f"(−{-power:g})"

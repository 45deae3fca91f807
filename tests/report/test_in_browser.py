"""The reports in a real Chromium, opened from disk: quiet, inert, usable by keyboard, accessible, narrow, printed."""

import importlib.util
import json
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.model import EvaluationRecord
from tests.report.conftest import Open

pytestmark = pytest.mark.browser

STANDINGS = ("zhongyuan-wangluo", "wangluo-2", "wangluo-3", "yuanqu-2", "dazao", "shequ-3")
"""Pilots of the mixed record: graded, not submitted, unbounded, failed, withheld, nothing applies."""

PAGES = [
    *(f"mixed/{lang}/{name}.html" for lang in ("zh", "en") for name in ("index", *STANDINGS)),
    *(f"real/{lang}/{name}.html" for lang in ("zh", "en") for name in ("index", "online-1", "online-4", "community-1")),
    "single/zh/index.html",
    "hostile/zh/index.html",
]
WIDTHS = (320, 360, 768, 1280)

UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"


def hostile_pages(site: Path) -> list[str]:
    found = [path for kind in ("hostile", "long") for path in sorted((site / kind).glob("*/*.html"))]
    return [path.relative_to(site).as_posix() for path in found]


# --- quiet and inert


def test_pages_are_quiet(open_page: Open) -> None:
    """The fixture asserts that nothing was said, asked or fetched."""
    for path in PAGES:
        open_page(path).evaluate(UNFOLD)


def test_hostile_text_is_inert(open_page: Open, site: Path) -> None:
    for path in hostile_pages(site)[::5]:
        page = open_page(path, width=360)
        page.evaluate(UNFOLD)
        assert page.evaluate("document.querySelectorAll('script, img, iframe, style').length") == 1
        assert _overflow(page) == 0, path


def test_the_policy_blocks_what_a_page_could_be_made_to_ask(chromium: Any, site: Path) -> None:
    """Even if markup got in: no script, no style, no picture from elsewhere."""
    page = chromium.new_page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto((site / "single/zh/index.html").as_uri())
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend',"
        ' \'<img src="https://example.org/x.png"><p style="color:red">x</p>\');'
        "const script = document.createElement('script'); script.textContent = 'window.ran = 1';"
        "document.body.append(script)"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert sum("Content Security Policy" in each for each in blocked) == 3
    page.close()


# --- reading on a screen


@pytest.mark.parametrize("path", PAGES)
def test_no_width_makes_the_page_scroll_sideways(open_page: Open, path: str) -> None:
    page = open_page(path)
    page.evaluate(UNFOLD)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert _overflow(page) == 0, width


def _overflow(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("path", PAGES)
def test_labels_of_charts_are_legible(open_page: Open, path: str) -> None:
    """Not clipped, not overlapping, and of enough contrast (which axe doesn't judge inside SVG)."""
    page = open_page(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate(LABELS)
        assert found["labels"] > 0 or "index" not in path
        assert found["clipped"] == [] and found["overlapping"] == [] and found["faint"] == [], width


LABELS = """() => {
  const rgb = text => text.match(/[\\d.]+/g).slice(0, 3).map(Number)
  const light = colour => {
    const [r, g, b] = rgb(colour).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    return .2126 * r + .7152 * g + .0722 * b
  }
  const contrast = (a, b) => (Math.max(light(a), light(b)) + .05) / (Math.min(light(a), light(b)) + .05)
  const within = (x, y, box) => x > box.left && x < box.right && y > box.top && y < box.bottom
  const found = {labels: 0, clipped: [], overlapping: [], faint: []}
  for (const svg of document.querySelectorAll('svg')) {
    const texts = [...svg.querySelectorAll('text')]
    const boxes = texts.map(each => each.getBoundingClientRect())
    const frame = svg.closest('th, td, figure').getBoundingClientRect()
    texts.forEach((text, i) => {
      const box = boxes[i], x = box.left + box.width / 2, y = box.top + box.height / 2
      found.labels += 1
      if (box.left < frame.left - .5 || box.right > frame.right + .5) found.clipped.push(text.textContent)
      for (let j = 0; j < i; j++) {
        const other = boxes[j]
        const apart = box.left >= other.right || other.left >= box.right
          || box.top >= other.bottom - 4 || other.top >= box.bottom - 4
        if (!apart) found.overlapping.push([text.textContent, texts[j].textContent])
      }
      const shapes = [...svg.querySelectorAll('rect, circle')]
      const behind = shapes.filter(each => within(x, y, each.getBoundingClientRect())).pop()
      const ground = behind ? getComputedStyle(behind).fill : 'rgb(255, 255, 255)'
      if (contrast(getComputedStyle(text).fill, ground) < 4.5) found.faint.push(text.textContent)
    })
  }
  return found
}"""


def test_marks_of_charts_stand_out(open_page: Open) -> None:
    """Dots, bars and lines have at least 3:1 against white."""
    page = open_page("mixed/zh/zhongyuan-wangluo.html")
    colours = set(
        page.evaluate("[...document.querySelectorAll('svg circle')].map(each => getComputedStyle(each).fill)")
    )
    colours |= set(page.evaluate("[...document.querySelectorAll('svg.bar rect')].map(e => getComputedStyle(e).stroke)"))
    for colour in colours - {"none"}:
        channels = [int(each) / 255 for each in re.findall(r"\d+", colour)]
        red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels)
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 3, colour


AXE = importlib.util.find_spec("axe_playwright_python")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page: Open, path: str) -> None:
    assert AXE is not None and AXE.origin is not None
    page = open_page(path)
    page.evaluate(UNFOLD)
    page.evaluate((Path(AXE.origin).parent / "axe.min.js").read_text("utf-8"))
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    told = [(each["id"], each["nodes"][0]["html"][:200], len(each["nodes"])) for each in result["violations"]]
    assert told == [], json.dumps(told, ensure_ascii=False, indent=1)
    assert len(result["passes"]) > 20  # it did look


# --- finding one's way


def test_languages_and_pages_lead_to_each_other(open_page: Open) -> None:
    page = open_page("real/zh/index.html")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="中文").click()
    page.locator("th a").first.click()
    assert page.url.endswith("/zh/online-1.html")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/online-1.html")
    page.get_by_role("link", name=re.compile("All pilots")).click()
    assert page.url.endswith("/en/index.html")


def test_a_link_into_a_fold_opens_it(open_page: Open) -> None:
    page = open_page("real/en/online-1.html")
    assert not page.locator("#source-S0").is_visible()
    page.locator("a[href='#source-S0']").first.click()
    assert page.locator("#source-S0").is_visible()


def visible_rows(page: Any) -> set[str]:
    return set(page.eval_on_selector_all(
        ".overview .pilot", "rows => rows.filter(row => row.checkVisibility()).map(row => row.className)"
    ))  # fmt: skip


def test_filters_by_mouse(open_page: Open) -> None:
    page = open_page("real/en/index.html")
    assert len(page.locator(".overview .pilot:visible").all()) == 15
    page.get_by_text("Parks", exact=True).first.click()
    assert page.locator("#type-2").is_checked()
    assert visible_rows(page) == {"pilot type-2 tier-1", "pilot type-2 tier-2"}
    assert page.locator("#within ~ div:visible h3").all_text_contents() == ["Parks"]
    page.get_by_text("Central", exact=True).first.click()
    assert visible_rows(page) == {"pilot type-2 tier-1"}
    assert page.locator(".ranking .pilot:visible").count() == 2  # across and within
    assert not page.locator(".filter-empty").is_visible()
    page.get_by_text("Neighbourhood communities", exact=True).first.click()
    assert page.locator(".pilot:visible").count() == 0
    assert page.locator(".filter-empty").is_visible()
    page.get_by_text("All", exact=True).first.click()
    assert visible_rows(page) == {f"pilot type-{n} tier-1" for n in (1, 2, 3)}


def test_filters_by_keyboard(open_page: Open) -> None:
    page = open_page("real/zh/index.html")
    page.locator(".contents a").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "type-all"
    assert _outline(page, "document.activeElement.closest('label')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "type-1"
    assert page.locator(".overview .pilot:visible").count() == 4
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "tier-1"
    assert page.locator(".overview .pilot:visible").count() == 1


def test_everything_focusable_shows_its_focus(open_page: Open) -> None:
    page = open_page("mixed/en/zhongyuan-wangluo.html")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    assert page.evaluate("document.activeElement.className") == "skip" and skip["top"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        assert _outline(page, "document.activeElement")
        seen.add(page.evaluate("document.activeElement.className || document.activeElement.tagName"))
    assert {"A", "scroll", "SUMMARY"} <= seen


def _outline(page: Any, element: str) -> bool:
    style = page.evaluate(
        f"(({{outlineStyle, outlineWidth}}) => [outlineStyle, outlineWidth])(getComputedStyle({element}))"
    )
    return bool(style == ["solid", "3px"])


def test_folds_open_by_keyboard(open_page: Open) -> None:
    page = open_page("real/zh/online-1.html")
    summary = page.locator("#indicator-C1 summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#indicator-C1 .extract").is_visible()


# --- paper


def printed(page: Any, tmp_path: Path) -> str:
    """The text of the page's PDF in reading order, without white space."""
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True).stdout.decode()
    return _dense(re.sub(r"^\d+ / \d+$", "", text, flags=re.MULTILINE))  # without the numbers of the pages


def _dense(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("path", ["real/zh/online-1.html", "real/en/association-2.html", "mixed/en/index.html"])
def test_what_is_folded_is_printed(open_page: Open, tmp_path: Path, path: str) -> None:
    page = open_page(path)
    assert page.evaluate("[...document.querySelectorAll('details')].every(each => !each.open)")
    folded = page.eval_on_selector_all(
        "details :is(td, dd, li:not(:has(dl)), .extract th)", "all => all.map(each => each.textContent)"
    )
    text = printed(page, tmp_path)
    missing = [each for each in folded if _dense(each) not in text]
    assert missing == []
    assert len(folded) > 100
    assert all(file in text for file in re.findall("[0-9a-f]{64}", page.content()))


def test_long_text_is_printed_once_and_whole(open_page: Open, tmp_path: Path) -> None:
    text = printed(open_page("long/zh/index.html"), tmp_path)
    assert "长" * 500 in text and "x" * 50 in text
    assert "展开全文" not in text


def test_filters_do_not_hide_anything_on_paper(open_page: Open, tmp_path: Path, real: EvaluationRecord) -> None:
    page = open_page("real/zh/index.html")
    page.locator("#type-2").check()
    text = printed(page, tmp_path)
    assert all(text.count(_dense(each.pilot.label.zh)) >= 3 for each in real.assessments)


@pytest.mark.parametrize("path", PAGES)
def test_printed_tables_fit_the_paper(open_page: Open, path: str) -> None:
    page = open_page(path, width=680)  # A4 less its margins
    page.emulate_media(media="print")
    wide = page.evaluate(
        "[...document.querySelectorAll('table')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)"
        ".map(each => each.caption.textContent)"
    )
    assert wide == []

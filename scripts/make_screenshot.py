"""Takes the picture of the README: `python scripts/make_screenshot.py`, after `make demo`, with Chromium."""

from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "examples" / "zhengzhou-2018" / "results" / "zh" / "online-2.html"
PICTURE = ROOT / "docs" / "images" / "report.png"

if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)
        page = browser.new_page(viewport={"width": 1200, "height": 1080}, device_scale_factor=1.5)
        page.goto(PAGE.as_uri())
        page.screenshot(path=PICTURE)
        browser.close()

"""Rendered reports to test: the example round's and invented ones, as strings and as files in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.model import EvaluationRecord
from pilot_eval.report import render
from pilot_eval.text import LANGS
from tests.support.records import record_of
from tests.support.reports import edge_cases

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def real(assessed: Path) -> EvaluationRecord:
    """The record of the example round."""
    return record_of(assessed)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, real: EvaluationRecord) -> Path:
    """Reports on disk, as they are published: `<record>/<lang>/<page>.html`."""
    folder = tmp_path_factory.mktemp("site")
    records = {
        "real": real,
        "mixed": edge_cases.mixed(),
        "single": edge_cases.single(),
        "hostile": edge_cases.poisoned(edge_cases.mixed()),
        "long": edge_cases.poisoned(edge_cases.single(), "长" * 5_000 + "x" * 5_000),
    }
    for name, record in records.items():
        for lang in LANGS:
            for file, html in render(record, lang).items():
                path = folder / name / lang / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(html, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A Chromium without network habits of its own."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(chromium: Any, site: Path) -> Iterator[Open]:
    """Open a page from disk; afterwards nothing may have been said, asked or fetched beside the files opened."""
    noise: list[str] = []
    contexts = []

    def opener(path: str, width: int = 1280, height: int = 900) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: request.is_navigation_request() or noise.append(f"request: {request.url}"))
        page.goto((site / path).as_uri())
        return page

    yield opener
    for context in contexts:
        context.close()
    assert noise == []

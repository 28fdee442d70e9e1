"""A browser, a published site with its desk, and a witness of what a page must not do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
SHOTS = Path(os.environ.get("SCREENSHOTS", ROOT / "build" / "screenshots"))
"""Where a person can look at what the browser showed."""

WAIT = 30_000
"""How long a page may take, in milliseconds: many times what it needs."""

expect.set_options(timeout=WAIT)

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
SERIOUS = frozenset({"serious", "critical"})


@dataclass
class Served:
    """A site being served: its address, the link that opens the desk, its folder."""

    address: str
    desk: str
    folder: Path


@dataclass
class Witness:
    """What a page did that it must not do."""

    address: str
    told: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Write down errors of `page`, and requests to any other host."""
        page.on("console", lambda m: self.told.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("request", lambda request: self._request(request.url))

    def _request(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.address).netloc and not url.startswith("data:"):
            self.told.append(f"request to {url}")


Open = Callable[..., Page]
"""Opens a page with a size of window, colours and a language."""


@contextmanager
def up(folder: Path) -> Iterator[Served]:
    """Serve the site of the releases in `folder` by `eugraph up`, until the context ends."""
    command = [sys.executable, "-m", "eugraph", "up", "releases", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = ""
        try:
            for line in process.stderr:
                told += line
                if found := re.search(r"desk: ((http://\S+/)desk\?token=\S+)", line):
                    yield Served(found[2], found[1], folder)
                    break
            else:
                raise AssertionError(told)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield the site of the two releases, served by `eugraph up`, with an empty folder of desk."""
    folder = tmp_path_factory.mktemp("town-hall")
    shutil.copytree(ROOT / "data" / "releases", folder / "releases")
    with up(folder) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield Debian's Chromium; skip where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def witness(served: Served) -> Iterator[Witness]:
    """Yield a witness; a test during which it saw something fails."""
    witness = Witness(served.address)
    yield witness
    assert witness.told == []


@pytest.fixture
def open_page(browser: Browser, served: Served, witness: Witness) -> Iterator[Open]:
    """Yield what opens a path of the site in a window of its own."""
    contexts: list[BrowserContext] = []

    def open_page(
        path: str,
        *,
        width: int = 1440,
        dark: bool = False,
        language: str = "en",
        script: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale=language,
            java_script_enabled=script,
        )
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        witness.watch(page)
        page.goto(path if "://" in path else served.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def serious(page: Page) -> list[str]:
    """Return what axe-core finds serious on `page`, shadow roots included."""
    # Not as a <script>, which the policy of the pages refuses: as the debugger would.
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]


def fits(page: Page) -> bool:
    """Tell whether nothing of a page stands beyond the right edge of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def shoot(page: Page, name: str) -> None:
    """Keep a picture of `page` where a person can look at it."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

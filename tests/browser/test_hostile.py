"""What hostile releases say is shown as text, on every page, in both languages, on a phone."""

from __future__ import annotations

import http.client
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from urllib.parse import quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from .conftest import WAIT, Served, Witness, fits, shoot, up
from .hostile import WORD, write_first, write_second

EVIL = ("<script", "<img", "<iframe", "<svg onload", "<u ", "<b>Towns", "onerror", "javascript:")
QUERY = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'alert')) } ORDER BY ?s ?p ?o"

# Everything but our own elements and attributes; what a release says is in neither.
LOOSE = """() => {
  const turned = /[\\u202a-\\u202e\\u2066-\\u2069]/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const loose = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!turned.test(node.data) || node.parentElement.closest('script, svg')) continue;
    let apart = node.parentElement;
    while (apart && !/isolate|plaintext/.test(getComputedStyle(apart).unicodeBidi))
      apart = apart.parentElement;
    const alone = apart && (apart.localName === 'bdi'
      || apart.textContent.trim() === node.data.trim());
    if (!alone) loose.push(node.parentElement.outerHTML.slice(0, 200));
  }
  return loose;
}"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield the site of hostile releases, of which there are two editions."""
    folder = tmp_path_factory.mktemp("attacked")
    write_first(folder)
    command = [sys.executable, "-m", "eugraph", "build", "releases", "--workers", "1"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    write_second(folder)
    with up(folder) as served:
        yield served


def things(served: Served) -> dict[str, list[str]]:
    """Return the paths of the pages of all things, by type."""
    found: dict[str, list[str]] = {}
    uri = f"{(served.folder / 'site/current/search.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as index:
        for iri, type_ in index.execute("SELECT iri, type FROM things ORDER BY iri"):
            found.setdefault(type_, []).append(f"doc/{iri.partition('/id/')[2]}")
    found["text"] = [path.replace("doc/release/", "doc/text/") for path in found["release"]]
    return found


def others() -> dict[str, list[str]]:
    """Return the paths of pages that are of no one thing, by kind."""
    lists = ("projects", "organisations", "programmes", "events", "places", "releases")
    evil = quote('"><script>alert(0)</script>')
    return {
        "list": [*lists, "discrepancies", f"projects?country={evil}", "projects?year=2017"],
        "search": [
            "search?q=script",
            "search?q=alert",
            "search?q=neppo",
            "search?q=WWWW",
            f"search?q={evil}",
        ],
        "page": ["", "overview", "report", "report?shape=S02", "ontology", "shapes", "download/"],
        "difference": ["download/2/diff/1"],
        "query": [
            "sparql?" + urlencode({"query": QUERY}),
            "query?" + urlencode({"query": QUERY}),
            "query?" + urlencode({"query": f"SELECT {evil}"}),
        ],
        "problem": [f"doc/project/{evil}", f"{evil}", "projects?page=99"],
    }


class Seen(HTMLParser):
    """Collects what a page would do: its scripts, handlers, addresses and foreign elements."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of what no page of ours has."""
        given = {name: value or "" for name, value in attrs}
        if tag in {"img", "iframe", "object", "embed", "base", "style", "u", "b"}:
            self.told.append(tag)
        if tag == "script" and not (
            given.get("src", "").startswith("/static/") or given.get("type", "").endswith("json")
        ):
            self.told.append(f"script {given}")
        self.told += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction"):
            if name in given and urlsplit(given[name]).scheme not in {"", "http", "https"}:
                self.told.append(f"{tag} {name}={given[name]}")


def get(served: Served, path: str, language: str, accept: str = "text/html") -> tuple[str, str]:
    """Return the text of an answer, and its Content-Security-Policy."""
    with closing(http.client.HTTPConnection(urlsplit(served.address).netloc)) as client:
        headers = {"Accept": accept, "Accept-Language": language}
        client.request("GET", f"/{path}", headers=headers)
        answer = client.getresponse()
        assert answer.status < 500, path
        return answer.read().decode(), answer.headers.get("Content-Security-Policy", "")


@pytest.mark.parametrize("language", ["en", "lv"])
def test_no_page_lets_a_release_be_more_than_text(attacked: Served, language: str) -> None:
    kinds = things(attacked) | others()
    assert kinds.keys() >= {
        "project", "org", "scheme", "event", "place", "release", "text", "discrepancy"
    }  # fmt: skip
    attempts = 0
    for path in (path for paths in kinds.values() for path in paths):
        page, policy = get(attacked, path, language)
        seen = Seen()
        seen.feed(page)
        assert seen.told == [], path
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'; script-src 'self'"), path
        attempts += sum(page.count(each.replace("<", "&lt;")) for each in EVIL)
    assert attempts > 50, "what the releases tried is there, as text"


def test_what_is_no_page_carries_it_as_data(attacked: Served) -> None:
    told, _ = get(attacked, "search/suggestions?q=iframe", "en", "application/json")
    assert "<iframe src=javascript:alert(4)>" in told
    page, _ = get(attacked, "", "en")
    described = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(described) == 1
    assert "<" not in described[0]


@pytest.mark.parametrize("language", ["en", "lv"])
def test_in_a_browser_nothing_runs_nothing_turns_and_nothing_is_too_wide(
    browser: Browser, attacked: Served, language: str
) -> None:
    witness = Witness(attacked.address)
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale=language)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.on("dialog", lambda dialog: witness.told.append(f"dialog: {dialog.message}"))
    witness.watch(page)
    page.goto(attacked.desk)
    desk = ["desk", "desk/release/scripts", "desk/release/long"]
    chosen = {kind: paths[:2] for kind, paths in (things(attacked) | others()).items()}
    chosen["org"] = [
        path for path in things(attacked)["org"] if "-iframe-" in path or "-www" in path
    ]
    paths = [*desk, *(path for several in chosen.values() for path in several)]
    wrong = {path: told for path in paths if (told := _wrong(page, attacked.address + path))}
    shoot(page, f"hostile-{language}")
    context.close()
    assert wrong == {}, "\n".join(f"{path}: {told}" for path, told in wrong.items())
    missing = "Failed to load resource: the server responded with a status of 4"
    assert [each for each in witness.told if not each.startswith(missing)] == []


def _wrong(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page: its width, and what text turns others around."""
    page.goto(address)
    return [*([] if fits(page) else ["too wide"]), *page.evaluate(LOOSE)]


def test_an_endless_word_is_there_to_the_last_letter(browser: Browser, attacked: Served) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(attacked.address + "doc/project/long-2017")
    assert WORD in page.locator("main").inner_text()
    context.close()

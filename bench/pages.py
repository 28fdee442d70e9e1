"""How long the server takes for a page, how heavy it is, and when a phone has painted it.

    python bench/pages.py [--site SITE | --releases 1000] [--each 25] [--paint]

Without a site one is built of invented releases (bench/texts.py), which takes
a while. A server is started and asked for pages of every type, each once, so
that nothing comes from memory; another one of each type was asked for before, so
that what a process loads once is loaded. Printed are the median and the 95th
percentile of the time to the last byte, by one client on this machine, the
processor time that the server and its workers took (which a busy machine
changes less), and the weight of the heaviest page, packed by gzip.

With --paint, Chromium opens one page of every type with an empty cache, 390
pixels wide, with a processor four times as slow and a network like slow 4G
(150 ms there and back, 1.6 Mbit/s down, 0.75 up: what Lighthouse calls that).
Printed are the first and the largest contentful paint, how much moved after
it, elements, requests and what came over the network; medians of --times.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

BENCH = Path(__file__).parent
TYPES = ("project", "org", "scheme", "event", "place", "release", "text", "discrepancy")
LISTS = ("projects", "organisations", "programmes", "events", "places", "releases", "discrepancies")
COUNTRIES = ("LVA", "SWE", "ITA", "POL", "EST")
WORDS = ("riga", "project", "partner+meet", "daugav", "municipality", "koord", "youth", "stadt")
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8 * 0.9,
    "uploadThroughput": 750_000 / 8 * 0.9,
}
SLOWER = 4

PAINTS = """() => new Promise(done => {
  let largest = 0, moved = 0;
  const watch = (type, see) =>
    new PerformanceObserver(list => list.getEntries().forEach(see)).observe({type, buffered: true});
  watch('largest-contentful-paint', each => { largest = each.startTime; });
  watch('layout-shift', each => { moved += each.value; });
  setTimeout(() => done({
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    largest, moved, elements: document.querySelectorAll('*').length,
  }), 300);
})"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, help="a site that eugraph built")
    parser.add_argument("--releases", type=int, default=1000, help="how many to invent without one")
    parser.add_argument("--each", type=int, default=25, help="pages of each type")
    parser.add_argument("--paint", action="store_true", help="paints in Chromium as well")
    parser.add_argument("--times", type=int, default=3, help="how often each page is painted")
    options = parser.parse_args()
    with ExitStack() as open_:
        site = options.site or invented(
            Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="eugraph-bench-"))),
            options.releases,
        )
        pages = pages_of(site, options.each)
        port, process = open_.enter_context(served(site))
        time_pages(port, process, pages)
        if options.paint:
            paint(port, {kind: paths[0] for kind, paths in pages.items()}, options.times)


def invented(folder: Path, number: int) -> Path:
    """Build a site of invented releases."""
    texts, site = folder / "texts", folder / "site"
    run = (sys.executable, str(BENCH / "texts.py"), str(number), "--out", str(texts))
    subprocess.run(run, check=True)
    build = (sys.executable, "-m", "eugraph", "build", str(texts), "--site", str(site))
    subprocess.run(build, check=True)
    return site


@contextmanager
def served(site: Path) -> Iterator[tuple[int, int]]:
    """Serve `site` on a port that the system chooses; yield it, and the id of the process."""
    command = (sys.executable, "-m", "eugraph", "serve", "--site", str(site), "--port", "0")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None  # noqa: S101
        try:
            for line in process.stderr:
                if found := re.search(r"http://[^/:]+:(\d+)/", line):
                    yield int(found[1]), process.pid
                    break
        finally:
            process.terminate()


def pages_of(site: Path, most: int) -> Mapping[str, Sequence[str]]:
    """Return the paths of pages by type, `most` of things, always the same of the same site."""
    chance = random.Random(7)  # noqa: S311
    uri = f"{(site / 'current' / 'search.db').absolute().as_uri()}?mode=ro"
    found: dict[str, list[str]] = {}
    index = sqlite3.connect(uri, uri=True)
    for type_ in TYPES:
        kind = "release" if type_ == "text" else type_
        rows = index.execute("SELECT iri FROM things WHERE type = ? ORDER BY iri", (kind,))
        paths = [f"/doc/{type_}/{iri.split('/id/')[1].partition('/')[2]}" for (iri,) in rows]
        chance.shuffle(paths)
        if paths:
            found[type_] = paths[:most]
    index.close()
    found["list"] = [f"/{name}?page={page}" for name in LISTS for page in (1, 2, 3)]
    found["facet"] = [
        f"/{name}?country=country:{code}" for name in LISTS[:-1] for code in COUNTRIES
    ]
    found["search"] = [f"/search?q={word}" for word in WORDS]
    found["suggestions"] = [f"/search/suggestions?q={word}" for word in WORDS]
    found["report"] = ["/report", "/report?lang=lv"]
    found["overview"] = ["/overview", "/overview?lang=lv"]
    found["home"] = ["/", "/?lang=lv"]
    return found


def time_pages(port: int, process: int, pages: Mapping[str, Sequence[str]]) -> None:
    """Print how long the pages of each type take, the first overview before all others."""
    head = f"{'page':12}{'pages':>6}{'median ms':>11}{'p95 ms':>9}{'max ms':>9}"
    print(head + f"{'CPU ms':>9}{'max kB':>8}")
    client = http.client.HTTPConnection("127.0.0.1", port)
    get(client, "/sparql?query=ASK%20%7B%7D")  # there is a worker then
    before = processor_time(process)
    first = get(client, "/overview")
    took = processor_time(process) - before
    print(
        f"{'overview, the first of the edition':38}{first[0]:9.0f}{took:9.0f}{first[1] / 1e3:8.1f}"
    )
    for paths in pages.values():
        get(client, paths[-1])
    for kind, paths in pages.items():
        before = processor_time(process)
        asked = [get(client, path) for path in (paths[:-1] or paths)]
        took = (processor_time(process) - before) / len(asked)
        times, largest = sorted(each[0] for each in asked), max(each[1] for each in asked)
        p95 = times[round(0.95 * (len(times) - 1))]
        print(
            f"{kind:12}{len(times):6}{statistics.median(times):11.1f}{p95:9.1f}"
            f"{times[-1]:9.1f}{took:9.1f}{largest / 1000:8.1f}"
        )


def processor_time(process: int) -> float:
    """Return the milliseconds that a process and its children had a processor, so far."""
    total, waiting = 0.0, [process]
    while waiting:
        tasks = Path(f"/proc/{waiting.pop()}/task")
        for task in tasks.iterdir():
            total += int((task / "schedstat").read_text().split()[0]) / 1e6
            waiting += map(int, (task / "children").read_text().split())
    return total


def get(client: http.client.HTTPConnection, path: str) -> tuple[float, int]:
    """Return how many milliseconds a page took, and how many bytes it has on the way."""
    begin = time.perf_counter()
    client.request("GET", path, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    answer = client.getresponse()
    body = answer.read()
    took = (time.perf_counter() - begin) * 1000
    # Narrowed to what the site has nothing of, a list is no page.
    if answer.status not in {200, 404}:
        raise SystemExit(f"{path}: {answer.status}")
    return took, len(body)


def paint(port: int, pages: Mapping[str, str], times: int) -> None:
    """Print when pages are painted on a slow phone, and what it takes."""
    from playwright.sync_api import sync_playwright

    print(
        f"\n{'page':12}{'first ms':>10}{'largest ms':>12}{'moved':>8}{'elements':>10}"
        f"{'requests':>10}{'kB':>8}"
    )
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for kind, path in {**pages, "editor": "/sparql"}.items():
            if kind == "suggestions":
                continue
            address = f"http://127.0.0.1:{port}{path}"
            rounds = [opened(browser, address) for _ in range(times)]
            figures = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
            print(
                f"{kind:12}{figures['first']:10.0f}{figures['largest']:12.0f}{figures['moved']:8.3f}"
                f"{figures['elements']:10.0f}{figures['requests']:10.0f}"
                f"{figures['bytes'] / 1000:8.1f}"
            )
        browser.close()


def opened(browser: object, address: str) -> dict[str, float]:
    """Open a page with nothing in the cache; return its paints, its elements and its traffic."""
    context = browser.new_context(viewport={"width": 390, "height": 844})  # type: ignore[attr-defined]
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    traffic = {"requests": 0.0, "bytes": 0.0}

    def finished(event: Mapping[str, float]) -> None:
        traffic["requests"] += 1
        traffic["bytes"] += event["encodedDataLength"]

    line.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="load")
    figures: dict[str, float] = page.evaluate(PAINTS)
    context.close()
    return figures | traffic


if __name__ == "__main__":
    main()

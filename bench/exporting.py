"""Write a site as files, tell how long that takes, and look at every link in them.

    python bench/exporting.py [--releases 1000] [--site DIR] [--into DIR] [--workers N]

Without a site, invented releases are published first, which is not counted. Told
are the seconds of the clock and the files; then, of a second export into the
same folder, the seconds and how many files stayed the same ones; and how many
links there are in pages, sitemaps and RDF to addresses below the public one,
and which of them lead nowhere. The exit code is 1 if any does.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin

from eugraph.pipeline import build
from eugraph.server.export import LIVE, export_site
from eugraph.settings import Settings
from increment import kept_or_temporary, write

BASE = "https://data.example.org/"
LINKS = {
    ".html": re.compile(r'\s(?:href|src|poster|data-src)="([^"]+)"'),
    ".xml": re.compile(r"<loc>\s*([^<\s]+)"),
    ".css": re.compile(r"url\(\s*[\"']?([^\"')\s]+)"),
    ".nt": re.compile(rf"<({BASE}[^>\s]*)>"),
}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--releases", type=int, default=1000)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, kept_or_temporary(options.into) as into:
        site, folder = options.site or published(Path(temporary), options.releases), into / "files"
        exported(site, folder, options.workers)
        before = {path: path.stat().st_ino for path in files_in(folder)}
        exported(site, folder, options.workers)
        stayed = sum(path.stat().st_ino == number for path, number in before.items())
        sys.stdout.write(f"{'the same files':32} {stayed:8}\n")
        dead = list(dead_links(folder))
    sys.stdout.write(f"{'dead links':32} {len(dead):8}\n" + "".join(f"{each}\n" for each in dead))
    sys.exit(bool(dead))


def published(folder: Path, releases: int) -> Path:
    """Return a site of invented releases."""
    write(folder / "texts", releases)
    build([folder / "texts"], folder / "site")
    return folder / "site"


def exported(site: Path, folder: Path, workers: int) -> None:
    """Write the files, and tell how many there are and how long that took."""
    began = time.perf_counter()
    told = export_site(site, folder, Settings(public_url=BASE), lambda *_: None, workers=workers)
    sys.stdout.write(f"{'seconds':32} {time.perf_counter() - began:8.1f}\n")
    sys.stdout.write(f"{'files':32} {told.files:8}\n")
    sys.stdout.flush()


def files_in(folder: Path) -> Iterator[Path]:
    """Yield all files of an export, but those that are made anew each time."""
    return (path for path in folder.rglob("*.*") if path.is_file() and path.parent != folder)


def dead_links(folder: Path) -> Iterator[str]:
    """Yield the links that lead nowhere, each with the file that has it; tell how many are seen."""
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    links = 0
    for name in sorted(there):
        if name.endswith(tuple(LINKS)) and not name.startswith("download/"):
            for link in links_of(folder, name):
                links += 1
                if not leads(link, there):
                    yield f"{name}: {link}"
    sys.stdout.write(f"{'links':32} {links:8}\n")


def links_of(folder: Path, name: str) -> set[str]:
    """Return the addresses below the public one that a file names, without it."""
    page = BASE + name.removesuffix("index.html")
    found = LINKS[Path(name).suffix].findall((folder / name).read_text(encoding="utf-8"))
    targets = (urljoin(page, unescape(link)).partition("#")[0] for link in found)
    return {target.removeprefix(BASE) for target in targets if target.startswith(BASE)}


def leads(link: str, there: set[str]) -> bool:
    """Tell whether a link leads to a file, or to what needs a server and says so."""
    path, query, _ = link.partition("?")
    path = unquote(path)
    if path.partition("/")[0] in LIVE or (query and path.startswith("catalog")):  # names itself
        return True
    return not query and bool({path, f"{path}/index.html".replace("//", "/").lstrip("/")} & there)


if __name__ == "__main__":
    main()

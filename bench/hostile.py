"""What hostile files cost: CPU seconds and memory of each, alone in a process, as `facts` reads it.

    python bench/hostile.py [KIND ...] [--length N]

Every kind is written at the greatest length that is still read (or beyond it,
where that is the point), then read, reconciled, described and put before the
gate. Prints a line for each: what came of it, CPU seconds (the process's own,
so that other work on the machine counts little), peak memory, and where it takes
a second or more the growth: how many times longer the text takes than a quarter
of it. Near 4 is linear.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

LENGTH = 119_000
"""Characters, just under what a release may have."""

LIMIT = 120.0
"""Seconds after which a file is given up."""

Unit = Callable[[int], str]

ABOUT = "The project “Alpha Beta Gamma” (ABG) involves partners of two countries. "
MEETING = "The project “Alpha Beta Gamma” (ABG). "
COUNTRIES = ("Latvia", "Estonia", "Italy", "Spain", "Germany")
MONTHS = ("January", "May", "June", "July", "August")
MAIJS = "gada {day}. maijā Rīgā notika projekta sanāksme. "


def word(number: int) -> str:
    """Return an invented word, the same for the same number."""
    rng = random.Random(number)  # noqa: S311  # nothing is kept secret here
    return "".join(rng.choice("abcdefghiklmnoprstuvz") for _ in range(3 + number % 6))


def name(number: int) -> str:
    """Return an invented word with a capital."""
    return word(number).title()


def filled(length: int, unit: Unit, before: str = "", between: str = "") -> str:
    """Return `before` and as many units as `length` characters hold."""
    pieces: list[str] = []
    room = length - len(before)
    for number in count():
        room -= len(piece := unit(number)) + len(between)
        if room < 0:
            break
        pieces.append(piece)
    return before + between.join(pieces)


def day(number: int) -> str:
    """Return one date after the other."""
    return f"{number % 28 + 1} {MONTHS[number // 28 % 5]} {1950 + number // 140 % 100}"


def repeated(unit: str, before: str = "some words of a project ") -> Callable[[int], str]:
    """Return a writer of one unit over and over."""
    return lambda length: before + unit * ((length - len(before)) // len(unit))


def units(unit: Unit, before: str = ABOUT, between: str = "") -> Callable[[int], str]:
    """Return a writer of units that differ."""
    return partial(filled, unit=unit, before=before, between=between)


TEXTS: dict[str, Callable[[int], str]] = {
    "words in one line": units(lambda n: word(n) + " "),
    "lines": units(lambda n: f"{word(n)} {word(n + 1)} {word(n + 2)} {word(n + 3)} words\n" * 3),
    "dates": units(lambda n: day(n) + ", "),
    "meetings": units(lambda n: f"On {day(n)} the project meeting took place in Riga. "),
    "meetings twice": lambda length: "\n".join(
        (
            filled(length // 2, lambda n: f"On {day(n)} the meeting took place in Riga. ", ABOUT),
            filled(
                length // 2,
                lambda n: f"{1950 + n // 28}. {MAIJS.format(day=n % 28 + 1)}",
                "Projekts “Alpha Beta Gamma” (ABG) notiek divās valstīs. ",
            ),
        )
    ),
    "visits": units(lambda n: f"From {n % 20 + 1} to {n % 20 + 4} May the partners visited Rome. "),
    "parts": units(lambda n: f"There was a discussion and a workshop about {word(n)}. "),
    "aims": units(lambda n: f"The aim of the project is to {word(n)} and {word(n + 1)}. "),
    "counts": units(lambda n: f"The project has {n % 150 + 2} partners from {n % 30} countries. "),
    "cues": repeated("the lead partner coordinator of the project partners together with "),
    "projects": units(
        lambda n: f"The project “{name(n)} {name(n + 1)} of Town{n}” (AB{n}) is funded by LIFE. "
    ),
    "projects within the limit": lambda length: TEXTS["projects"](min(length, 14_000)),
    "meetings within the limit": lambda length: filled(
        min(length, 9_000), lambda n: f"On {day(n)} the meeting took place in Riga. ", MEETING
    ),
    "short forms": units(lambda n: f"the project {word(n).upper()} went on well and "),
    "partners": units(lambda n: f"{name(n)} University ({COUNTRIES[n % 5]})", between=", "),
    "leads": units(lambda n: f"The lead partner is {name(n)} Municipality in Latvia. "),
    "leads in one sentence": units(lambda n: f"{name(n)} Municipality is the lead partner, and "),
    "one lead over and over": repeated("Die Gemeinde Sala ist der Leadpartner. "),
    "lines of partners": units(lambda n: f"{name(n)} {name(n + 9)} University of Town (Latvia)\n"),
    "capitals": units(lambda n: name(n) + " "),
    "places": units(lambda n: f"in {name(n)}, "),
    "meetings in many places": units(lambda n: f"The third meeting was held in {name(n)}. "),
    "enumeration": units(word, before="The project involves ", between=", "),
    "countries": units(lambda n: COUNTRIES[n % 5], before="The project involves ", between=", "),
    "quotes": units(lambda n: f"the project “{name(n)} {word(n + 1)}” and "),
    "nested quotes": lambda length: "some words of it " + "“" * (length // 2) + "”" * (length // 2),
    "nested brackets": lambda length: "some words of it " + "(" * (length // 2) + ")" * length,
    "brackets": repeated("(a [b {c "),
    "quotation marks": repeated("\"'«„ "),
    "bookmarks": repeated("[bookmark: "),
    "zero bytes": repeated("a\0b "),
    "right to left": repeated("مشروع جديد \u202e العمل ", ""),
    "digits": units(lambda n: f"{n} "),
    "one number": repeated("1234567890"),
    "numbers and stops": repeated("1."),
    "groups of digits": repeated(" 000"),
    "emoji": repeated("🎉👩‍👩‍👧 "),
    "long word": repeated("Ab"),
    "hyphens": repeated("AB-"),
    "names with hyphens": units(lambda n: f"The project {name(n)[:3].upper()}-{name(n)}. "),
    "stops": repeated("A."),
    "apostrophes": repeated("l'"),
    "addresses": units(lambda n: f"http://{word(n)}.eu/{word(n + 1)} a@{word(n)} "),
    "at signs": repeated("a.@"),
    "soft hyphens": repeated("a\u00ad"),
    "combining marks": repeated("a\u0301\u0302\u0303"),
    "table": units(lambda n: f"{name(n)} University of the Town\tLatvia\tRiga\n"),
    "wrapped": units(lambda n: f"{word(n)} " * 12 + "\n"),
}
"""Texts, each written at a length of so many characters."""


def _html(body: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")


def _word_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" * 300_000_000)


def _pages(path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(5_000):
        writer.add_blank_page(200, 200)
    writer.write(path)


FILES: dict[str, Callable[[Path], object]] = {
    "a megabyte.txt": lambda path: path.write_text("word " * 200_000),
    "tags.html": _html("<p>w</p>" * 24_990),
    "nested tags.html": _html("<div>" * 49_000 + "words"),
    "nested inline tags.html": _html("<p>words of it" + "<b>" * 49_000),
    "zip bomb.docx": _word_bomb,
    "pages.pdf": _pages,
}
"""Other files, by names with their endings."""


def write(kind: str, path: Path, length: int = LENGTH) -> Path:
    """Write the file of a kind; returns its path."""
    file = path / (kind if kind in FILES else f"{kind}.txt").replace(" ", "-")
    if kind in FILES:
        FILES[kind](file)
    else:
        file.write_text(TEXTS[kind](length), encoding="utf-8")
    return file


def _measure(file: Path, results: multiprocessing.Queue[tuple[str, float, float]]) -> None:
    from eugraph.errors import EugraphError
    from eugraph.pipeline import inspect

    begun = time.process_time()
    try:
        read = inspect(file).read.reading
        outcome = f"{len(read.facts)} facts, {len(read.discrepancies)} discrepancies"
    except EugraphError as error:
        outcome = str(error).removeprefix(f"{file.parent}/")
    seconds = time.process_time() - begun
    results.put((outcome, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure(file: Path) -> tuple[str, float, float]:
    """Return what came of a file, the CPU seconds and the MB it took in a process of its own."""
    results: multiprocessing.Queue[tuple[str, float, float]] = multiprocessing.Queue()
    process = multiprocessing.Process(target=_measure, args=(file, results))
    process.start()
    try:
        return results.get(timeout=LIMIT)
    except Exception:  # noqa: BLE001  # it took too long, or its process was ended
        return f"nothing after {LIMIT:g} s", LIMIT, 0.0
    finally:
        process.kill()
        process.join()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("kinds", nargs="*", default=[*TEXTS, *FILES])
    parser.add_argument("--length", type=int, default=LENGTH)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        nothing = write("one number", Path(folder), 20)
        start = measure(nothing)[1]
        for kind in options.kinds:
            outcome, seconds, memory = measure(write(kind, Path(folder), options.length))
            growth = ""
            if kind in TEXTS and seconds - start > 1.0:
                quarter = measure(write(kind, Path(folder), options.length // 4))[1]
                growth = f"x{(seconds - start) / max(quarter - start, 0.05):4.1f}"
            print(f"{kind:24} {seconds:6.2f} s {memory:5.0f} MB {growth:>6}  {outcome}", flush=True)


if __name__ == "__main__":
    main()

"""How fast releases are read: one process, language data loaded.

    python bench/reading.py [FOLDER] [--rounds N]

Prints the seconds until the first reading (start and language data), then the
releases per second of each round and their median, by CPU time and by the clock,
and the peak memory. Other work on the machine counts little in CPU time and in
full by the clock; the load says how much there was. Every round reads altered
copies of the texts, a number in each of their lines, so that no answer can be
remembered.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

from eugraph.facts.reconcile import read_facts
from eugraph.releases.find import find_releases
from eugraph.releases.read import read_release

COPIES = 25
DEFAULT = Path(__file__).parents[1] / "data" / "releases"


def altered(text: str, name: str, year: int) -> str:
    """Return `text` with another acronym, another year, and another word at the end of each line.

    A line that ends in a mark keeps it: the word stands before it.
    """
    text = text.replace("WIR", f"WIR{name}").replace("2019", str(year))
    return "".join(
        f"{line[:-1]} {name}{line[-1]}\n" if len(line) > 1 and line[-1] == "." else f"{line}\n"
        for line in map(str.rstrip, text.splitlines())
    )


def copies(files: tuple[Path, ...], round_: int, into: Path) -> list[Path]:
    """Write altered copies of `files`."""
    written = []
    for number in range(COPIES):
        for file in files:
            path = into / f"{round_}-{number}-{file.name}"
            name = "".join(chr(ord("a") + int(digit)) for digit in f"{round_}{number:02}")
            text = altered(file.read_text(encoding="utf-8"), f"X{name}", 2019 + number)
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def measured(paths: list[Path]) -> tuple[float, float]:
    """Read the releases; return how many a second, by CPU time and by the clock."""
    begun, clock = time.process_time(), time.perf_counter()
    for path in paths:
        read_facts(read_release(path))
    return (
        len(paths) / (time.process_time() - begun),
        len(paths) / (time.perf_counter() - clock),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    files = find_releases([options.folder]).releases
    for file in files:
        read_facts(read_release(file))
    print(f"start, until {len(files)} releases are read: {time.process_time():.2f} s CPU")
    rates = []
    with tempfile.TemporaryDirectory() as folder:
        for round_ in range(options.rounds):
            rates.append(measured(copies(files, round_, Path(folder))))
            by_cpu, by_clock = rates[-1]
            print(
                f"round {round_ + 1}: {by_cpu:.0f} releases/s of CPU, {by_clock:.0f} by the clock"
            )
    by_cpu, by_clock = (statistics.median(each) for each in zip(*rates, strict=True))
    print(f"median: {by_cpu:.0f} releases/s of CPU, {by_clock:.0f} by the clock")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

"""How fast releases are read: one process, language data loaded.

    python bench/reading.py [FOLDER] [--rounds N]

Prints the seconds until the first reading (start and language data), then the
releases per second of each round and their median, and the peak memory. Seconds
are of CPU time, so that other work on the machine counts little. Every round
reads altered copies of the texts, so that no answer can be remembered.
"""

from __future__ import annotations

import argparse
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


def copies(files: tuple[Path, ...], round_: int, into: Path) -> list[Path]:
    """Write altered copies of `files`: other years and other acronyms in each."""
    written = []
    for number in range(COPIES):
        for file in files:
            text = file.read_text(encoding="utf-8")
            text = text.replace("WIR", f"WIR{round_}{number}").replace("2019", str(2019 + number))
            path = into / f"{round_}-{number}-{file.name}"
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    files = find_releases([options.folder])
    for file in files:
        read_facts(read_release(file))
    print(f"start, until {len(files)} releases are read: {time.process_time():.2f} s CPU")
    rates = []
    with tempfile.TemporaryDirectory() as folder:
        for round_ in range(options.rounds):
            paths = copies(files, round_, Path(folder))
            begun = time.process_time()
            for path in paths:
                read_facts(read_release(path))
            rates.append(len(paths) / (time.process_time() - begun))
            print(f"round {round_ + 1}: {rates[-1]:.0f} releases/s")
    print(f"median: {statistics.median(rates):.0f} releases/s")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

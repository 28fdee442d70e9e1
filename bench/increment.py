"""Change one release of many, and tell how long it takes until that is visible, step by step.

    python bench/increment.py [--releases 1000] [--rounds 5] [--check] [--folder DIR]

Invented releases are published, then one is changed at a time. The edition is
visible when its dumps begin to be written. Medians of the rounds, in seconds;
`rest` is all but reading the release and putting the edition before the gate.
With `--check` every edition is made from nothing as well and compared, and the
changes are of all kinds, in random order. A folder that is given is kept, with
its site, for the next run.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from eugraph.editions import current
from eugraph.pipeline import build

BENCH = Path(__file__).parent
COMPARED = ("graphs/*", "texts/*", "dumps/*", "report.*", "statistics.json", "register.json")


def main() -> None:
    """Run the benchmark; the exit code is 1 if an edition differs from one from nothing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--releases", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with kept_or_temporary(options.folder) as folder:
        texts, site = folder / "texts", folder / "site"
        if not texts.exists():
            write(texts, options.releases)
        began = time.perf_counter()
        build([texts], site)
        sys.stdout.write(f"{'first build':24} {time.perf_counter() - began:8.2f}\n")
        dice = random.Random(options.seed)  # noqa: S311  # no secret
        if options.check:
            sys.exit(not all(compared(texts, site, dice) for _ in range(options.rounds)))
        rounds = [changed(texts, site, dice) for _ in range(options.rounds)]
        for step in rounds[0]:
            told = median(each.get(step, 0.0) for each in rounds)
            sys.stdout.write(f"{step:24} {told:8.2f}\n")


@contextmanager
def kept_or_temporary(folder: Path | None) -> Iterator[Path]:
    """Yield a folder, made if it is not there; without one, a folder that goes at the end."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield Path(temporary)


def write(folder: Path, number: int) -> None:
    """Write invented releases."""
    command = [sys.executable, str(BENCH / "texts.py"), str(number), "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


@dataclass
class Steps:
    """The seconds that each step of a build took."""

    seconds: dict[str, float] = field(default_factory=dict)
    step: str = "taking inputs"
    since: float = field(default_factory=time.perf_counter)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take note that a step goes on."""
        del done, total
        now = time.perf_counter()
        self.seconds[self.step] = self.seconds.get(self.step, 0.0) + now - self.since
        self.step, self.since = step, now


def changed(texts: Path, site: Path, dice: random.Random) -> dict[str, float]:
    """Change one release, build, and return the seconds of each step until it is visible."""
    path = dice.choice(sorted(texts.glob("*.txt")))
    said = path.read_text(encoding="utf-8")
    path.write_text(f"{said}\nChanged on day {dice.randrange(10**6)}.\n", encoding="utf-8")
    steps = Steps()
    build([texts], site, progress=steps)
    visible = sum(steps.seconds.values())
    own = steps.seconds.get("reading", 0.0) + steps.seconds.get("validating", 0.0)
    return {**steps.seconds, "visible": visible, "rest": visible - own}


def compared(texts: Path, site: Path, dice: random.Random) -> bool:
    """Change, add or remove a release; tell whether the edition is that of a build from nothing."""
    path = dice.choice(sorted(texts.glob("*.txt")))
    what = dice.choice(["change", "add", "remove"])
    match what:
        case "change":
            path.write_text(path.read_text(encoding="utf-8").replace("1", "2", 1), "utf-8")
        case "add":
            shutil.copyfile(path, path.with_name(f"new-{dice.randrange(10**6)}.txt"))
        case "remove":
            path.unlink()
    copy = site.with_name("from-nothing")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site, copy, symlinks=True)
    shutil.rmtree(copy / "readings")
    for workings in copy.glob("editions/*/workings.jsonl"):
        workings.unlink()
    one, other = (build([texts], each) for each in (site, copy))
    same = contents(site) == contents(copy) and one.verdict == other.verdict
    sys.stdout.write(f"{what:24} {'the same' if same else 'DIFFERENT'}\n")
    sys.stdout.flush()
    return same


def contents(site: Path) -> dict[str, bytes]:
    """Return what the edition that is served says, by the names of its files."""
    folder = current(site).folder
    files = (path for pattern in COMPARED for path in folder.glob(pattern))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


if __name__ == "__main__":
    main()

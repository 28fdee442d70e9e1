"""Change one release of many, and tell how long it takes until a running server answers with it.

    python bench/increment.py [--releases 1000] [--rounds 5] [--check] [--folder DIR]

Invented releases are published and served. Then one is changed at a time, and
built in a process of its own, as `eugraph build` does: a sentence is added, or a
partner gets another name in another town, so that identity and what releases
share change as well. Told are the medians of the rounds in seconds: of the
clock from the start of the process until the server answers with what changed,
with what reading the release and putting it before the gate took of it apart,
and of processor time for each step of the build (`loading` is Python and its
modules). The build is ended when its dumps begin to be written.

With `--check` every edition is made from nothing as well and compared, and the
changes are of all kinds, in random order. A folder that is given is kept, with
its site, for the next run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import quote

from switching import answer, served, until

BENCH = Path(__file__).parent
COMPARED = ("graphs/*", "texts/*", "dumps/*", "report.*", "statistics.json", "register.json")
OWN = ("reading", "validating")
"""The steps that a release takes for itself."""

TOWNS = {
    "Ayuntamiento de": "Ronda",
    "Comune di": "Alba",
    "Gemeente": "Zutphen",
    "Gmina": "Sopot",
    "Ville de": "Ussel",
}
"""How municipalities of one country call themselves, each with a town that no release names."""

MUNICIPALITY = re.compile(rf"(?<=[,:] )({'|'.join(TOWNS)}) ([^\W\d_]+)(?= \()")


def main() -> None:
    """Run the benchmark; the exit code is 1 if an edition differs from one from nothing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--releases", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build_with_progress(options.build / "texts", options.build / "site")
        return
    with kept_or_temporary(options.folder) as folder:
        texts, site = folder / "texts", folder / "site"
        if not texts.exists():
            write(texts, options.releases)
        from eugraph.pipeline import build

        began = time.perf_counter()
        build([texts], site)
        sys.stdout.write(f"{'first build':32} {time.perf_counter() - began:8.2f}\n")
        dice = random.Random(options.seed)  # noqa: S311  # no secret
        if options.check:
            sys.exit(not all(compared(texts, site, dice) for _ in range(options.rounds)))
        with served(site) as port:
            for what, change in (("a sentence", with_sentence), ("a partner and its place", moved)):
                rounds = [seen(folder, port, change, dice) for _ in range(options.rounds)]
                sys.stdout.write(f"\n{what} changed\n")
                for step in rounds[0]:
                    seconds = median(each.get(step, 0.0) for each in rounds)
                    sys.stdout.write(f"{step:32} {seconds:8.2f}\n")


@contextmanager
def kept_or_temporary(folder: Path | None) -> Iterator[Path]:
    """Yield a folder, made if it is not there; without one, a folder that goes at the end."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        yield Path(temporary)


def write(folder: Path, number: int) -> None:
    """Write invented releases."""
    command = [sys.executable, str(BENCH / "texts.py"), str(number), "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


@dataclass
class Steps:
    """The seconds of processor time and of the clock that each step of a build took."""

    processor: dict[str, float] = field(default_factory=dict)
    clock: dict[str, float] = field(default_factory=dict)
    step: str = "loading"
    since: tuple[float, float] = (0.0, 0.0)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take note that a step goes on; all is told when dumps begin to be written."""
        del done, total
        now = time.process_time(), time.perf_counter()
        for seconds, begun, ended in zip(
            (self.processor, self.clock), self.since, now, strict=True
        ):
            seconds[self.step] = seconds.get(self.step, 0.0) + ended - begun
        self.step, self.since = step, now
        if step == "writing dumps":
            print(json.dumps([self.processor, self.clock]), flush=True)


def build_with_progress(texts: Path, site: Path) -> None:
    """Build in this process, and tell what its steps took; what came before is `loading`."""
    steps = Steps(since=(0.0, time.perf_counter()))
    from eugraph.pipeline import build

    steps("taking inputs", 0, 1)
    build([texts], site, progress=steps)


def with_sentence(text: str, dice: random.Random) -> tuple[str, str]:
    """Add a sentence; returns the text, and a query that is true when it is published."""
    text += f"\nIt was told on day {dice.randrange(10**6)}.\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return text, f'ASK {{ ?text <https://w3id.org/eugraph/ontology#sha256> "{digest}" }}'


def moved(text: str, dice: random.Random) -> tuple[str, str]:
    """Give a partner that does not lead another name in another town.

    Another leader than in other releases of the project would be refused.
    """
    name, town = dice.choice(MUNICIPALITY.findall(text))
    new = f"{name} {TOWNS[name]}"
    text, query = with_sentence(text.replace(f"{name} {town}", new), dice)
    org, label = "http://www.w3.org/ns/org#", "http://www.w3.org/2004/02/skos/core#prefLabel"
    named = f'?one a <{org}Organization> ; <{label}> ?name FILTER(STR(?name) = "{new}")'
    return text, f"{query[:-1]} . {named} }}"


def seen(
    folder: Path,
    port: int,
    change: Callable[[str, random.Random], tuple[str, str]],
    dice: random.Random,
) -> dict[str, float]:
    """Change one release, build, and return the seconds until the server answers with that."""
    paths = sorted((folder / "texts").glob("*.txt"))
    path = dice.choice([each for each in paths if MUNICIPALITY.search(each.read_text("utf-8"))])
    text, query = change(path.read_text(encoding="utf-8"), dice)
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, __file__, "--build", str(folder)]
    address = f"/sparql?query={quote(query)}"
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        until(lambda: b'"boolean":true' in answer(port, address)[1])
        visible = time.perf_counter() - began
        assert process.stdout  # noqa: S101  # a pipe was asked for
        processor, clock = json.loads(process.stdout.readline())
        process.kill()
    own = sum(clock.get(step, 0.0) for step in OWN)
    return {
        "seen by clients after": visible,
        "  of that reading and the gate": own,
        "  and the rest": visible - own,
        "processor time of the rest": sum(processor.values())
        - sum(processor.get(step, 0.0) for step in OWN),
    } | {f"  {step}": seconds for step, seconds in processor.items()}


def environment() -> dict[str, str]:
    """Return the environment of a build: its modules are found where this one's are."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def compared(texts: Path, site: Path, dice: random.Random) -> bool:
    """Change, add or remove a release; tell whether the edition is that of a build from nothing."""
    from eugraph.pipeline import build

    path = dice.choice(sorted(texts.glob("*.txt")))
    what = dice.choice(["change", "name", "add", "remove"])
    text = path.read_text(encoding="utf-8")
    match what:
        case "change":
            path.write_text(text.replace("1", "2", 1), encoding="utf-8")
        case "name":
            name = dice.choice(re.findall(r"[A-Z][a-z]{4,}", text))
            other = dice.choice(sorted(texts.glob("*.txt"))).read_text(encoding="utf-8")
            new = dice.choice(re.findall(r"[A-Z][a-z]{4,}", other))
            path.write_text(text.replace(name, new), encoding="utf-8")
        case "add":
            added = path.with_name(f"new-{dice.randrange(10**6)}.txt")
            added.write_text(f"{text}\nIt is told again.\n", encoding="utf-8")
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
    from eugraph.editions import current

    folder = current(site).folder
    files = (path for pattern in COMPARED for path in folder.glob(pattern))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


if __name__ == "__main__":
    main()

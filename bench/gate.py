"""How fast the gate is, in CPU seconds, which other work disturbs least.

    python bench/gate.py [--few N] [--many N] [--rounds N]

Prints the releases per second and core whose Core constraints are checked, at
the size of the two releases of `data/releases` and of made-up ones; the seconds
for the checks of all releases together; and what it costs to add one release to
few and to many, and their ratio: the same release, in each round one after the other.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from rdflib import Graph, URIRef

import texts
from eugraph.facts.fact import Reading
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.reconcile import read_facts
from eugraph.identity.resolve import resolve
from eugraph.pipeline import inspect
from eugraph.releases.read import read_release
from eugraph.releases.release import Release
from eugraph.store import Store
from eugraph.triples.describe import describe
from eugraph.triples.iris import REFERENCE_GRAPH
from eugraph.triples.ntriples import to_ntriples
from eugraph.triples.reference import describe_reference
from eugraph.validation import check_graphs, check_together, judge, load_shapes, reached

EXAMPLES = Path(__file__).parents[1] / "data" / "releases"
REFERENCE = str(REFERENCE_GRAPH)
COPIES = 20
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the CPU seconds of some work and what it gives."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


Read = tuple[Release, Reading]


def read(number: int) -> list[Read]:
    """Return so many releases and what is read in them."""
    with tempfile.TemporaryDirectory() as folder:
        texts.write(number, Path(folder))
        releases = [read_release(path) for path in sorted(Path(folder).glob("*.txt"))]
    return [(release, read_facts(release)) for release in releases]


def made(both: Sequence[Read]) -> dict[str, Graph]:
    """Return the graphs of releases, and the reference graph."""
    readings = [reading for _, reading in both]
    keys, gazetteer = resolve(readings), load_knowledge().gazetteer
    graphs = [describe(release, reading, keys, gazetteer) for release, reading in both]
    return {str(graph.identifier): graph for graph in graphs} | {
        REFERENCE: describe_reference(readings, keys, gazetteer)
    }


def core_speed(graphs: Mapping[str, Graph], reference: Graph) -> float:
    """Return the releases per second and core, shapes and reference data loaded."""
    empty, _ = timed(lambda: check_graphs({}, reference, shared=()))
    whole, _ = timed(lambda: check_graphs(graphs, reference, shared=()))
    return len(graphs) / (whole - empty)


class Edition:
    """An edition without its last release, checked, and ready to get it."""

    def __init__(self, graphs: Mapping[str, Graph]) -> None:
        """Check all but the last release."""
        self.reference = graphs[REFERENCE]
        releases = [name for name in graphs if name != REFERENCE]
        self.last = {releases[-1]: graphs[releases[-1]]}
        by_name = {name: to_ntriples(graph) for name, graph in graphs.items()}
        self.after = Store.in_memory(by_name).select
        before = Store.in_memory(
            {n: text for n, text in by_name.items() if n != releases[-1]}
        ).select
        self.whole, self.earlier = timed(lambda: check_together(before))
        self.judging, verdict = timed(lambda: judge(self.earlier, before))
        self.known = verdict.findings
        lines = set(by_name[releases[-1]].splitlines())
        for name in releases[:-1]:
            lines -= set(by_name[name].splitlines())
        self.touched = {URIRef(line[1 : line.index(">")]) for line in lines}

    def add(self) -> float:
        """Return the CPU seconds of checking the last release and what it reaches."""
        return timed(self._add)[0]

    def _add(self) -> None:
        alone = check_graphs(self.last, self.reference, shared=self.touched)
        reach = reached(self.touched, self.after, load_shapes())
        all_ = check_together(self.after, reach=reach, earlier=self.earlier)
        judge((*alone, *all_), self.after, known=self.known, reach=reach)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--many", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    both = read(options.many + 1)
    graphs = made(both)
    reference = graphs[REFERENCE]
    sample = dict(islice(graphs.items(), options.few))
    sample.pop(REFERENCE, None)
    examples = [inspect(path).graph for path in sorted(EXAMPLES.glob("*.txt"))]
    copies = {f"urn:copy:{n}": examples[n % len(examples)] for n in range(COPIES)}
    sizes = ", ".join(str(len(graph)) for graph in examples)
    rates = [(core_speed(copies, reference), core_speed(sample, reference)) for _ in range(3)]
    worked, invented = (statistics.median(each) for each in zip(*rates, strict=True))
    print(f"Core constraints, releases of {sizes} triples: {worked:.1f} a second and core")
    mean = statistics.mean(len(graph) for graph in sample.values())
    print(f"Core constraints, invented releases of {mean:.0f} triples: {invented:.1f}")
    many, few = Edition(graphs), Edition(made([*both[: options.few], both[-1]]))
    print(f"all together, {options.many} releases: {many.whole:.1f} s, words {many.judging:.1f} s")
    ratios = []
    for _ in range(options.rounds):
        one, other = few.add(), many.add()
        ratios.append(other / one)
        print(f"one more than {options.few}: {one:.2f} s, than {options.many}: {other:.2f} s")
    print(f"ratio: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()

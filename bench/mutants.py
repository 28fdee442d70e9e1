"""Whether pySHACL and the set queries agree on many small graphs with something wrong in them.

    python bench/mutants.py [N] [--start M]

Each of N graphs (10,000 by default) has at most 60 triples, made of the cases of
`tests/shapes` with some triples changed; the first 300 of them stand in the
tests. Prints how often each shape failed, and every disagreement; ends with 1
if there is any.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections import Counter
from itertools import count, islice
from pathlib import Path

from rdflib import Graph

from eugraph.validation import load_shapes
from eugraph.validation.constraints import check_constraints
from eugraph.validation.sense import check_sense

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "shapes")]
conftest, shapes_tests = map(importlib.import_module, ("conftest", "test_shapes"))

SMALL = 60
BATCH = 100


def results_of(graphs: dict[str, Graph]) -> dict[str, set[tuple[object, ...]]]:
    """Return what the gate says of each graph: shape, focus and value."""
    shapes = load_shapes()
    found: dict[str, set[tuple[object, ...]]] = {name: set() for name in graphs}
    for each in check_constraints(graphs, Graph(), shapes):
        found[str(each.graph)].add((each.shape, each.focus, each.value))
    for name, graph in graphs.items():
        ask = conftest._ask_over(graph)  # noqa: SLF001  # some nodes are blank
        for each in check_sense(shapes, ask):
            found[name].add((each.shape, each.focus, each.value))
    return found


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("number", type=int, nargs="?", default=10_000)
    parser.add_argument("--start", type=int, default=0)
    options = parser.parse_args()
    begun, failed, wrong = time.monotonic(), Counter[str](), 0
    made = ((n, shapes_tests.mutant(n)) for n in count(options.start))
    small = islice(((n, graph) for n, graph in made if len(graph) <= SMALL), options.number)
    done = 0
    while batch := {f"urn:mutant:{n}": graph for n, graph in islice(small, BATCH)}:
        for name, found in results_of(batch).items():
            expected = shapes_tests.by_pyshacl_alone(batch[name])
            failed.update({str(shape) for shape, *_ in found})
            if found != expected:
                wrong += 1
                print(f"{name}: only the gate {found - expected}, pySHACL {expected - found}")
        done += len(batch)
        print(f"{done} graphs, {wrong} disagreements, {time.monotonic() - begun:.0f} s", flush=True)
    print(", ".join(f"{shape} {number}" for shape, number in sorted(failed.items())))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

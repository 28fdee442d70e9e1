"""Checking: a graph that is as before, and names what is as before, is not checked again.

What holds of all releases together is asked of the whole edition each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Graph

from eugraph.editions import GRAPH_BASE
from eugraph.pipeline.describing import Described
from eugraph.pipeline.workings import Worked
from eugraph.triples.ntriples import from_ntriples, split_ntriples
from eugraph.validation import Result, check_graphs

Texts = Callable[[str], str]
"""Returns the graph, or the text, of a release by its id."""


def check_changed(  # noqa: PLR0913  # each is something else to ask
    described: Sequence[Described],
    before: Mapping[str, Worked],
    reference: Graph,
    touched: frozenset[str],
    *,
    graph: Texts,
    text: Texts,
) -> tuple[tuple[Result, ...], Mapping[str, tuple[Result, ...]]]:
    """Return the results of the reference data, and of each release alone, by its id.

    `touched` are the nodes of which the reference data tells something else
    than before. `graph` and `text` give a release's graph and text.
    """
    again = {each.id: each for each in described if _changed(each, before, touched)}
    graphs = _Graphs({GRAPH_BASE + name: each for name, each in again.items()}, graph)
    found: dict[str | None, list[Result]] = defaultdict(list)
    for result in check_graphs(graphs, reference, texts={name: text(name) for name in again}):
        found[result.graph].append(result)
    kept = {each.id for each in described} - again.keys()
    results = {name: before[name].results for name in kept}
    results |= {name: _in_order(found[GRAPH_BASE + name]) for name in again}
    return _in_order(found[None]), results


@dataclass(frozen=True, slots=True)
class _Graphs(Mapping[str, Graph]):
    """Graphs by their IRIs, each made when it is asked for: all at once fill the memory."""

    described: Mapping[str, Described]
    text: Texts

    def __getitem__(self, name: str) -> Graph:
        each = self.described[name]
        return from_ntriples(self.text(each.id) if each.text is None else each.text, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.described)

    def __len__(self) -> int:
        return len(self.described)


def _in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    return tuple(sorted(dict.fromkeys(results), key=repr))


def touched_nodes(old: str, new: str) -> frozenset[str]:
    """Return the nodes of which two reference graphs tell different things.

    That is those with a triple in one of them only, and those that lead to one:
    a shape may follow a path.
    """
    lines = set(split_ntriples(old)) ^ set(split_ntriples(new))
    touched = {_subject(line) for line in lines}
    leading: dict[str, set[str]] = defaultdict(set)
    for line in {*split_ntriples(old), *split_ntriples(new)} if touched else ():
        leading[_object(line)].add(_subject(line))
    reached = set(touched)
    while touched:
        touched = {node for each in touched for node in leading[each]} - reached
        reached |= touched
    return frozenset(reached)


def _changed(each: Described, before: Mapping[str, Worked], touched: frozenset[str]) -> bool:
    return each.text is not None or each.id not in before or not each.named.isdisjoint(touched)


def _subject(line: str) -> str:
    return line[1 : line.index(">")]


def _object(line: str) -> str:
    node = line.split(" ", 2)[2]
    return node[1 : node.index(">")] if node.startswith("<") else ""

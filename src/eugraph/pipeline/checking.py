"""Checking: what a change does not reach is not checked again, and what was found there stays.

A graph that is as before, and names what is as before, keeps its results; so
do nodes of the reference data, and what holds of all releases together keeps
what the change does not reach (`eugraph.validation.reach`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Self

from rdflib import Graph, URIRef

from eugraph.editions import GRAPH_BASE
from eugraph.pipeline.describing import Described
from eugraph.pipeline.workings import Worked, Workings
from eugraph.processes import processes
from eugraph.triples.iris import REFERENCE_GRAPH
from eugraph.triples.ntriples import difference, from_ntriples, reachable, split_ntriples
from eugraph.validation import (
    WORTH_A_PROCESS,
    Ask,
    Finding,
    Result,
    Verdict,
    check_graphs,
    check_together,
    judge,
    load_shapes,
    reached,
)
from eugraph.vocabulary import IRI_BASE

_RELEASES = f"{IRI_BASE}id/release/"
"""How the IRIs of releases begin, and below each those of its language versions."""

Shared = Sequence[URIRef] | None
"""The nodes of the reference data that are to be checked; None for all of them."""

Texts = Callable[[str], str]
"""Returns the graph, or the text, of a release by its id."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition tells otherwise than the one before it.

    `touched` are the nodes of which it tells something else, `named` those
    that a line which differs names, in whichever graph, and the releases whose
    language versions it names: they go by their headlines.
    """

    touched: frozenset[str]
    named: frozenset[str]

    @classmethod
    def of(cls, touched: frozenset[str], graphs: Iterable[tuple[str, str]]) -> Self:
        """Return the change of `graphs`, each as it was and as it is, to `touched` nodes."""
        lines = (line for old, new in graphs for line in _differing(old, new))
        ends = {node for line in lines for node in (_subject(line), _object(line))}
        releases = {node.rpartition("/")[0] for node in ends if node.startswith(_RELEASES)}
        return cls(touched, frozenset(ends | releases))


def check_all(
    alone: Sequence[Result], before: Workings, change: Change | None, ask: Ask
) -> tuple[tuple[Result, ...], Verdict]:
    """Return the results of all releases together, and the verdict on them and those `alone`.

    Without a `change`, everything is looked at; the outcome is the same.
    """
    if change is None:
        together = _in_order(check_together(ask))
        return together, judge((*alone, *together), ask)
    shapes = load_shapes()
    reach = reached(map(URIRef, change.touched), ask, shapes)
    together = _in_order(check_together(ask, reach=reach, earlier=before.together))
    known = [finding for finding in before.findings if not _is_named(finding, change)]
    return together, judge((*alone, *together), ask, known=known, reach=reach)


def _is_named(finding: Finding, change: Change) -> bool:
    """Tell whether other graphs than before may name what a finding is about, or speaks of."""
    nodes = (finding.focus, finding.value, *(node for _, node in finding.bindings))
    return any(str(node) in change.named for node in nodes)


def check_changed(  # noqa: PLR0913  # each is something else to ask
    described: Sequence[Described],
    before: Workings,
    reference: str,
    touched: frozenset[str],
    *,
    graph: Texts,
    text: Texts,
    workers: int = 1,
) -> tuple[tuple[Result, ...], Mapping[str, tuple[Result, ...]]]:
    """Return the results of the reference data, and of each release alone, by its id.

    `reference` is that data as sorted N-Triples, `touched` are the nodes of
    which it tells something else than before. `graph` and `text` give a
    release's graph and text. So many processes as `workers` share the releases,
    where there are enough.
    """
    releases = before.releases
    again = {each.id: each for each in described if _changed(each, releases, touched)}
    found: dict[str | None, list[Result]] = defaultdict(list)
    shared = [URIRef(node) for node in touched] if releases else None
    if releases:
        named = (node for each in again.values() for node in each.names.nodes)
        reference = reachable(reference, chain(touched, named))
    work = partial(_check_share, reference=reference, graph=graph, text=text)
    for result in _in_shares([*again.values()], shared, work, workers):
        found[result.graph].append(result)
    as_before = before.shared if releases else ()
    found[None] += [result for result in as_before if str(result.focus) not in touched]
    kept = {each.id for each in described} - again.keys()
    results = {name: releases[name].results for name in kept}
    results |= {name: _in_order(found[GRAPH_BASE + name]) for name in again}
    return _in_order(found[None]), results


def _in_shares(
    again: Sequence[Described], shared: Shared, work: Callable[..., Sequence[Result]], workers: int
) -> Iterator[Result]:
    """Yield what `work` finds in releases, and in the reference data, which goes with the first."""
    if workers == 1 or len(again) < WORTH_A_PROCESS * workers:
        yield from work(again, shared)
        return
    with processes(workers) as pool:
        shares = [again[number::workers] for number in range(workers)]
        jobs = [
            pool.submit(work, share, () if number else shared)
            for number, share in enumerate(shares)
        ]
        for job in jobs:
            yield from job.result()


def _check_share(
    share: Sequence[Described], shared: Shared, *, reference: str, graph: Texts, text: Texts
) -> Sequence[Result]:
    graphs = _Graphs({GRAPH_BASE + each.id: each for each in share}, graph)
    texts = {each.id: text(each.id) for each in share}
    data = from_ntriples(reference, str(REFERENCE_GRAPH))
    return check_graphs(graphs, data, texts=texts, shared=shared)


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
    touched = {_subject(line) for line in _differing(old, new)}
    leading: dict[str, set[str]] = defaultdict(set)
    for line in {*split_ntriples(old), *split_ntriples(new)} if touched else ():
        leading[_object(line)].add(_subject(line))
    reached = set(touched)
    while touched:
        touched = {node for each in touched for node in leading[each]} - reached
        reached |= touched
    return frozenset(reached)


def _differing(old: str, new: str) -> frozenset[str]:
    gone, came = difference(old, new)
    return gone | came


def _changed(each: Described, before: Mapping[str, Worked], touched: frozenset[str]) -> bool:
    if each.text is not None or each.id not in before:
        return True
    return bool(touched) and not each.names.nodes.isdisjoint(touched)


def _subject(line: str) -> str:
    return line[1 : line.index(">")]


def _object(line: str) -> str:
    node = line.split(" ", 2)[2]
    return node[1 : node.index(">")] if node.startswith("<") else ""

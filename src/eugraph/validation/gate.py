"""The gate itself: everything that is checked before an edition is published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from rdflib import BNode, Graph
from rdflib.namespace import RDF
from rdflib.term import Node

from eugraph.errors import DataError
from eugraph.processes import processes
from eugraph.triples.wording import terms_graph
from eugraph.validation.dates import PROGRAM, check_dates
from eugraph.validation.finding import Finding, Result, Verdict
from eugraph.validation.form import BLANK_AUTHORITY, BLANK_PATH, check_form
from eugraph.validation.grounding import check_grounding
from eugraph.validation.names import check_names
from eugraph.validation.reach import Reach
from eugraph.validation.sense import Ask, check_sense
from eugraph.validation.shapes import Shapes, load_shapes
from eugraph.validation.witnesses import Witnesses
from eugraph.vocabulary import EUG

WORTH_A_PROCESS = 10
"""From how many graphs for each process on several are quicker than one."""


def validate(  # noqa: PLR0913  # a keyword for each choice
    graphs: Mapping[str, Graph],
    reference: Graph,
    ask: Ask,
    *,
    texts: Mapping[str, str] | None = None,
    shapes: Shapes | None = None,
    workers: int = 1,
) -> Verdict:
    """Return what the gate says of release graphs, and of all releases together.

    `graphs` are the release graphs to look at, by their IRIs: all, or those
    that changed. `reference` is what they share, with the ontology's terms.
    `ask` answers SELECT queries over every triple of the edition, each once.
    With `texts` (by release id) the words of each graph's evidence are looked
    up in the text they were read from. So many processes as `workers` share
    the graphs.

    Raises `DataError` if the shapes are unusable.
    """
    shapes = shapes or load_shapes()
    alone = check_graphs(graphs, reference, texts=texts, shapes=shapes, workers=workers)
    return judge((*alone, *check_together(ask, shapes=shapes)), ask, graphs, shapes=shapes)


def check_graphs(  # noqa: PLR0913  # a keyword for each choice
    graphs: Mapping[str, Graph],
    reference: Graph,
    *,
    texts: Mapping[str, str] | None = None,
    shapes: Shapes | None = None,
    shared: Collection[Node] | None = None,
    workers: int = 1,
) -> tuple[Result, ...]:
    """Return what is to be said of each graph alone, and of the reference data.

    Of the reference data only the nodes `shared` are checked, if they are
    given: those of which it tells something else than before.

    A result of a graph has its name; as long as neither the graph nor what it
    names in the reference data changes, it stays. So many processes as
    `workers` share the graphs, where there are enough; the results are the same.
    Raises `DataError` if the shapes are unusable.
    """
    shapes = shapes or load_shapes()
    found = _check_shared_form(reference, shared)
    if workers == 1 or len(graphs) < WORTH_A_PROCESS * workers:
        return (*_check_share(graphs, reference, texts, shapes, shared), *found)
    names = sorted(graphs)
    shares = [{name: graphs[name] for name in names[n::workers]} for n in range(workers)]
    with processes(workers) as pool:
        jobs = [
            pool.submit(_check_share, share, reference, texts, shapes, () if number else shared)
            for number, share in enumerate(shares)
        ]
        return (*(result for job in jobs for result in job.result()), *found)


def _check_share(
    graphs: Mapping[str, Graph],
    reference: Graph,
    texts: Mapping[str, str] | None,
    shapes: Shapes,
    shared: Collection[Node] | None,
) -> tuple[Result, ...]:
    from eugraph.validation.constraints import check_constraints  # a reader may need no shapes

    return (
        *check_constraints(graphs, reference, shapes, shared=shared),
        *_check_by_program(graphs, texts),
    )


def _check_shared_form(reference: Graph, shared: Collection[Node] | None) -> tuple[Result, ...]:
    if shared is None:
        return tuple(check_form(reference))
    part = Graph()
    for node in shared:
        for triple in reference.triples((node, None, None)):
            part.add(triple)
    return tuple(check_form(part))


def check_together(
    ask: Ask,
    *,
    reach: Reach | None = None,
    earlier: Iterable[Result] = (),
    shapes: Shapes | None = None,
) -> tuple[Result, ...]:
    """Return what is to be said of all releases together, the whole edition being asked.

    With `reach`, only what a change reaches is looked at again, and `earlier`,
    what this function returned for the edition before, holds for the rest: the
    outcome is the same, up to the order. It is that of the subjects of the
    triples in graphs that are new, changed or gone (as they were and as they
    are), but for triples that graphs which did not change have as well.
    """
    shapes = shapes or load_shapes()
    if reach is None:
        return (*check_sense(shapes, ask), *check_names(ask))
    earlier = tuple(earlier)
    again = reach.among(earlier)
    kept = (each for each in earlier if _held(each).isdisjoint(again[each.shape]))
    return (*kept, *check_sense(shapes, ask, again), *check_names(ask, again))


def _held(result: Result) -> set[Node | None]:
    """Return the nodes that a result of all releases is about; a pair of names is about both."""
    return {result.focus, result.value} if result.component == PROGRAM else {result.focus}


def judge(  # noqa: PLR0913  # a keyword for each choice
    results: Iterable[Result],
    ask: Ask,
    graphs: Mapping[str, Graph] | None = None,
    *,
    known: Iterable[Finding] = (),
    reach: Reach | None = None,
    shapes: Shapes | None = None,
) -> Verdict:
    """Return the verdict on results: each once, with the words that bear on it.

    Without `graphs`, the release graphs, `ask` is asked for what is in each.
    Where a result was put into words before and the change does not `reach` it
    (as `check_together` has it), its finding in `known` stays.
    """
    witnesses = Witnesses(shapes or load_shapes(), ask, graphs)
    stay = _staying(tuple(known), reach) if reach else {}
    return Verdict.of(
        stay.get(result) or witnesses.finding(result) for result in dict.fromkeys(results)
    )


def _staying(known: tuple[Finding, ...], reach: Reach) -> Mapping[Result, Finding]:
    results = {finding.result: finding for finding in known}
    again = reach.among(results)
    return {
        result: finding
        for result, finding in results.items()
        if {result.focus, result.value}.isdisjoint(again[result.shape])
    }


def validate_files(
    paths: Iterable[Path], ask_over: Callable[[Graph], Ask] | None = None
) -> Verdict:
    """Return what the gate says of Turtle files, each a release with its reference data.

    The ontology and the concept schemes are added. `ask_over` makes the way to
    ask a graph; by default rdflib answers. Blank nodes have IRIs by then: they
    are told as findings, not errors. Raises `DataError` naming a file
    that cannot be read.
    """
    graphs = {}
    for path in paths:
        graph = _read(path)
        graphs[_name(graph, path)] = graph
    reference = _own_terms()
    everything = Graph()
    for part in (reference, *graphs.values()):
        for triple in part:
            everything.add(triple)
    return validate(graphs, reference, (ask_over or ask_graph)(everything))


def ask_graph(graph: Graph) -> Ask:
    """Return a way to ask an rdflib graph; right for one release, slow for many."""

    def ask(query: str) -> Iterator[Mapping[str, Node]]:
        for row in graph.query(query):
            yield row.asdict()  # type: ignore[union-attr]  # rows of a SELECT

    return ask


def _check_by_program(
    graphs: Mapping[str, Graph], texts: Mapping[str, str] | None
) -> Iterator[Result]:
    for name, graph in graphs.items():
        yield from check_dates(graph, name)
        yield from check_form(graph, name)
        if texts is not None:
            yield from check_grounding(graph, texts, name)


def _read(path: Path) -> Graph:
    try:
        graph = Graph().parse(path, format="turtle")
    except OSError as error:
        raise DataError(path.name, f"it cannot be read: {error.strerror}") from error
    except Exception as error:  # rdflib's parser raises many kinds, some its own
        raise DataError(path.name, f"it is not Turtle: {_mistake(error)}") from error
    return graph.skolemize(authority=BLANK_AUTHORITY, basepath=BLANK_PATH)


def _mistake(error: Exception) -> str:
    """Return what the parser found and in which line; its own text quotes bytes as Python does."""
    why = getattr(error, "_why", None) or next(iter(str(error).splitlines()), type(error).__name__)
    line = getattr(error, "lines", None)
    return why if line is None else f"line {line + 1}: {why}"


def _name(graph: Graph, path: Path) -> str:
    """Return the IRI of the graph of the one release in a file, else that of the file."""
    releases = list(graph.subjects(RDF.type, EUG.PressRelease))
    if len(releases) == 1:
        return str(releases[0]).replace("/id/release/", "/id/graph/", 1)
    return path.resolve().as_uri()


def _own_terms() -> Graph:
    terms = Graph()
    for triple in terms_graph():
        if not any(isinstance(node, BNode) for node in triple):
            terms.add(triple)
    return terms

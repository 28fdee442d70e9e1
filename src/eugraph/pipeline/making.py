"""Making an edition: graphs of what was gathered, put before the gate, and published."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rdflib import Graph

from eugraph.changes import write_changes
from eugraph.editions import (
    GRAPH_BASE,
    Edition,
    Manifest,
    candidates,
    derive,
    fill,
    keep_register,
    last_register,
    now,
    publish,
)
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.identity.resolve import resolve
from eugraph.pipeline.built import Built, Options
from eugraph.pipeline.checking import Change, check_all, check_changed, touched_nodes
from eugraph.pipeline.describing import Described, describe_releases, describe_shared
from eugraph.pipeline.inputs import Inputs, versions
from eugraph.pipeline.inspection import to_turtle
from eugraph.pipeline.material import Base, Material, base_of, gather
from eugraph.pipeline.reading import Progress
from eugraph.pipeline.workings import FILE, Worked, Workings, write_workings
from eugraph.search import Change as Shift
from eugraph.search import derive_index, write_index
from eugraph.store import Delta, Store
from eugraph.triples.iris import REFERENCE_GRAPH
from eugraph.triples.ntriples import to_ntriples
from eugraph.validation import (
    Result,
    Verdict,
    report_graph,
    report_json,
)

REFUSED = "refused"
"""The folder of a site that holds the report on the newest build, if the gate refused it."""

_REFERENCE = str(REFERENCE_GRAPH).removeprefix(GRAPH_BASE)


@dataclass(frozen=True, slots=True)
class Graphs:
    """All graphs of an edition: those of its releases, and `shared`, with their texts in `told`."""

    described: tuple[Described, ...]
    shared: Mapping[str, Graph]
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a draft has otherwise than the edition before it.

    `graphs` are those that differ, empty where one is gone, `texts` those that
    are new or were read again, `gone` the releases that are. `delta` is None if
    the draft is not made of that edition.
    """

    graphs: Mapping[str, str]
    texts: Mapping[str, str]
    gone: frozenset[str]
    delta: Delta | None


@dataclass(frozen=True, slots=True)
class Checked:
    """Results: of each release alone, of the reference data, and of all releases together."""

    alone: Mapping[str, tuple[Result, ...]]
    shared: tuple[Result, ...]
    together: tuple[Result, ...]


def make(draft: Edition, inputs: Inputs, site: Path, options: Options, progress: Progress) -> Built:
    """Make the edition `draft` of `inputs` and of the one before, and publish it.

    Raises and returns what `eugraph.pipeline.build` does.
    """
    base = base_of(site, inputs)
    material = gather(inputs, site, base, options, progress)
    progress("describing", 0, len(material.outlines))
    graphs = _describe(draft, site, base, material, progress)
    progress("storing", 0, 1)
    parts = _fill(draft, base, material, graphs)
    progress("validating", 0, 1)
    verdict, checked = _check(draft, base, graphs, _change(base, parts))
    ids = tuple(each.id for each in material.outlines)
    built = Built(None, verdict, material.now, ids, material.left_out, material.corrected)
    _write_report(draft.folder, verdict)
    if not verdict.conforms:
        _write_report(site / REFUSED, verdict)
        return built
    created = now(site)
    _write_workings(draft, material, graphs, checked, verdict)
    record_changes(draft, base.edition, created, parts.graphs)
    progress("indexing", 0, 1)
    _write_index(draft, base.edition, parts)
    edition = publish(draft, verdict, _manifest(draft, created, material))
    shutil.rmtree(site / REFUSED, ignore_errors=True)
    material.reader.forget_others(each.key for each in material.outlines)
    return replace(built, edition=edition)


def record_changes(
    draft: Edition, before: Edition | None, created: str, graphs: Mapping[str, str]
) -> None:
    """Write what `draft` changes: `graphs` are those that differ, empty where one is gone."""
    write_changes(
        draft.changes,
        before=before.changes if before else None,
        number=draft.number,
        created=created,
        old={iri: text for iri in graphs if before and (text := before.graph(iri))},
        new={iri: text for iri, text in graphs.items() if text},
        about=Store.read_only(draft.store).about,
    )


def _describe(
    draft: Edition, site: Path, base: Base, material: Material, progress: Progress
) -> Graphs:
    """Give all things their keys and describe what is not as before."""
    bare = [each.bare for each in material.outlines]
    keys = resolve(bare, last_register(site), material.made)
    keep_register(draft, keys.register)
    gazetteer = load_knowledge().gazetteer
    described = describe_releases(
        material.outlines,
        keys,
        before=(base.workings.releases, base.graph),
        full=material.full,
        gazetteer=gazetteer,
        progress=progress,
    )
    shared = describe_shared(bare, keys, gazetteer, candidates(site))
    return Graphs(described, shared, {iri: to_ntriples(graph) for iri, graph in shared.items()})


def _fill(draft: Edition, base: Base, material: Material, graphs: Graphs) -> Parts:
    """Write the graphs, texts and store of `draft`."""
    told = {GRAPH_BASE + each.id: each.text for each in graphs.described if each.text is not None}
    told |= graphs.told
    texts = {each.release.id: each.release.text for each in material.now}
    texts |= {
        each.id: material.full(each.id).release.text
        for each in graphs.described
        if each.id not in base.workings.releases and each.id not in texts
    }
    changed = {iri: text for iri, text in told.items() if base.graph(_name(iri)) != text}
    gone = base.releases - {each.id for each in graphs.described}
    if base.edition and base.workings.releases:
        delta = derive(draft, base.edition, changed, texts, gone)
    else:
        delta = None
        fill(draft, told, texts)
    return Parts(changed | {GRAPH_BASE + name: "" for name in gone}, texts, gone, delta)


def _change(base: Base, parts: Parts) -> Change | None:
    """Return what changes; None if there is nothing to compare with."""
    if parts.delta is None:
        return None
    graphs = ((base.graph(_name(iri)), new) for iri, new in parts.graphs.items())
    return Change.of(parts.delta.touched, graphs)


def _write_index(draft: Edition, before: Edition | None, parts: Parts) -> None:
    select = Store.read_only(draft.store).select
    if parts.delta is None or before is None or not before.search.exists():
        write_index(draft.search, select, draft.texts)
        return
    came, gone = parts.delta.by_predicate
    asked = Store.read_only(before.store).select
    change = Shift(asked, came, gone, parts.texts, parts.gone)
    derive_index(draft.search, before.search, select, change)


def _name(iri: str) -> str:
    return iri.removeprefix(GRAPH_BASE)


def _check(
    draft: Edition, base: Base, graphs: Graphs, change: Change | None
) -> tuple[Verdict, Checked]:
    """Put `draft` before the gate; return its verdict, and what each check gave."""
    reference = str(REFERENCE_GRAPH)
    shared, alone = check_changed(
        graphs.described,
        base.workings,
        graphs.shared[reference],
        touched_nodes(base.graph(_REFERENCE), graphs.told[reference]),
        graph=lambda name: draft.graph(GRAPH_BASE + name),
        text=draft.text,
    )
    ask = Store.read_only(draft.store).select
    found = [*shared, *(result for name in sorted(alone) for result in alone[name])]
    together, verdict = check_all(found, base.workings, change, ask)
    return verdict, Checked(alone, shared, together)


def _write_report(folder: Path, verdict: Verdict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.ttl").write_text(to_turtle(report_graph(verdict)), encoding="utf-8")
    (folder / "report.json").write_text(report_json(verdict), encoding="utf-8")


def _write_workings(
    draft: Edition, material: Material, graphs: Graphs, checked: Checked, verdict: Verdict
) -> None:
    outlines = {each.id: each for each in material.outlines}
    alone = checked.alone
    worked = {
        each.id: Worked(outlines[each.id], each.digest, each.labels, each.named, alone[each.id])
        for each in graphs.described
    }
    workings = Workings(worked, checked.shared, checked.together, verdict.findings)
    write_workings(draft.folder / FILE, workings, material.reader.inputs.made_by)


def _manifest(draft: Edition, created: str, material: Material) -> Manifest:
    inputs = material.reader.inputs
    return Manifest(
        number=draft.number,
        created=created,
        program=inputs.made_by,
        inputs=inputs.digests,
        counts={
            "releases": len(material.outlines),
            "facts": sum(each.facts for each in material.outlines),
            "discrepancies": sum(each.discrepancies for each in material.outlines),
        },
        versions=versions(),
        left_out={error.name: error.reason for error in material.left_out},
        to_try_again=any(not each.key for each in material.outlines),
    )

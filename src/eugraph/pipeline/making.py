"""Making an edition: graphs of what was gathered, put before the gate, and published."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from eugraph.changes import write_changes
from eugraph.editions import (
    GRAPH_BASE,
    Beside,
    Edition,
    Manifest,
    candidates,
    derive,
    empty,
    fill,
    inherit,
    keep_register,
    last_register,
    now,
    publish,
)
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.identity.resolve import resolve
from eugraph.pipeline.built import Built, Options
from eugraph.pipeline.describing import describe_releases, describe_shared
from eugraph.pipeline.disagreeing import count_disagreements, describe_disagreements
from eugraph.pipeline.keeping import (
    REFUSED,
    Checked,
    Graphs,
    Parts,
    keep_index,
    keep_refusal,
    keep_report,
    keep_workings,
)
from eugraph.pipeline.material import Base, Material
from eugraph.pipeline.reading import Progress
from eugraph.pipeline.renewing import renewed
from eugraph.pipeline.settled import settled_keys
from eugraph.store import Store, flaw_of
from eugraph.triples.iris import QUALITY_GRAPH, REFERENCE_GRAPH
from eugraph.triples.links import are_contested
from eugraph.triples.ntriples import to_ntriples

_REFERENCE = str(REFERENCE_GRAPH).removeprefix(GRAPH_BASE)


def make(  # noqa: PLR0913, PLR0917  # each is something else to go by
    draft: Edition,
    base: Base,
    material: Material,
    files: Beside,
    options: Options,
    progress: Progress,
) -> Built:
    """Make the edition `draft` of what was gathered and of the one before, and publish it.

    Raises and returns what `eugraph.pipeline.build` does.
    """
    site = draft.folder.parents[1]
    graphs, material, parts = _filled(
        draft, site, base, material, files, progress, strict=options.strict
    )
    files.sync(draft.store)
    progress("validating", 0, 1)
    store = Store.read_only(draft.store)
    # The engine, which the index mostly waits for, leaves the processor of the gate to it.
    indexed = files.meanwhile(partial(_index, draft, base, parts, store, files))
    checked = _check(draft, base, graphs, parts, store, options.workers)
    verdict = checked.verdict
    ids = tuple(each.id for each in material.outlines)
    built = Built(None, verdict, material.now, ids, material.left_out, material.corrected)
    progress("writing the report", 0, 1)
    if not verdict.conforms:
        keep_refusal(site / REFUSED, draft, verdict)
        return built
    keep_report(draft, base, parts, verdict)
    created = now(site)
    progress("writing down", 0, 1)
    files.copied(draft.changes.name)
    record_changes(draft, base.edition, created, parts.graphs, store)
    progress("indexing", 0, 1)
    indexed.result()
    progress("switching", 0, 1)
    edition = publish(draft, verdict, _manifest(draft, created, material))
    keep_workings(edition, base, material, graphs, checked)
    shutil.rmtree(site / REFUSED, ignore_errors=True)
    material.reader.forget_others(each.key for each in material.outlines)
    return replace(built, edition=edition)


def _filled(  # noqa: PLR0913, PLR0917  # each is something else to go by
    draft: Edition,
    site: Path,
    base: Base,
    material: Material,
    files: Beside,
    progress: Progress,
    *,
    strict: bool,
) -> tuple[Graphs, Material, Parts]:
    """Describe all and fill `draft`, without the releases whose graphs the store does not take."""
    while True:
        progress("telling things apart", 0, 1)
        graphs, described = _describe(draft, site, base, material, progress)
        progress("storing", 0, 1)
        try:
            return graphs, described, _fill(draft, base, described, graphs, files)
        except ValueError:
            texts = {each.id: each.text for each in graphs.described if each.text is not None}
            flaws = {name: why for name, text in texts.items() if (why := flaw_of(text))}
            if not flaws:
                raise
            material = material.without(flaws, strict=strict)
            empty(draft)


def record_changes(
    draft: Edition,
    before: Edition | None,
    created: str,
    graphs: Mapping[str, str],
    store: Store | None = None,
) -> None:
    """Write what `draft` changes: `graphs` are those that differ, empty where one is gone."""
    write_changes(
        draft.changes,
        before=before.changes if before else None,
        number=draft.number,
        created=created,
        old={iri: text for iri in graphs if before and (text := before.graph(iri))},
        new={iri: text for iri, text in graphs.items() if text},
        about=(store or Store.read_only(draft.store)).about,
    )


def _describe(
    draft: Edition, site: Path, base: Base, material: Material, progress: Progress
) -> tuple[Graphs, Material]:
    """Give all things their keys and describe what is not as before.

    Returns with it what became of the corrections of what releases disagree on.
    """
    gazetteer = load_knowledge().gazetteer
    settled = settled_keys(base, material, gazetteer)
    shared = None if settled is not None else renewed(base, material, gazetteer)
    keys = settled if shared is None else shared.keys
    contested, whole = base.workings.contested, keys is None
    if keys is None:
        bare = [each.bare for each in material.outlines]
        keys = resolve(bare, last_register(site), material.made)
        contested = are_contested(bare, keys, gazetteer)
    progress("describing", 0, len(material.outlines))
    described = describe_releases(
        material.outlines,
        keys,
        before=(base.workings.releases, base.graph),
        full=material.full,
        gazetteer=gazetteer,
        progress=progress,
    )
    concerned = None if whole else {*material.changed(base), *(name for name, _ in keys.of)}
    quality, material = describe_disagreements(base, material, keys, concerned, gazetteer)
    texts: dict[str, str] = {str(QUALITY_GRAPH): quality}
    if settled is not None and base.edition:
        inherit(draft, base.edition, "register.json")
        return Graphs(described, texts, contested), material
    if shared is not None:
        keep_register(draft, shared.register)
        return Graphs(described, {**texts, **shared.texts}, contested), material
    keep_register(draft, keys.register)
    graphs = describe_shared(bare, keys, gazetteer, candidates(site))
    texts |= {iri: to_ntriples(graph) for iri, graph in graphs.items()}
    return Graphs(described, texts, contested), material


def _fill(draft: Edition, base: Base, material: Material, graphs: Graphs, files: Beside) -> Parts:
    """Write the graphs, texts and store of `draft`."""
    all_graphs = {
        GRAPH_BASE + each.id: each.text for each in graphs.described if each.text is not None
    }
    all_graphs |= graphs.shared
    texts = {each.release.id: each.release.text for each in material.now}
    texts |= {
        each.id: material.full(each.id).release.text
        for each in graphs.described
        if each.id not in base.workings.releases and each.id not in texts
    }
    changed = {iri: text for iri, text in all_graphs.items() if base.graph(_name(iri)) != text}
    gone = base.releases - {each.id for each in graphs.described}
    delta, before = None, None
    if base.edition and base.workings.releases:
        before, store = files.stores(base.edition)
        delta = derive(draft, base.edition, changed, texts, gone, (before, store))
    else:
        fill(draft, all_graphs, texts)
    return Parts(changed | {GRAPH_BASE + name: "" for name in gone}, texts, gone, delta, before)


def _index(draft: Edition, base: Base, parts: Parts, store: Store, files: Beside) -> None:
    files.copied(draft.search.name)
    keep_index(draft, store, base.edition, parts)


def _graph_of(draft: Edition, release: str) -> str:
    return draft.graph(GRAPH_BASE + release)


def _name(iri: str) -> str:
    return iri.removeprefix(GRAPH_BASE)


def _check(  # noqa: PLR0913, PLR0917  # each is something else to go by
    draft: Edition, base: Base, graphs: Graphs, parts: Parts, store: Store, workers: int
) -> Checked:
    """Put `draft` before the gate."""
    from eugraph.pipeline.checking import Change, check_all, check_changed, touched_nodes

    before = base.graph(_REFERENCE)
    reference = graphs.shared.get(str(REFERENCE_GRAPH), before)
    shared, alone = check_changed(
        graphs.described,
        base.workings,
        reference,
        touched_nodes(before, reference),
        graph=partial(_graph_of, draft),
        text=draft.text,
        workers=workers,
    )
    found = [*shared, *(result for name in sorted(alone) for result in alone[name])]
    change = None
    if parts.delta is not None:
        compared = ((base.graph(_name(iri)), new) for iri, new in parts.graphs.items())
        change = Change.of(parts.delta.touched, compared)
    together, verdict = check_all(found, base.workings, change, store.select)
    return Checked(verdict, alone, shared, together)


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
            "discrepancies": sum(each.discrepancies for each in material.outlines)
            + count_disagreements(draft.graph(str(QUALITY_GRAPH))),
        },
        versions=inputs.versions,
        left_out={error.name: error.reason for error in material.left_out},
        to_try_again=any(not each.key for each in material.outlines),
    )

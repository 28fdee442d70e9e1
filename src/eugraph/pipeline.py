"""The main job: releases in, a published edition out.

The stages in order: read, find facts, resolve identities, describe, validate,
publish. Reading is done release by release, in several processes if asked;
everything after it sees all releases at once. A file that cannot be read is
left out and told; a violation refuses the whole edition and what was published
before stays.
"""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from rdflib import Graph

from eugraph.changes import write_changes
from eugraph.dumps import write_dumps
from eugraph.editions import (
    GRAPH_BASE,
    Edition,
    Manifest,
    candidates,
    current,
    editions,
    fill,
    keep_register,
    last_register,
    new_draft,
    publish,
)
from eugraph.errors import ReleaseError, SiteError
from eugraph.facts.claim import Claimant
from eugraph.facts.corrections import Corrected, Correction, load_corrections, outcomes
from eugraph.facts.derive import with_claims
from eugraph.facts.fact import Reading
from eugraph.facts.find import find_facts
from eugraph.facts.given import Known
from eugraph.facts.knowledge import load_knowledge
from eugraph.facts.overrides import correct
from eugraph.identity.decide import Decisions, decide
from eugraph.identity.register import Register
from eugraph.identity.resolve import Keys, resolve
from eugraph.reconciliation.candidate import FILE as CANDIDATES
from eugraph.reconciliation.candidate import Candidate
from eugraph.releases.find import find_releases
from eugraph.releases.read import read_release
from eugraph.releases.release import Release
from eugraph.shipped import shipped
from eugraph.store import Store, merged, serialize
from eugraph.triples.describe import describe
from eugraph.triples.identification import describe_identity
from eugraph.triples.iris import IDENTITY_GRAPH, LINKS_GRAPH, REFERENCE_GRAPH, SHARED_GRAPHS
from eugraph.triples.links import describe_links
from eugraph.triples.names import agree_on_labels
from eugraph.triples.ntriples import to_ntriples
from eugraph.triples.reference import describe_reference, extract
from eugraph.triples.wording import concept_names
from eugraph.validation import Ask, Verdict, report_json, report_turtle, validate
from eugraph.validation import validate_files as validate_turtle

SHIPPED = (
    "ontology",
    "shapes",
    "data/languages.toml",
    "data/lexicon",
    "data/gazetteer",
    "data/wording",
    "data/language-model",
)
"""The shipped files that decide what an edition says."""

REFUSED = "refused"
"""The folder of a site that holds the report on the newest build, if the gate refused it."""

Progress = Callable[[str, int, int], None]
"""Told of each step: its name, how much is done, how much there is."""


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class ReadRelease:
    """A release, what it says, and what became of a person's corrections of it."""

    release: Release
    reading: Reading
    corrected: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; `edition` is None if the gate refused it, `left_out` could not be read.

    `corrected` tells what became of each correction: a stale or redundant one
    is for a person to look at.
    """

    edition: Edition | None
    verdict: Verdict
    read: tuple[ReadRelease, ...]
    left_out: tuple[ReleaseError, ...]
    corrected: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspected:
    """One release alone: what it says, its graph with the reference data it needs, the verdict."""

    read: ReadRelease
    graph: Graph
    verdict: Verdict


def build(  # noqa: PLR0913  # a keyword for each choice
    paths: Iterable[Path],
    site: Path,
    *,
    strict: bool = False,
    workers: int = 1,
    claimant: Claimant | None = None,
    overrides: Path | None = None,
    progress: Progress = _silent,
) -> Built:
    """Read the releases at `paths` and publish what they say as the next edition of `site`.

    With a `claimant`, what it claims besides is kept as candidates. The folder
    `overrides` holds a person's corrections, which stand whatever was read.
    With `strict` the first file that cannot be read ends the build. Raises
    `ReleaseError` for that, or if nothing could be read at all, `DataError` if
    a correction is malformed, and `SiteError` if another build of the site is
    running. If the gate refuses, the result has no edition and nothing
    published has changed.
    """
    files = find_releases(paths)
    corrections = _corrections(overrides)
    with new_draft(site) as draft:
        read_one = partial(_read, claimant=claimant, corrections=corrections)
        outcomes = _outcomes(files, read_one, workers)
        read, left_out = _read_all(outcomes, len(files), strict=strict, progress=progress)
        read, decisions = _decide(read, corrections)
        corrected = _told(read, corrections, decisions)
        keys = _resolve(read, decisions, last_register(site))
        graphs = _describe_all(read, keys, candidates(site), progress)
        texts = {each.release.id: each.release.text for each in read}
        progress("storing", 0, 1)
        told = {iri: to_ntriples(graph) for iri, graph in graphs.items()}
        fill(draft, told, texts)
        keep_register(draft, keys.register)
        progress("validating", 0, 1)
        verdict = _validate(graphs, Store.read_only(draft.store).select, texts)
        _write_report(draft.folder, verdict)
        if not verdict.conforms:
            _write_report(site / REFUSED, verdict)
            return Built(None, verdict, read, left_out, corrected)
        manifest = _manifest(draft, _inputs(files, overrides, site), read, claimant)
        _write_changes(draft, told, site, manifest.created)
        progress("writing dumps", 0, 1)
        write_dumps(draft.dumps, draft.graphs)
        edition = publish(draft, verdict, manifest)
        shutil.rmtree(site / REFUSED, ignore_errors=True)
    return Built(edition, verdict, read, left_out, corrected)


def inspect(
    path: Path, claimant: Claimant | None = None, overrides: Path | None = None
) -> Inspected:
    """Read one release and put it before the gate on its own; nothing is published.

    With a `claimant`, what it claims besides is kept as candidates; of the
    corrections in the folder `overrides`, those of this release are applied.
    Raises `ReleaseError` if the file cannot be read, `DataError` if a
    correction is malformed.
    """
    read = _read_corrected(read_release(path), claimant, _corrections(overrides))
    release, reading = read.release, read.reading
    gazetteer = load_knowledge().gazetteer
    keys = resolve([reading])
    graph = describe(release, reading, keys, gazetteer)
    reference = describe_reference([reading], keys, gazetteer)
    graphs = {str(graph.identifier): graph, str(REFERENCE_GRAPH): reference}
    ask = Store.in_memory({iri: to_ntriples(each) for iri, each in graphs.items()}).select
    verdict = _validate(graphs, ask, {release.id: release.text})
    alone = graph + extract(reference, graph)
    return Inspected(read, alone, verdict)


def validate_site(site: Path) -> Verdict:
    """Return what the gate says of the current edition, the words looked up in its texts.

    Raises `SiteError` if there is none, or a graph of it cannot be read.
    """
    edition = current(site)
    try:
        graphs = {
            iri: Graph(identifier=iri).parse(data=text, format="nt")
            for iri, text in edition.graphs.items()
        }
    except Exception as error:  # rdflib's parser raises many kinds, some its own
        raise SiteError(f"a graph of {edition.folder} is damaged ({error}); roll back.") from error
    return _validate(graphs, Store.read_only(edition.store).select, edition.texts)


def validate_files(paths: Iterable[Path]) -> Verdict:
    """Return what the gate says of Turtle files, each a release with its reference data.

    Raises `DataError` naming a file that cannot be read.
    """
    return validate_turtle(paths, _ask)


def open_store(site: Path) -> Store:
    """Return the store of the current edition; raises `SiteError` if there is none."""
    return Store.read_only(current(site).store)


def to_turtle(graph: Graph) -> str:
    """Return a graph as Turtle, the same for equal graphs."""
    output = io.BytesIO()
    serialize(merged([to_ntriples(graph)]), "text/turtle", output)
    return output.getvalue().decode()


def has_edition(site: Path) -> bool:
    """Tell whether `site` serves an edition."""
    try:
        current(site)
    except SiteError:
        return False
    return True


def is_current(
    paths: Iterable[Path],
    site: Path,
    claimant: Claimant | None = None,
    overrides: Path | None = None,
) -> bool:
    """Tell whether `site` serves what this program makes of these releases and corrections."""
    try:
        manifest = current(site).manifest
    except SiteError:
        return False
    made = _inputs(find_releases(paths), overrides, site), _made_by(claimant)
    return (manifest.inputs, manifest.program) == made


def _read_all(
    outcomes: Iterable[ReadRelease | ReleaseError],
    number: int,
    *,
    strict: bool,
    progress: Progress,
) -> tuple[tuple[ReadRelease, ...], tuple[ReleaseError, ...]]:
    read: list[ReadRelease] = []
    left_out: list[ReleaseError] = []
    for done, outcome in enumerate(outcomes, start=1):
        if isinstance(outcome, ReadRelease):
            read.append(outcome)
        elif strict:
            raise outcome
        else:
            left_out.append(outcome)
        progress("reading", done, number)
    if not read:
        reasons = (
            "; ".join(str(error) for error in left_out) or "no .txt, .html, .docx or .pdf there"
        )
        raise ReleaseError("the releases", f"none could be read ({reasons})")
    return tuple(read), tuple(left_out)


def _outcomes(
    files: Sequence[Path],
    read: Callable[[Path], ReadRelease | ReleaseError],
    workers: int,
) -> Iterator[ReadRelease | ReleaseError]:
    if workers == 1 or len(files) == 1:
        yield from map(read, files)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(read, files, chunksize=max(1, len(files) // (workers * 8)))


def _read(
    path: Path, claimant: Claimant | None, corrections: Sequence[Correction]
) -> ReadRelease | ReleaseError:
    try:
        release = _read_own(path)
    except ReleaseError as error:
        return error
    return _read_corrected(release, claimant, corrections)


def _read_corrected(
    release: Release, claimant: Claimant | None, corrections: Sequence[Correction]
) -> ReadRelease:
    """Return what a release says as corrected; claims are added last and stay candidates."""
    findings = find_facts(release)
    reading, corrected = correct(findings, corrections)
    if claimant:
        reading = with_claims(findings, reading, claimant(release))
    return ReadRelease(release, reading, corrected)


def _corrections(folder: Path | None) -> tuple[Correction, ...]:
    if folder is None:
        return ()
    return load_corrections(folder, Known(load_knowledge().gazetteer, concept_names()))


def _decide(
    read: Sequence[ReadRelease], corrections: Sequence[Correction]
) -> tuple[tuple[ReadRelease, ...], Decisions]:
    """Decide which things of all releases are one, and let the readings tell of it."""
    decisions = decide(corrections, [(each.release, each.reading) for each in read])
    both = zip(read, decisions.readings, strict=True)
    return tuple(replace(each, reading=reading) for each, reading in both), decisions


def _told(
    read: Iterable[ReadRelease], corrections: Sequence[Correction], decisions: Decisions
) -> tuple[Corrected, ...]:
    told = (each for one in read for each in one.corrected)
    return outcomes(corrections, (*told, *decisions.corrected))


def _read_own(path: Path) -> Release:
    """Read a release whose graph can have its id as its name."""
    release = read_release(path)
    if release.id in SHARED_GRAPHS:
        raise ReleaseError(str(path), f"{release.id!r} is the name of a shared graph; rename it")
    return release


def _resolve(read: Iterable[ReadRelease], decisions: Decisions, register: Register) -> Keys:
    return resolve([each.reading for each in read], register, decisions.made)


def _describe_all(
    read: Sequence[ReadRelease], keys: Keys, proposed: Iterable[Candidate], progress: Progress
) -> dict[str, Graph]:
    gazetteer = load_knowledge().gazetteer
    readings = [each.reading for each in read]
    graphs: dict[str, Graph] = {}
    for done, each in enumerate(read, start=1):
        graph = describe(each.release, each.reading, keys, gazetteer)
        graphs[str(graph.identifier)] = graph
        progress("describing", done, len(read))
    agree_on_labels(graphs[name] for name in sorted(graphs))
    graphs[str(REFERENCE_GRAPH)] = describe_reference(readings, keys, gazetteer)
    graphs[str(IDENTITY_GRAPH)] = describe_identity(keys)
    graphs[str(LINKS_GRAPH)] = describe_links(readings, keys, gazetteer, proposed)
    return graphs


def _validate(graphs: Mapping[str, Graph], ask: Ask, texts: Mapping[str, str]) -> Verdict:
    """Put graphs, by their IRIs, before the gate: those of releases with what they share."""
    shared = {GRAPH_BASE + name for name in SHARED_GRAPHS}
    releases = {iri: graph for iri, graph in graphs.items() if iri not in shared}
    return validate(releases, graphs[str(REFERENCE_GRAPH)], ask, texts=texts)


def _ask(graph: Graph) -> Ask:
    return Store.in_memory({str(REFERENCE_GRAPH): to_ntriples(graph)}).select


def _write_report(folder: Path, verdict: Verdict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.ttl").write_text(report_turtle(verdict), encoding="utf-8")
    (folder / "report.json").write_text(report_json(verdict), encoding="utf-8")


def _inputs(files: Iterable[Path], overrides: Path | None, site: Path) -> dict[str, str]:
    """Return the digest of every release, of what lies beside it, and of what persons decided."""
    beside = (path for file in files for path in (file, file.with_suffix(".toml")))
    inputs = {path.name: _digest(path) for path in (*beside, site / CANDIDATES) if path.exists()}
    corrections = sorted(overrides.glob("*.toml")) if overrides else []
    return inputs | {f"overrides/{path.name}": _digest(path) for path in corrections}


def _manifest(
    draft: Edition,
    inputs: Mapping[str, str],
    read: Sequence[ReadRelease],
    claimant: Claimant | None,
) -> Manifest:
    facts = sum(len(each.reading.facts) for each in read)
    discrepancies = sum(len(each.reading.discrepancies) for each in read)
    return Manifest(
        number=draft.number,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        program=_made_by(claimant),
        inputs=inputs,
        counts={"releases": len(read), "facts": facts, "discrepancies": discrepancies},
    )


def _write_changes(draft: Edition, graphs: Mapping[str, str], site: Path, created: str) -> None:
    before = editions(site)[-1] if editions(site) else None
    old = before.graphs if before else {}
    differing = {iri for iri in {*old, *graphs} if old.get(iri) != graphs.get(iri)}
    write_changes(
        draft.changes,
        before=before.changes if before else None,
        number=draft.number,
        created=created,
        old={iri: old[iri] for iri in differing if iri in old},
        new={iri: graphs[iri] for iri in differing if iri in graphs},
        about=Store.read_only(draft.store).about,
    )


def _made_by(claimant: Claimant | None) -> str:
    return f"{_program()} with {claimant.name}" if claimant else _program()


@cache
def _program() -> str:
    """Return the program's name and version, and a digest of the files it works by."""
    digest = hashlib.sha256()
    for name in SHIPPED:
        root = shipped(name)
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file():
                digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return f"eugraph {version('eugraph')} ({digest.hexdigest()[:12]})"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

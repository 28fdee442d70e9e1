"""When nothing changes in which things are one, nor in what releases share.

That is decided over all releases and takes the longer the more there are. Most
changes of a release, a figure or a sentence, have no part in it: if what is
seen of the release there is as before, so is what comes of it, and the keys,
the register and the shared graphs of the edition before stand: deciding again
on the same gives the same (`eugraph.identity.resolve`).
"""

from __future__ import annotations

from collections.abc import Mapping

from eugraph.facts.fact import Id, Reading
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.identity.resolve import Keys
from eugraph.identity.seen import seen
from eugraph.pipeline.material import Base, Material
from eugraph.pipeline.workings import Worked
from eugraph.reconciliation.candidate import FILE as CANDIDATES
from eugraph.triples.links import links_of
from eugraph.triples.reference import shared_things


def settled_keys(base: Base, material: Material, gazetteer: Gazetteer) -> Keys | None:
    """Return the keys of the things of all releases that changed, if they are those of `base`.

    None if what decides on identity, or what is shared, changed or may have.
    """
    worked = base.workings.releases
    if material.made or base.workings.decided or not _is_about_the_same(base, material):
        return None
    keys: dict[tuple[str, Id], str] = {}
    for outline in material.outlines:
        before = worked[outline.id]
        if outline is not before.outline:
            if not _is_seen_as(before, outline.bare, gazetteer):
                return None
            keys |= _keys(before).of
    return Keys(keys)


def _is_about_the_same(base: Base, material: Material) -> bool:
    """Tell whether there are the same releases and candidates, and nobody went back since."""
    releases = {outline.id for outline in material.outlines}
    if base.edition is None or not releases == base.releases == base.workings.releases.keys():
        return False
    manifest = base.edition.manifest
    proposed = material.reader.inputs.decided.get(CANDIDATES)
    return manifest.copy_of is None and manifest.inputs.get(CANDIDATES) == proposed


def _is_seen_as(before: Worked, reading: Reading, gazetteer: Gazetteer) -> bool:
    """Tell whether a reading gives the others what the one before it gave."""
    keys = _keys(before)
    own = {thing: key for (_, thing), key in keys.of.items()}
    if {thing.id for thing in reading.things} != own.keys():
        return False
    old, new = (
        (
            seen(each, own),
            list(shared_things(each, keys, gazetteer, set())),
            list(links_of(each, keys, gazetteer)),
        )
        for each in (before.outline.bare, reading)
    )
    return old == new


def _keys(worked: Worked) -> Keys:
    return keys_of(worked.outline.id, worked.names.paths)


def keys_of(release: str, paths: Mapping[str, str]) -> Keys:
    """Return the keys of the things of a release, of which these are the paths."""
    return Keys({(release, Id(name)): path.partition("/")[2] for name, path in paths.items()})

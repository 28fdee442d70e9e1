"""From the things of many readings to keys: which of them are one, and what each is called.

Nothing is merged on a name alone; `eugraph.identity.sameness` has the rules.
Who is one with whom is decided by the rules and by persons, over everything
that was ever read (`eugraph.identity.register` keeps the marks of releases that
are gone); what a thing is called is decided by history: by the oldest key that
any of its mentions was given.

What holds, with the register of the edition before:

- a mention of a release that did not change keeps its key, whatever other
  releases come, change or go, unless its thing turns out to be that of an
  older key, which then stands for it (`Register.replaced`), or a person parts
  the two;
- no key ever names two things: a new thing gets one that no entry has;
- the same releases, read at once or one after the other, give the same things,
  unless some are apart (two projects of one name and different years, and a
  release that could be about either): then what was joined first stays joined.
  The keys differ only where a thing was given one before what would have made
  it read otherwise (`wir` before its start was known, not `wir-2017`).

A person's decisions are not remembered: what they join is joined as long as
they stand. Within one reading no two projects or events share a key; places
and organisations may, where the rules say they are one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eugraph.facts.fact import (
    Attribution,
    Event,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    Reading,
    Thing,
)
from eugraph.identity.decisions import Decided, Decision, ThingOf
from eugraph.identity.gathering import Gathering, Group
from eugraph.identity.known import Known, with_replacements
from eugraph.identity.marks import (
    Marks,
    Mention,
    Paths,
    ReadingIndex,
    mentioned_events,
    mentioned_organisations,
    mentioned_parts,
    mentioned_places,
    mentioned_projects,
)
from eugraph.identity.register import Entry, Register
from eugraph.identity.sameness import BY_A_PERSON, FROM_BEFORE, Kind, joining


@dataclass(frozen=True, slots=True)
class Identification:
    """That a release speaks of a thing that another release names, too, and by which rule.

    `path` is the thing's, `witness` the release with the first id that the rule
    joins it with; None where it takes several others together, or where
    releases that are gone joined them. A person's decision names the person.
    """

    path: str
    release_id: str
    rule: str
    witness: str | None = None
    by: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of every thing of every reading; equal keys of one kind mean one thing.

    `register` is that of the next edition. `identifications` are in the order
    of their paths and releases.
    """

    of: Mapping[ThingOf, str]
    register: Register = field(default_factory=Register)
    identifications: tuple[Identification, ...] = ()

    def key(self, release_id: str, thing: Id) -> str:
        """Return the key of a thing of a reading."""
        return self.of[release_id, thing]


def resolve(
    readings: Iterable[Reading],
    register: Register | None = None,
    decisions: Iterable[Decision] = (),
) -> Keys:
    """Return the keys of all things in `readings`, whatever their order.

    `register` is that of the edition before, if there is one. A decision about
    a thing that is not in the readings has no effect.
    """
    ordered = sorted(readings, key=lambda reading: reading.release_id)
    decided = Decided.of(decisions)
    resolved = register or Register()
    resolved = resolved.with_entries(
        Entry("release", f"release/{reading.release_id}") for reading in ordered
    )
    indexes = [ReadingIndex.of(reading) for reading in ordered]
    paths: dict[ThingOf, str] = {}
    found: list[Identification] = []
    for kind in Kind:
        current = _mentions(kind, indexes, paths)
        groups, entries = resolve_kind(
            kind,
            resolved.of_kind(kind),
            current,
            replaced=resolved.replaced,
            taken=resolved.paths,
            decided=decided,
        )
        resolved = resolved.with_entries(entries)
        for path, group in groups:
            paths |= dict.fromkeys(group.things, path)
            found += identify(kind, path, group, decided)
    resolved = _with_participations(resolved, ordered, paths)
    order = sorted(found, key=lambda each: (each.path, each.release_id))
    keys = {thing: path.partition("/")[2] for thing, path in paths.items()}
    return Keys(keys, resolved, tuple(order))


_Mentioned = Callable[[ReadingIndex, Paths], Iterator[tuple[Id, Mention]]]

MENTIONED: Mapping[Kind, _Mentioned] = {
    Kind.PLACE: mentioned_places,
    Kind.ORGANISATION: mentioned_organisations,
    Kind.PROJECT: mentioned_projects,
    Kind.EVENT: mentioned_events,
    Kind.PART: mentioned_parts,
}
"""How the things of a kind are found in what a reading tells, when those before are resolved."""


def _mentions(kind: Kind, indexes: Sequence[ReadingIndex], paths: Paths) -> dict[ThingOf, Mention]:
    return {
        (each.release_id, thing): mention
        for each in indexes
        for thing, mention in MENTIONED[kind](each, paths)
    }


def resolve_kind(  # noqa: PLR0913  # each is something else to go by
    kind: Kind,
    entries: tuple[Entry, ...],
    current: Mapping[ThingOf, Mention],
    *,
    replaced: Mapping[str, str],
    taken: Collection[str],
    decided: Decided,
) -> tuple[list[tuple[str, Group]], tuple[Entry, ...]]:
    """Return the things of one kind by their paths, and the entries that know them.

    `entries` are those of the kind, or some that no rule joins with the
    others; new ones follow them. `replaced` and `taken` are the paths, of all
    kinds, that were replaced and that were ever given.
    """
    gathering = Gathering(kind, decided)
    known = Known.of(kind, entries, current, replaced=replaced, taken=taken)
    known.seed(gathering)
    for thing in known.strangers:
        group = Group()
        group.add(current[thing], thing)
        gathering.settle(gathering.put(group))
    fresh = known.remembered(gathering)
    groups = _joined_by_persons(list(gathering.groups), decided)
    fresh = with_replacements(fresh, groups)
    return [(fresh[group.entries[0]].path, group) for group in groups if group.things], fresh


def _joined_by_persons(groups: list[Group], decided: Decided) -> list[Group]:
    """Return the groups after those that a person says are one have been joined."""
    home = {thing: group for group in groups for thing in group.things}
    for thing in sorted(decided.joined.keys() & home.keys(), key=_order):
        for other in sorted(decided.joined[thing].keys() & home.keys(), key=_order):
            one, two = sorted((home[thing], home[other]), key=lambda group: group.entries[0])
            if one is two or decided.are_parted(thing, other):
                continue
            one.join(two, BY_A_PERSON)
            home |= dict.fromkeys(two.things, one)
            groups = [group for group in groups if group is not two]
    return groups


def identify(kind: Kind, path: str, group: Group, decided: Decided) -> Iterator[Identification]:
    """Yield why each release but the first is one that speaks of a thing."""
    first_of_release: dict[str, tuple[ThingOf, Mention]] = {}
    for thing in sorted(group.things, key=_order):
        first_of_release.setdefault(thing[0], (thing, group.things[thing]))
    ordered = list(first_of_release.values())
    for number, (thing, mention) in enumerate(ordered[1:], start=1):
        for _, earlier in ordered[:number]:
            if rule := joining(kind, earlier.marks, mention.marks):
                yield Identification(path, mention.release, rule, earlier.release)
                break
        else:
            yield _identify_otherwise(
                kind, Identification(path, mention.release, ""), thing, group, decided
            )


def _identify_otherwise(
    kind: Kind, found: Identification, thing: ThingOf, group: Group, decided: Decided
) -> Identification:
    """Say why a release speaks of a thing, where no rule joins it with one release before it."""
    pairs = decided.joined.get(thing, {})
    for other in sorted(pairs.keys() & group.things.keys(), key=_order):
        return replace(found, rule=BY_A_PERSON, witness=other[0], by=pairs[other])
    others = Marks()
    for each in group.things:
        if each != thing:
            others = others.united(group.things[each].marks)
    rule = joining(kind, others, group.things[thing].marks)
    return replace(found, rule=rule or _rule_from_before(group, decided))


def _rule_from_before(group: Group, decided: Decided) -> str:
    by_a_person = BY_A_PERSON in group.rules.values() or decided.joined.keys() & group.things.keys()
    return BY_A_PERSON if by_a_person else FROM_BEFORE


def _with_participations(
    register: Register, readings: Iterable[Reading], paths: Mapping[ThingOf, str]
) -> Register:
    """Return the register with what organisations take part in; its keys are made of theirs."""
    current = {pair for reading in readings for pair in participations(reading, paths)}
    register = register.with_entries(participation(*pair) for pair in sorted(current))
    replaced, given = register.replaced, register.paths
    moved = (moved_participation(e, replaced, given) for e in register.of_kind("participation"))
    return register.with_entries(moved)


def participations(reading: Reading, paths: Paths) -> Iterator[tuple[str, str]]:
    """Yield the paths of what organisations take part in, and theirs, as a reading has it."""
    for fact in reading.facts:
        subject = fact.statement.subject
        if isinstance(subject, Participation):
            parts = (subject.context, subject.organisation)
            context, organisation = (paths[reading.release_id, part] for part in parts)
            yield context, organisation


def participation(context: str, organisation: str) -> Entry:
    """Return the entry of a participation, whose key is made of theirs."""
    keys = (path.partition("/")[2] for path in (context, organisation))
    return Entry("participation", f"participation/{'/'.join(keys)}", of=(context, organisation))


def moved_participation(entry: Entry, replaced: Mapping[str, str], given: Collection[str]) -> Entry:
    """Return the entry of a participation, replaced if there is another of the same things now."""
    context, organisation = (replaced.get(path, path) for path in entry.of)
    heir = participation(context, organisation)
    gone = heir.path == entry.path or heir.path not in given
    return replace(entry, replaced_by=None if gone else heir.path)


def _order(thing: ThingOf) -> tuple[str, str]:
    return thing[0], thing[1].name


def thing_kind(thing: Thing) -> str:
    """Return the word for a kind of thing in its IRI: `project`, `event`, `org`, `place`."""
    match thing:
        case Project():
            return "project"
        case Event():
            return "event"
        case Organisation():
            return "org"
        case Place():
            return "place"

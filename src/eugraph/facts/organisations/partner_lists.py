"""Partner lists: enumerations of organisations in running text that the words before them announce.

`The partners are A, B and C`, `the consortium: A, B and C`, `is carried out by
A and B`, `the network includes A (Country) and B (Country)`, `A and B are
partners of the project`. What is enumerated are partners only where such words
say so, or where at least three names in a row have a country in brackets each;
who took part in an event is none, nor are people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.enumerations import read_items
from eugraph.facts.organisations.extents import numbers_school
from eugraph.facts.organisations.items import Item, close_of
from eugraph.facts.organisations.named import NamedOrganisation, opens_town

_LONGEST_LINK = 16
_MOST_SKIPPED = 5
_REACH = 24
_ROW = 3
_MOST_OPENERS = 12
_ABOUT = ("project", "network", "consortium", "partner", "short", "quoted", "scheme")
_BEFORE_ROW = ("is", "involves", "together-with", "from", "implements", "project", "consortium")
_OPENING = ("partner", "consortium", "carried-out-by", "involves", "together-with", "member")
_NEEDED = frozenset({*_OPENING, "country"})
_PEOPLE = ("people", "person", "participants", "took-part", "deadline")


class PartnerList(Struct, frozen=True):
    """An enumeration of partners: its items, where the words that announce it begin, the rule.

    It is `whole` where each of its items names an organisation.
    """

    first: int
    items: tuple[Item, ...]
    rule: str
    score: float

    @property
    def organisations(self) -> tuple[NamedOrganisation, ...]:
        """The organisations that the items name."""
        return tuple(item.organisation for item in self.items if item.organisation is not None)

    @property
    def whole(self) -> bool:
        """Whether no item of the list was left unread."""
        return all(item.organisation is not None for item in self.items)


def find_partner_list(
    marked: Marked,
    sentence: Sentence,
    named: Sequence[NamedOrganisation] = (),
    projects: Sequence[tuple[int, int, int]] = (),
) -> PartnerList | None:
    """Return the enumeration of partners in `sentence`: the one that says most of them.

    What is `named` in the sentence in other ways is taken for the items it
    agrees with; what names a project, by the words of `projects`, is none.
    """
    if sentence.kinds.isdisjoint(_NEEDED):
        return None
    found = []
    for one in _lists(marked, sentence):
        items = tuple(
            _agreed(i, one.items, named)
            for i in one.items
            if not is_project(i.organisation, projects)
        )
        if items and len(items) * 2 > len(one.items):
            found.append(replace(one, items=items))
    if not found:
        return None
    best = max(found, key=lambda one: (_named(one.items), one.score))
    return replace(best, items=_with_others(best.items, found))


def _with_others(items: tuple[Item, ...], lists: Sequence[PartnerList]) -> tuple[Item, ...]:
    """Return `items` with those of other lists of the sentence that stand beside them."""
    for item in (item for one in lists for item in one.items):
        if not any(item.first < known.last and known.first < item.last for known in items):
            items = (*items, item)
    return tuple(sorted(items, key=lambda item: item.first))


def _agreed(item: Item, items: Sequence[Item], named: Sequence[NamedOrganisation]) -> Item:
    """Return an item with the organisation named there, where that is one item and not less."""
    own = item.organisation
    for other in named:
        if own is None or other.first != own.first or not (other.known or other.last >= own.last):
            continue
        if sum(other.first < i.last and i.first < other.last for i in items) == 1:
            country = other.country or own.country
            extent = max(other.extent, own.extent if country is own.country else 0)
            return replace(item, organisation=replace(other, country=country, extent=extent))
    return item


def is_project(name: NamedOrganisation | None, projects: Sequence[tuple[int, int, int]]) -> bool:
    """Return whether what is read as the name of a body is in fact that of a project."""
    return name is not None and any(a < name.last and name.first < b for a, b, _ in projects)


def _named(items: Sequence[Item]) -> int:
    return sum(item.organisation is not None for item in items)


def _lists(marked: Marked, sentence: Sentence) -> Iterator[PartnerList]:
    if not sentence.kinds.isdisjoint(_OPENING):
        yield from _announced(marked, sentence)
    yield from _in_brackets(marked, sentence)


def _announced(marked: Marked, sentence: Sentence) -> Iterator[PartnerList]:
    """Yield the lists that words for partners, or for who they are, lead to."""
    read: dict[int, tuple[Item, ...]] = {}
    for cue, start, rule, least in islice(_openers(marked, sentence), _MOST_OPENERS):
        if start not in read:
            read[start] = read_items(marked, start, _end(marked, sentence))
        if _credible(read[start], least):
            yield PartnerList(cue.first, read[start], rule, 0.85)
    yield from _between_brackets(marked, sentence)
    yield from _before_role(marked, sentence)


def _end(marked: Marked, sentence: Sentence) -> int:
    last = sentence.last
    while last > sentence.first and marked.words[last - 1].text in ".!?…;":
        last -= 1
    return last


def _credible(items: Sequence[Item], least: int) -> bool:
    """Return whether enough items name organisations, one of three by more than capitals."""
    named = [item for item in items if item.organisation is not None]
    return len(named) >= least and 3 * sum(item.sure for item in named) >= len(named)


def _openers(marked: Marked, sentence: Sentence) -> Iterator[tuple[Mention, int, str, int]]:
    """Yield what announces a list: the cue, where the list begins, the rule, the least items."""
    first, last = sentence.first, sentence.last
    for cue in marked.within(first, last, "partner", "consortium"):
        phrase = cue.kind == "consortium" and cue.last - cue.first > 1
        start = _linked(marked, sentence, cue.last, linked=phrase)
        if start is not None and not marked.within(first, cue.first, "that"):
            yield cue, start, "name-in-partner-list", 1
    for cue in marked.within(first, last, "carried-out-by"):
        start = _linked(marked, sentence, cue.last, linked=True)
        if start is not None:
            yield cue, start, "carried-out-by", 2
    for cue in _verbs(marked, sentence, "involves"):
        start = _linked(marked, sentence, cue.last, linked=True)
        if start is not None and _of_project(marked, sentence, cue):
            yield cue, start, "involved-in-project", 1
    for cue in marked.within(first, last, "together-with"):
        start = _linked(marked, sentence, cue.last, linked=True)
        if start is not None and _in_project(marked, sentence, cue):
            yield cue, start, "joined-by-together-with", 1
    yield from _colons(marked, sentence)


def _verbs(marked: Marked, sentence: Sentence, kind: str) -> Iterator[Mention]:
    """Yield the cues that are no names: “Junta” is one, “junta” (brings together) is a verb."""
    for cue in marked.within(sentence.first, sentence.last, kind):
        if cue.first == sentence.first or not marked.words[cue.first].capital:
            yield cue


def _colons(marked: Marked, sentence: Sentence) -> Iterator[tuple[Mention, int, str, int]]:
    """Find the list after a colon, where partners or a number of members stand before it."""
    for at in range(sentence.first, sentence.last - 1):
        if marked.words[at].text != ":" or marked.covering(at, "quoted"):
            continue
        before = marked.within(
            max(sentence.first, at - _REACH), at, "partner", "consortium", "member"
        )
        others = [
            other
            for other in marked.within(sentence.first, at, "event", "lead", *_PEOPLE)
            if not marked.describes(other, "member", "partner")
        ]
        if others or not before:
            continue
        cue = before[-1]
        counted = marked.within(sentence.first, cue.first, "number", "involves")
        if cue.kind != "member" or counted:
            yield cue, at + 1, "name-in-partner-list", 2


def _between_brackets(marked: Marked, sentence: Sentence) -> Iterator[PartnerList]:
    """Read `six partners in Italy and Spain (A, B, C)`: partners listed between brackets."""
    for cue in marked.within(sentence.first, sentence.last, "partner", "consortium"):
        reach = range(cue.last, min(cue.last + _REACH, sentence.last))
        opening = next((at for at in reach if marked.words[at].text == "("), None)
        close = _close(marked, opening, sentence.last) if opening is not None else None
        if opening is None or close is None or marked.within(cue.last, opening, "event", *_PEOPLE):
            continue
        items = read_items(marked, opening + 1, close)
        if _named(items) >= _ROW and _credible(items, _ROW):
            yield PartnerList(cue.first, items, "name-in-partner-list", 0.8)


def _close(marked: Marked, opening: int, limit: int) -> int | None:
    """Return the bracket that closes the one at `opening`, over those inside it."""
    depth = 0
    for at in range(opening, limit):
        depth += {"(": 1, ")": -1}.get(marked.words[at].text, 0)
        if depth == 0:
            return at
    return None


def _linked(marked: Marked, sentence: Sentence, at: int, *, linked: bool) -> int | None:
    """Return where the list begins that words at `at` lead to, over a copula or a colon."""
    capitals = skipped = 0
    limit = min(at + _LONGEST_LINK, sentence.last)
    while at < limit:
        after = _link_end(marked, at, linked=linked and skipped > 0)
        if after is not None:
            at, linked, skipped = after, True, 0
            continue
        if linked and _begins_name(marked, at):
            return at
        after = _over(marked, at, limit, linked=linked)
        if after is None:
            return None
        counts = after == at + 1 and marked.words[at].kind is Kind.WORD
        capitals += counts and _begins_name(marked, at)
        skipped += counts and marked.words[at].folded not in marked.lexicon.articles
        if capitals > 1 or skipped > _MOST_SKIPPED:
            return None
        at = after
    return None


def _link_end(marked: Marked, at: int, *, linked: bool) -> int | None:
    """Return where a copula, a verb like it, a colon or a dash ends that leads to a list."""
    word = marked.words[at]
    link = None if linked or word.capital else marked.at(at, "is", "involves", "consortium")
    if link is not None:
        return link.last
    spaced = word.stem == "-" and word.start > marked.words[at - 1].end
    return at + 1 if word.text == ":" or spaced else None


def _begins_name(marked: Marked, at: int) -> bool:
    word = marked.words[at]
    if marked.at(at, "project", "network"):
        return False
    if opens_town(marked, at, len(marked.words)):
        return True
    if word.plain and not word.capital:
        return False
    if word.text.isdigit():
        return numbers_school(marked, at)
    begins = word.capital or word.stem == '"' or word.text[:1].isdigit()
    return begins and word.folded not in marked.lexicon.not_names


def _over(marked: Marked, at: int, limit: int, *, linked: bool) -> int | None:
    """Return where what may stand before a list ends, None for what may not."""
    word = marked.words[at]
    names = (
        ("project", "network") if linked else ("quoted", "short", "scheme", "project", "network")
    )
    name = marked.at(at, *names)
    if name is not None:
        return name.last
    if word.text == "(" and not linked:
        return close_of(marked, at, limit)
    if word.kind is Kind.MARK or marked.at(at, "held", "planned", *_PEOPLE) is not None:
        return None
    return at + 1


def _of_project(marked: Marked, sentence: Sentence, cue: Mention) -> bool:
    """Return whether the project is what involves: it is named before, and no event."""
    before = marked.within(sentence.first, cue.first, *_ABOUT)
    events = marked.within(sentence.first, cue.first, "event", "people", "held")
    return bool(before) and not (events and events[-1].first > before[-1].first)


def _in_project(marked: Marked, sentence: Sentence, cue: Mention) -> bool:
    """Return whether what is done together is the project."""
    done = marked.within(
        sentence.first, sentence.last, "implements", "coordinates", "coordinated-by", "lead"
    )
    about = marked.within(sentence.first, cue.first, "project", "network", "partner")
    events = marked.within(sentence.first, cue.first, "event", "held", "planned")
    return bool(done or about) and not events


def _before_role(marked: Marked, sentence: Sentence) -> Iterator[PartnerList]:
    """Read `A, B and C are partners`: the list before the copula that a role follows."""
    if "is" not in sentence.kinds:
        return
    words = marked.words
    for cue in marked.within(sentence.first, sentence.last, "partner"):
        copulas = [
            m
            for m in marked.within(max(sentence.first, cue.first - 5), cue.first, "is")
            if not any(w.kind is Kind.MARK for w in words[m.last : cue.first])
        ]
        if not copulas:
            continue
        last = copulas[-1].first
        begins = [i + 1 for i in range(sentence.first, last) if words[i].text in ";:"]
        first = begins[-1] if begins else sentence.first
        items = read_items(marked, first, last)
        whole = bool(items) and items[-1].last >= last
        capital = not marked.within(copulas[-1].last, cue.first, "number")
        if whole and capital and all(i.sure and i.organisation for i in items):
            yield PartnerList(items[0].first, items, "subject-is-partner", 0.8)


def _in_brackets(marked: Marked, sentence: Sentence) -> Iterator[PartnerList]:
    """Read three names or more in a row with a country in brackets each: no words are needed."""
    if marked.within(sentence.first, sentence.last, *_PEOPLE):
        return
    closed = [
        m
        for m in marked.within(sentence.first, sentence.last - 1, "country")
        if marked.words[m.last].text == ")"
    ]
    if len(closed) < _ROW or len({m.value for m in closed}) < 2:  # noqa: PLR2004
        return
    first = _run_start(marked, sentence, closed[0])
    items = read_items(marked, first, _end(marked, sentence))
    row = [item for item in items if item.organisation is not None and item.country is not None]
    if len(row) >= _ROW:
        yield PartnerList(first, items, "row-of-names-with-countries", 0.7)


def _run_start(marked: Marked, sentence: Sentence, country: Mention) -> int:
    """Return where the first name of a row begins: after the last mark or cue before it."""
    words, at = marked.words, country.first
    while at > sentence.first and words[at - 1].text != "(":
        at -= 1
    at -= 1
    while at > sentence.first and words[at - 1].text not in ",;:":
        cue = marked.before(at, *_BEFORE_ROW)
        inner = cue is not None and words[at - 1].folded in marked.lexicon.joiners
        if cue is not None and not (inner and words[cue.first - 1].capital):
            break
        at -= 1
    return at

"""Counts and lists: how many partners and countries a project has, and which countries.

Numbers of people are never counts of partners, and the countries of visitors
never the project's: a number counts what directly follows it, and a list of
countries is the project's only where the sentence speaks of partners, of what
the project involves, or of how many countries there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked, Mention, Sentence

_WITHIN = 3
_PEOPLE_REACH = 4
_NOUNS = 12
_ALL = 3
_MOST = 200
_COUNTED_FIRST = ("people", "and", "countries", "partner", "number", "months", "years")
_JOINED = ("together-with", "one-of", "carried-out-by")


class Count(Struct, frozen=True):
    """A number of partners or countries, with the words that say it."""

    of: str
    number: int
    first: int
    last: int
    score: float


class CountryList(Struct, frozen=True):
    """Countries listed in a sentence, and how surely they are the project's."""

    countries: tuple[Mention, ...]
    score: int
    unread: int = 0
    """How many words in capitals stand in the list as countries do, and are none that is known."""


def find_counts(marked: Marked, sentence: Sentence) -> tuple[Count, ...]:
    """Return the counts of partners and countries in `sentence`."""
    if "number" not in sentence.kinds:
        return ()
    labelled = tuple(_labelled(marked, sentence))
    if labelled:
        return labelled
    counts = list(_direct(marked, sentence))
    counts += _members(marked, sentence, counts)
    whole = marked.within(sentence.first, sentence.last, "involves", "consortium", "network")
    if not (whole or any(count.of == "countries" for count in counts)):
        counts = [c for c in counts if c.of == "countries" or _of_all(marked, sentence, c)]
    return tuple(counts)


def _labelled(marked: Marked, sentence: Sentence) -> Iterator[Count]:
    """Yield the counts behind a label: `Number of partners: 7`, `Partneru skaits – 7`."""
    for label in marked.within(sentence.first, sentence.last, "partner-count", "country-count"):
        at = label.last
        link = marked.at(at, "is")
        mark = at < sentence.last and marked.words[at].stem in {":", "-"}
        number = marked.at(link.last if link is not None else at + mark, "number")
        if number is not None and 1 < int(number.value) <= _MOST:
            of = "partners" if label.kind == "partner-count" else "countries"
            yield Count(of, int(number.value), label.first, number.last, 1.0)


def _of_all(marked: Marked, sentence: Sentence, count: Count) -> bool:
    """Return whether a number of partners is of all of them, not “two of the partners”.

    It is where it is joined to who carries the project out, and where their
    countries are listed.
    """
    joined = marked.before(count.first, *_JOINED) is not None
    countries = marked.within(count.last, sentence.last, "country")
    return (
        joined
        or _definite(marked, count)
        or _has(marked, sentence, count)
        or any(len(row) > 1 for row in _rows(marked, countries))
    )


def _definite(marked: Marked, count: Count) -> bool:
    """Return whether an article before a number says that all are meant: “the eight partners”.

    Some of them are two or three, and come from somewhere.
    """
    words = marked.words
    article = count.first > 0 and words[count.first - 1].folded in marked.lexicon.articles
    plain = count.last - count.first == 2  # noqa: PLR2004 (the number and its noun)
    adjectives = marked.within(count.last, count.last + _NOUNS, "country-adjective")
    of_all = [row for row in _rows(marked, adjectives) if len(row) > 1]
    if article and plain and of_all and of_all[0][0].first == count.last:
        return True  # “les neuf partenaires français, allemands et suisses”
    some = marked.at(count.last, "from", "in", "who", "country-adjective")
    return article and plain and count.number >= _ALL and some is None


def _has(marked: Marked, sentence: Sentence, count: Count) -> bool:
    """Return whether a project is told to be one with so many partners, and no event is."""
    having = marked.before(count.first, "with")
    if having is None or marked.within(sentence.first, count.first, "event", "people"):
        return False
    return bool(marked.within(sentence.first, having.first, "project", "network", "consortium"))


def _direct(marked: Marked, sentence: Sentence) -> Iterator[Count]:
    together = len(marked.within(sentence.first, sentence.last, "partner", "countries"))
    for number in marked.within(sentence.first, sentence.last, "number"):
        for kind, of in (("partner", "partners"), ("countries", "countries")):
            noun = _counted(marked, sentence, number, kind)
            if noun is None and of == "partners":  # “acht Partnern im Projekt”
                noun = _counted(marked, sentence, number, "consortium")
            if noun is not None and 1 < int(number.value) <= _MOST:
                first = _with_preposition(marked, number) if of == "countries" else number.first
                visits = marked.within(sentence.first, sentence.last, "visits")
                if of == "countries" and (visits or _of_people(marked, sentence, first)):
                    break  # “45 participants from eight countries”
                yield Count(of, int(number.value), first, noun.last, 0.6 + 0.2 * min(together, 2))
                break


def _of_people(marked: Marked, sentence: Sentence, first: int) -> bool:
    """Return whether countries are those people come from: “140 persons who came from eight”."""
    near = marked.within(max(sentence.first, first - _PEOPLE_REACH), first, "people")
    return _people_of(marked, first) or any(
        all(w.kind is Kind.WORD and not w.capital for w in marked.words[person.last : first])
        and not marked.within(person.last, first, "partner", "consortium", "member")
        and not _of_counted_partners(marked, person)
        for person in near
    )


def _people_of(marked: Marked, first: int) -> bool:
    """Return whether a noun for people follows the countries: “četru valstu eksperti”."""
    countries = next(iter(marked.within(first, first + _NOUNS, "countries")), None)
    if countries is None or marked.at(countries.last, "people", "representative") is None:
        return False
    near = marked.within(max(0, first - _PEOPLE_REACH), first, "partner", "member", "consortium")
    return not near  # “six partners from five countries participate”


def _of_counted_partners(marked: Marked, person: Mention) -> bool:
    """Return whether people stand for so many partners: “visu 10 projekta partneru pārstāvji”."""
    partners = marked.before(person.first, "partner", "consortium")
    return partners is not None and marked.before(partners.first, "number") is not None


def _members(marked: Marked, sentence: Sentence, counts: list[Count]) -> list[Count]:
    """Read `eight cities from eight countries`: what a network consists of are its partners.

    So are the cities that it brings together, `the network involves eight cities`.
    """
    if any(count.of == "partners" for count in counts):
        return []
    found: list[Count] = []
    for number in marked.within(sentence.first, sentence.last, "number"):
        noun = _counted(marked, sentence, number, "member")
        beside = [c for c in counts if noun is not None and 0 <= c.first - noun.last <= 1]
        involved = not found and _involved(marked, sentence, number)
        if noun is not None and (beside or involved) and 1 < int(number.value) <= _MOST:
            found.append(Count("partners", int(number.value), number.first, noun.last, 0.7))
    return found


def _involved(marked: Marked, sentence: Sentence, number: Mention) -> bool:
    """Return whether what a number counts is what the network or its consortium consists of."""
    if marked.before(number.first, "involves") is None:
        return _network_of(marked, number)
    about = marked.within(sentence.first, number.first, "network", "consortium")
    events = marked.within(sentence.first, number.first, "event", "people")
    return bool(about) and not events


def _network_of(marked: Marked, number: Mention) -> bool:
    """Return whether joining words alone part a network from a number: “a network of 8 cities”."""
    network = marked.before(number.first - 1, "network", "consortium") if number.first else None
    joining = marked.words[number.first - 1].folded in marked.lexicon.joiners
    return network is not None and joining


def _counted(marked: Marked, sentence: Sentence, number: Mention, kind: str) -> Mention | None:
    """Return the noun that `number` counts: the first of its kind close after it."""
    for noun in marked.within(number.last, sentence.last, kind):
        if noun.first - number.last >= _WITHIN:
            return None
        between = marked.words[number.last : noun.first]
        others = marked.within(number.last, noun.first, *_COUNTED_FIRST)
        named = marked.at(noun.last, "head") is not None  # “five teachers of State School No 1”
        named |= any(word.folded in marked.lexicon.articles for word in between)
        if all(word.kind is Kind.WORD for word in between) and not (others or named):
            return noun
    return None


def _with_preposition(marked: Marked, number: Mention) -> int:
    before = marked.before(number.first, "from")
    return before.first if before else number.first


def find_country_list(marked: Marked, sentence: Sentence) -> CountryList | None:
    """Return the countries that `sentence` lists, if there are at least two in a row."""
    if sentence.kinds.isdisjoint({"country", "country-adjective"}):
        return None
    countries = marked.within(sentence.first, sentence.last, "country")
    rows = [row for row in _rows(marked, countries) if len(row) > 1]
    rows = [row for row in rows if not _of_programme(marked, row)]
    rows += _of_partners(marked, sentence)
    listed = [country for row in rows for country in row]
    if not listed:
        return None
    score = _list_score(marked, sentence, len(listed))
    unread = sum(_unread(marked, row) for row in rows)
    return CountryList(tuple(listed), score, unread) if score > 0 else None


def _of_programme(marked: Marked, row: Sequence[Mention]) -> bool:
    """Return whether countries name a programme: `Interreg VI-A Latvijos ir Lietuvos programą`."""
    first = row[0].first
    words = marked.words[max(0, first - 3) : first]
    near = [s for s in marked.within(max(0, first - 4), first, "scheme") if s.last <= first]
    return bool(near) and all(w.kind is not Kind.MARK for w in words[-(first - near[-1].last) :])


def _of_partners(marked: Marked, sentence: Sentence) -> Iterator[list[Mention]]:
    """Yield rows of adjectives that say where partners come from: `Finnish and Polish partners`."""
    adjectives = marked.within(sentence.first, sentence.last, "country-adjective")
    for row in _rows(marked, adjectives):
        end = row[-1].last
        if len(row) > 1 and any(marked.at(at, "partner", "member") for at in (end, end + 1)):
            yield row


def _rows(marked: Marked, countries: list[Mention]) -> Iterator[list[Mention]]:
    row: list[Mention] = []
    for country in countries:
        if row and not _enumerated(marked, row[-1].last, country.first):
            yield row
            row = []
        row.append(country)
    if row:
        yield row


def _enumerated(marked: Marked, first: int, last: int) -> bool:
    """Return whether only commas, joining words and the like stand between, or a town as well."""
    role = marked.at(first + 1, "lead", "partner") if marked.words[first].text == "(" else None
    if role is not None and role.last < last and marked.words[role.last].text == ")":
        first = role.last + 1  # “Spain (coordinator), Greece and Hungary”
    between = range(first, last)
    if not 0 < len(between) <= 4:  # noqa: PLR2004
        return False
    joins = {
        at for m in marked.within(first, last, "and", "in", "from") for at in range(m.first, m.last)
    }
    towns = first in joins or marked.words[first].text in {",", ";"}
    return all(
        at in joins
        or marked.words[at].text in {",", "/", ";", "&"}
        or marked.words[at].folded in marked.lexicon.articles
        or (towns and at > first and _is_town(marked, at))
        for at in between
    )


def _unread(marked: Marked, row: list[Mention]) -> int:
    """Return how many items of a row, between two marks each, are no country that is known."""
    return sum(
        _is_unread(marked, one.last, other.first) for one, other in pairwise(row)
    )  # fmt: skip


def _is_unread(marked: Marked, first: int, last: int) -> bool:
    """Return whether one word in capitals stands between commas or joining words: “, Itly,”."""
    words = marked.words
    if last - first < 3 or words[first].text != ",":  # noqa: PLR2004
        return False
    closed = words[last - 1].text == "," or marked.before(last, "and") is not None
    names = [w for w in words[first + 1 : last] if w.kind is Kind.WORD and w.capital]
    return closed and len(names) == 1 and last - first == len("A,B")


def _is_town(marked: Marked, at: int) -> bool:
    """Return whether a word can be the name of a town in a list of towns and their countries."""
    word = marked.words[at]
    other = marked.covering(
        at, "head", "organisation", "people", "event", "short", "scheme", "month"
    )
    return word.kind is Kind.WORD and word.capital and other is None


def _list_score(marked: Marked, sentence: Sentence, length: int) -> int:
    cues = {
        m.kind
        for m in marked.within(sentence.first, sentence.last, *_WEIGHTS)
        if not (m.kind == "people" and _of_counted_partners(marked, m))
        and not (m.kind in {"event", "people"} and marked.describes(m, "member", "partner"))
    }
    score = sum(_WEIGHTS[kind] for kind in cues)
    counted = any(c.of == "countries" for c in find_counts(marked, sentence))
    return score + (4 if counted else 0) + (1 if length > 3 else 0)  # noqa: PLR2004


_WEIGHTS = {
    "partner": 3, "member": 1, "involves": 2, "consortium": 3, "together-with": 1, "project": 1,
    "network": 1, "represented-by": 1, "people": -2, "took-part": -2, "deadline": -3, "event": -1,
}  # fmt: skip

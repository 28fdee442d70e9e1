"""Organisations: known names, head nouns with the names around them, names beside a country.

There is no list of all organisations, and no trained model of names for the
smaller languages. What works in all of them: a head noun (`pašvaldība`,
`university`, `kommun`) with the run of capitalised words before or after it,
a name with a country in brackets after it, a name that a cue for a role calls for.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.gazetteer.known import is_country
from eugraph.facts.language.words import Kind, fold
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.persons import is_person

_NAME_BREAKERS = ("and", "in", "partner", "lead", "coordinated-by", "together-with")
_NEEDED = frozenset({"organisation", "head", "country"})
_COUNTRY_REACH = 4
_VERBS = (
    "held", "planned", "implements", "is", "starts", "runs", "took-part", "coordinates",
    "represented", "involves", "event-verb", "part", "coordinated-by", "that", "clause",
)  # fmt: skip
_MOST_ATTRIBUTES = 3
_LONGEST_LIST = 9
_MOST_JOINERS = 2
_SHORTEST_COMMON = 4
_GAP = frozenset({",", "-", ":"})


class NamedOrganisation(Struct, frozen=True):
    """An organisation named in a sentence.

    `first:last` are the words of its name; `extent` is where what belongs to
    the name ends: an alias in brackets, its country. `place` is the name of
    the place it is the body of, as written, `known` its key in the gazetteer.
    """

    passage: int
    first: int
    last: int
    extent: int
    name: str
    kind: str | None = None
    place: str | None = None
    known: str | None = None
    country: Mention | None = None
    aliases: tuple[tuple[str, int, int], ...] = ()
    rule: str = "organisation-head-noun"


def find_organisations(marked: Marked, sentence: Sentence) -> tuple[NamedOrganisation, ...]:
    """Return the organisations named in `sentence`, in order, none inside another."""
    if sentence.kinds.isdisjoint(_NEEDED):
        return ()
    found: list[NamedOrganisation] = []
    for reader in (_known, _by_head, _beside_country):
        for organisation in reader(marked, sentence):
            inside = any(
                o.first < organisation.last and organisation.first < o.extent for o in found
            )
            if not inside:
                found.append(organisation)
    return tuple(sorted(found, key=lambda o: o.first))


def name_run(marked: Marked, first: int, limit: int) -> int:
    """Return where a run of capitalised words from `first` ends, joining words inside it."""
    last = first
    for at in range(first, limit):
        if _capitalised(marked, at) or (at > first and _numbers_name(marked, at)):
            last = at + 1
        elif at - last >= _MOST_JOINERS or not _joins(marked, at):
            break
        elif marked.at(at, "in", "from") and _country_follows(marked, at + 1, limit):
            break  # “the municipality in Denmark”: where it is, no part of its name
    return last


def _country_follows(marked: Marked, at: int, limit: int) -> bool:
    while at < limit and marked.words[at].folded in marked.lexicon.articles:
        at += 1
    return marked.at(at, "country") is not None


def _numbers_name(marked: Marked, at: int) -> bool:
    """Return whether a number is part of a name: “School No 5”, in the words of the language."""
    lexicon, before = marked.lexicon, marked.words[at - 1]
    short = lexicon.joiners & lexicon.abbreviations
    return marked.words[at].kind is Kind.NUMBER and before.folded in short


def _joins(marked: Marked, at: int) -> bool:
    word = marked.words[at]
    return word.folded in marked.lexicon.joiners or word.stem in {".", '"', "&"}


def _capitalised(marked: Marked, at: int) -> bool:
    word = marked.words[at]
    if word.kind is not Kind.WORD or not word.capital:
        return False
    shouted = len(word.text) > 1 and word.text.isupper()
    return shouted or word.folded not in marked.lexicon.not_names


def _known(marked: Marked, sentence: Sentence) -> Iterator[NamedOrganisation]:
    for mention in marked.within(sentence.first, sentence.last, "organisation"):
        if mention.value != "eu":
            organisation = NamedOrganisation(
                marked.number, mention.first, mention.last, mention.last, mention.base,
                known=mention.value, rule="known-organisation",
            )  # fmt: skip
            yield _with_surroundings(marked, sentence, organisation)


def _by_head(marked: Marked, sentence: Sentence) -> Iterator[NamedOrganisation]:
    for head in marked.within(sentence.first, sentence.last, "head"):
        common = head.value == "company" and not marked.words[head.first].capital
        first = head.first if common else _run_before(marked, sentence, head)
        last = _run_after_head(marked, sentence, head)
        if first == head.first and last == head.last:
            first, last = _named_after(marked, sentence, head)
            if first == last:
                continue
        elif last == head.last and (
            _only_common(marked, first, head.first) or _of_country(marked, first, head)
        ):
            continue
        first, country = _after_its_country(marked, over_kind(marked, first, head.first), head)
        inside = first <= head.first < last
        name = in_nominative(marked, first, last, head) if inside else marked.text(first, last)
        place = marked.text(first, head.first) if first < head.first else None
        if place is None and inside:
            after = next((at for at in range(head.last, last) if _capitalised(marked, at)), None)
            place = marked.text(after, last) if after is not None else None
        organisation = NamedOrganisation(
            marked.number, first, last, last, name, kind=head.value, place=place, country=country
        )
        yield _with_surroundings(marked, sentence, organisation)


_TERRITORIAL = frozenset({"municipality", "city", "county", "region"})
NAMED_AFTER = frozenset(
    {
        "association",
        "agency",
        "company",
        "foundation",
        "school",
        "university",
        "institute",
        "centre",
    }
)
"""Kinds whose name may follow the noun in lower case: “the association X”."""


def _named_after(marked: Marked, sentence: Sentence, head: Mention) -> tuple[int, int]:
    """Return the name after a noun in lower case, or an empty range; a town's holds the noun."""
    words, at = marked.words, head.last
    if opens_town(marked, head.first, sentence.last):
        at += not _capitalised(marked, at)
        return head.first, name_run(marked, at, sentence.last)
    if head.value not in NAMED_AFTER or words[head.first].capital or at >= sentence.last:
        return at, at
    if words[at].stem == '"':
        quote = marked.at(at, "quoted")
        return (quote.first + 1, quote.last - 1) if quote else (at, at)
    if not _capitalised(marked, at) or marked.within(at, at + 1, "country", "place"):
        return at, at
    return at, name_run(marked, at, sentence.last)


def opens_town(marked: Marked, first: int, limit: int) -> bool:
    """Return whether a noun in lower case begins the name of a town's body: “gemeente Zwolle”.

    Languages that put attributes before the noun have none of them.
    """
    head = None if marked.lexicon.attribute_endings else marked.at(first, "head")
    if head is None or head.value not in _TERRITORIAL:
        return False
    words, at = marked.words, head.last
    if words[first].capital or at >= limit:
        return False
    before = words[first - 1].text if first and _capitalised(marked, first - 1) else ""
    if before and fold(before) not in marked.lexicon.articles:
        return False
    at += at + 1 < limit and words[at].folded in marked.lexicon.joiners
    other = marked.at(at, "country", "month", "weekday", "short", "scheme")
    return _capitalised(marked, at) and other is None


def _after_its_country(marked: Marked, first: int, head: Mention) -> tuple[int, Mention | None]:
    """Take the country off the front of a body's name: “Lietuvas Utenas rajona pašvaldība”."""
    country = marked.at(first, "country") if head.value in _TERRITORIAL else None
    if country is None or country.last >= head.first or not _capitalised(marked, country.last):
        return first, None
    return country.last, country


def over_kind(marked: Marked, first: int, last: int) -> int:
    """Return where a name begins behind what kind of body it is: “the Dutch NGO Stichting X”."""
    kinds = marked.within(first, last, "body-kind")
    return kinds[-1].last if kinds and kinds[-1].last <= last else first


def _of_country(marked: Marked, first: int, head: Mention) -> bool:
    """Return whether only a country stands before a noun for a town: “in Portugāles pilsētā”."""
    country = marked.at(first, "country") if head.value in _TERRITORIAL else None
    common = not marked.words[head.first].capital
    return country is not None and country.last == head.first and common


def _only_common(marked: Marked, first: int, last: int) -> bool:
    """Return whether what stands before a head noun is no name: “Izglītības ministrija”."""
    return first < last and all(
        word.folded in marked.lexicon.name_words for word in marked.words[first:last]
    )


def in_nominative(marked: Marked, first: int, last: int, head: Mention) -> str:
    """Return a name with its head noun in the nominative, without an alias in brackets."""
    opening = next((at for at in range(first, head.first) if marked.words[at].text == "("), None)
    before = marked.text(first, opening or head.first) if first < head.first else ""
    noun = head.base.replace("=", "")
    if marked.words[head.first].capital:
        written = marked.text(head.first, head.last)
        noun = written if fold(written) == fold(noun) else noun[:1].upper() + noun[1:]
    inflects = marked.lexicon.nominative or marked.lexicon.attribute_endings
    if not inflects or (first == head.first and last == head.last):
        opening = next(
            (at for at in range(first, head.first) if marked.words[at].text == "("), None
        )
        if opening is None:
            return marked.text(first, last)
    after = marked.text(head.last, last) if head.last < last else ""
    return " ".join(filter(None, (before, noun, after)))


def is_attribute(marked: Marked, at: int) -> bool:
    """Return whether a word in lower case may stand between a name and its head noun."""
    word, lexicon = marked.words[at], marked.lexicon
    folded = word.folded
    if word.kind is not Kind.WORD or marked.at(at, *_VERBS, *_NAME_BREAKERS, "project", "from"):
        return False
    return folded in lexicon.name_words or any(
        folded.endswith(ending) for ending in lexicon.attribute_endings
    )


def _run_before(marked: Marked, sentence: Sentence, head: Mention) -> int:
    """Return where the name before a head noun begins; an alias in brackets may stand between."""
    words, lexicon = marked.words, marked.lexicon
    first = at = head.first
    if at - 1 > sentence.first and words[at - 1].text == ")":
        opening = next(
            (i for i in range(at - 2, max(sentence.first, at - 6), -1) if words[i].text == "("), at
        )
        if opening > sentence.first and _capitalised(marked, opening - 1):
            at = opening
    while at > sentence.first:
        before = words[at - 1]
        if _capitalised(marked, at - 1):
            at -= 1
            first = at
        elif before.folded in lexicon.name_words or (
            first - at < _MOST_ATTRIBUTES and is_attribute(marked, at - 1)
        ):
            at -= 1
        else:
            break
    first = _before_commas(marked, sentence, first, head)
    if first > sentence.first and is_numeral(marked, first - 1):
        first -= 1
    return first


def _before_commas(marked: Marked, sentence: Sentence, first: int, head: Mention) -> int:
    """Return where a name begins that lists what its body is for: “Vides, ģeoloģijas un X centrs”.

    Attributes in lower case, the last joined by “and”, stand between its capital and its noun.
    """
    at, commas, joined = head.first, 0, False
    if not marked.lexicon.attribute_endings or marked.words[head.first].capital:
        return first
    while at > sentence.first and head.first - at < _LONGEST_LIST:
        joins = marked.before(at, "and")
        comma = marked.words[at - 1].text == ","
        if _capitalised(marked, at - 1):
            return _capitals_before(marked, sentence, at - 1) if commas and joined else first
        if comma or (joins is not None and joins.last - joins.first == 1):
            commas, joined = commas + comma, joined or not comma
        elif not is_attribute(marked, at - 1):
            return first
        at -= 1
    return first


def _capitals_before(marked: Marked, sentence: Sentence, at: int) -> int:
    while at > sentence.first and _capitalised(marked, at - 1):
        at -= 1
    return at


def is_numeral(marked: Marked, at: int) -> bool:
    """Return whether a word is an ordinal in digits that may open a name: “2nd”, “2ο”."""
    word = marked.words[at]
    return word.kind is Kind.NUMBER and not word.text.isdigit() and bool(marked.at(at, "ordinal"))


def _run_after_head(marked: Marked, sentence: Sentence, head: Mention) -> int:
    words = marked.words
    if head.last >= sentence.last or not words[head.first].capital:
        return head.last
    if (
        marked.at(head.last, "and")
        and words[head.last].text != "&"
        and head.first > sentence.first
        and words[head.first - 1].capital
    ):
        return head.last  # “Riga Museum and …”: the noun closes the name
    before = head.last - head.first > 1 or _capitalised(marked, max(head.first - 1, 0))
    if marked.lexicon.attribute_endings and before and marked.at(head.last, "country"):
        return head.last  # “Kauņas Tehnoloģiju universitāte Lietuvā”: where it is
    joins = words[head.last].text == "&" or words[head.last].folded in marked.lexicon.joiners
    if _capitalised(marked, head.last) or joins:
        return max(name_run(marked, head.last, sentence.last), head.last)
    return head.last


def _beside_country(marked: Marked, sentence: Sentence) -> Iterator[NamedOrganisation]:
    """Read `Name (Country)`: the run of words in capitals before the bracket."""
    words = marked.words
    for country in marked.within(sentence.first, sentence.last, "country"):
        opening = country.first - 1
        while opening > sentence.first and words[opening].folded in marked.lexicon.articles:
            opening -= 1
        if opening <= sentence.first or words[opening].text != "(" or country.last >= sentence.last:
            continue
        if words[country.last].text not in {")", ","}:
            continue
        first = _name_before(marked, sentence, opening)
        if first < opening and not is_person(marked, first, opening):
            name = marked.text(first, opening)
            yield NamedOrganisation(
                marked.number, first, opening, min(country.last + 1, sentence.last), name,
                country=country, rule="name-with-country-in-brackets",
            )  # fmt: skip


def _name_before(marked: Marked, sentence: Sentence, end: int) -> int:
    words, lexicon, first, at = marked.words, marked.lexicon, end, end
    while at > sentence.first:
        word = words[at - 1]
        legal = word.kind is Kind.WORD and "." in word.text
        if _capitalised(marked, at - 1) or legal:
            at -= 1
            first = at
        elif (
            word.kind is Kind.WORD
            and (word.folded in lexicon.joiners or len(word.text) >= _SHORTEST_COMMON)
            and at < end
            and at - 1 > sentence.first
            and _capitalised(marked, at - 2)
            and not marked.at(at - 1, *_NAME_BREAKERS)
        ):
            at -= 1
        else:
            break
    return first


def _with_surroundings(
    marked: Marked, sentence: Sentence, organisation: NamedOrganisation
) -> NamedOrganisation:
    """Add what stands after a name: an alias in brackets, a country beside it."""
    words, at = marked.words, organisation.last
    quoted = marked.at(organisation.first - 1, "quoted") if organisation.first else None
    if quoted is not None and quoted.last == at + 1:
        at += 1  # the foundation “X” from Poland
    aliases: list[tuple[str, int, int]] = []
    country: Mention | None = None
    if at < sentence.last and words[at].text == "(":
        close = next(
            (i for i in range(at + 1, min(at + 10, sentence.last)) if words[i].text == ")"), None
        )
        inside = marked.within(at + 1, close or at + 1, "country")
        roles = marked.within(at + 1, close or at + 1, "lead", "lead-mark", "partner")
        if close is not None and inside and not roles:
            country, at = inside[0], close + 1
        elif close is not None and not roles and words[at + 1].capital:
            if not is_country(alias := marked.text(at + 1, close)):
                aliases.append((alias, at + 1, close))
            at = close + 1
    if country is None and (beside := country_after(marked, at, sentence.last)) is not None:
        country, at = beside, beside.last
    country = country or organisation.country
    return replace(organisation, extent=at, aliases=tuple(aliases), country=country)


def country_after(marked: Marked, at: int, limit: int) -> Mention | None:
    """Return the country that stands directly at `at`: “, Greece”, “in Greece”.

    After a comma it belongs to the name before only if another mark closes it:
    in “the lead is X, Latvia is represented by Y” it begins a clause.
    """
    words, first = marked.words, at
    while at < limit and at - first < _COUNTRY_REACH:
        country = marked.at(at, "country")
        if country is not None:
            alone = words[at - 1].text == "," and not _closed(marked, country.last, limit)
            return None if alone else country
        word = words[at]
        if (
            word.text in _GAP
            or word.folded in marked.lexicon.articles
            or marked.at(at, "in", "from")
        ):
            at += 1
        else:
            return None
    return None


def _closed(marked: Marked, at: int, limit: int) -> bool:
    return at >= limit or marked.words[at].kind is Kind.MARK or marked.at(at, "and") is not None

"""Leads: which organisation a sentence says leads the project.

A noun for the lead is said of a name by the marks around it or by a copula
(`X (lead partner)`, `X – coordinator`, `the coordinator is X`); a verb for
leading has it as subject, or as object where the project is its subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.enumerations import read_name
from eugraph.facts.organisations.named import NamedOrganisation, is_numeral, opens_town
from eugraph.facts.organisations.role_readings import LEAD, RoleReading

_CUES = ("lead", "lead-mark", "coordinated-by", "coordinates")
_FAR = 14
_PARTED = 8
_MOST_ADVERBS = 3
_LED = ("project", "network", "short", "quoted", "consortium")


def find_leads(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation]
) -> Iterator[RoleReading]:
    """Yield what `sentence` says of who leads the project."""
    if sentence.kinds.isdisjoint(_CUES):
        return
    for cue in marked.within(sentence.first, sentence.last, "lead"):
        yield from _named_lead(marked, sentence, organisations, cue)
    yield from _marked_lead(marked, sentence, organisations)
    for cue in marked.within(sentence.first, sentence.last, "coordinated-by"):
        if not _of_event(marked, sentence, cue):
            yield from _led_by(marked, sentence, organisations, cue)
    for cue in marked.within(sentence.first, sentence.last, "coordinates"):
        if not _event_after(marked, cue):
            yield from _leading(marked, sentence, organisations, cue)


def _led_by(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `coordinated by X`, `Koordiniert wird es von X`, `von X koordiniert`."""
    yield from _directly_after(marked, sentence, organisations, cue, "coordinated-by")
    if (by := _parted(marked, sentence, cue)) is not None:
        yield from _directly_after(marked, sentence, organisations, by, "coordinated-by")
    for reading in _ending_at(organisations, cue.first, cue, "by-name-coordinated", 0.85):
        if marked.before(over_articles(marked, reading.first), "by") is not None:
            yield reading


def _leading(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `X coordinates the project`, `Projektu koordinē X`."""
    subject = _antecedent(marked, cue)
    yield from _ending_at(organisations, subject, cue, "subject-of-coordinates", 0.8)
    yield from _opening_subject(marked, sentence, organisations, cue)
    if cue.first == sentence.first or _is_object(marked, sentence, cue):
        yield from _directly_after(marked, sentence, organisations, cue, "coordinates-object")


def _named_lead(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read who a noun for the lead is said of: by the marks around it, else by a copula."""
    words, behind = marked.words, cue.first - 1
    before = words[behind].text if cue.first > sentence.first else ""
    after = words[cue.last].text if cue.last < sentence.last else ""
    bracket = _behind_country(marked, cue) if after == ")" else None
    if before == "(" and after in {")", ","}:
        yield from _ending_at(organisations, behind, cue, "lead-cue-in-brackets", 1.0)
    elif bracket is not None:
        for organisation in organisations:
            if organisation.last == bracket:
                first, last = organisation.first, cue.last + 1
                yield RoleReading(organisation, LEAD, first, last, 1.0, "lead-cue-in-brackets")
    elif before == "," and after == ",":
        yield from _ending_at(organisations, behind, cue, "lead-cue-between-commas", 0.95)
    elif marked.heading and any(o.extent == cue.first for o in organisations):
        yield from _ending_at(organisations, cue.first, cue, "lead-cue-in-headline", 0.8)
    elif _after_dash(marked, cue) and after in {"", ",", ";", "."}:
        yield from _ending_at(organisations, behind, cue, "lead-cue-after-dash", 1.0)
    elif as_role(marked, sentence, cue):
        yield from _nearest_before(organisations, cue, "as-lead-partner", 0.95)
        yield from _opening_role(marked, sentence, organisations, cue)
    elif (subject := _subject_end(marked, sentence, cue)) is not None and any(
        o.extent == subject for o in organisations
    ):
        yield from _ending_at(organisations, subject, cue, "subject-is-lead-partner", 0.95)
    else:
        yield from _called_for(marked, sentence, organisations, cue)
        yield from _apposition(marked, organisations, cue)
        yield from _predicate(marked, sentence, organisations, cue)


def _behind_country(marked: Marked, cue: Mention) -> int | None:
    """Return where the bracket opens that a country and a role are in: `X (Country, leader)`."""
    words, comma = marked.words, over_articles(marked, cue.first) - 1
    country = marked.before(comma, "country") if comma > 0 and words[comma].text == "," else None
    if country is None or words[country.first - 1].text != "(":
        return None
    return country.first - 1


def _marked_lead(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation]
) -> Iterator[RoleReading]:
    """Read `X (lead)`: a mark that says it only in brackets."""
    for cue in marked.within(sentence.first, sentence.last, "lead-mark"):
        if marked.words[cue.first - 1].text == "(" and marked.words[cue.last].text == ")":
            yield from _ending_at(organisations, cue.first - 1, cue, "lead-cue-in-brackets", 1.0)


def _parted(marked: Marked, sentence: Sentence, cue: Mention) -> Mention | None:
    """Return the “by” that only a name parts from its verb: “Koordiniert wird X von”."""
    end = min(cue.last + _PARTED, sentence.last)
    by = next(iter(marked.within(cue.last + 1, end, "by")), None)
    if by is None or marked.within(cue.last, by.first, "event", "head", "organisation", "who"):
        return None
    marks = any(w.kind is Kind.MARK and w.text in ",;:(" for w in marked.words[cue.last : by.first])
    named = marked.within(cue.last, by.first, "project", "short", "quoted")
    return by if named and not marks else None


def _opening_subject(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `River Lab coordinates the project`: a name without a noun that opens the sentence."""
    first, last = sentence.first, cue.first
    words = marked.words[first:last]
    plain = all(w.kind is Kind.WORD and w.capital for w in words) and 1 < len(words) < _PARTED
    about = marked.within(cue.first, sentence.last, "project", "network")
    named = read_name(marked, first, last) if plain and about and not organisations else None
    others = marked.within(first, last, "place", "scheme", "project", "person", "country", "lead")
    if named is not None and (named.first, named.last) == (first, last) and not others:
        rule = "name-before-coordinates"
        yield RoleReading(replace(named, rule=rule), LEAD, first, cue.last, 0.75, rule)


def _antecedent(marked: Marked, cue: Mention) -> int:
    """Return where the subject of a verb ends: before it, or before “, which”."""
    relative = marked.before(cue.first, "who")
    comma = relative is not None and marked.words[relative.first - 1].text == ","
    return relative.first - 1 if relative is not None and comma else cue.first


def _of_event(marked: Marked, sentence: Sentence, cue: Mention) -> bool:
    """Return whether it is an event that is led: “the workshop was led by X”.

    So it is where the project only says of which: “the workshop of the project was led by X”.
    """
    before = marked.within(sentence.first, cue.first, "event", "people", *_LED)
    if not before or before[-1].kind in {"event", "people"}:
        return bool(before)
    event = next((m for m in before if m.kind == "event"), None)
    verb = [word for word in marked.words[before[-1].last : cue.first] if word.kind is Kind.WORD]
    if event is None or not verb:
        return False
    (after, *_) = (m for m in before if m.first >= event.last)
    joining = marked.lexicon.joining
    return all(
        marked.words[at].folded in joining or marked.at(at, "in", "within-project", "scheme")
        for at in range(event.last, after.first)
    )


def _event_after(marked: Marked, cue: Mention) -> bool:
    """Return whether the object of a verb for leading is an event: “X leads the workshop”."""
    event = marked.at(_over_articles_after(marked, cue.last), "event")
    return event is not None and event.value != "event"


def _is_object(marked: Marked, sentence: Sentence, cue: Mention) -> bool:
    """Return whether the project stands before a verb as its object: “Projektu koordinē X”.

    Languages with articles put the subject there, so that it means something else. What is
    told of the project may stand between, in commas: “Projektu, ko finansē Y, koordinē X”.
    """
    if marked.lexicon.articles:
        return False
    end = _before_clause(marked, sentence, cue.first)
    project = marked.before(end, "project", "quoted", "short")
    return project is not None and (
        project.first == sentence.first
        or marked.before(project.first, "project", "scheme") is not None
    )


def _before_clause(marked: Marked, sentence: Sentence, at: int) -> int:
    """Return where a clause between commas that ends at a word begins; the word, if none does."""
    words = marked.words
    if at - 1 <= sentence.first or words[at - 1].text != ",":
        return at
    commas = [i for i in range(sentence.first, at - 1) if words[i].text == ","]
    return commas[0] if len(commas) == 1 else at


def _ending_at(
    organisations: Sequence[NamedOrganisation], at: int, cue: Mention, rule: str, score: float
) -> Iterator[RoleReading]:
    for organisation in organisations:
        if organisation.extent == at:
            last = cue.last + (1 if rule == "lead-cue-in-brackets" else 0)
            yield RoleReading(organisation, LEAD, organisation.first, last, score, rule)


def _after_dash(marked: Marked, cue: Mention) -> bool:
    """Return whether a role stands behind a name and a dash: `X (Country) – coordinator, Y`."""
    words, dash = marked.words, cue.first - 1
    return dash > 0 and words[dash].stem == "-" and words[dash].start > words[dash - 1].end


def over_articles(marked: Marked, at: int) -> int:
    """Return where the articles before a word begin."""
    while at and marked.words[at - 1].folded in marked.lexicon.articles:
        at -= 1
    return at


def as_role(marked: Marked, sentence: Sentence, cue: Mention) -> bool:
    """Return whether “as” stands before a role, its article between."""
    at = cue.first - 1
    while at > sentence.first and marked.words[at].folded in marked.lexicon.articles:
        at -= 1
    return any(m.last == at + 1 for m in marked.within(sentence.first, cue.first, "as"))


def _subject_end(marked: Marked, sentence: Sentence, cue: Mention) -> int | None:
    """Return where the subject of “X is the lead partner” ends, at its copula.

    A word or two in lower case may say since when or of what kind it is.
    """
    for copula in reversed(marked.within(sentence.first, cue.first, "is")):
        between = marked.words[copula.last : over_articles(marked, cue.first)]
        if len(between) > _MOST_ADVERBS:
            return None
        if all(word.kind is Kind.WORD and not word.capital for word in between):
            return _antecedent(marked, copula)
    return None


def _nearest_before(
    organisations: Sequence[NamedOrganisation], cue: Mention, rule: str, score: float
) -> Iterator[RoleReading]:
    before = [o for o in organisations if o.extent <= cue.first]
    if before:
        nearest = before[-1]
        yield RoleReading(nearest, LEAD, nearest.first, cue.last, score, rule)


def _opening_role(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `As lead partner of the project, X welcomed`: the subject follows the comma."""
    opens = cue.first - sentence.first <= _MOST_ADVERBS
    if not opens or any(o.extent <= cue.first for o in organisations):
        return
    end = min(cue.last + _PARTED, sentence.last)
    comma = next((at for at in range(cue.last, end) if marked.words[at].text == ","), None)
    if comma is not None and not marked.within(cue.last, comma, "event"):
        after = replace(cue, last=comma + 1)
        yield from _directly_after(marked, sentence, organisations, after, "as-lead-partner")


def _called_for(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `the coordinator of the project is X`, `lead partner: X`, `coordinator X`."""
    rule = "organisation-after-lead-cue"
    yield from _directly_after(marked, sentence, organisations, cue, rule)


def _directly_after(
    marked: Marked,
    sentence: Sentence,
    organisations: Sequence[NamedOrganisation],
    cue: Mention,
    rule: str,
) -> Iterator[RoleReading]:
    at = _skip_to_name(marked, sentence, cue.last)
    if at is None:
        return
    named = read_name(marked, at, sentence.last)
    if named is not None and marked.at(named.last, "project") and not named.kind:
        return  # “leader of European X project”: what describes the project leads it not
    quoted = marked.at(at, "quoted")
    for organisation in organisations:
        inner = (at + 1, quoted.last - 1) if quoted is not None and cue.last < at else None
        if inner == (organisation.first, organisation.last) and marked.before(at, "head"):
            yield RoleReading(organisation, LEAD, cue.first, organisation.extent, 0.9, rule)
            return
        longer = named is None or organisation.known or organisation.last >= named.last
        if organisation.first == at and longer:
            yield RoleReading(organisation, LEAD, cue.first, organisation.extent, 0.9, rule)
            return
    if named is not None and not marked.within(
        at, named.last, "place", "scheme", "month", "project"
    ):
        yield RoleReading(replace(named, rule=rule), LEAD, cue.first, named.extent, 0.85, rule)


def _skip_to_name(marked: Marked, sentence: Sentence, at: int) -> int | None:
    """Return where the name begins that a cue calls for, over `of the project is`."""
    words = marked.words
    for _ in range(8):
        if at >= sentence.last:
            return None
        if marked.at(at, "person"):
            return None
        over = marked.at(at, "is", "lead", "project")
        named = marked.at(at, "project")
        word = words[at]
        if over is not None and (not named or not word.capital):
            at = over.last
        elif (own := marked.at(at, "short", "quoted")) and marked.before(at, "project"):
            at = own.last  # “A coordinare il progetto ABC è X”
        elif word.stem in {":", ",", "-"} or (
            not word.capital and word.folded in marked.lexicon.joining
        ):
            at += 1
        else:
            head = marked.at(at, "head")
            if head is not None and not word.capital and head.last < sentence.last:
                after = marked.words[head.last]
                at = at if opens_town(marked, at, sentence.last) else head.last
                return at if after.capital or after.stem == '"' or at < head.last else None
            return at if word.capital or is_numeral(marked, at) else None
    return None


def _predicate(
    marked: Marked, sentence: Sentence, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `it is X the lead partner`, `the lead partner of the project, which …, is X`."""
    for copula in marked.within(sentence.first, sentence.last, "is"):
        after = _over_articles_after(marked, copula.last)
        for organisation in organisations:
            between = over_articles(marked, cue.first)
            if organisation.first != after:
                continue
            if copula.last <= cue.first and organisation.extent == between:
                yield RoleReading(
                    organisation, LEAD, organisation.first, cue.last, 0.8, "is-the-lead-partner"
                )
            elif cue.last <= copula.first <= cue.last + _FAR and _one_subject(marked, cue, copula):
                yield RoleReading(
                    organisation, LEAD, cue.first, organisation.extent, 0.8, "is-the-lead-partner"
                )


def _one_subject(marked: Marked, cue: Mention, copula: Mention) -> bool:
    """Return whether nothing but a clause between commas parts a role from its copula."""
    marks = [w.text for w in marked.words[cue.last : copula.first] if w.kind is Kind.MARK]
    others = marked.within(cue.last, copula.first, "is", "lead", "partner", "organisation", "head")
    return not others and marks in ([], [",", ","])


def _over_articles_after(marked: Marked, at: int) -> int:
    words = marked.words
    while at < len(words) and words[at].folded in marked.lexicon.articles:
        at += 1
    return at


def _apposition(
    marked: Marked, organisations: Sequence[NamedOrganisation], cue: Mention
) -> Iterator[RoleReading]:
    """Read `X, coordinator of the project`."""
    at = cue.first
    while at and (
        marked.words[at - 1].folded in marked.lexicon.articles or marked.words[at - 1].text == ","
    ):
        at -= 1
    if at < cue.first and marked.words[at].text == ",":
        yield from _ending_at(organisations, at, cue, "lead-cue-in-apposition", 0.8)

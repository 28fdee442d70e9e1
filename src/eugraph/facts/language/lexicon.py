"""Lexicons: what a language calls the things we read, as data in `data/lexicon/<code>.toml`.

A language is one file. It lists endings (for stems and for the nominative of
names), date words, ordinals, numbers, and cue phrases; months, weekdays and
countries come from CLDR through Babel and are in no file. `mul.toml` holds what
belongs to no language: the kinds of events and what is never an acronym. TOML
and not YAML, because the Latvian “from” and the Norwegian language code, `no`,
would load as false there.

A language without a file is read with CLDR's months, weekdays and countries
and the international words of `mul.toml` alone: numeric dates, ranges,
acronyms, countries in brackets still speak.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import cast

from babel import Locale, UnknownLocaleError

from eugraph.errors import DataError
from eugraph.facts.language.phrases import PhraseTable
from eugraph.facts.language.words import Stemmer, fold
from eugraph.toml_file import read_toml

CUES: Mapping[str, str] = {
    "project": "a noun for the project itself",
    "network": "a noun for a network or partnership that is the project",
    "project-kind": "a word between the noun for the project and its name",
    "called": "says what the project, its subject, is called: “is called”",
    "known-as": "joins two names of one thing: “short for”, “also known as”",
    "lead": "the lead partner or coordinator, as a noun",
    "lead-mark": "marks the lead in brackets behind its name: “(lead)”",
    "coordinates": "a verb: its subject leads",
    "coordinated-by": "a verb or phrase before or after which the lead stands",
    "carried-out-by": "a verb or phrase after which those stand who carry out the project",
    "partner": "a partner, as a noun",
    "by": "“by”, before who does what a passive verb says",
    "member": "what a network consists of: cities, schools; counted as partners beside countries",
    "together-with": "joins the subject to its partners",
    "implements": "a verb: its subject carries out the project",
    "involves": "a verb: its object are partners or countries of the project",
    "consortium": "introduces the list of partners",
    "represented-by": "a country is represented by the organisation that follows",
    "as": "“as”, before a role",
    "is": "the copula",
    "body-kind": "says what kind of body the name after it is: “NGO”",
    "partner-count": "labels the number of partners",
    "country-count": "labels the number of countries",
    "visits": "a verb: its subject, partners of some countries, comes to a meeting (by form)",
    "countries": "a noun for countries that may be counted",
    "people": "people: their numbers and countries are not the project's",
    "person": "a title before a person's name",
    "participants": "heads a list of who took part",
    "term": "labels the term of the project",
    "starts": "a verb or noun for the start of the project",
    "ends": "a verb or noun for the end of the project, before its date",
    "start-label": "a bare noun that labels the start of the project in a line of its own",
    "end-label": "a bare noun that labels its end",
    "months": "months, as a unit of how long the project runs (by form)",
    "years": "years, as such a unit (by form)",
    "will": "tells that a start of the project is still to come (by form)",
    "it": "a pronoun for the project, at the beginning of a sentence (by form)",
    "carrying-out": "the carrying out of the project, as a noun behind it",
    "since": "“since”, before the date from which the project is carried out",
    "runs": "a verb for the run of the project, before its dates",
    "published": "labels the day of publication",
    "deadline": "a date beside it is a deadline",
    "past": "a date beside it is history, not an event of the project",
    "held": "the event took place (by form)",
    "planned": "the event is still to come (by form)",
    "during": "beside an event, points back to one already told",
    "next": "another event than the one reported",
    "hosted-by": "the host of an event follows",
    "hosts": "a verb: its subject, a body of a town, receives the event there (by form)",
    "venue": "a noun for a building where events are held: a town stands beside it",
    "participates": "a verb: its subject, a body, takes part in the project (by form)",
    "one-of": "“one of”, before the number of all partners",
    "besides": "“besides”, before a partner that a list goes on with",
    "with": "“with”, before the partners a project has",
    "among-others": "“among others”: what is listed is not all",
    "took-part": "an organisation beside it took part in the event",
    "represented": "an organisation beside it was represented",
    "representative": "a person who represents the organisation beside it",
    "date-label": "labels a date",
    "place-label": "labels a place",
    "programme": "a noun for a funding programme",
    "strand": "a noun for a strand or action of a programme, numbered",
    "funds": "a verb or noun for funding",
    "acronym": "labels the acronym of the project",
    "within-project": "“as part of”, before the name of a project",
    "title": "labels the title of the project",
    "in": "a preposition before a place",
    "from": "a preposition before where one comes from",
    "and": "joins the items of a list",
    "objective": "the aim of the project",
    "aims": "a verb whose object is an aim of the project",
    "specific-objective": "the specific aim of the project",
    "impact": "introduces what the project will bring about",
    "purpose": "introduces what an event was for",
    "concludes": "introduces a conclusion",
    "conclusion": "makes its clause a conclusion",
    "clause": "begins a new clause",
    "who": "a relative pronoun: what follows is told of the name before it",
    "that": "“that”, before a clause",
    "other-project": "before the name of a project: it is another than the release's own",
}
"""The kinds of cues a lexicon may list, and what each marks."""

_KIND_OF = {
    "dates": "date", "ordinals": "ordinal", "numbers": "number", "events": "event",
    "event-verbs": "event-verb", "seasons": "season", "stays": "stay", "parts": "part",
    "organisations": "head",
    "topics": "topic", "audiences": "audience", "month-forms": "month", "in-month": "in-month",
    "country-forms": "country",
    "country-adjectives": "country-adjective",
}  # fmt: skip
"""The sections of a lexicon besides `cues`, and the kind of cue that each lists.

`seasons` lists the seasons, and as `quarter` the noun for a quarter of a year.

`stays` are verbs for what is an event only where a place and a date stand with it: going
somewhere, working there, taking part, and the launch of a project. `in-month` lists the forms
of the months that are a date by themselves: “septembrī” is in September. `month-forms` and
`country-forms` hold only the inflected forms that no ending leads back to
the name in CLDR: “Włoszech” is Italy, “septembril” is September.
"""

_SECTIONS = frozenset({"cues", *_KIND_OF})
_DATES = frozenset({"from", "until", "year", "this-year", "next-year", "last-year", "skip", "half"})
_LISTS = (
    "ordinal-marks", "abbreviations", "articles", "joiners", "describers", "name-words",
    "not-names", "attribute-endings", "name-order", "towards",
)  # fmt: skip
_SCALARS = frozenset({"language", "home", "endings", "nominative", "compounds", *_LISTS})


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase stands for: its kind, and which one of the kind (`Cue("month", "4")`).

    For the head noun of an organisation's name, `base` is the noun in the nominative.
    """

    kind: str
    value: str = ""
    base: str = ""


Table = PhraseTable[Cue]

Pieces = tuple[Cue, str, tuple[Cue, ...]]
"""A compound word: the noun it ends in, what precedes its last hyphen, the schemes named there."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of one language; `covered` is false where no file exists for it."""

    language: str
    stemmer: Stemmer
    table: Table
    covered: bool = False
    home: tuple[str, ...] = ()
    """The countries whose own language it is, by code: a release names them seldom."""
    ordinal_marks: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    """Words in lower case that may join the parts of a name: “of”, “for”."""
    describers: frozenset[str] = frozenset()
    """Words in lower case that begin what describes the noun before them: “about”, “which”."""
    joining: frozenset[str] = frozenset()
    """Joiners and the articles."""
    name_words: frozenset[str] = frozenset()
    """Words in lower case that may stand inside a name: “pilsētas” (of the town)."""
    attribute_endings: frozenset[str] = frozenset()
    """Endings of the words in lower case that stand between a name and its head noun."""
    name_order: frozenset[str] = frozenset()
    """What closes a name in lower case: `noun` (“Lund campus”), `adjective` (“Centre culturel”)."""
    not_names: frozenset[str] = frozenset()
    """Words that are no name though they begin with a capital, at the start of a sentence."""
    towards: frozenset[str] = frozenset()
    """Prepositions before where one goes, that are used of other things as well: “to”."""
    nominative: tuple[tuple[str, str], ...] = ()
    """Endings of names in a place's case and what they are in the nominative, longest first."""
    compound_stems: tuple[tuple[str, Cue], ...] = ()
    """Nouns, by stem, that end longer words, and what they stand for: “Forschungsprojekt”."""
    compound_forms: tuple[tuple[str, Cue], ...] = ()
    """The same for nouns that are listed by form, without the mark."""
    given_names: frozenset[str] = frozenset()
    """Given names of people in any language, folded; the gazetteer's."""
    met: dict[str, Pieces | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """What compound each word is that was met so far, if it is one."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What belongs to no language (`mul.toml`).

    `event_types` gives the concepts of each event noun, `not_acronyms` what is
    written in capitals but names no project, `legal_forms` what ends a company's name,
    `acronym_prefixes` the programmes whose name begins the acronyms of their projects.
    """

    event_types: Mapping[str, tuple[str, ...]]
    main_events: frozenset[str]
    not_acronyms: frozenset[str]
    legal_forms: frozenset[str]
    acronym_prefixes: frozenset[str] = frozenset()


def load_lexicon(language: str, folder: Path) -> Lexicon:
    """Return the lexicon of `language`, from its file in `folder` if there is one.

    Raises `DataError` if the file is not of the form described above.
    """
    path = folder / f"{language}.toml"
    if not path.exists():
        table: Table = PhraseTable(Stemmer.of(()))
        for cue, phrase in _international(folder / "mul.toml"):
            table.add(phrase, cue)
        _add_calendar(table, language)
        return Lexicon(language, table.stemmer, table)
    data = read_toml(path)
    _check(path, data)
    stemmer = Stemmer.of(_strings(path, data.get("endings", []), "endings"))
    table = PhraseTable(stemmer)
    for cue, phrase in (*_phrases(path, data), *_foreign(folder / "mul.toml")):
        table.add(phrase, cue)
    _add_calendar(table, language)
    nominative = cast("Mapping[str, str]", data.get("nominative", {}))
    stems, forms = _compound_nouns(path, data, stemmer)
    lists = {
        name.replace("-", "_"): frozenset(map(fold, _strings(path, data.get(name, []), name)))
        for name in _LISTS
    }
    return Lexicon(
        language,
        stemmer,
        table,
        covered=True,
        home=tuple(_strings(path, data.get("home", []), "home")),
        **lists,
        joining=lists["articles"] | lists["joiners"],
        nominative=tuple(sorted(nominative.items(), key=lambda pair: (-len(pair[0]), pair))),
        compound_stems=tuple(sorted(stems.items(), key=itemgetter(0))),
        compound_forms=tuple(sorted(forms.items(), key=itemgetter(0))),
    )


def load_shared(folder: Path) -> Shared:
    """Return what belongs to no language; raises `DataError` if `mul.toml` is malformed."""
    path = folder / "mul.toml"
    data = read_toml(path)
    events = data.get("events")
    if not isinstance(events, dict):
        raise DataError(path.name, "[events] is missing: each event noun with its types")
    types = {noun: tuple(_strings(path, kinds, f"events.{noun}")) for noun, kinds in events.items()}
    names = ("main-events", "not-acronyms", "legal-forms", "acronym-prefixes")
    main, acronyms, forms, prefixes = (
        frozenset(_strings(path, data.get(name, []), name)) for name in names
    )
    return Shared(types, main, acronyms, forms, prefixes)


def lexicon_languages(folder: Path) -> tuple[str, ...]:
    """Return the languages that have a file in `folder`, in order."""
    return tuple(sorted(path.stem for path in folder.glob("??.toml")))


def _international(path: Path) -> Iterator[tuple[Cue, str]]:
    """Yield the words that many languages share, for those without a file."""
    listed = read_toml(path).get("international", {}) if path.exists() else {}
    if not isinstance(listed, dict) or listed.keys() - _SECTIONS:
        raise DataError(path.name, "[international] has to have sections as a language has")
    yield from _phrases(path, listed)


def _foreign(path: Path) -> Iterator[tuple[Cue, str]]:
    """Yield what a text of any language may have as it is: what bodies are called elsewhere."""
    listed = read_toml(path).get("foreign", {}) if path.exists() else {}
    if not isinstance(listed, dict) or listed.keys() - {"organisations", "cues"}:
        raise DataError(path.name, "[foreign] may have organisations and cues")
    yield from _phrases(path, listed)


def _check(path: Path, data: Mapping[str, object]) -> None:
    if data.get("language") != path.stem:
        raise DataError(path.name, f'the first line has to say: language = "{path.stem}"')
    if unknown := set(data) - _SECTIONS - _SCALARS:
        raise DataError(path.name, f"unknown section {min(unknown)!r}")
    for section, allowed in (("cues", CUES.keys()), ("dates", _DATES)):
        listed = data.get(section, {})
        if not isinstance(listed, dict):
            raise DataError(path.name, f"[{section}] has to be a table")
        if unknown := set(listed) - set(allowed):
            raise DataError(path.name, f"[{section}] has an unknown kind {min(unknown)!r}")


def _phrases(path: Path, data: Mapping[str, object]) -> Iterator[tuple[Cue, str]]:
    for section in sorted(_SECTIONS & data.keys()):
        listed = cast("Mapping[str, object]", data[section])
        for key, phrases in listed.items():
            cue = Cue(key) if section == "cues" else Cue(_KIND_OF[section], key)
            for phrase in _strings(path, phrases, f"{section}.{key}"):
                yield replace(cue, base=phrase) if cue.kind == "head" else cue, phrase


def _compound_nouns(
    path: Path, data: Mapping[str, object], stemmer: Stemmer
) -> tuple[dict[str, Cue], dict[str, Cue]]:
    """Return the nouns of the kinds that `compounds` lists, by stem and by form."""
    kinds = _strings(path, data.get("compounds", []), "compounds")
    nouns = [
        (phrase, cue)
        for cue, phrase in _phrases(path, data)
        if cue.kind in kinds and not {" ", "-"} & set(phrase[1:])
    ]
    stems = {stemmer.keys(phrase)[0]: cue for phrase, cue in nouns if phrase[0] not in "=-"}
    forms = {fold(phrase.lstrip("=-")): cue for phrase, cue in nouns if phrase[0] in "=-"}
    return stems, forms


def _strings(path: Path, value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise DataError(path.name, f"{where} has to be a list of words in quotes")
    return cast("list[str]", value)


def _add_calendar(table: Table, language: str) -> None:
    """Add the months and weekdays of CLDR, in running text and standing alone, wide and short."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return
    for kind, calendar, shift in (("month", locale.months, 0), ("weekday", locale.days, 1)):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in calendar[context].get(width, {}).items():
                    word = name.rstrip(".")
                    if len(word) > 2 and not word.isdigit():  # noqa: PLR2004 (“Mo” is no weekday)
                        by_form = width == "abbreviated" or len(table.stemmer.keys(word)[0]) < 4  # noqa: PLR2004
                        table.add(word, Cue(kind, str(int(number) + shift)), by_form=by_form)

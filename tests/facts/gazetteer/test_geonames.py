"""A name that stands as a place's means the one place that its country and language allow."""

from __future__ import annotations

import pickle
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.errors import DataError
from eugraph.facts.fact import Event, Organisation, Place, Text
from eugraph.facts.gazetteer.geonames import Asked, PlaceIndex, Populated, plain
from eugraph.facts.gazetteer.geonames_compile import ABOUT, COUNTRIES, City, compile_index, main
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.reconcile import read_facts
from eugraph.identity.keys import place_key
from eugraph.releases.read import read_release
from eugraph.shipped import shipped

KNOWLEDGE = load_knowledge()
INDEX = KNOWLEDGE.gazetteer.geonames
ROOT = Path(__file__).parents[3]


def asked(name: str, countries: str, language: str = "en", *, stated: bool = False) -> Asked:
    return Asked(
        name,
        tuple(countries.split()),
        stated=stated,
        language=language,
        endings=KNOWLEDGE.endings(language),
    )


KNOWN = [
    # as written
    ("Daugavpils", "LT LV", "lv", 460413, "Daugavpils"),
    ("Korydallos", "GR", "en", 8310183, "Korydallos"),  # without its mark
    ("Vanersborg", "LV SE", "en", 2665171, "Vänersborg"),
    ("ΘΕΣΣΑΛΟΝΙΚΗ", "GR", "el", 734077, "Thessaloniki"),  # in capitals
    ("Κορυδαλλός", "GR", "el", 8310183, "Korydallos"),
    ("Köln", "DE", "de", 2886242, "Köln"),
    ("Koeln", "DE", "de", 2886242, "Köln"),  # an umlaut spelt out
    ("Nürnberg", "AT DE", "de", 2861650, "Nuremberg"),
    ("Bucureşti", "RO", "ro", 683506, "Bucharest"),  # a cedilla, not a comma
    ("București", "RO", "ro", 683506, "Bucharest"),
    ("Göteborg", "SE", "sv", 2711537, "Gothenburg"),
    ("Firenze", "IT", "it", 3176959, "Florence"),
    ("Prāga", "CZ LV", "lv", 3067696, "Prague"),  # an exonym
    ("Viļņa", "LT LV", "lv", 593116, "Vilnius"),
    ("Preiļi", "LV", "lv", 456530, "Preiļi"),  # a small town
    # Latvian cases
    ("Zarasos", "LT LV", "lv", 592891, "Zarasai"),
    ("Panevēžā", "LT LV", "lv", 596128, "Panevėžys"),
    ("Kavalā", "GR LV", "lv", 735861, "Kavala"),
    ("Preiļos", "LV", "lv", 456530, "Preiļi"),
    ("Jēkabpilī", "LV", "lv", 459283, "Jēkabpils"),
    ("Jelgavas", "LV", "lv", 459279, "Jelgava"),  # genitive
    ("Atēnu", "GR LV", "lv", 264371, "Athens"),  # genitive
    # other languages' cases
    ("Łodzi", "LV PL", "pl", 3093133, "Łódź"),
    ("Warszawie", "PL", "pl", 756135, "Warsaw"),
    ("Katowicach", "PL", "pl", 3096472, "Katowice"),
    ("Tampereella", "FI", "fi", 634963, "Tampere"),
    ("Tallinnassa", "EE FI", "fi", 588409, "Tallinn"),
    ("Αθήνας", "GR", "el", 264371, "Athens"),
    ("Θεσσαλονίκης", "GR", "el", 734077, "Thessaloniki"),
    ("Κορυδαλλού", "GR", "el", 8310183, "Korydallos"),
    ("Vilniuje", "LT LV", "lt", 593116, "Vilnius"),
    ("Tartus", "EE LV", "et", 588335, "Tartu"),  # Tartus in Syria is not meant
    # misspelt by foreigners
    ("Korydalla", "GR LV", "en", 8310183, "Korydallos"),
    ("Trolheta", "LV SE", "lv", 2667303, "Trollhättan"),
    ("Panavezys", "LT LV", "en", 596128, "Panevėžys"),
    # several of a name
    ("Valka", "EE LV", "lv", 454572, "Valka"),  # Valga is called so too
    ("Valga", "EE LV", "et", 587876, "Valga"),
    ("Frankfurt", "DE", "de", 2925533, "Frankfurt am Main"),
    ("London", "GB", "en", 2643743, "London"),  # and not the City
    ("Brest", "BY LV", "en", 629634, "Brest"),  # the French one is no larger
    ("Sofia", "BG RO", "en", 727011, "Sofia"),
]


@pytest.mark.parametrize(("name", "countries", "language", "number", "main_name"), KNOWN)
def test_a_name_in_any_case_means_its_place(
    name: str, countries: str, language: str, number: int, main_name: str
) -> None:
    found = INDEX.find(asked(name, countries, language))

    assert found is not None
    assert (found.id, found.name) == (number, main_name)


@pytest.mark.parametrize(
    ("name", "countries", "language"),
    [
        ("Daugavpils", "GR SE", "en"),  # in none of the countries
        ("Daugavpils", "", "en"),  # the release names no country
        ("Neustadt", "DE", "de"),  # many, none far ahead
        ("Paris", "GR LV", "en"),  # Paros is not meant
        ("Roma", "ES RO", "it"),  # nor the village of Roma in Romania
        ("Strasbourg", "DE LV", "en"),  # nor Strasburg in Germany
        ("Koridalas", "GR LV", "lv"),  # as like Tríkala as Korydallós
        ("Malmössä", "DE PL", "fi"),  # Malmö, in none of the countries, not Małomice
        ("Medumu", "SE", "lv"),
        ("Union", "BE LV", "en"),
        ("Parliament", "BE FR", "en"),
        ("Project", "DE GR", "en"),
        ("The", "FR GB", "en"),
        ("A", "NO", "en"),
    ],
)
def test_a_name_that_may_mean_another_place_or_none_means_none(
    name: str, countries: str, language: str
) -> None:
    assert INDEX.find(asked(name, countries, language)) is None


def test_a_namesake_elsewhere_is_forgotten_where_the_country_stands_beside() -> None:
    assert INDEX.find(asked("Roma", "RO", "it")) is None

    village = INDEX.find(asked("Roma", "RO", "it", stated=True))
    assert village is not None
    assert village.country == "RO"


def test_in_a_countrys_own_language_a_name_nearly_a_towns_is_another_villages() -> None:
    assert INDEX.find(asked("Daugavpilz", "LV", "en")) is not None
    assert INDEX.find(asked("Daugavpilz", "LV", "lv")) is None


@pytest.mark.parametrize("name", ["%", "'", "Rīg%", "Ri_a", "Ri*a", "R'); DROP TABLE name;--", "\0", "{", "Ā" * 5000, "", " ", "🏙", "\u200fריגה"])  # fmt: skip
def test_no_sign_in_a_name_is_more_than_a_sign(name: str) -> None:
    assert INDEX.find(asked(name, "LV", "lv")) is None


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_name_is_answered_and_only_from_the_countries_asked(name: str) -> None:
    found = INDEX.find(asked(name, "GB LV", "lv"))

    assert found is None or found.country in {"GB", "LV"}


@given(st.text(max_size=30))
def test_plain_names_are_their_own_plain_names(name: str) -> None:
    assert plain(plain(name)) == plain(name)


@given(st.sampled_from(KNOWN))
def test_marks_and_case_of_a_name_make_no_difference(row: tuple[str, str, str, int, str]) -> None:
    name, countries, language, number, _ = row

    for same in (name.upper(), name.lower()):
        found = INDEX.find(asked(same, countries, language))
        assert found is not None
        assert found.id == number


def some_places(every: int) -> list[Populated]:
    connection = sqlite3.connect(INDEX.path)
    rows = connection.execute("SELECT * FROM place WHERE id % ? = 0 ORDER BY id", (every,))
    places = [Populated(*row) for row in rows]
    connection.close()
    return places


def test_a_key_leads_back_to_its_place_and_reads_like_keys_of_other_places() -> None:
    places = some_places(150)
    keys = [INDEX.key(place) for place in places]

    assert len(places) > 500
    assert len(set(keys)) == len(keys)
    for place, key in zip(places, keys, strict=True):
        assert INDEX.place(key) == place
        named = place_key(place.name, place.country)
        assert key in {named, f"{named}-{place.id}"}


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (460413, "lv-daugavpils"),
        (2911522, "de-halle-saale"),
        (2911520, "de-halle-2911520"),  # “Halle” alone is the one on the Saale
    ],
)
def test_a_key_is_the_name_alone_if_the_name_means_the_place(number: int, key: str) -> None:
    place = INDEX.place(key)

    assert place is not None
    assert place.id == number


@pytest.mark.parametrize("key", ["", "-", "lv-", "lv-mitau", "lv-daugavpils-1", "xx-riga", "riga"])
def test_what_is_no_key_has_no_place(key: str) -> None:
    assert INDEX.place(key) is None


def test_a_curated_place_goes_before_the_same_place_of_geonames() -> None:
    gazetteer = KNOWLEDGE.gazetteer

    assert gazetteer.locate(asked("Korydallós", "GR")) is gazetteer.places["gr-korydallos"]
    assert gazetteer.place("lv-daugavpils") is gazetteer.places["lv-daugavpils"]


def test_a_reader_in_another_process_opens_the_index_for_itself() -> None:
    """Both a copied index and one that was open when its process forked."""
    question = asked("Jelgavas", "LV", "lv")
    here = INDEX.find(question)
    assert pickle.loads(pickle.dumps(INDEX)) == INDEX  # noqa: S301 (our own)

    for way in ("spawn", "fork"):
        with ProcessPoolExecutor(1, mp_context=get_context(way)) as pool:
            assert pool.submit(INDEX.find, question).result() == here


# reading


def places_of(text: str, tmp_path: Path) -> list[Place]:
    path = tmp_path / "release.txt"
    path.write_text(text, encoding="utf-8")
    return [t for t in read_facts(read_release(path)).things if isinstance(t, Place)]


ABOUT_PROJECT = (
    "The project “Green Roofs” (ROOFS) involves partners from Latvia, Lithuania and Sweden.\n"
)


@pytest.mark.parametrize(
    ("sentence", "known", "country"),
    [
        ("The second meeting of the project was held in Zarasai on 3–5 May 2018.", "lt-zarasai", "LT"),
        ("The second meeting of the project was held in Trolhättan, Sweden, on 3–5 May 2018.", "se-trollhattan", "SE"),
        ("The second meeting of the project was held in Lyon on 3–5 May 2018.", None, None),  # France is not named
        ("The second meeting of the project was held in Atlantis on 3–5 May 2018.", None, None),
    ],
)  # fmt: skip
def test_where_an_event_is_held_is_known_inside_the_countries_of_the_release(
    sentence: str, known: str | None, country: str | None, tmp_path: Path
) -> None:
    (place,) = places_of(ABOUT_PROJECT + sentence, tmp_path)

    assert (place.known, place.country) == (known, country)


@pytest.mark.parametrize(
    ("sentence", "known"),
    [
        ("Projekta otrā tikšanās notika Panevēžā 2018. gada 3.–5. maijā.", ["lt-panevezys"]),
        ("Projekta otrā tikšanās notika Zarasos 2018. gada 3.–5. maijā.", ["lt-zarasai"]),
        ("Projekta otrā tikšanās notika Lietuvā, Zarasos, 2018. gada 3.–5. maijā.", ["lt-zarasai"]),
        ("Projekta otrā tikšanās notika Universitātē 2018. gada 3.–5. maijā.", []),
        ("Projekta otrā tikšanās notika Saeimā 2018. gada 3.–5. maijā.", []),
        ("Projekta otrā tikšanās notika Trolhetā 2018. gada 3.–5. maijā.", []),  # only like a name
        ("Projekta otrā tikšanās notika Atēnās 2018. gada 3.–5. maijā.", ["gr-athens"]),  # curated
        (
            "Projekta otrā tikšanās notika Brno 2018. gada 3.–5. maijā.",
            ["cz-brno"],
        ),  # does not inflect
    ],
)
def test_a_name_in_the_case_for_places_is_a_place_if_it_is_known_as_one(
    sentence: str, known: list[str], tmp_path: Path
) -> None:
    """Latvian has no preposition that would tell it."""
    text = "Projektā „Zaļie jumti” (ROOFS) piedalās Latvija, Lietuva, Čehija un Zviedrija.\n"

    assert [place.known for place in places_of(text + sentence, tmp_path)] == known


def test_ordinary_words_are_no_places(tmp_path: Path) -> None:
    """March and Union are towns, in countries that the release names."""
    text = (
        "The project “Green Roofs” (ROOFS) involves partners from the United Kingdom and France.\n"
        "In March 2018 the second meeting of the project was held. From 3 May 2018 the Union "
        "supports the conference of the project. Reading and Nice are to follow."
    )

    assert places_of(text, tmp_path) == []


def test_a_place_keeps_the_name_it_was_read_by_if_that_is_its_name(tmp_path: Path) -> None:
    text = (
        "The project “Green Roofs” (ROOFS) involves partners from Germany, Greece and Latvia.\n"
        "The first meeting of the project was held in Cologne on 3–5 May 2018.\n"
        "Projekta otrā tikšanās notika Zarasos, Lietuvā, 2018. gada 7.–9. jūnijā.\n"
    )
    cologne, zarasai = places_of(text, tmp_path)

    assert cologne.names == (Text("Cologne", "en"), Text("Köln", "en"))
    assert zarasai.names == (Text("Zarasai", "en"),)  # “Zarasi” is a guess, and not published


def test_a_name_in_a_case_is_no_label_of_the_place(tmp_path: Path) -> None:
    """“Kavalā” is “Kavala” but for its mark, and still the locative."""
    text = (
        "Projekta „Zaļie jumti” (ROOFS) tikšanās\n"
        "Datums: 2018. gada 3. maijs\n"
        "Vieta: Kavalā, Grieķijā\n"
    )
    (place,) = places_of(text, tmp_path)

    assert place.known == "gr-kavala"
    assert place.names == (Text("Kavala", "en"),)


def test_a_municipality_is_known_by_its_town(tmp_path: Path) -> None:
    text = (
        "Jelgavas pašvaldība (Latvija) ir projekta „Zaļie jumti” (ROOFS) vadošais partneris.\n"
        "Jelgava Municipality (Latvia) is the lead partner of the project “Green Roofs” (ROOFS).\n"
    )
    path = tmp_path / "release.txt"
    path.write_text(text, encoding="utf-8")
    things = read_facts(read_release(path)).things

    (place,) = (t for t in things if isinstance(t, Place))
    (municipality,) = (t for t in things if isinstance(t, Organisation))
    assert place.known == "lv-jelgava"
    assert municipality.place == place.id


def test_the_same_town_in_two_languages_holds_one_event(tmp_path: Path) -> None:
    text = ABOUT_PROJECT + (
        "The second meeting of the project was held in Zarasai on 3–5 May 2018.\n"
        "Projekta otrā tikšanās notika Zarasos, Lietuvā, 2018. gada 3.–5. maijā.\n"
    )
    path = tmp_path / "release.txt"
    path.write_text(text, encoding="utf-8")
    things = read_facts(read_release(path)).things

    assert [t.known for t in things if isinstance(t, Place)] == ["lt-zarasai"]
    assert len([t for t in things if isinstance(t, Event) and t.part_of is None]) == 1


@pytest.mark.parametrize("path", sorted(ROOT.glob("data/releases/*.txt")), ids=lambda p: p.stem)
def test_the_places_of_the_two_releases_are_the_curated_ones(path: Path) -> None:
    """The camp of Eleonas in Athens is not the village of that name."""
    places = [t for t in read_facts(read_release(path)).things if isinstance(t, Place)]

    assert places
    assert {place.known for place in places} <= set(KNOWLEDGE.gazetteer.places)


# compiling


def city(number: int, name: str, country: str = "LV", **more: object) -> City:
    return {
        "geonameid": number,
        "name": name,
        "countrycode": country,
        "population": 1000,
        "alternatenames": [],
        **more,
    }


@pytest.fixture
def made(tmp_path: Path) -> PlaceIndex:
    cities = [
        city(1, "Big", population=50_000),
        city(2, "Small", alternatenames=["Big", "Tiny"], population=5_000),
        city(3, "Twin", population=3_000),
        city(4, "Twin", population=2_000),
        city(5, "Ķīļi", alternatenames=["ki li", "KIL", "Килы", "Κίλι", "キリ", "Kiļļi", ""]),
        city(6, "Ii", "FI"),
        city(8, "Ágios Épsilon", "GR"),
        city(7, "Elsewhere", "US"),
    ]
    compile_index(cities, tmp_path / "made.sqlite", source="made up")
    return PlaceIndex(tmp_path / "made.sqlite")


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Big", 1),  # ten times as large as the other
        ("Tiny", 2),
        ("Twin", None),
        ("Kili", 5),  # from Latin letters and Greek
        ("Kily", 5),  # from Cyrillic
        ("Kil", None),  # a code
        ("Killi", 5),
        ("Ki li", None),  # a rendering
        ("Ii", 6),  # a main name may be short
        ("Elsewhere", None),  # not a country of the index
    ],
)
def test_names_are_kept_and_codes_and_renderings_left_out(
    made: PlaceIndex, name: str, number: int | None
) -> None:
    found = made.find(Asked(name, ("FI", "LV", "US")))

    assert (found.id if found else None) == number


def test_greek_names_are_written_without_their_stress(made: PlaceIndex) -> None:
    found = made.find(Asked("Agios Epsilon", ("GR",)))

    assert found is not None
    assert found.name == "Agios Epsilon"


def test_equal_places_make_equal_files(tmp_path: Path) -> None:
    cities = [city(n, f"Town {n}", alternatenames=[f"Ville {n}"]) for n in range(1, 400)]
    one, other = tmp_path / "one.sqlite", tmp_path / "other.sqlite"

    assert compile_index(cities, one, source="x") == (399, 798)
    compile_index(cities[::-1], other, source="x")
    compile_index(cities[::-1], other, source="x")  # over an older one
    assert one.read_bytes() == other.read_bytes()


def test_the_shipped_index_says_whose_it_is_and_is_small_and_whole() -> None:
    path = shipped("data/gazetteer") / "geonames.sqlite"
    connection = sqlite3.connect(path)
    about = dict(connection.execute("SELECT * FROM about").fetchall())
    (counted,) = connection.execute("SELECT count(*) FROM place").fetchone()
    (checked,) = connection.execute("PRAGMA integrity_check").fetchone()
    countries = {code for (code,) in connection.execute("SELECT code FROM country")}
    connection.close()

    assert {**about, **ABOUT} == about
    pinned = about["source"].replace(" ", "==")
    assert pinned in (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert path.stat().st_size <= 15_000_000
    assert counted > 100_000
    assert checked == "ok"
    assert countries == COUNTRIES
    assert countries <= KNOWLEDGE.gazetteer.countries.keys()
    assert "GeoNames" in (path.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [None, b"", b"not a database at all", b"SQLite format 3\0" * 9])
def test_an_index_that_cannot_be_read_is_told_by_name(
    content: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "100% odd?#.sqlite"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(DataError, match=r"odd"):
        PlaceIndex(path).find(Asked("Riga", ("LV",)))


def test_the_path_of_an_index_may_hold_any_sign(tmp_path: Path) -> None:
    path = tmp_path / "100% odd?#.sqlite"
    compile_index([city(1, "Riga")], path, source="x")

    assert PlaceIndex(path).find(Asked("Riga", ("LV",))) is not None


def test_compiling_asks_for_the_file_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err

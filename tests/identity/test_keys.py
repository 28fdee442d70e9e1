"""Keys are ASCII, stable and made of what does not change."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.identity.keys import event_key, organisation_key, place_key, project_key, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vänersborg", "vanersborg"),
        ("Šķaune", "skaune"),  # a mark below a letter
        ("Κορυδαλλός", "korydallos"),  # Greek by ELOT 743, not by sound
        ("Łódź", "lodz"),  # a letter that has no decomposition
        ("  Nova – Gorica ", "nova-gorica"),
        ("EU city: digital!", "eu-city-digital"),
        ("???", "u3f-u3f-u3f"),  # nothing to spell: the key is never empty
    ],
)
def test_a_slug_is_the_name_in_plain_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(min_size=1))
def test_a_slug_is_always_a_key(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))
    assert len(slug(name)) <= 80


@given(st.text(min_size=1))
def test_a_slug_of_a_slug_is_itself(name: str) -> None:
    assert slug(slug(name)) == slug(name)


def test_a_long_name_is_cut_between_words() -> None:
    key = slug(
        "democratic engagement and civic participation of all the citizens of many European towns"
    )

    assert key == "democratic-engagement-and-civic-participation-of-all-the-citizens-of-many"


def test_a_municipality_is_known_by_its_place_not_by_its_name() -> None:
    """A council may be renamed; its town is the same."""
    old = organisation_key(
        "Daugavpils City Council", kind="municipality", place="lv-daugavpils", country="LV"
    )
    new = organisation_key(
        "Daugavpils State City", kind="municipality", place="lv-daugavpils", country="LV"
    )

    assert old == new == "lv-daugavpils-municipality"


def test_a_town_may_have_several_universities() -> None:
    one = organisation_key(
        "Riga Technical University", kind="university", place="lv-riga", country="LV"
    )
    other = organisation_key(
        "Riga Stradiņš University", kind="university", place="lv-riga", country="LV"
    )

    assert one == "lv-riga-technical-university"
    assert one != other


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (place_key("Vänersborg", "SE"), "se-vanersborg"),
        (place_key("Atlantis", None), "atlantis"),
        (project_key("WIR", 2017), "wir-2017"),
        (project_key("WIR", None), "wir"),
        (event_key("wir-2017", "vanersborg", "conference"), "wir-2017/vanersborg-conference"),
        (event_key("wir-2017", None, "conference"), "wir-2017/conference"),
        (event_key(None, "riga", "meeting"), "riga-meeting"),
    ],
)
def test_keys_read_like_what_they_name(key: str, expected: str) -> None:
    assert key == expected

"""The pages in a real browser: every type, both languages, phone and desk, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import Open, fits, serious, shoot

RELEASE = "000-24ffadc2e9eef197"
PAGES = {
    "home": "",
    "list": "projects",
    "search": "search?q=koridala",
    "report": "report",
    "project": "doc/project/wir-2017",
    "organisation": "doc/org/lv-daugavpils-municipality",
    "programme": "doc/scheme/europe-for-citizens",
    "event": "doc/event/wir-2017/vanersborg-conference",
    "place": "doc/place/lv-daugavpils",
    "release": f"doc/release/{RELEASE}",
    "text": f"doc/text/{RELEASE}",
    "discrepancies": "discrepancies",
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_clean_on_a_phone_and_a_desk_in_both_languages(
    open_page: Open, name: str
) -> None:
    for language, width, dark, script in (
        ("en", 390, False, True),
        ("en", 1440, True, True),
        ("lv", 390, True, False),
        ("lv", 1440, False, True),
    ):
        page = open_page(PAGES[name], width=width, dark=dark, language=language, script=script)
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert "://" not in page.locator("h1").inner_text()
        shade = "dark" if dark else "light"
        shoot(page, f"{name}-{language}-{width}-{shade}")
        if script:
            assert fits(page), (name, language, width)
            assert serious(page) == [], (name, language, width)


def test_evidence_is_opened_by_keyboard_and_leads_to_its_words(open_page: Open) -> None:
    page = open_page("doc/project/wir-2017", width=390, script=False)
    evidence = page.locator("details.evidence", has_text="stated partner count, 10")
    expect(evidence.locator("mark").first).to_be_hidden()
    evidence.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(evidence.locator("mark", has_text="10 partneri")).to_be_visible()
    expect(evidence.locator("mark", has_text="10 partners")).to_be_visible()
    link = evidence.locator("figure", has_text="10 partneri").locator("a").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/doc/text/{RELEASE}.*#char=\d+,\d+$"))
    landed = page.locator(":target")
    expect(landed).to_have_text("10 partneri")
    expect(landed).to_be_in_viewport()


def test_a_facet_is_chosen_and_taken_back(open_page: Open) -> None:
    page = open_page("projects", width=390, script=False)
    expect(page.get_by_role("link", name="EUCIDIN").first).to_be_visible()
    page.get_by_role("link", name="Austria").first.click()
    page.wait_for_url("**/projects?*country*")
    expect(page.get_by_role("link", name="WIR").first).to_be_visible()
    expect(page.get_by_role("link", name="EUCIDIN")).to_have_count(0)
    page.locator(".chosen a").click()
    expect(page.get_by_role("link", name="EUCIDIN").first).to_be_visible()


def test_on_a_phone_the_list_comes_before_what_narrows_it(open_page: Open) -> None:
    page = open_page("projects", width=390, script=False)
    expect(page.locator(".rows a.name").first).to_be_in_viewport()
    page.get_by_role("link", name="Narrow the list").click()
    expect(page.locator(".facet summary").first).to_be_in_viewport()

    wide = open_page("projects", script=False)
    expect(wide.locator(".rows a.name").first).to_be_in_viewport()
    expect(wide.locator(".facet summary").first).to_be_in_viewport()
    expect(wide.get_by_role("link", name="Narrow the list")).to_be_hidden()


def test_a_page_begins_where_its_link_leads_and_does_not_glide_there(open_page: Open) -> None:
    page = open_page(f"doc/text/{RELEASE}", width=390)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_search_finds_a_name_and_a_sentence_without_diacritics(open_page: Open) -> None:
    page = open_page("", language="lv", script=False)
    field = page.locator("#find")
    field.fill("begl")
    field.press("Enter")
    page.wait_for_url("**/search?*q=begl*")
    expect(page.locator("mark", has_text="bēgļu").first).to_be_visible()


def test_the_language_is_switched_and_kept(open_page: Open) -> None:
    page = open_page("projects", script=False)
    page.locator("a[hreflang=lv]").click()
    expect(page.locator("html")).to_have_attribute("lang", "lv")
    page.get_by_role("link", name="WIR").first.click()
    page.wait_for_url("**/doc/project/wir-2017*")
    expect(page.locator("html")).to_have_attribute("lang", "lv")


@pytest.mark.parametrize(
    ("language", "width", "dark", "script"),
    [("en", 390, False, True), ("lv", 1440, True, True), ("lv", 390, True, False)],
)
def test_a_discrepancy_shows_both_readings_with_their_words(
    open_page: Open, language: str, width: int, *, dark: bool, script: bool
) -> None:
    options = {"width": width, "dark": dark, "language": language, "script": script}
    page = open_page(f"discrepancies?release=release/{RELEASE}", **options)
    page.locator(".rows a.name[href*='content-differs-between-languages']").first.click()
    page.wait_for_url("**/doc/discrepancy/**")
    expect(page.locator("html")).to_have_attribute("lang", language)
    readings = page.locator(".conflict .one")
    expect(readings.nth(1)).to_be_attached()
    if not readings.first.is_visible():
        page.locator(".conflict summary").first.click()
    for number in (0, 1):
        expect(readings.nth(number).locator(".text")).not_to_be_empty()
        expect(readings.nth(number).locator("mark").first).to_be_visible()
    shoot(page, f"discrepancy-{language}-{width}-{'dark' if dark else 'light'}")
    if script:
        assert fits(page)
        assert serious(page) == []
    page.locator(".conflict figcaption a").first.click()
    page.wait_for_url("**/doc/text/*#char=*")
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_timeline_tells_what_of_it_is_inferred(open_page: Open) -> None:
    page = open_page("doc/project/wir-2017", width=390)
    conference = page.get_by_role("link", name=re.compile("conference.*inferred.*held"))
    expect(conference.first).to_be_visible()
    planned = page.get_by_role(
        "link", name=re.compile("event in Daugavpils: March 2019; .*planned")
    )
    expect(planned.first).to_be_visible()

    def dashes(name: re.Pattern[str]) -> str:
        link = page.get_by_role("link", name=name).locator("rect").first
        return str(link.evaluate("each => getComputedStyle(each).strokeDasharray"))

    assert dashes(re.compile("conference.*inferred")) != "none"
    assert dashes(re.compile("event in Daugavpils: March")) == "none"
    expect(page.locator("figcaption .key.inferred")).to_be_visible()

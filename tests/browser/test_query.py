"""A query is written, completed, run, drawn and shared, by keyboard; without script it works too."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open, Witness, serious, shoot

PROLOGUE = "PREFIX eug: <https://w3id.org/eugraph/ontology#>\n"
COUNTRIES = (
    f"{PROLOGUE}SELECT ?country (COUNT(?p) AS ?n) {{ ?p eug:involvesCountry ?country }} "
    "GROUP BY ?country ORDER BY DESC(?n) ?country"
)


def write(page: Page, query: str) -> None:
    """Put `query` in the place of what is in the editor, by keyboard."""
    page.get_by_role("textbox", name="Query").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)


def test_a_query_is_written_completed_run_drawn_and_shared(open_page: Open) -> None:
    page = open_page("sparql")
    write(page, "")
    page.keyboard.type("SELECT ?country (COUNT(?p) AS ?n) { ?p involvesC")
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options.first).to_contain_text("eug:involvesCountry")
    expect(options.first).to_contain_text(re.compile(r"× \d+"))
    page.wait_for_timeout(300)  # the editor takes no Enter for a list that has only just come up
    page.keyboard.press("Enter")
    page.keyboard.type(" ?country } GROUP BY ?country")
    page.keyboard.press("Escape")
    expect(page.locator(".cm-content")).to_contain_text(PROLOGUE.strip())

    page.keyboard.press("Control+Enter")
    results = page.locator("#results")
    expect(results.get_by_role("link", name="Latvia")).to_be_visible()
    results.get_by_role("link", name="Map").click()
    expect(results.locator("svg.map")).to_be_visible()
    expect(results.get_by_role("link", name="Chart")).to_be_visible()
    assert "view=map" in page.url, "what is shown can be loaded again"

    page.get_by_label("Show as").select_option("chart")
    page.get_by_label("Show as").select_option("table")
    expect(results.locator("tbody tr").first).to_be_visible()
    page.get_by_label("Show as").select_option("map")
    expect(results.locator("svg.map")).to_be_visible()
    assert "view=map" in page.url, "an answer that is there is shown otherwise without asking again"

    page.get_by_role("button", name="Short link").click()
    link = page.locator("output a")
    expect(link).to_be_focused()
    page.goto(link.inner_text())
    expect(page.locator("#results svg.map")).to_be_visible()
    expect(page.locator(".cm-content")).to_contain_text("involvesCountry")


def test_an_error_is_shown_at_its_line_and_goes_with_its_cause(
    open_page: Open, witness: Witness
) -> None:
    page = open_page("sparql")
    write(page, "SELECT *\nWHERE { ?s <b> ! }")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Line 2")
    marked = page.locator(".cm-lintRange-error, .cm-lintPoint-error")
    expect(marked.first).to_be_attached()
    line = page.locator(".cm-line").nth(1)
    expect(line.locator(".cm-lintRange-error, .cm-lintPoint-error").first).to_be_attached()

    write(page, "SELECT * { ?s ?p ?o } LIMIT 1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(marked).to_have_count(0)
    witness.told[:] = [each for each in witness.told if "400 (BAD REQUEST)" not in each]


def test_the_keyboard_leads_out_of_the_editor(open_page: Open) -> None:
    page = open_page("sparql")
    page.get_by_role("textbox", name="Query").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask")).to_be_focused()


def test_without_script_the_form_and_its_examples_do_the_same(open_page: Open) -> None:
    page = open_page("sparql", script=False)
    page.get_by_role("textbox", name="Query").fill(COUNTRIES)
    page.get_by_label("Show as").select_option("map")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#results svg.map")).to_be_visible()
    page.get_by_role("link", name="Table").click()
    expect(page.locator("#results tbody")).to_contain_text("Latvia")

    page.get_by_role("button", name="Short link").click()
    assert re.search(r"/q/[a-z2-7]{13}$", page.url)
    page.goto(page.url.partition("/q/")[0] + "/sparql")
    page.locator(".examples a").first.click()
    expect(page.locator("#results")).to_contain_text("rows")


@pytest.mark.parametrize("path", ["sparql", "query?" + urlencode({"query": COUNTRIES}), "overview"])
@pytest.mark.parametrize("language", ["en", "lv"])
def test_pages_are_accessible_and_fit_the_window(open_page: Open, path: str, language: str) -> None:
    for width, dark in ((390, True), (1440, False)):
        page = open_page(path, width=width, dark=dark, language=language)
        page.wait_for_load_state("networkidle")
        name = f"{path.partition('?')[0]}-{language}-{width}-{'dark' if dark else 'light'}"
        shoot(page, name)

        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_drawing_is_walked_by_keyboard_and_leads_to_its_query(open_page: Open) -> None:
    page = open_page("overview")
    project = page.locator("svg.timeline a").first
    project.focus()
    expect(project).to_be_focused()
    page.get_by_role("link", name="The query behind this drawing").first.click()
    expect(page.locator("#results tbody tr").first).to_contain_text("Latvia")
    page.go_back()
    project.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/project/*")

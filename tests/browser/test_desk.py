"""At the desk an override is written and published, and an older edition served again."""

from __future__ import annotations

import tomllib

from playwright.sync_api import expect

from .conftest import Open, Served, Witness, fits, serious, shoot

BUILD = 120_000
"""How long a build may take, in milliseconds."""


def test_an_override_is_written_published_and_taken_back(open_page: Open, served: Served) -> None:
    page = open_page(served.desk)
    assert "token" not in page.url
    assert serious(page) == []
    shoot(page, "desk")
    page.locator("td a[href*='002-689f9d673cc17196']").first.click()
    page.wait_for_url("**/desk/release/*")
    assert serious(page) == []
    page.get_by_role("link", name="Reject: topic city services").click()
    page.get_by_label("Why").fill("Said of the cities, not of the project.")
    page.get_by_label("Who says so").fill("Anna Bērziņa")
    shoot(page, "desk-correction")
    assert serious(page) == []
    page.get_by_role("button", name="Keep this correction").click()
    expect(page.get_by_role("status")).to_contain_text("The correction is kept.")
    written = tomllib.loads((served.folder / "data" / "overrides" / "desk.toml").read_text("utf-8"))
    assert written["correction"][0]["old"] == "city-services"

    page.get_by_role("status").get_by_role("link").click()
    page.get_by_role("button", name="Rebuild and publish").click()
    expect(page.get_by_role("status")).to_contain_text("is published", timeout=BUILD)
    expect(page.get_by_text("applied")).to_be_visible()
    shoot(page, "desk-published")
    page.get_by_role("button", name="Serve this one 1", exact=True).click()
    expect(page.get_by_role("button", name="Serve this one 2", exact=True)).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("There are none yet.")).to_be_visible()


def test_the_desk_is_accessible_on_a_phone_in_the_dark_in_latvian(
    open_page: Open, served: Served
) -> None:
    page = open_page(served.desk, width=390, dark=True, language="lv")
    for step in ("desk", "release", "correction"):
        expect(page.locator("html")).to_have_attribute("lang", "lv")
        shoot(page, f"desk-{step}-lv-390-dark")
        assert serious(page) == [], step
        assert fits(page), step
        chosen = {"desk": "table a", "release": ".fact .actions a"}.get(step)
        if chosen:
            page.locator(chosen).first.click()
            page.wait_for_load_state()


def test_the_desk_on_a_phone_in_the_dark_without_script(open_page: Open, served: Served) -> None:
    page = open_page(served.desk, width=390, dark=True, script=False, language="lv")
    page.locator("table a").first.click()
    expect(page.locator(".fact").first).to_be_visible(timeout=BUILD)
    shoot(page, "desk-release-lv-390-dark")
    page.locator(".fact .actions a").first.click()
    expect(page.locator("form.correction")).to_be_visible()


def test_the_desk_opens_to_nobody_else(open_page: Open, witness: Witness) -> None:
    page = open_page("desk")
    expect(page.locator("main")).to_contain_text("Open the desk by the link")
    witness.told[:] = [each for each in witness.told if "403 (FORBIDDEN)" not in each]

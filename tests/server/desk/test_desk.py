"""The publisher's desk: who may open it, what it shows, what its forms do, and a build it runs."""

from __future__ import annotations

import html
import json
import re
import shutil
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eugraph.editions import current
from eugraph.errors import DataError
from eugraph.pipeline import build
from eugraph.server import create_app, open_desk
from eugraph.server.desk import Desk
from eugraph.server.desk.corrections import FILE, add, remove, written
from eugraph.settings import Settings
from eugraph.workers import Limits, started

RELEASE = Path(__file__).parents[3] / "data" / "releases" / "002_689f9d673cc17196.txt"
NAME = "002-689f9d673cc17196"
HTML = {"Accept": "text/html"}

REJECTION = {
    "action": "reject", "release": NAME, "slot": "topic", "of": "EUCIDIN", "old": "cooperation",
    "why": 'Said of "everything".\nNot of the project.', "who": "Anna Bērziņa", "when": "2019-05-31",
}  # fmt: skip


@dataclass
class Office:
    """A desk, the site it works on, and a client that opened it."""

    desk: Desk
    site: Path
    client: FlaskClient

    def get(self, path: str) -> str:
        """Return a page of the desk."""
        answer = self.client.get(path, headers=HTML)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, **form: str) -> TestResponse:
        """Send a form as a page of the desk would."""
        proof = re.search(r'name="proof" value="(\w+)"', self.get("/desk"))
        assert proof
        return self.client.post(path, data={"proof": proof[1], **form}, headers=HTML)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one release and the site made of it."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "releases").mkdir()
    shutil.copy(RELEASE, folder / "releases")
    assert build([folder / "releases"], folder / "site").edition
    return folder


@pytest.fixture
def office(published: Path, tmp_path: Path) -> Iterator[Office]:
    """Yield a desk over a copy of the published site."""
    folder = shutil.copytree(published, tmp_path / "office", symlinks=True)
    site = folder / "site"
    desk = open_desk([published / "releases"], site, folder / "overrides", lambda _: None)
    with started(site, Limits(seconds=5)) as pool:
        app = create_app(site, Settings(), pool, desk)
        client = app.test_client()
        assert client.get(desk.link(80, "/").removeprefix("http://127.0.0.1:80")).status_code == 303
        yield Office(desk, site, client)


# who may open it


def test_the_link_is_exchanged_for_a_cookie_that_no_site_and_no_script_can_use(
    office: Office,
) -> None:
    answer = office.client.get(f"/desk?token={office.desk.token}")
    cookie = answer.headers["Set-Cookie"]

    assert answer.location == "/desk"
    assert office.desk.token not in cookie
    assert {"HttpOnly", "SameSite=Strict", "Path=/desk"} <= set(cookie.split("; "))


@pytest.mark.parametrize("path", ["/desk", f"/desk/release/{NAME}", "/desk/build.json"])
def test_without_the_cookie_there_is_nothing_to_see(office: Office, path: str) -> None:
    stranger = office.client.application.test_client()

    assert stranger.get(path).status_code == 403
    assert stranger.get("/desk?token=").status_code == 403
    assert stranger.get(f"/desk?token={office.desk.token[:-1]}").status_code == 403
    assert stranger.get(path).status_code == 403


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"Host": "evil.example"}, "127.0.0.1"),
        ({"Host": "127.0.0.1.evil.example:8000"}, "127.0.0.1"),
        ({"Host": "["}, "127.0.0.1"),
        ({"Host": "[::1"}, "127.0.0.1"),
        ({"Host": "[zz]"}, "127.0.0.1"),
        ({}, "192.168.1.7"),
        ({}, "not an address"),
        ({"X-Forwarded-For": "10.0.0.1"}, "127.0.0.1"),
        ({"Via": "1.1 proxy"}, "127.0.0.1"),
    ],
)
def test_from_elsewhere_even_the_token_opens_nothing(
    office: Office, headers: dict[str, str], address: str
) -> None:
    for path in ("/desk", f"/desk?token={office.desk.token}"):
        answer = office.client.get(path, headers=headers, environ_base={"REMOTE_ADDR": address})
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/desk/builds", "/desk/corrections", "/desk/editions"])
def test_a_form_of_another_site_does_nothing(office: Office, path: str) -> None:
    assert office.client.post(path, data=REJECTION).status_code == 403
    assert office.client.post(path, data={**REJECTION, "proof": "é" * 64}).status_code == 403
    proof = re.search(r'name="proof" value="(\w+)"', office.get("/desk"))
    assert proof
    for origin in ("http://evil.example", "http://[", "null", ""):
        foreign = office.client.post(
            path, data={**REJECTION, "proof": proof[1]}, headers={"Origin": origin}
        )
        assert foreign.status_code == 403
    assert written(office.desk.overrides) == ()
    assert not office.desk.builder.state.running


def test_no_other_site_may_read_it_and_no_cache_keeps_it(office: Office) -> None:
    answer = office.client.get("/desk")

    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_server_without_a_desk_has_none(client: FlaskClient) -> None:
    assert client.get("/desk").status_code == 404


# what it shows


def test_a_release_shows_what_was_understood_and_what_looks_wrong(office: Office) -> None:
    shown = office.get(f"/desk/release/{NAME}")

    assert f'href="/desk/release/{NAME}"' in office.get("/desk")
    assert "15 partneri" in shown
    assert "The discrepancy is open." in shown
    assert "action=reject&amp;slot=topic&amp;of=EUCIDIN" in shown
    assert "Projekta EUCIDIN" in shown or "EUCIDIN" in shown


def test_what_is_no_release_is_not_found(office: Office) -> None:
    assert office.client.get("/desk/release/other").status_code == 404
    assert office.client.get("/desk/release/..%2f..%2fetc").status_code == 404


def test_the_form_is_filled_in_with_what_is_to_be_corrected(office: Office) -> None:
    path = f"/desk/release/{NAME}?action=set&slot=partner-count&of=EUCIDIN&old=15&quote=15+partneri"
    shown = office.get(path)

    assert "<option selected>partner-count</option>" in shown
    assert 'name="old" type="text" dir="auto" value="15"' in shown
    assert "15 partneri</textarea>" in shown


def test_hostile_values_are_text(office: Office) -> None:
    shown = office.get(f'/desk/release/{NAME}?action=set&of="><script>alert(1)</script>')

    assert "<script>alert" not in shown


# what its forms do


def test_a_correction_is_written_as_a_person_would(office: Office) -> None:
    answer = office.post("/desk/corrections", **REJECTION)
    (told,) = tomllib.loads((office.desk.overrides / FILE).read_text("utf-8"))["correction"]

    assert answer.status_code == 303, answer.text
    assert {key: str(value) for key, value in told.items()} == REJECTION
    assert "Anna Bērziņa" in office.get("/desk")


def test_a_correction_that_is_malformed_is_told_and_not_written(office: Office) -> None:
    for wrong in ({"slot": "colour"}, {"who": ""}, {"old": ""}, {"when": "yesterday"}):
        answer = office.post("/desk/corrections", **{**REJECTION, **wrong})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert "Not of the project." in answer.text, "what was written is still there"
    assert written(office.desk.overrides) == ()


def test_a_correction_is_taken_back(office: Office) -> None:
    office.post("/desk/corrections", **REJECTION)
    office.post("/desk/corrections", **{**REJECTION, "old": "city-services"})
    assert office.post("/desk/corrections/removal", number="1", action="reject").status_code == 303

    (left,) = written(office.desk.overrides)
    assert left.old == "city-services"
    assert office.post("/desk/corrections/removal", number="1", action="reject").status_code == 303
    assert written(office.desk.overrides) == ()
    gone = office.post("/desk/corrections/removal", number="1", action="reject")
    assert gone.status_code == 409
    assert "look again" in gone.text


# the file


def test_values_are_written_in_the_type_of_their_slot(tmp_path: Path) -> None:
    base = {"release": NAME, "who": "A", "when": "2020-01-01", "why": "w"}
    add(
        tmp_path,
        {**base, "action": "set", "slot": "partner-count", "value": "9", "quote": "9 cities"},
    )
    add(
        tmp_path,
        {**base, "action": "set", "slot": "start", "value": "2020-02-03", "quote": "3 May"},
    )
    add(tmp_path, {**base, "action": "split", "other-release": "other"})
    told = tomllib.loads((tmp_path / FILE).read_text("utf-8"))["correction"]

    assert told[0]["value"] == 9
    assert told[1]["value"].isoformat() == "2020-02-03"
    assert told[2]["other"] == {"release": "other"}


def test_what_a_person_wrote_by_hand_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('# by hand\n[[correction]] # here\naction = "split"\nrelease = "a"\n'
        'other = { release = "b" }\nwho = "A"\nwhen = 2020-01-01\nwhy = "w"\n', encoding="utf-8")  # fmt: skip
    add(tmp_path, {**REJECTION})
    text = (tmp_path / FILE).read_text("utf-8")

    assert text.startswith('# by hand\n[[correction]] # here\naction = "split"')
    assert len(written(tmp_path)) == 2


def test_a_file_that_was_changed_or_broken_meanwhile_is_not_touched(tmp_path: Path) -> None:
    add(tmp_path, REJECTION)
    for number, action in ((2, "reject"), (0, "reject"), (1, "set")):
        with pytest.raises(DataError, match="changed meanwhile"):
            remove(tmp_path, number, action)
    (tmp_path / FILE).write_text("[[correction", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be read"):
        add(tmp_path, REJECTION)
    assert (tmp_path / FILE).read_text("utf-8") == "[[correction"


# a build


def finished(office: Office) -> dict[str, object]:
    """Wait until the build is over and return how it stands."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        state: dict[str, object] = json.loads(office.client.get("/desk/build.json").data)
        if not state["running"]:
            return state
        time.sleep(0.2)
    raise AssertionError("the build did not end")


def test_a_correction_is_published_and_an_older_edition_served_again(office: Office) -> None:
    office.post("/desk/corrections", **REJECTION)
    assert office.post("/desk/builds").status_code == 303
    assert not office.desk.builder.start(), "one build at a time"
    assert "data-running" in office.get("/desk")
    state = finished(office)

    assert state["code"] == 0, state
    assert state["step"], "its steps were told"
    assert current(office.site).number == 2
    shown = office.get("/desk")
    assert "Edition 2 is published." in shown
    assert "applied" in shown
    ask = {"query": "ASK { ?a <https://w3id.org/eugraph/ontology#discrepancyType> "
                    "<https://w3id.org/eugraph/vocab/discrepancy-type/rejected-reading> }"}  # fmt: skip
    assert "true" in office.client.get("/sparql", query_string=ask).text

    assert office.post("/desk/editions", number="1").status_code == 303
    assert current(office.site).number == 3, "the older one is published again"
    assert current(office.site).manifest.copy_of == 1
    assert "false" in office.client.get("/sparql", query_string=ask).text
    assert office.post("/desk/editions", number="9").status_code == 404
    assert "Edition 2 is published." not in office.get("/desk"), "another came after it"


def test_a_build_that_fails_says_why_and_changes_nothing(office: Office) -> None:
    office.desk.overrides.mkdir()
    (office.desk.overrides / "own.toml").write_text("no = toml = at all", encoding="utf-8")
    office.post("/desk/builds")
    state = finished(office)

    assert state["code"] == 1
    shown = office.get("/desk")
    assert "The build failed and changed nothing." in shown
    assert "own.toml" in shown
    assert current(office.site).number == 1


def test_a_build_that_the_gate_refuses_shows_why_and_changes_nothing(office: Office) -> None:
    correction = {
        "action": "set", "release": NAME, "slot": "end", "of": "EUCIDIN", "value": "2017-05-31",
        "quote": "10.07.2017.- 31.05.2019", "why": "w", "who": "Anna", "when": "2020-01-01",
    }  # fmt: skip
    assert office.post("/desk/corrections", **correction).status_code == 303
    office.post("/desk/builds")

    assert finished(office)["code"] == 3
    for path in ("/desk", f"/desk/release/{NAME}"):
        shown = office.get(path)
        assert 'class="finding violation"' in shown
        assert "10.07.2017" in shown

        beside = html.unescape(shown)
        assert f"desk/release/{NAME}?action=reject&slot=" in beside, "the words can be rejected"
        assert "&quote=" in beside
    assert "The gate refused this build." in office.get("/desk")
    assert current(office.site).number == 1


def test_a_build_of_somebody_else_is_the_newest_one_then(office: Office) -> None:
    office.post("/desk/corrections", **REJECTION)
    office.post("/desk/builds")
    assert finished(office)["code"] == 0
    assert "Edition 2 is published." in office.get("/desk")
    (office.desk.overrides / FILE).unlink()
    assert build(office.desk.releases, office.site).edition
    shown = office.get("/desk")
    assert "Edition 2 is published." not in shown
    assert "The newest edition is 3, made " in shown


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"action": "set", "slot": "partner-count", "old": "", "value": "9", "quote": "nine lions"},
         "quote"),
        ({"old": "swimming"}, "old"),
        ({"of": "ATLANTIS"}, "ATLANTIS"),
        ({"action": "alias", "slot": "", "of": "Atlantis", "old": "", "value": "Atlantida",
          "quote": "Atlantida"}, "Atlantis"),
        ({"action": "same-as", "slot": "", "old": "", "other-release": "no-such"}, "no-such"),
        ({"release": "no-such"}, "no-such"),
    ],
)  # fmt: skip
def test_a_correction_that_would_change_nothing_is_told_at_once(
    office: Office, changes: dict[str, str], reason: str
) -> None:
    answer = office.post("/desk/corrections", **REJECTION | changes)
    assert answer.status_code in {404, 422}
    assert reason in answer.text
    assert not (office.desk.overrides / FILE).exists()


def test_findings_lead_to_what_they_are_about(office: Office) -> None:
    shown = office.get("/desk")
    assert f'href="/desk/release/{NAME}#findings"' in shown
    assert 'href="/report"' in shown
    found = re.findall(r'<p>About: <a href="(/doc/[^"]+)"', office.get(f"/desk/release/{NAME}"))
    assert found
    for path in found:
        assert office.client.get(path, headers=HTML).status_code == 200, path


def test_a_desk_is_there_before_anything_is_published(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    shutil.copy(RELEASE, tmp_path / "releases")
    add(tmp_path / "overrides", {
        "action": "set", "release": NAME, "slot": "end", "of": "EUCIDIN", "value": "2017-05-31",
        "quote": "10.07.2017.- 31.05.2019", "why": "w", "who": "Anna", "when": "2020-01-01",
    })  # fmt: skip
    site = tmp_path / "site"
    built = build([tmp_path / "releases"], site, overrides=tmp_path / "overrides")
    assert built.edition is None
    desk = open_desk([tmp_path / "releases"], site, tmp_path / "overrides", lambda _: None)
    with started(site, Limits(seconds=5)) as pool:
        client = create_app(site, Settings(), pool, desk).test_client()
        client.get(desk.link(80, "/").removeprefix("http://127.0.0.1:80"))
        office = Office(desk, site, client)
        shown = office.get("/desk")
        assert "Nothing is published yet" in shown
        assert "The gate refused this build." in shown
        assert 'class="finding violation"' in office.get(f"/desk/release/{NAME}")
        office.post("/desk/corrections/removal", number="1", action="set")
        office.post("/desk/builds")
        assert finished(office)["code"] == 0
        assert "Nothing is published yet" not in office.get("/desk")
        assert client.get("/", headers=HTML).status_code == 200


def test_what_a_build_left_out_is_told_whoever_started_it(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    shutil.copy(RELEASE, tmp_path / "releases")
    shutil.copy(RELEASE, tmp_path / "releases" / "zz-copy.txt")
    (tmp_path / "releases" / "empty.txt").touch()
    (tmp_path / "releases" / "old.doc").touch()
    notice = "Market notice\nThe market is open on Friday from eight in the morning.\n"
    (tmp_path / "releases" / "market.txt").write_text(notice)
    site = tmp_path / "site"
    assert build([tmp_path / "releases"], site).edition
    desk = open_desk([tmp_path / "releases"], site, tmp_path / "overrides", lambda _: None)
    with started(site, Limits(seconds=5)) as pool:
        client = create_app(site, Settings(), pool, desk).test_client()
        client.get(desk.link(80, "/").removeprefix("http://127.0.0.1:80"))
        shown = Office(desk, site, client).get("/desk")
    told = shown.partition("<h3>Left out</h3>")[2].partition("</ul>")[0]
    assert "zz-copy.txt" in told
    assert RELEASE.name in told
    rows = re.findall(r"<tr><td>.*?</tr>", shown, re.DOTALL)
    assert len(rows) == 5
    for name in ("zz-copy.txt", "empty.txt", "old.doc"):
        (row,) = (row for row in rows if name in row)
        assert "not read:" in row, name
        assert "<td>0</td>" not in row, name
    assert any("save it as .docx" in row for row in rows)
    (row,) = (row for row in rows if RELEASE.name in row and "not read" not in row)
    assert "Daugavpils" in row or "EUCIDIN" in row  # its headline, not its id
    assert f">{NAME}<" not in row
    (row,) = (row for row in rows if "market.txt" in row)
    assert "Market notice" in row
    assert "no project was found" in row

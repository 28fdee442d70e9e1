"""The command line: answers on standard output, all else on standard error, honest exit codes."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from rdflib import Graph

ROOT = Path(__file__).parents[2]
RELEASES = ROOT / "data" / "releases"
WIR = RELEASES / "000_24ffadc2e9eef197.txt"
ACRONYMS = "SELECT ?a WHERE { ?p <https://w3id.org/eugraph/ontology#acronym> ?a } ORDER BY ?a"


def eugraph(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "eugraph", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("cli")
    done = eugraph("build", RELEASES, "--site", site)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "published edition 1: 2 releases" in done.stderr
    return site


def test_facts_are_a_table_of_words_rules_and_certainty() -> None:
    done = eugraph("facts", WIR)

    assert done.returncode == 0
    for told in (
        "Project WIR",
        "10 partneri",
        "number-of-partners",
        "certain",
        "Spain",
        "inferred",
    ):
        assert told in done.stdout
    assert done.stderr == ""


def test_facts_as_json_quote_the_text_at_their_offsets() -> None:
    text = WIR.read_text(encoding="utf-8")

    record = json.loads(eugraph("facts", WIR, "--json").stdout)

    assert record["release"] == "000-24ffadc2e9eef197"
    assert record["languages"] == ["lv", "en"]
    quotes = [e for fact in record["facts"] for e in fact["evidence"]]
    assert len(quotes) > 60
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in quotes)


def test_facts_explained_show_each_sentence_with_what_was_taken_and_dropped() -> None:
    done = eugraph("facts", WIR, "--explain")

    assert "The project involves 10 partners from 7 countries" in done.stdout
    assert "seen   " in done.stdout
    assert "taken  " in done.stdout


def test_facts_as_turtle_stand_alone() -> None:
    graph = Graph().parse(data=eugraph("facts", WIR, "--format", "turtle").stdout, format="turtle")

    assert len(graph) > 1000


def test_facts_of_a_text_without_a_project_tell_the_languages(tmp_path: Path) -> None:
    file = tmp_path / "library.txt"
    file.write_text(
        "The town library is open again.\nIt closes at eight in the evening.\n", "utf-8"
    )

    done = eugraph("facts", file)

    assert done.returncode == 0
    assert "English" in done.stdout
    assert "no project found" in done.stdout

    built = eugraph("build", file, "--site", tmp_path / "site")

    assert built.returncode == 0
    assert f"no project found in {file.name}: it is published as text alone" in built.stderr
    assert "1 release, " in built.stderr


def test_what_is_no_turtle_is_told_with_its_line_in_plain_words(tmp_path: Path) -> None:
    file = tmp_path / "g.ttl"
    file.write_text("@prefix a: <http://a.example/> .\ngarbage\n")

    done = eugraph("validate", file)

    assert done.returncode == 1
    assert "g.ttl: it is not Turtle: line 2: expected directive or statement" in done.stderr
    assert "b'" not in done.stderr


ICELANDIC = """Sveitarfélagið tekur þátt í nýju verkefni

Sveitarfélagið Hafnarfjörður tekur þátt í verkefninu „Græn framtíð“ sem er styrkt af Erasmus+
áætluninni. Markmið verkefnisins er að styðja ungt fólk við að læra um loftslagsmál.
"""


@pytest.mark.parametrize("form", ["table", "json", "turtle"])
def test_a_language_without_a_lexicon_is_told_on_standard_error(tmp_path: Path, form: str) -> None:
    file = tmp_path / "frett.txt"
    file.write_text(ICELANDIC, "utf-8")

    done = eugraph("facts", file, "--format", form)

    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == ["no lexicon for `is`: read by what all languages share"]
    assert "Erasmus+" in done.stdout or "erasmus-plus" in done.stdout
    assert "lexicon" not in eugraph("facts", WIR, "--format", form).stderr


def test_a_build_tells_the_languages_without_a_lexicon(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    releases.mkdir()
    (releases / "frett.txt").write_text(ICELANDIC, "utf-8")

    done = eugraph("build", releases, "--site", tmp_path / "site")
    again = eugraph("build", releases, "--site", tmp_path / "other", "--json")

    assert "frett.txt: no lexicon for `is`: read by what all" in " ".join(done.stderr.split())
    assert list(json.loads(again.stdout)["uncovered"].values()) == [["is"]]


def test_a_query_answers_as_a_table_csv_or_json(site: Path) -> None:
    table = eugraph("query", ACRONYMS, "--site", site).stdout
    csv = eugraph("query", ACRONYMS, "--site", site, "--format", "csv").stdout
    record = json.loads(eugraph("query", ACRONYMS, "--site", site, "--json").stdout)

    assert "EUCIDIN" in table
    assert csv.split() == ["a", "EUCIDIN", "WIR"]
    assert [row["a"]["value"] for row in record["results"]["bindings"]] == ["EUCIDIN", "WIR"]


def test_a_query_that_is_none_fails_with_its_position(site: Path) -> None:
    done = eugraph("query", "SELECT ?x WHERE { ?x ?y }", "--site", site)

    assert done.returncode == 1
    assert "line 1" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_a_query_cannot_have_a_format_of_another_kind(site: Path) -> None:
    done = eugraph("query", ACRONYMS, "--site", site, "--format", "turtle")

    assert done.returncode == 2
    assert "text/csv" in done.stderr


def test_the_report_speaks_latvian_if_asked(site: Path) -> None:
    done = eugraph("validate", "--site", site, "--language", "lv")

    assert done.returncode == 0
    assert "Neatbilstība nav atrisināta." in done.stdout
    assert "brīdinājumi: " in done.stdout


def test_a_dump_as_rdf_1_2_holds_each_assertion_and_nanopublications_each_fact(site: Path) -> None:
    plain = eugraph("dump", "--site", site, "--format", "nt").stdout
    told = eugraph("dump", "--site", site, "--format", "nt12")
    facts = eugraph("dump", "--site", site, "--format", "nanopubs")

    assert told.returncode == facts.returncode == 0
    assert told.stdout.count("#reifies> <<( ") == plain.count("22-rdf-syntax-ns#subject> ") > 100
    assert 100 < facts.stdout.count("a np:Nanopublication") <= told.stdout.count("#reifies>")


@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "jsonld", "rdf"])
def test_a_dump_on_standard_output_is_the_dump_for_download(site: Path, form: str) -> None:
    command = [sys.executable, "-m", "eugraph", "dump", "--site", str(site), "--format", form]
    done = subprocess.run(command, capture_output=True, check=True)

    assert done.stdout == (site / "current" / "dumps" / f"eugraph.{form}").read_bytes()


def test_a_site_that_conforms_validates(site: Path) -> None:
    done = eugraph("validate", "--site", site)

    assert done.returncode == 0
    assert "warnings" in done.stdout
    assert Graph().parse(data=eugraph("validate", "--site", site, "--format", "turtle").stdout)


def test_a_violation_in_a_file_exits_3_and_names_release_and_sentence(tmp_path: Path) -> None:
    file = tmp_path / "harmed.ttl"
    turtle = eugraph("facts", WIR, "--format", "turtle").stdout
    part = "<https://w3id.org/eugraph/id/participation/wir-2017/lv-daugavpils-municipality>"
    lead = "<https://w3id.org/eugraph/vocab/role/lead-partner>"
    file.write_text(f"{turtle}\n{part} eug:participationRole {lead} .\n", encoding="utf-8")

    done = eugraph("validate", file)

    assert done.returncode == 3
    assert "000-24ffadc2e9eef197" in done.stdout
    assert "one lead partner" in done.stdout
    assert "vadošais partneris" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("facts", "nowhere.txt"), 2, "nowhere.txt"),
        (("build", "nowhere", "--site", "s"), 1, "nowhere"),
        (("query", "ASK {}", "--site", "nowhere"), 1, "eugraph build"),
        (("validate", "--site", "nowhere"), 1, "eugraph build"),
        (("dump", "--site", "nowhere"), 1, "eugraph build"),
        (("dump", "--format", "docx"), 2, "docx"),
        (("harvest",), 2, "harvest"),
    ],
)
def test_what_cannot_be_done_says_so_in_a_line(
    arguments: tuple[str, ...], code: int, told: str, tmp_path: Path
) -> None:
    done = eugraph(*arguments, cwd=tmp_path)

    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_release_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()

    done = eugraph("facts", "empty.txt", cwd=tmp_path)

    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_turtle_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("this is not turtle", encoding="utf-8")

    done = eugraph("validate", "broken.ttl", cwd=tmp_path)

    assert done.returncode == 1
    assert "broken.ttl" in done.stderr


def test_a_second_build_at_once_is_told_so(site: Path) -> None:
    from eugraph.editions import new_draft

    with new_draft(site):
        done = eugraph("build", RELEASES, "--site", site)

    assert done.returncode == 1
    assert "running" in done.stderr


class Page(BaseHTTPRequestHandler):
    """One release, and nothing else."""

    def do_GET(self) -> None:
        """Send the release, or say that there is none."""
        found = self.path == "/release.html"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if found:
            self.wfile.write(PAGE.encode())

    def log_message(self, *arguments: object) -> None:
        """Keep quiet."""


PAGE = (
    "<html lang='en'><head><title>Bridge</title></head><body><article><h1>Partners of the project "
    "“Building Bridges” (BRIDGE) met in Riga</h1><p>The project BRIDGE involves 3 partners from 2 countries, Latvia and "
    "Sweden. The first partner meeting of the project was held in Riga on 4 May 2019.</p>"
    "</article></body></html>"
)


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched_and_read(host: str, tmp_path: Path) -> None:
    address = f"{host}/release.html"
    done = eugraph("fetch", address, "--into", tmp_path, "--private-hosts", "--json")

    assert done.returncode == 0, done.stderr
    (record,) = json.loads(done.stdout)
    assert record["outcome"] == "new"
    facts = json.loads(eugraph("facts", record["file"], "--json").stdout)
    assert sorted(f["value"] for f in facts["facts"] if f["slot"] == "involves-country") == [
        "LV",
        "SE",
    ]


def test_a_private_host_is_not_asked_unless_told_so(host: str, tmp_path: Path) -> None:
    done = eugraph("fetch", f"{host}/release.html", "--into", tmp_path)

    assert done.returncode == 1
    assert "failed" in done.stderr
    assert list(tmp_path.glob("*.html")) == []


def test_a_taken_port_is_told_before_anything_is_built(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The project “Tide” (TIDE) began.\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        done = eugraph("up", "one.txt", "--port", str(port), cwd=tmp_path)

    assert done.returncode == 1
    assert f"port {port} cannot be listened on" in done.stderr
    assert "choose another host or port" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["one.txt"]


LED_BY_ANOTHER = """News about WIR
The project WIR is led by Daugavpils City Council. It is funded by the programme Europe for Citizens.
Vänersborg Municipality in Sweden is a partner of the project.
"""


def test_a_refusal_names_the_releases_and_a_correction_that_mends_it(tmp_path: Path) -> None:
    releases, site, overrides = (tmp_path / name for name in ("releases", "site", "overrides"))
    releases.mkdir()
    overrides.mkdir()
    (releases / WIR.name).write_bytes(WIR.read_bytes())
    assert eugraph("build", releases, "--site", site).returncode == 0
    (releases / "other.txt").write_text(LED_BY_ANOTHER, encoding="utf-8")

    refused = eugraph("build", releases, "--site", site, "--overrides", overrides)

    last = refused.stderr.strip().splitlines()[-1]
    assert refused.returncode == 3
    assert "000-24ffadc2e9eef197, other (X04)" in last
    shown = refused.stderr.partition("X04")[2].partition("Warning")[0]
    assert "Daugavpils City Council” (other)" in shown
    assert "(000-24ffadc2e9eef197)" in shown

    correction = last[last.index("correction = [") : last.rindex("]") + 1]
    (overrides / "corrections.toml").write_text(correction, encoding="utf-8")
    mended = eugraph("build", releases, "--site", site, "--overrides", overrides)
    assert mended.returncode == 0, mended.stderr
    assert "published edition 2" in mended.stderr

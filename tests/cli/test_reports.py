"""Verdicts for people: what is alike once, with its number."""

from __future__ import annotations

import io
from pathlib import Path

from click.testing import CliRunner
from rdflib import URIRef
from rich.console import Console

from eugraph.cli.main import eugraph
from eugraph.cli.reports import summary, verdict_view
from eugraph.validation import Finding, Severity, Verdict
from eugraph.vocabulary import IRI_BASE


def finding(shape: str, severity: Severity, number: int, message: str) -> Finding:
    return Finding(
        shape=shape,
        severity=severity,
        focus=URIRef(f"{IRI_BASE}id/place/p{number}"),
        component=URIRef("http://www.w3.org/ns/shacl#MinCountConstraintComponent"),
        path=None,
        value=None,
        about={"en": f"Place {number}", "lv": f"Vieta {number}"},
        messages={"en": message, "lv": message},
        advice={"en": "Write it down.", "lv": "Pierakstiet to."},
        releases=("one",),
    )


def shown(*findings: Finding, language: str = "en") -> str:
    console = Console(file=io.StringIO(), width=120)
    with console.capture() as capture:
        console.print(verdict_view(Verdict.of(findings), language))
    return capture.get()


def test_warnings_that_are_alike_are_told_once_with_the_first_few() -> None:
    many = [finding("L01", Severity.WARNING, n, "A name is missing.") for n in range(150)]

    told = shown(*many, finding("E05", Severity.WARNING, 0, "The place is not known."))

    assert "A name is missing.  × 150" in told
    assert told.count("A name is missing.") == 1
    assert told.count("Write it down.") == 2
    assert "and 147 more like these" in told
    assert len(told.splitlines()) < 15
    assert "un vēl 147 šādas" in shown(*many, language="lv")


def test_every_violation_is_shown_and_comes_first() -> None:
    bad = [finding("S05", Severity.VIOLATION, n, f"Too early by {n}.") for n in range(9)]

    told = shown(finding("L01", Severity.WARNING, 0, "A name is missing."), *bad)

    assert all(f"Too early by {n}." in told and f"Place {n}" in told for n in range(9))
    assert told.index("Too early by 8.") < told.index("A name is missing.")


def test_one_is_told_in_the_singular() -> None:
    verdict = Verdict.of([finding("L01", Severity.WARNING, 0, "A name is missing.")])

    assert summary(verdict) == "1 warning"
    assert summary(Verdict(())) == "nothing to say"


def test_a_build_names_the_first_of_each_kind_of_warning(tmp_path: Path) -> None:
    folder, site = tmp_path / "releases", tmp_path / "site"
    folder.mkdir()
    text = "The project “Green yards” (GREYA) has begun. Riga City Council is a partner of GREYA."
    (folder / "yards.txt").write_text(text, encoding="utf-8")

    result = CliRunner().invoke(eugraph, ["build", str(folder), "--site", str(site)])

    assert result.exit_code == 0
    (line,) = (line for line in result.stderr.splitlines() if "× P03" in line)
    assert "No funding scheme is known." in line
    assert "GREYA" in line

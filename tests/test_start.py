"""Starting is cheap: what a verb does not need is not imported. Told by modules, not by time."""

from __future__ import annotations

import subprocess
import sys

import eugraph

ENGINE = {"babel", "flask", "lxml", "numpy", "pyoxigraph", "pyshacl", "rapidfuzz", "rdflib"}
BESIDE = {"feedparser", "mammoth", "py3langid", "pypdf", "requests", "trafilatura", "waitress"}
"""What takes long to import: for reading, describing, storing and serving; for other formats."""


def loaded(code: str) -> set[str]:
    """Return the modules that a new interpreter has loaded after `code`, by full name."""
    told = f"{code}\nimport sys; print('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    return set(done.stderr.split())


def test_help_loads_no_engine() -> None:
    modules = loaded(
        "import sys; sys.argv = ['eugraph', '--help']\n"
        "from eugraph.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass"
    )

    assert "click" in modules
    assert not modules & (ENGINE | BESIDE)
    assert not {"eugraph.pipeline", "eugraph.server", "eugraph.facts.statements.find"} & modules


def test_the_package_itself_loads_nothing_of_its_own() -> None:
    assert {name for name in loaded("import eugraph") if name.startswith("eugraph.")} == {
        "eugraph.on_demand"
    }


def test_reading_loads_no_graph_and_no_web() -> None:
    modules = loaded("from eugraph import read_facts, read_release")

    assert "eugraph.facts.statements.find" in modules
    assert not modules & ({"flask", "pyoxigraph", "pyshacl", "rdflib"} | BESIDE)


def test_seeing_that_nothing_changed_loads_no_rules_of_reading_or_of_the_gate() -> None:
    modules = loaded("from eugraph.pipeline import build")

    assert "eugraph.pipeline.inputs" in modules
    rules = {"babel", "pyshacl", "rdflib.plugins.sparql", "tomlkit"}
    assert not modules & (rules | {"eugraph.facts.statements.find", "eugraph.validation.gate"})


def test_every_public_name_can_be_had() -> None:
    assert [name for name in eugraph.__all__ if not callable(getattr(eugraph, name))] == []
    assert dir(eugraph) == sorted(eugraph.__all__)
    assert not hasattr(eugraph, "pipeline_of_dreams")

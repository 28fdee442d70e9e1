"""The downloads."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from eugraph.dumps import MEDIA_TYPES, read_dumps, write_dump, write_dumps

EX = "https://example.org/"
SHARED = f"<{EX}p> <{EX}country> <http://publications.europa.eu/resource/authority/country/LVA> .\n"
GRAPHS = {
    EX + "g/one": SHARED + f'<{EX}p> <{EX}name> "Viens"@lv .\n',
    EX + "g/two": SHARED + f'<{EX}p> <{EX}name> "One \\"1\\""@en .\n',
}
QUADS = {
    ox.Quad(quad.subject, quad.predicate, quad.object, graph)
    for name, text in GRAPHS.items()
    for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES)
    for graph in (ox.NamedNode(name), ox.DefaultGraph())
}


@pytest.mark.parametrize("extension", sorted(MEDIA_TYPES))
def test_each_format_tells_the_same(extension: str) -> None:
    output = io.BytesIO()
    write_dump(GRAPHS, extension, output)
    form = ox.RdfFormat.from_media_type(MEDIA_TYPES[extension])
    found = set(ox.parse(output.getvalue(), form))
    default = {quad for quad in QUADS if quad.graph_name == ox.DefaultGraph()}
    assert found == (QUADS if extension == "nq" else default)


@pytest.mark.parametrize("extension", ["nt", "nq"])
def test_line_formats_are_sorted_and_distinct(extension: str) -> None:
    output = io.BytesIO()
    write_dump(GRAPHS, extension, output)
    lines = output.getvalue().decode().splitlines()
    assert lines == sorted(set(lines))


def test_equal_graphs_give_equal_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from eugraph.dumps import write_dumps;"
        f"write_dumps(Path(sys.argv[1]), {GRAPHS!r})"
    )
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", program, str(tmp_path / seed)]
        subprocess.run(command, env=environment, check=True)
    for file in (tmp_path / "1").iterdir():
        assert file.read_bytes() == (tmp_path / "2" / file.name).read_bytes(), file.name


def test_the_sums_are_those_of_the_files(tmp_path: Path) -> None:
    dumps = write_dumps(tmp_path, GRAPHS)
    assert {dump.path.suffix[1:] for dump in dumps} == set(MEDIA_TYPES)
    assert dumps == read_dumps(tmp_path)
    for dump in dumps:
        content = dump.path.read_bytes()
        assert (dump.size, dump.sha256) == (len(content), hashlib.sha256(content).hexdigest())

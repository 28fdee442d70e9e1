"""The downloads."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

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
    assert found == (QUADS if extension in {"nq", "trig"} else default)


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
    assert {f"eugraph.{extension}" for extension in MEDIA_TYPES} < {dump.name for dump in dumps}
    assert dumps == read_dumps(tmp_path)
    for dump in dumps:
        content = dump.path.read_bytes()
        assert (dump.size, dump.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_each_file_is_packed_in_two_ways(tmp_path: Path) -> None:
    dumps = {dump.name: dump for dump in write_dumps(tmp_path, GRAPHS)}
    plain = [dump for dump in dumps.values() if not dump.packed]
    assert len(dumps) == 3 * len(plain)
    for dump in plain:
        content = dump.path.read_bytes()
        assert gzip.decompress(dumps[f"{dump.name}.gz"].path.read_bytes()) == content
        packed = dumps[f"{dump.name}.zst"].path.read_bytes()
        assert zstandard.ZstdDecompressor().stream_reader(packed).read() == content


def test_the_parts_hold_what_is_said_of_things_of_their_type(tmp_path: Path) -> None:
    base = "https://w3id.org/eugraph/id/"
    lines = [
        f"<{base}{kind}/a> <{EX}p> <{base}event/b> .\n" for kind in ("event", "org", "project")
    ]
    write_dumps(tmp_path, {EX + "g": "".join(lines)})
    told = {name: (tmp_path / f"{name}.nt").read_text() for name in ("events", "organisations")}
    assert told == {"events": lines[0], "organisations": lines[1]}

"""The downloads."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.dumps import MEDIA_TYPES, made_of, read_dumps, write_dump, write_dumps
from eugraph.dumps.graphs import write_graph
from eugraph.dumps.splicing import deltas, splice, splice_graphs

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


_NODES = st.sampled_from(["a", "ab", "b"])
_VALUES = st.sampled_from(
    ['"x"', '"x"@en', '"x"@en-GB', '"x <y> ."', '"ā"', '"\U0001f600"', f"<{EX}a>", f"<{EX}ab>"]
)
_LINES = st.builds("<{1}{0}> <{1}{2}> {3} .\n".format, _NODES, st.just(EX), _NODES, _VALUES)
_GRAPHS = st.dictionaries(
    st.sampled_from([EX + "g/one", EX + "g/two", EX + "g/two-1"]),
    st.sets(_LINES).map(sorted).map("".join),
)


@settings(max_examples=150, deadline=None)
@given(_GRAPHS, _GRAPHS)
def test_files_made_of_those_before_are_those_made_from_nothing(
    old: dict[str, str], new: dict[str, str]
) -> None:
    with TemporaryDirectory() as name:
        for each, graphs in (("old", old), ("new", new)):
            (Path(name) / each).mkdir()
            for extension in ("nt", "nq", "ttl", "trig"):
                with (Path(name) / each / f"eugraph.{extension}").open("wb") as file:
                    write_dump(graphs, extension, file)
        names = old.keys() | new.keys()
        before = made_of(Path(name) / "old", {g: (old.get(g, ""), new.get(g, "")) for g in names})
        for extension, delta in zip(("nt", "nq"), deltas(before), strict=True):
            output = io.BytesIO()
            splice(before.file(extension), delta, output)
            assert output.getvalue() == (Path(name) / f"new/eugraph.{extension}").read_bytes()
        turtle = Path(name) / "new/eugraph.ttl"
        pieces = splice_graphs(before, turtle, sorted(new), lambda one: write_graph(one, new[one]))
        assert b"".join(map(bytes, pieces)) == (Path(name) / "new/eugraph.trig").read_bytes()


def test_an_edition_made_of_another_has_the_same_files(tmp_path: Path) -> None:
    """Whatever came, went or changed; what is made of files that were tampered with would not."""
    other = EX + "g/two"
    new = {other: GRAPHS[other] + f'<{EX}q> <{EX}name> "Zwei"@de .\n', EX + "g/three": SHARED}
    write_dumps(tmp_path / "old", GRAPHS)
    write_dumps(tmp_path / "whole", new)
    names = GRAPHS.keys() | new.keys()
    changed = {name: (GRAPHS.get(name, ""), new.get(name, "")) for name in names}

    write_dumps(tmp_path / "made", new, before=made_of(tmp_path / "old", changed))

    whole, made = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("whole", "made")
    )
    assert made == whole


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

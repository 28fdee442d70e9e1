"""A store made of another and of what changed is the store of all graphs, with its numbers."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from eugraph.store import Store, count, recount

A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
BYTE = '"255"^^<http://www.w3.org/2001/XMLSchema#integer>'
XSD = "http://www.w3.org/2001/XMLSchema#"
LINES = [
    *(
        f'<https://example.org/c> <https://example.org/{p}> "1"^^<{XSD}{t}> .\n'
        for p, t in (("n", "integer"), ("m", "nonNegativeInteger"))
    ),
    *(f"<https://example.org/{s}> {A} <https://example.org/{c}> .\n" for s in "ab" for c in "CD"),
    *(f'<https://example.org/{s}> <https://example.org/p> "{v}"@en .\n' for s in "ab" for v in "xy"),
    "<https://example.org/c> <http://purl.org/dc/terms/language> <https://example.org/a> .\n",
    '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A"@en .\n',
]  # fmt: skip
GRAPH = st.sets(st.sampled_from(LINES), min_size=1).map(lambda lines: "".join(sorted(lines)))
GRAPHS = st.dictionaries(
    st.sampled_from([f"https://example.org/g{n}" for n in range(3)]), GRAPH, min_size=1
)
ALL = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def rows(store: Store) -> list[tuple[str, ...]]:
    """Return all that a store holds, each as often as it holds it."""
    return sorted(
        tuple(f"{name} {row[name].n3()}" for name in sorted(row)) for row in store.select(ALL)
    )


def test_a_number_that_went_is_told_of_no_more(tmp_path: Path) -> None:
    """The engine's look-up of 255 alone also finds what is next to it in its index."""
    one, two = (f"<https://example.org/{s}> <https://example.org/p> " for s in "ab")
    old = {"https://example.org/g": f'{one}{BYTE} .\n{two}"256"^^<{XSD}integer> .\n'}
    new = {"https://example.org/g": f'{two}"256"^^<{XSD}integer> .\n'}
    before = count(Store.create(tmp_path / "base", old))
    base = Store.read_only(tmp_path / "base")
    store = base.copy(tmp_path / "new")

    assert recount(before, base, store, store.change(old, new)).objects == 1


@settings(max_examples=25, deadline=None, derandomize=True)
@given(GRAPHS, GRAPHS)
def test_what_came_and_went_makes_the_one_store_of_the_other(
    old: dict[str, str], new: dict[str, str]
) -> None:
    # The engine may still write its log for a moment after it has been let go.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        base = Store.create(Path(folder) / "base", old)
        before, whole = count(base), rows(base)
        del base
        named = {iri for iri in {*old, *new} if old.get(iri) != new.get(iri)}
        kept = Store.read_only(Path(folder) / "base")
        store = kept.copy(Path(folder) / "new")
        delta = store.change(
            {iri: old[iri] for iri in named if iri in old},
            {iri: new[iri] for iri in named if iri in new},
        )

        assert rows(store) == rows(Store.in_memory(new))
        assert recount(before, kept, store, delta) == count(Store.in_memory(new))
        assert rows(kept) == whole

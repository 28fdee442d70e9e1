"""What releases share is described once, and linked to what others call it."""

from __future__ import annotations

from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.namespace import OWL, SKOS

from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.reconcile import read_facts
from eugraph.identity.resolve import resolve
from eugraph.releases.read import read_release
from eugraph.triples.iris import thing_iri
from eugraph.triples.links import describe_links
from eugraph.triples.reference import describe_reference


def test_a_place_of_geonames_is_linked_there_and_called_as_there(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    text = (
        "The project “Green Roofs” (ROOFS) involves partners from Latvia and Lithuania.\n"
        "The first meeting of the project was held in Zarasai on 3–5 May 2018.\n"
        "The second meeting of the project was held in Atlantis on 7–9 June 2018.\n"
    )
    path.write_text(text, encoding="utf-8")
    reading = read_facts(read_release(path))
    gazetteer = load_knowledge().gazetteer
    links = describe_links([reading], resolve([reading]), gazetteer)
    reference = describe_reference([reading], resolve([reading]), gazetteer)

    zarasai, unknown = thing_iri("place", "lt-zarasai"), thing_iri("place", "atlantis")
    assert set(links.subject_objects(OWL.sameAs)) == {
        (zarasai, URIRef("https://sws.geonames.org/592891/"))
    }
    assert (zarasai, SKOS.prefLabel, Literal("Zarasai", lang="en")) in reference
    assert (unknown, SKOS.prefLabel, Literal("Atlantis", lang="en")) in reference

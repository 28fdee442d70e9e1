"""A release → what it says: facts with the words they rest on, and where it disagrees with itself.

Decisions. Word order differs between languages and between writers, so no
pattern spans a sentence: typed mentions are found (dates before sentences),
and what a mention means is decided inside its sentence by cues around it and by
facts that need no words: an interval of 150 days is a term, a country in
brackets after a name is its country, a short form after a quoted title is the
acronym. Languages are data (`data/lexicon`), names are data (`data/gazetteer`);
no word of any language stands in this code.

Two passages that disagree yield two facts; `reconcile` decides between them,
infers what follows, and tells the disagreement. A rule that is not sure yields
nothing. No RDF here.

The way of a release, a room a step, each knowing only those before it
(held by an import contract): `language` (words, dates), `gazetteer` (names),
`mentions` (a passage marked), `projects`, `organisations` and `events` (what its
sentences say of each), `statements` (facts, each with its words), `conclusions`
(settled, inferred, disagreements), joined by `reconcile` to one reading;
`corrections` is what a person says of it, `derive` what another reader's claims
come to, `explain` how it was arrived at. `fact` is what all of them speak of.

What is made while a release is read is a frozen `msgspec.Struct`, made, compared
and hashed in C in a fifth of the time that a frozen dataclass takes; there are
thousands in a release. What is loaded once is a dataclass.
"""

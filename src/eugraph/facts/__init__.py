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

The way of a release: `document` marks its passages (`words`, `phrases`,
`mentions`, `dates`), `survey` brings together what is mentioned (`projects`,
`organisations`, `listings`, `places`, `roles`, `events`, `parts`, `entities`),
`find` states it as facts (`state_*`), and `reconcile` makes one reading of them
(`settle`, `infer`, `years`, `disagreements`).
"""

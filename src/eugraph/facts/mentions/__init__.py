"""Mentions: the typed pieces of a passage, the sentences they stand in, a release so marked.

`marking` marks a passage, `marked` is what it comes to, `document` is a release
of marked passages, `clauses` bounds what a cue speaks for, `titles` knows names
of schemes and the languages of titles.
"""

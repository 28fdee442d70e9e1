"""Statements: what is mentioned, brought together and stated as facts with their evidence.

`survey` gathers the mentions of a whole release, `entities` decides which names
are of one, and `find` states every fact once for each place that states it
(`projects`, `organisations`, `events`).
"""

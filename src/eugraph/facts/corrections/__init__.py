"""Corrections: what a person says a release states, and how it changes its reading.

`correction` reads the files, `addressed` finds what one speaks of, `given` the
value it gives, `newcomers` what only it brings in; `amend` changes the facts, and
`overrides` applies them all and tells what became of each.
"""

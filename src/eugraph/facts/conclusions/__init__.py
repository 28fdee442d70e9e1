"""Conclusions: what the statements of one release come to, taken together.

`settle` merges and decides, `infer` (with `event_years`, `years` and `term_ends`)
adds what follows, with its premises; both look into the accepted facts by `stated`.
`disagreements` and `omissions` tell where the release contradicts itself or leaves
out, `consequences` what goes when a reading is rejected.
"""

"""Conclusions: what the statements of one release come to, taken together.

`settle` merges and decides, `years` and `infer` add what follows (with their
premises), `disagreements` and `omissions` tell where the release contradicts
itself or leaves out, `consequences` what goes when a reading is rejected.
"""

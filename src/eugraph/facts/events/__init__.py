"""Events: what took place or will, when and where, and what happened during it.

`readings` is what one sentence says (with `places` and `labels`), `groups` joins
the readings of one event, `parts` are what happened during it.
"""

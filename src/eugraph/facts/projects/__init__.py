"""Projects: how a release names them, which namings are of one, and what it says of each.

`namings` finds where one is named (`names`, `unquoted`, `repeated` help), `scopes`
decides which sentence is about which project; `term`, `counts` and `aims` read
what is said of it.
"""

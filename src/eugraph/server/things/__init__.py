"""The pages of things: what is said about one, each value with the words it rests on.

`description` holds the triples around a thing, `evidence` the words in their
sentences; `presenter` makes the `content` of a page of both, in the order that
`layout` has for its type, worded by `localizer`; `text` shows a release's text
with what was read in it.
"""

from eugraph.server.things.page import thing_page

__all__ = ["thing_page"]

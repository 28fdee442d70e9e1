"""The pages of things: what is said about one, each value with the words it rests on.

`told` holds the triples around a thing, `evidence` the words in their
sentences, `arranged` puts both in the order that `data/pages/things.toml`
gives for its type, `text` shows a release's text with what was read in it.
"""

from eugraph.server.things.page import thing_page

__all__ = ["thing_page"]

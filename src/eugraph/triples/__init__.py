"""Facts as RDF.

One named graph per release (`describe`), one of what releases share
(`reference`), one of links to the same things elsewhere; each kept as sorted
N-Triples (`ntriples`), so that equal input gives equal bytes. IRIs are minted
in `iris` alone, values become terms in `terms` alone.

A graph is lean where that costs nothing: one evidence node per character range
however many facts rest on it, and one selector that is both quote and
position.
"""

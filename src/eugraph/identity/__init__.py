"""Which things of many releases are one, and what each is called for good.

Readings know things by ids of their own (`event-1`); here they get keys that
are the same in every release and edition. No RDF: `eugraph.triples.iris` makes
IRIs of the keys.
"""

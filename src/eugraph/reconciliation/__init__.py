"""Candidates for what our things are called in other datasets, asked of a reconciliation service.

A service proposes, it does not know: what it proposes is kept as a candidate
with its score, and published as such, never as `owl:sameAs`. Nothing is asked
unless a person names a service. Candidates lie in the site's folder, not in an
edition, for editions are never altered; the next build publishes them.
"""

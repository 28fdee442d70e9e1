"""The query editor: a form that works without script, and results that a person can read."""

from eugraph.server.query.page import query_blueprint, query_page, results_page

__all__ = ["query_blueprint", "query_page", "results_page"]

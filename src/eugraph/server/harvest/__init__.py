"""What portals, harvesters and crawlers read: one module for each of their languages.

All of it is of one edition throughout a request, made of that edition and the
public address alone, with absolute addresses only. While nothing is published,
or something of it cannot be read, the answer is 503 and never a part of it: a
portal deletes what it no longer finds.
"""

from __future__ import annotations

from eugraph.server.harvest.catalogue import catalogue_blueprint
from eugraph.server.harvest.ckan import ckan_blueprint
from eugraph.server.harvest.crawlers import crawlers_blueprint
from eugraph.server.harvest.feed import feed_blueprint
from eugraph.server.harvest.oai import oai_blueprint

HARVEST = (
    catalogue_blueprint,
    ckan_blueprint,
    crawlers_blueprint,
    feed_blueprint,
    oai_blueprint,
)
"""Each makes a part of the application from what is served."""

__all__ = ["HARVEST"]

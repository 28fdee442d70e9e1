"""The published graph over HTTP, read-only.

Decisions: Flask makes the application, one blueprint per module. The web
process never evaluates a query; it hands text to `eugraph.workers` and streams
back what comes. What it says about its own address comes from the setting
`public_url`, never from the request's Host header. Links on pages and
redirects are paths, so that they hold behind a proxy and below a prefix.
"""

from __future__ import annotations

from eugraph.server.app import create_app
from eugraph.server.desk import Desk, open_desk
from eugraph.server.serving import bind, serve

__all__ = ["Desk", "bind", "create_app", "open_desk", "serve"]

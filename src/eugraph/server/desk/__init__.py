"""The publisher's desk: look at what was read, correct it, rebuild, publish, go back.

Local only and with a token; the web process writes corrections and starts
`eugraph build` as a process of its own, so the gate never runs in here.
"""

from eugraph.server.desk.desk import Desk, open_desk
from eugraph.server.desk.page import desk_blueprint

__all__ = ["Desk", "desk_blueprint", "open_desk"]

"""Start the supervisor; `Pool.start` calls this in a process of its own."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

from eugraph.workers.limits import Limits
from eugraph.workers.supervisor import supervise

if __name__ == "__main__":
    descriptor, site, limits = sys.argv[1:]
    supervise(socket.socket(fileno=int(descriptor)), Path(site), Limits(**json.loads(limits)))

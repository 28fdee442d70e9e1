"""Below a path behind nginx: what the doctor finds there, whichever way the path is passed on."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from eugraph.doctor import Bounds, examine
from eugraph.workers import Pool

from .conftest import app_at, serving

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONFIGURATION = """
daemon off; master_process off; pid {folder}/pid; error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location /open/data/ {{ proxy_pass {behind}; }}
  }}
}}
"""

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (Debian: nginx)")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def nginx(folder: Path, port: int, behind: str) -> Iterator[None]:
    """Run nginx in front of the server `behind` until the context ends."""
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port, behind=behind))
    command = [str(NGINX), "-p", str(folder), "-c", str(configuration), "-e", "stderr"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            until = time.monotonic() + 30
            while process.poll() is None and time.monotonic() < until:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.02)
            yield
        finally:
            process.terminate()


@pytest.mark.parametrize("passed_on", ["whole", "stripped"])
def test_the_doctor_finds_nothing_below_a_path_behind_nginx(
    published: tuple[Path, Pool], tmp_path: Path, passed_on: str
) -> None:
    port = free_port()
    public = f"http://127.0.0.1:{port}/open/data/"
    with serving(lambda _: app_at(published, public)) as address:
        behind = address if passed_on == "stripped" else address.rstrip("/")
        with nginx(tmp_path, port, behind):
            found = examine(public, bounds=Bounds(pause=0))
    assert [(each.role, each.name, each.reason, each.address) for each in found.findings] == []
    assert len(found.checks) > 150

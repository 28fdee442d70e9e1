"""Which hosts may be asked: those on the public internet.

An address in a feed, or one that a page redirects to, is written by others. It
must not make this machine ask a service of its own network.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from eugraph.errors import ReleaseError

# IPv6 addresses that lead to an IPv4 address, which may be any (RFC 6052, 3056, 4380, 4291).
_EMBEDDING = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32", "::/96")))


def refuse_address(address: str, *, private_hosts: bool) -> None:
    """Raise `ReleaseError` unless `address` is one of the web.

    Unless `private_hosts` are allowed, all that its name stands for must be
    public. Where a proxy asks for us, the name is its to look up.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ReleaseError(address, f"is no address: {error}") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise ReleaseError(address, "is no address of the web; write https://…")
    if parts.username is not None or parts.password is not None:
        raise ReleaseError(address, "has a user name in it; leave that out")
    if private_hosts or (parts.scheme in getproxies() and not proxy_bypass(host)):
        return
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReleaseError(address, f"is on no known host ({host}); check it") from error
    for *_, place in found:
        _refuse_private(address, str(place[0]))


OnConnect = Callable[[socket.socket, str], None]
"""Told of a new connection and the address of its host; what it raises gives the connection up."""


def pools(on_connect: OnConnect) -> dict[str, type]:
    """Return the pools of connections of which each is told when it is made."""

    class PlainConnection(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            on_connect(self.sock, f"http://{self.host}")

    class SecureConnection(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            on_connect(self.sock, f"https://{self.host}")

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = SecureConnection

    return {"http": PlainPool, "https": SecurePool}


def refuse_private_peer(connection: socket.socket, address: str) -> None:
    """Raise `ReleaseError` if a connection has led to a private host.

    A name may lead elsewhere when it is looked up again, so the check of the
    name alone is not enough.
    """
    _refuse_private(address, connection.getpeername()[0])


def _refuse_private(address: str, place: str) -> None:
    ip = ipaddress.ip_address(place.partition("%")[0])
    if not ip.is_global or ip.is_multicast or any(ip in network for network in _EMBEDDING):
        raise ReleaseError(address, f"is on a private host ({ip}), which is not asked")

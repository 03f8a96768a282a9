"""How the server is run: where, for whom, and what bounds it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

#: Hosts that mean this machine alone, as a browser names them.
LOCAL = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a server is run.

    ``hosts`` are the names that it may be called by (``Host``), beside those of this machine and ``host`` itself; where
    keys are needed and none is given, any. Rates are requests a minute: ``rate`` of one key or address, ``read_rate``
    of ``POST /api/read``, ``fault_rate`` of one address with a wrong key or none. ``body`` is in bytes, all times are
    in seconds. ``threads`` answer side by side: each has a connection to the store.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    keys_needed: bool = False
    hosts: tuple[str, ...] = ()
    demo: bool = False
    rate: int = 6_000
    read_rate: int = 30
    fault_rate: int = 30
    body: int = 1_000_000
    read_characters: int = 50_000
    read_time: float = 60.0
    request_time: float = 20.0
    write_time: float = 30.0
    keep_alive: float = 5.0
    connections: int = 512
    threads: int = 8
    listeners: int = 64
    look: float = 2.0
    heartbeat: float = 15.0


def is_local(host: str) -> bool:
    """Whether an address to listen on is reached from this machine alone.

    >>> is_local("127.0.0.1"), is_local("::1"), is_local("localhost"), is_local("0.0.0.0")
    (True, True, True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False

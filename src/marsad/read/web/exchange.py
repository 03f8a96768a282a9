"""What is said between us and a site: one request with its answer, and what became of an address that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from marsad.errors import MarsadError
from marsad.types import FetchState


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request by GET with its whole answer, for a copy of what was fetched.

    ``at`` is in UTC. Names of headers are as they were sent. ``body`` is as it was meant: no longer in chunks, and
    decompressed, whatever ``response_headers`` say of how it was transferred.
    """

    url: str
    at: datetime
    request_headers: tuple[tuple[str, str], ...]
    status: int
    reason: str
    response_headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave: its page, word that it has not changed, or the ``error`` that says why neither.

    ``url`` is the address as it was asked for, ``final`` the last that was asked on the way of redirects; ``at`` is in
    UTC. ``body`` is decompressed; None unless there is a page. ``content_type`` is without parameters, ``charset`` as
    the server declares it, true or not; ``headers`` are some of the answer's, by their names in small letters.
    ``state`` is to be kept and given with the next try. ``redirected_permanently`` is the address that the site asks
    to use from now on.
    """

    url: str
    final: str
    at: datetime
    state: FetchState
    status: int | None = None
    body: bytes | None = None
    unchanged: bool = False
    content_type: str | None = None
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    redirected_permanently: str | None = None
    error: MarsadError | None = None

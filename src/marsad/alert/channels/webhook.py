"""``webhook:https://…``: a POST of JSON, signed, to an address of the public internet. No redirect is followed.

The receiver checks ``Marsad-Signature``, ``v1=`` and the HMAC-SHA256, in hex, of ``Marsad-Timestamp``, a dot and the
body, under the secret that both know; it refuses old time stamps, and takes an ``Idempotency-Key`` once.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from contextlib import suppress

import httpcore2
import httpx2

from marsad.about import __version__
from marsad.alert.channels.means import Means
from marsad.alert.letter import Letter
from marsad.errors import AddressError, DeliveryError
from marsad.net import addresses
from marsad.net.answers import retry_after, short
from marsad.net.connect import NETWORK_FAULTS, Body, Deadline, Network, TooLarge
from marsad.settings import Settings

#: Most bytes of an answer that are read: only its status counts.
ANSWER = 64_000
# What says that another try makes sense, beside the 500s: it took too long, it is in course elsewhere (what
# draft-ietf-httpapi-idempotency-key-header has a receiver say of a key that it is at work on), too early, too many.
_AGAIN = frozenset({408, 409, 425, 429})


def check(address: str, settings: Settings) -> None:
    """Raise :class:`AddressError` for what is no address of the web, or not of the public internet."""
    addresses.target(address, private=settings.private)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What ``Marsad-Signature`` says.

    >>> signature("a secret of the two", "1767225600", b"{}")[:11]
    'v1=fbfadfa0'
    """
    return "v1=" + hmac.digest(secret.encode(), timestamp.encode() + b"." + body, "sha256").hex()


def send(address: str, key: str, letter: Letter, means: Means) -> None:
    """Post the record. Raises :class:`DeliveryError`, or :class:`AddressError` for an address that is not public.

    All of it, name, connection and answer, has ``settings.timeout`` seconds, however little comes at a time. An answer
    that breaks off is none; one that is longer than anybody reads counts by its status.
    """
    target = addresses.target(address, private=means.settings.private)
    where = f"{target.scheme}://{target.netloc.decode('ascii')}"  # the path may hold a secret
    try:
        status, pause = _answered(target, where, key, letter.body, means)
    except AddressError as error:
        # A name that leads to a private network now may lead elsewhere in an hour; nothing was sent.
        raise DeliveryError(error.what, where=where, do=error.do) from None
    except httpcore2.TimeoutException:
        seconds = means.settings.timeout
        raise DeliveryError(f"no whole answer within {seconds:g} seconds", where=where, do="look at it") from None
    except NETWORK_FAULTS as error:
        raise DeliveryError(f"no whole answer ({short(error)})", where=where, do="look at it") from None
    if 200 <= status < 300:
        return
    again = status in _AGAIN or status >= 500
    what = f"it answers with status {status}" + (", and redirects are not followed" if 300 <= status < 400 else "")
    raise DeliveryError(what, where=where, do="look at what receives it", again=again, pause=pause)


def _answered(target: httpx2.URL, where: str, key: str, body: bytes, means: Means) -> tuple[int, float]:
    """The status of the answer, and for how many seconds it asks to be left alone."""
    left = Deadline(means.world.clock, means.settings.timeout)
    headers = _headers(target, key, body, means)
    url = httpcore2.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
    secure = means.world.tls() if target.scheme == "https" else None
    network = Network(means.world, where, left, private=means.settings.private)
    with httpcore2.HTTPConnection(url.origin, ssl_context=secure, network_backend=network) as connection:
        heard = connection.handle_request(httpcore2.Request("POST", url, headers=headers, content=body))
        assert isinstance(heard.stream, Iterable)
        with suppress(TooLarge):
            for _ in Body(heard.stream, ANSWER, left):
                pass
        given = httpx2.Headers(heard.headers).get("retry-after", "")
        return heard.status, retry_after(given, means.now())


def _headers(target: httpx2.URL, key: str, body: bytes, means: Means) -> list[tuple[str, str]]:
    timestamp = str(int(means.now().timestamp()))
    headers = [
        ("Host", target.netloc.decode("ascii")),
        ("User-Agent", f"Marsad/{__version__}"),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Accept", "*/*;q=0.1"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
        ("Idempotency-Key", key),
        ("Marsad-Timestamp", timestamp),
    ]
    if means.settings.secret:
        headers.append(("Marsad-Signature", signature(means.settings.secret, timestamp, body)))
    return headers

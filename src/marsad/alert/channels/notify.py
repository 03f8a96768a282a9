"""``notify:…``: chat and push services, by the address that apprise knows for each. Needs the extra ``notify``.

Apprise opens the network itself: what an address leads to is looked at before, and not again when it connects.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from marsad.alert.channels.means import Means
from marsad.alert.letter import Letter
from marsad.errors import AddressError, DeliveryError, ExtraError
from marsad.net import addresses
from marsad.settings import Settings

#: Most characters of a message; each service cuts further as it must.
LONGEST = 4_000
#: Services that are this machine's own, and not on a network.
_LOCAL = frozenset({"dbus", "qt", "glib", "kde", "gnome", "macosx", "windows", "syslog", "mailto", "mailtos"})


def check(address: str, settings: Settings) -> None:
    """Raise :class:`ExtraError` without the extra, :class:`DeliveryError` for an address that apprise does not know."""
    _service(address)
    if not settings.private and (host := _host(address)) is not None:
        number = addresses.literal(host)
        if host == "localhost" or (number is not None and addresses.refusal(number)):
            raise DeliveryError(f"{host} is not public", where=_where(address), do=addresses.ALLOW, again=False)


def send(address: str, key: str, letter: Letter, means: Means) -> None:
    """Send the plain text. Raises as :func:`check`, and :class:`DeliveryError` where the service has not taken it."""
    check(address, means.settings)
    where = _where(address)
    host = _host(address)
    if not means.settings.private and host is not None and "." in host:
        _check_found(host, where, means)
    service = _service(address)
    text = letter.text if len(letter.text) <= LONGEST else letter.text[: LONGEST - 1] + "…"
    try:
        taken = service.notify(title=letter.subject, body=text, body_format="text")
    except Exception as error:  # each service has its own module of apprise, and its own faults
        raise DeliveryError(f"the service has failed ({type(error).__name__})", where=where, do="look at it") from None
    if not taken:
        raise DeliveryError("the service has not taken it", where=where, do="check the address and its token")


def _check_found(host: str, where: str, means: Means) -> None:
    try:
        found = means.world.resolve(host)
    except OSError:
        raise DeliveryError(f"the name {host} cannot be resolved", where=where, do="look at it") from None
    try:
        addresses.check_found(host, found, where)
    except AddressError as error:
        raise DeliveryError(error.what, where=where, do=error.do) from None


def _service(address: str) -> Any:
    try:
        import apprise
    except ImportError:
        what = "the channel notify needs a package that is not installed"
        raise ExtraError(what, do='install it: pip install "marsad[notify]"') from None
    service = apprise.Apprise()
    scheme = urlsplit(address).scheme.lower() if "://" in address else ""
    if not scheme or scheme in _LOCAL or not service.add(address):
        do = "see the list of apprise for how an address of the service is written"
        raise DeliveryError("no service that can be used", where=_where(address), do=do, again=False)
    return service


def _where(address: str) -> str:
    """The kind of service: the rest of such an address is a secret."""
    return f"notify:{address.partition('://')[0][:40]}://…"


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None

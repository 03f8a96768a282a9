"""Which addresses may be connected to: those of the public internet, and no names or numbers that hide others.

Pure: nothing is resolved here. An address is looked at before its host is resolved (:func:`target`), and each number
that the host resolves to before a connection is made to that very number (:func:`check_found`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx2

from marsad.errors import AddressError

#: Longest address, in characters.
LONGEST = 8_000
#: What to do about a refusal that the user may not want.
ALLOW = "set private = true (MARSAD_PRIVATE) if it is a site of your own network"

# The IANA registries of special-purpose addresses (iana.org/assignments/iana-ipv4-special-registry, …-ipv6-…), and
# not `ipaddress.is_global`: what that says has changed within the minor versions of Python. The last row is an address
# of the public range that reaches the host's own controller on Azure (learn.microsoft.com, "What is IP address
# 168.63.129.16?").
_IPV4 = tuple(
    (IPv4Network(network), word)
    for network, word in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "of a carrier's inner network"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("168.63.129.16/32", "of a cloud's inner service"),
    )
)
_IPV6 = tuple(
    (IPv6Network(network), word)
    for network, word in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("ff00::/8", "multicast"),
        ("2001::/23", "reserved"),  # Teredo (2001::/32) and other protocols
        ("2001:db8::/32", "reserved for documentation"),
        ("3fff::/20", "reserved for documentation"),
    )
)
#: All addresses of IPv6 that are given out for the public internet.
_GLOBAL = IPv6Network("2000::/3")
#: Networks whose addresses hold one of IPv4, and how many bits stand after it: mapped, NAT64, 6to4.
_HOLDERS = ((IPv6Network("::ffff:0:0/96"), 0), (IPv6Network("64:ff9b::/96"), 0), (IPv6Network("2002::/16"), 80))

# Names of local networks (RFC 6761, 6762, 8375, ICANN's `.internal`); a name without a dot is one of them.
_LOCAL_NAMES = (".localhost", ".localdomain", ".local", ".internal", ".intranet", ".lan", ".home.arpa")
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}")
# What resolvers and browsers read as an address of IPv4 («0x7f.1», «2130706433»): its last label is a number.
_NUMERIC = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)")


def refusal(address: IPv4Address | IPv6Address) -> str | None:
    """In a word what an address is, if it is not one of the public internet.

    >>> refusal(ip_address("169.254.169.254"))
    'link-local'
    >>> refusal(ip_address("::ffff:10.0.0.1"))
    'private'
    >>> refusal(ip_address("2606:2800:21f:cb07::1")) is None
    True
    """
    if isinstance(address, IPv4Address):
        return next((word for network, word in _IPV4 if address in network), None)
    if address.scope_id is not None:
        return "link-local"
    for holder, after in _HOLDERS:
        if address in holder:
            return refusal(IPv4Address(int(address) >> after & 0xFFFFFFFF))
    named = next((word for network, word in _IPV6 if address in network), None)
    return named or (None if address in _GLOBAL else "reserved")


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that ``host`` is, written in the one regular form; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def host_of(address: httpx2.URL) -> str:
    """The host in small ASCII letters, one of IPv6 without its brackets: what is resolved and connected to."""
    return address.raw_host.decode("ascii")


def target(url: str, *, private: bool) -> httpx2.URL:
    """``url`` in its regular form, without its fragment.

    Raises :class:`AddressError` if it must not be asked for: another scheme than http and https, a name or password
    in it, a host that is not public unless ``private`` allows it.
    """
    where = url[:200]
    if len(url) > LONGEST:
        raise AddressError(f"an address of {len(url)} characters", where=where, do="give a shorter one")
    try:
        found = httpx2.URL(url.strip()).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressError(f"no address ({error})"[:200], where=where, do="check it") from None
    if found.scheme not in ("http", "https") or not found.raw_host:
        raise AddressError("no address of the web", where=where, do="give one that begins with http:// or https://")
    if found.userinfo:
        where = f"{found.scheme}://…@{host_of(found)}"
        raise AddressError("a name or a password is in it", where=where, do="leave out what stands before the @")
    if found.port is not None and not 0 < found.port < 65_536:
        raise AddressError(f"there is no port {found.port}", where=where, do="check it")
    if not private:
        _check_host(host_of(found), where)
    return found


def joined(base: httpx2.URL, location: str, *, private: bool) -> httpx2.URL:
    """The :func:`target` that a ``Location`` at ``base`` leads to."""
    try:
        url = str(base.join(location.strip()))
    except (httpx2.InvalidURL, ValueError):
        raise AddressError("it redirects to what is no address", where=str(base), do="check it in a browser") from None
    return target(url, private=private)


def _check_host(host: str, where: str) -> None:
    """Raise :class:`AddressError` for a host that is no public one whatever it may resolve to."""
    if address := literal(host):
        if word := refusal(address):
            raise AddressError(f"the address {host} is {word}", where=where, do=ALLOW)
        return
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(map(_NAME.fullmatch, labels)):
        raise AddressError(f"{host[:80]!r} is no name of a host", where=where, do="check the address")
    if _NUMERIC.fullmatch(labels[-1]):
        raise AddressError(
            f"the host {host} is a number in an odd form", where=where, do="write it as four numbers, or use its name"
        )
    if len(labels) == 1 or ".".join(labels).endswith(_LOCAL_NAMES):
        raise AddressError(f"{host} is the name of a local host", where=where, do=ALLOW)


def check_found(host: str, found: Iterable[str], where: str) -> list[str]:
    """The addresses that ``host`` resolves to, if all of them are public. Raises :class:`AddressError` if one is not.

    One is enough: a name that is public and private at once is the mark of an attack on inner networks.
    """
    checked: list[str] = []
    for one in found:
        address = literal(one)
        word = "none" if address is None else refusal(address)
        if word:
            raise AddressError(f"{host} resolves to {one}, which is {word}", where=where, do=ALLOW)
        checked.append(one)
    return checked

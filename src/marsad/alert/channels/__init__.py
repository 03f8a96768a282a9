"""Where messages go: a channel for each kind of address, ``webhook:https://…``, ``mail:…``, ``file:…``, ``stdout``.

A channel sends at least once under one key; a receiver that remembers keys takes nothing twice. Whether another try
makes sense the error says: :attr:`~marsad.errors.DeliveryError.again`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from marsad.alert.channels import file, mail, notify, stdout, webhook
from marsad.alert.channels.means import Means
from marsad.alert.letter import Letter
from marsad.errors import DeliveryError
from marsad.settings import Settings

__all__ = ["KINDS", "Channel", "Means", "check", "public", "send"]

#: Longest address of a channel, in characters.
LONGEST = 2_000


class Channel(Protocol):
    """What a module of this folder has: ``address`` is what stands behind the prefix."""

    def check(self, address: str, settings: Settings) -> None:
        """Raise an error of :mod:`marsad.errors` if nothing can ever be sent to ``address``; opens nothing."""

    def send(self, address: str, key: str, letter: Letter, means: Means) -> None:
        """Send; returns once the receiver has it. Raises an error of :mod:`marsad.errors`."""


#: Prefix: the channel.
KINDS: Mapping[str, Channel] = {
    "webhook": webhook, "mail": mail, "file": file, "stdout": stdout, "notify": notify
}  # fmt: skip


def _found(channel: str) -> tuple[Channel, str]:
    kind, _, address = channel.partition(":")
    where = channel[:200]
    if kind not in KINDS:
        raise DeliveryError("no channel is called so", where=where, do=f"begin with {', '.join(KINDS)}", again=False)
    if len(channel) > LONGEST or not channel.isprintable():
        what = "no address of a channel" if channel.isprintable() else "a control is in it"
        raise DeliveryError(what, where=repr(where), do="check it", again=False)
    return KINDS[kind], address


def public(channel: str) -> str:
    """``channel`` as it may be shown to who only reads: what stands behind the host of an address may be a secret.

    >>> public("webhook:https://hooks.example/T0/secret"), public("mail:desk@example.org")
    ('webhook:https://hooks.example/…', 'mail:desk@example.org')
    """
    kind, _, address = channel.partition(":")
    if kind not in ("webhook", "notify"):
        return channel
    scheme, _, rest = address.partition("://")
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0] if kind == "webhook" else ""
    return f"{kind}:{scheme[:40]}://{host}{'/' if host else ''}…"


def check(channel: str, settings: Settings) -> None:
    """Raise an error if nothing can ever be sent to ``channel``, for when a watch is made; opens nothing.

    >>> check("file:alerts.jsonl", Settings())
    """
    found, address = _found(channel)
    found.check(address, settings)


def send(channel: str, key: str, letter: Letter, means: Means) -> None:
    """Send ``letter`` to ``channel`` under ``key``; returns once the receiver has taken it.

    Raises :class:`DeliveryError` where it has not, and others of :mod:`marsad.errors` where it cannot be sent at all:
    :class:`AddressError`, :class:`SettingsError`, :class:`ExtraError`.
    """
    found, address = _found(channel)
    found.send(address, key, letter, means)

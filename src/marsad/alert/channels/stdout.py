"""``stdout``: each message as a line of JSON on standard output. Nothing is remembered."""

from __future__ import annotations

from marsad.alert.channels.means import Means
from marsad.alert.letter import Letter
from marsad.errors import DeliveryError
from marsad.settings import Settings


def check(address: str, settings: Settings) -> None:
    """Raise :class:`DeliveryError` if anything stands behind the word."""
    if address:
        raise DeliveryError("nothing stands behind stdout", where=f"stdout:{address[:100]}", do="leave it", again=False)


def send(address: str, key: str, letter: Letter, means: Means) -> None:
    """Write a line. Raises :class:`DeliveryError` where nobody reads."""
    check(address, means.settings)
    try:
        out = means.out()
        out.write(letter.body + b"\n")
        out.flush()
    except (OSError, ValueError) as error:
        raise DeliveryError(f"it cannot be written to ({error})", where="stdout", do="check who reads it") from None

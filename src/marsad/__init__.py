"""Marsad (مرصد, observatory): reads the news and records who did or said what to whom, and whether it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marsad.about import __version__

if TYPE_CHECKING:
    from marsad.coder import Coder, load
    from marsad.resolve.who import who

__all__ = ["Coder", "__version__", "load", "who"]


def __getattr__(name: str) -> Any:
    """``marsad.load``, ``Coder`` and ``who``, imported when first asked for, so that ``import marsad`` stays light."""
    if name in ("Coder", "load"):
        from marsad import coder

        return getattr(coder, name)
    if name == "who":
        from marsad.resolve.who import who

        return who
    raise AttributeError(f"module 'marsad' has no attribute {name!r}")

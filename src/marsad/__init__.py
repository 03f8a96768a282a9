"""Marsad (مرصد, observatory): reads the news and records who did or said what to whom, and whether it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marsad.about import __version__

if TYPE_CHECKING:
    from marsad.coder import Coder, load
    from marsad.desk import Desk
    from marsad.desk import Desk as open  # noqa: A004 (marsad.open, as the web has it in so many libraries)
    from marsad.resolve.who import who

__all__ = ["Coder", "Desk", "__version__", "load", "open", "who"]


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for, so that ``import marsad`` stays light."""
    if name in ("Coder", "load"):
        from marsad import coder

        return getattr(coder, name)
    if name in ("Desk", "open"):
        from marsad.desk import Desk

        return Desk
    if name == "who":
        from marsad.resolve.who import who

        return who
    raise AttributeError(f"module 'marsad' has no attribute {name!r}")

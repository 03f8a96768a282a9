"""What is dear to work out, kept while the store stays as it is: that of the API, which pages share."""

from __future__ import annotations

from marsad.api.cache import ALWAYS, MOST, Cache, Key

__all__ = ["ALWAYS", "MOST", "Cache", "Key"]

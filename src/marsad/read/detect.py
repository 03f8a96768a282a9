"""What an input is that does not say it: JSON by how it begins, else text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from marsad.read.chunks import ahead

# An array of objects, or an empty one: «[رويترز] بغداد» is how a dispatch begins.
_ARRAY = re.compile(rb"\s*\[\s*[{\]]")

_anything = msgspec.json.Decoder(msgspec.Struct)


def _is_object(data: bytes) -> bool:
    """Whether ``data`` is one JSON object, whatever is in it."""
    try:
        _anything.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def detected(parts: Iterator[bytes], limit: int) -> tuple[str, Iterator[bytes]]:
    """``text``, ``json`` or ``jsonl``, and ``parts`` with nothing lost.

    What begins with ``{`` is JSON lines if its first line is an object, which is all that is looked at then, or its
    second line begins another; a document if all of it is one object. Looks no further than ``limit`` bytes.
    """
    head, parts = ahead(parts, limit, rows=0)
    begin = head.lstrip()[:1]
    if begin == b"[":
        data, parts = ahead(parts, limit)
        return "json" if _ARRAY.match(data) else "text", parts
    if begin != b"{":
        return "text", parts
    head, parts = ahead(parts, limit, rows=1)
    if _is_object(head.lstrip().partition(b"\n")[0]):
        return "jsonl", parts
    head, parts = ahead(parts, limit, rows=2)
    if head.lstrip().partition(b"\n")[2].lstrip().startswith(b"{"):
        return "jsonl", parts
    data, parts = ahead(parts, limit)
    return "json" if _is_object(data) else "jsonl", parts

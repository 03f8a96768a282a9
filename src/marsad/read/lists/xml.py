"""XML of lists, record by record: memory is bounded by a record, and nothing outside the file is reached.

No official list has a DOCTYPE, so one with it is refused. libxml2 bounds the depth (256), a text and an attribute
(10 MB); :data:`APART` bounds what may stand between two records. A file that is broken or cut off gives an error, and
never half a list: a missing entry is the worst fault that a list can have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from marsad.errors import FormatError, ReadError, SizeError

#: Most bytes between the ends of two records; the reference values of OFAC's advanced form are the largest known.
APART = 4_000_000
#: Bytes that are read at a time.
_PART = 1 << 16
_DO = "get the file from its publisher again"


class _Bounded:
    """A file that may be read only so far without a record."""

    def __init__(self, file: BinaryIO, where: str) -> None:
        self._file, self._where = file, where
        self.since = 0

    def read(self, size: int = _PART) -> bytes:
        """The next bytes. Raises :class:`SizeError` where too many came without a record."""
        found = self._file.read(min(size, _PART))
        self.since += len(found)
        if self.since > APART:
            raise SizeError(f"no entry ends within {APART:,} bytes", where=self._where, do=_DO)
        return found


@dataclass(frozen=True, slots=True)
class Root:
    """The first element of a document: its name without the namespace, and its attributes."""

    name: str
    attributes: dict[str, str]


def root(path: Path) -> Root:
    """The first element. Raises :class:`FormatError` for what is no XML, and for a DOCTYPE."""
    for element in _events(path, None, "start"):
        return Root(local(element), {str(key).rpartition("}")[2]: value for key, value in element.attrib.items()})
    raise FormatError("no element in it", where=str(path), do=_DO)


def records(path: Path, tags: Sequence[str]) -> Iterator[Any]:
    """The elements of these names (lxml's, in any namespace) in their order; each is emptied before the next.

    Raises :class:`FormatError` for broken XML, :class:`SizeError` for more than :data:`APART` bytes without one.
    """
    return _events(path, [f"{{*}}{tag}" for tag in tags], "end")


def _events(path: Path, tags: list[str] | None, event: str) -> Iterator[Any]:
    from lxml import etree

    where = str(path)
    try:
        with path.open("rb") as file:
            bounded = _Bounded(file, where)
            found = etree.iterparse(
                bounded, events=(event,), tag=tags, resolve_entities=False, load_dtd=False, no_network=True,
                huge_tree=False, remove_comments=True, remove_pis=True, recover=False, collect_ids=False,
            )  # fmt: skip
            first = True
            for _, element in found:
                if first and element.getroottree().docinfo.doctype:
                    raise FormatError("it declares a DOCTYPE, which no official list does", where=where, do=_DO)
                first = False
                yield element
                bounded.since = 0
                _emptied(element)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"broken or cut off ({_told(error)})", where=where, do=_DO) from None
    except OSError as error:
        raise ReadError(f"cannot be read ({error.strerror or error})", where=where, do="check the file") from None


def _emptied(element: Any) -> None:
    """Let go of an element and of all that stands before it."""
    element.clear(keep_tail=False)
    while element is not None:
        parent = element.getparent()
        if parent is not None:
            while element.getprevious() is not None:
                del parent[0]
        element = parent


def _told(error: Any) -> str:
    line = getattr(error, "lineno", None)
    return f"line {line}: {str(error.msg)[:120]}" if line else str(error)[:120]


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Any, *path: str) -> Iterator[Any]:
    """The elements down a path of names, whatever their namespace."""
    if not path:
        yield element
        return
    for child in element:
        if isinstance(child.tag, str) and local(child) == path[0]:
            yield from children(child, *path[1:])


def texts(element: Any, *path: str) -> Iterator[str]:
    """The texts at the end of a path, those that say something."""
    for found in children(element, *path):
        if found.text and found.text.strip():
            yield found.text.strip()


def text(element: Any, *path: str) -> str:
    """The first text at the end of a path; empty where there is none."""
    return next(texts(element, *path), "")

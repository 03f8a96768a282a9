"""The lists that a user keeps: a folder beside the store, with a file for each list and day, and an index of them.

``index.jsonl`` is only appended to, a line for each list that was added or removed, with who stands for what: the list,
its day, the form and the names of the files it was read from, the hash of its entries. ``NAME@DAY.HASH.jsonl.gz`` holds
the entries, one JSON line each, in the order of their numbers, so that the same list gives the same bytes. Files are
there whole or not at all. Nothing is ever fetched.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec
from filelock import FileLock, Timeout

from marsad.assess.names import Listing, listed_names
from marsad.errors import BusyError, FormatError, NotFoundError, StoreError, WriteError
from marsad.knowledge import compiled, files
from marsad.knowledge.listed import Listed, ListId, listed
from marsad.read.lists import read_list
from marsad.text import names
from marsad.text.names import NameIndex, Packed
from marsad.types.lists import EntryType, ListedName, ListEntry, ListVersion, NameKind

#: The folder, beside the store, where nothing else is said.
FOLDER = "marsad-lists"
INDEX = "index.jsonl"
#: Seconds that a command waits for another that adds or removes.
PATIENCE = 60
#: What the names of the lists that come with Marsad begin with, and the lists.
SHIPPED = "shipped:"
_SHIPPED: Mapping[ListId, str] = MappingProxyType({"us/caatsa/231": "listed.csv", "un": "un_listed.csv"})
_SCHEMAS = {"Person": EntryType.PERSON, "Vessel": EntryType.VESSEL, "Airplane": EntryType.AIRCRAFT}
_NAMES = Path(names.__file__).parent
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_DATED = re.compile(r"\bDate: (\d{4})-(\d{2})(?:-(\d{2}))?")
_DO = "restore the folder from a copy, or add the lists anew"


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the index: a list that was added, or removed (``op``), when and from what."""

    op: str
    list: str
    as_of: date
    digest: str
    at: datetime
    form: str = ""
    source: str = ""
    entries: int = 0

    @property
    def file(self) -> str:
        """The name of the file with the entries."""
        return f"{self.list}@{self.as_of}.{self.digest[:12]}.jsonl.gz"

    @property
    def version(self) -> ListVersion:
        """The version of the list that the line tells of."""
        return ListVersion(
            list=self.list, as_of=self.as_of, form=self.form, source=self.source, digest=self.digest,
            entries=self.entries,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a list: its version, and whether it is new."""

    version: ListVersion
    new: bool


def folder_of(store: str, given: str = "") -> Path:
    """Where lists are kept: ``given``, else beside the file of the store, else in the current folder.

    >>> folder_of("desk/news.db").as_posix(), folder_of("postgresql://host/db").as_posix()
    ('desk/marsad-lists', 'marsad-lists')
    """
    if given:
        return Path(given)
    return Path(FOLDER) if "://" in store or not store else Path(store).parent / FOLDER


class Lists:
    """The lists in ``folder``, which need not be there yet; ``now`` is the clock, in UTC.

    Raises :class:`StoreError` for an index or a file that is damaged.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.folder, self.now = folder, now

    # --- what there is ---------------------------------------------------------------------------------------------

    def lines(self) -> list[Line]:
        """Every line of the index, the first first. A line that a crash cut off was never written."""
        path = self.folder / INDEX
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(f"cannot be read ({error.strerror})", where=str(path), do="check the folder") from None
        found = []
        for number, line in enumerate(data.split(b"\n")[:-1], 1):
            try:
                found.append(_decoder.decode(line))
            except msgspec.DecodeError as error:
                raise StoreError(f"line {number} is damaged ({error})", where=str(path), do=_DO) from None
        return found

    def versions(self) -> list[ListVersion]:
        """The versions that stand, by list and day."""
        return [line.version for line in self._standing()]

    def _standing(self) -> list[Line]:
        found: dict[tuple[str, date], Line] = {}
        for line in self.lines():
            if line.op == "add":
                found[line.list, line.as_of] = line
            else:
                found.pop((line.list, line.as_of), None)
        return [found[key] for key in sorted(found)]

    def at(self, day: date) -> tuple[list[ListVersion], list[ListVersion]]:
        """Of each list the newest version that is not after ``day``; and the oldest of each that has none."""
        newest: dict[str, ListVersion] = {}
        oldest: dict[str, ListVersion] = {}
        for version in self.versions():
            if version.as_of <= day:
                newest[version.list] = version
            oldest.setdefault(version.list, version)
        return list(newest.values()), [version for name, version in oldest.items() if name not in newest]

    def version(self, written: str) -> ListVersion:
        """The version of ``NAME@DAY``, or the newest of ``NAME``, shipped ones too. Raises :class:`NotFoundError`."""
        name, _, day = written.partition("@")
        of = [one for one in (*self.versions(), *shipped()) if one.list == name and day in ("", str(one.as_of))]
        if not of:
            raise NotFoundError(f"no list {written!r}", where=str(self.folder), do="`marsad lists` shows what there is")
        return of[-1]

    def entries(self, version: ListVersion) -> tuple[ListEntry, ...]:
        """Who stands on a version. Raises :class:`StoreError` where its file is missing or damaged."""
        if version.shipped:
            return _shipped(version.list)
        path = self._file(version)
        try:
            data = gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise StoreError(f"cannot be read ({error})", where=str(path), do=_DO) from None
        if _digest(data) != version.digest:
            raise StoreError("is not what was added", where=str(path), do=_DO)
        try:
            return tuple(_entries.decode(line) for line in data.splitlines())
        except msgspec.DecodeError as error:
            raise StoreError(f"is damaged ({error})", where=str(path), do=_DO) from None

    def listing(self, version: ListVersion, on: date | None = None) -> Listing:
        """A version with the index over its names, which is made once and kept beside it.

        Of a shipped list those are left out who were listed after ``on``.
        """
        entries = self.entries(version)
        if version.shipped:
            path, kept = files.DATA / version.source, None  # where all tables of the knowledge are kept
            name = "screen-" + path.stem
        else:
            path, kept = self._file(version), self.folder
            name = path.name.removesuffix(".jsonl.gz")
        packed = compiled.table(
            name, (path, *sorted(_NAMES.glob("*.t*"))), lambda: NameIndex(listed_names(entries)).packed(), Packed, kept
        )
        return Listing(version, entries, packed, on if version.shipped else None)

    def _file(self, version: ListVersion) -> Path:
        line = Line("add", version.list, version.as_of, version.digest, datetime.min)
        return self.folder / line.file

    # --- adding and removing ---------------------------------------------------------------------------------------

    def add(self, paths: Sequence[Path], as_of: date | None = None, name: str | None = None) -> Added:
        """Keep the list in these files as that of ``as_of``, else of the day that the file tells.

        ``name`` says which list it is, where the file alone would be taken for another. The same list of the same day
        is kept once; another content for that day takes its place. Raises what :func:`read_list` raises, and
        :class:`FormatError` for a list without a day.
        """
        read = read_list(paths)
        if name is not None and not _NAME.fullmatch(name):
            raise FormatError(f"{name!r} is no name of a list", do="use small letters, digits and hyphens")
        day = as_of or read.as_of
        if day is None:
            raise FormatError(
                "the file does not tell of which day it is", where=str(paths[0]), do="give --as-of YYYY-MM-DD"
            )
        data = b"".join(_encoder.encode(entry) + b"\n" for entry in read.entries)
        line = Line(
            "add", name or read.name, day, _digest(data), self.now(), read.form,
            " ".join(path.name for path in paths), len(read.entries),
        )  # fmt: skip
        with self._alone():
            known = {(one.list, one.as_of): one for one in self._standing()}.get((line.list, day))
            if known is not None and known.digest == line.digest and (self.folder / known.file).exists():
                return Added(known.version, False)
            _write(self.folder / line.file, gzip.compress(data, mtime=0))
            self._append(line)
        self.listing(line.version)  # makes the index of its names now, so that no screening waits for it
        return Added(line.version, True)

    def remove(self, written: str) -> ListVersion:
        """Take the version ``NAME@DAY`` away; the index goes on telling that it was there."""
        name, mark, day = written.partition("@")
        if not mark:
            raise NotFoundError(f"{written!r} names no day", do="write NAME@YYYY-MM-DD, as `marsad lists` shows it")
        with self._alone():
            found = next((one for one in self._standing() if (one.list, str(one.as_of)) == (name, day)), None)
            if found is None:
                raise NotFoundError(
                    f"no list {written!r}", where=str(self.folder), do="`marsad lists` shows what can be removed"
                )
            self._append(Line("remove", found.list, found.as_of, found.digest, self.now()))
            path = self.folder / found.file
            for one in (path, path.with_name(found.file.replace(".jsonl.gz", ".msgpack"))):
                with suppress(OSError):
                    one.unlink(missing_ok=True)
        return found.version

    def _append(self, line: Line) -> None:
        path = self.folder / INDEX
        try:
            with path.open("ab+") as out:
                if out.tell():
                    out.seek(-1, os.SEEK_END)
                    if out.read(1) != b"\n":
                        out.truncate(out.tell() - _torn(path))
                out.write(msgspec.json.encode(line) + b"\n")
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise WriteError(f"cannot be written ({error.strerror})", where=str(path), do="make room") from None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / ".lock")
            lock.acquire(timeout=PATIENCE)
        except Timeout:
            raise BusyError("another command adds or removes", where=str(self.folder), do="wait for it") from None
        except OSError as error:
            raise WriteError(
                f"cannot be written to ({error.strerror})", where=str(self.folder), do="give another folder"
            ) from None
        try:
            yield
        finally:
            lock.release()


def _torn(path: Path) -> int:
    """How many bytes stand behind the last end of a line: what a crash left of one."""
    data = path.read_bytes()
    return len(data) - (data.rfind(b"\n") + 1)


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WriteError(f"cannot be written ({error.strerror})", where=str(path), do="make room") from None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Line)
_entries = msgspec.json.Decoder(ListEntry)


# --- the lists that come with Marsad ---------------------------------------------------------------------------------


def shipped() -> list[ListVersion]:
    """The lists that come with Marsad: a compiled extract each, of the day that its file tells."""
    return list(_versions())


@cache  # to hash them takes a tenth of a second
def _versions() -> tuple[ListVersion, ...]:
    found = []
    for of, file in _SHIPPED.items():
        entries = _shipped(SHIPPED + of)
        data = b"".join(_encoder.encode(entry) + b"\n" for entry in entries)
        found.append(
            ListVersion(
                list=SHIPPED + of, as_of=_compiled(file), form="shipped", source=file, digest=_digest(data),
                entries=len(entries), shipped=True,
            )
        )  # fmt: skip
    return tuple(found)


def _compiled(file: str) -> date:
    told = _DATED.search(files.read(file)[:4000])
    if told is None:
        return date.min
    return date(int(told[1]), int(told[2]), int(told[3] or 1))


def _shipped(name: str) -> tuple[ListEntry, ...]:
    of: ListId = "un" if name == f"{SHIPPED}un" else "us/caatsa/231"
    return tuple(sorted(map(_of_listed, listed(of)), key=lambda entry: entry.uid))


def _of_listed(one: Listed) -> ListEntry:
    """A listed person of the knowledge; a short name that more often means a product is a weak one."""
    made = [
        ListedName(form, NameKind.WEAK if one.firm and " " not in form else NameKind.STRONG, "") for form in one.forms
    ]
    made.sort(key=lambda name: name.kind is NameKind.WEAK)
    made[0] = ListedName(made[0].text, NameKind.PRIMARY)
    return ListEntry(
        uid=one.id,
        type=_SCHEMAS.get(one.schema, EntryType.ENTITY),
        names=tuple(made),
        programmes=(one.sector,),
        listed=one.since,
        remarks=one.source,
    )

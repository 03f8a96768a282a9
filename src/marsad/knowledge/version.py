"""Which knowledge was in use: a digest of every table, so that a run says what it knew."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from marsad.errors import KnowledgeError
from marsad.knowledge.files import DATA

#: What tables are written in.
KINDS = (".csv", ".yaml", ".toml", ".tsv", ".txt")


def version(folders: Iterable[str] = ()) -> str:
    """Twelve hexadecimal digits that change with any data file, Marsad's own or of the user's ``folders``.

    Raises :class:`KnowledgeError` for a file that cannot be read.
    """
    made = blake2b(digest_size=6)
    for folder in (DATA, *map(Path, folders)):
        for path in sorted(
            one for one in folder.rglob("*") if one.suffix in (".csv", ".yaml", ".toml", ".tsv", ".txt")
        ):
            try:
                made.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
            except OSError as error:
                raise KnowledgeError(
                    f"cannot be read ({error.strerror or error})", where=str(path), do="restore the file"
                ) from None
    return made.hexdigest()

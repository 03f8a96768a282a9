"""Every error that Marsad raises, in one tree. A message says what, where, and what to do.

::

    MarsadError                     exit code
    ├── SettingsError   settings        2      a value of marsad.toml, MARSAD_* or an argument
    ├── ReadError       read            3      a file or a stream that cannot be read at all
    │   ├── EncodingError   encoding    3      bytes that are no text
    │   ├── FormatError     format      3      text that is not what it says it is (a broken JSON line)
    │   ├── SizeError       size        3      larger than the settings allow
    │   ├── EmptyError      empty       3      nothing to read in it
    │   └── LanguageError   language    3      a language that --strict-language refuses
    ├── NotFoundError   not-found       3      a label, a country, a file that does not exist
    ├── GoldError       gold            4      gold or predictions that cannot be compared
    ├── KnowledgeError  knowledge       4      a data file that is damaged
    └── ModelError      model           4      the model's files are missing or damaged

``code`` is the short name that the line format, the documentation and the tests use. The words of a message
are not stable, the codes are.
"""

from __future__ import annotations


class MarsadError(Exception):
    """The root. ``what`` went wrong, ``where`` (file, line, key), and what to ``do`` about it."""

    code = "error"
    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, do: str | None = None) -> None:
        self.what, self.where, self.do = what, where, do
        parts = [f"{where}: {what}" if where else what]
        if do:
            parts.append(do)
        super().__init__(". ".join(part.rstrip(".") for part in parts))


class SettingsError(MarsadError):
    """A setting has an unknown name or a value that cannot be used."""

    code = "settings"
    exit_code = 2


class ReadError(MarsadError):
    """An input cannot be read."""

    code = "read"
    exit_code = 3


class EncodingError(ReadError):
    """Bytes that are not UTF-8 text (or hold NULs, lone surrogates)."""

    code = "encoding"


class FormatError(ReadError):
    """The input is not of the format that it was taken for."""

    code = "format"


class SizeError(ReadError):
    """The input is larger than the settings allow."""

    code = "size"


class EmptyError(ReadError):
    """The input holds no text."""

    code = "empty"


class LanguageError(ReadError):
    """Neither Arabic nor English, under ``strict_language``."""

    code = "language"


class NotFoundError(MarsadError):
    """What was asked for does not exist."""

    code = "not-found"
    exit_code = 3


class GoldError(MarsadError):
    """Gold and predictions cannot be compared."""

    code = "gold"
    exit_code = 4


class KnowledgeError(MarsadError):
    """A data file of ``knowledge/data`` (or of the user) is damaged."""

    code = "knowledge"
    exit_code = 4


class ModelError(MarsadError):
    """The model's files are missing, damaged, or of another version."""

    code = "model"
    exit_code = 4


def tree() -> list[type[MarsadError]]:
    """Every error class, the root first: what the documentation and its test walk."""
    found: list[type[MarsadError]] = []
    queue: list[type[MarsadError]] = [MarsadError]
    while queue:
        cls = queue.pop(0)
        found.append(cls)
        queue = cls.__subclasses__() + queue
    return found

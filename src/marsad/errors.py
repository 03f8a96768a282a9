"""Every error that Marsad raises, in one tree. A message says what, where, and what to do.

::

    MarsadError                     exit code
    ├── SettingsError   settings        2      a value of marsad.toml, MARSAD_* or an argument
    ├── ReadError       read            3      a file or a stream that cannot be read at all
    │   ├── EncodingError   encoding    3      bytes that are no text
    │   ├── FormatError     format      3      text that is not what it says it is (a broken JSON line)
    │   ├── SizeError       size        3      larger than the settings allow
    │   ├── EmptyError      empty       3      nothing to read in it
    │   ├── LanguageError   language    3      a language that --strict-language refuses
    │   └── FetchError      fetch       5      an address that did not give its page
    │       ├── AddressError    address     5      an address on a private network, or none at all
    │       └── RobotsError     robots      5      a page that its site asks robots to leave alone
    ├── DeliveryError   delivery        5      a message that its receiver has not taken
    ├── WriteError      write           1      an output that cannot be written
    ├── ExtraError      extra           2      an optional package that is not installed
    ├── NotFoundError   not-found       3      a label, a country, a file that does not exist
    ├── GoldError       gold            4      gold or predictions that cannot be compared
    ├── KnowledgeError  knowledge       4      a data file that is damaged
    ├── ModelError      model           4      the model's files are missing or damaged
    └── StoreError      store           4      a store that cannot be opened, read or written
        ├── BusyError       busy            4      another command is at work on the store
        └── VersionError    version         4      a store that a newer Marsad has made

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


class FetchError(ReadError):
    """An address did not give its page: no answer, a status of the 400s or 500s, too many redirects, too large."""

    code = "fetch"
    exit_code = 5


class AddressError(FetchError):
    """An address that must not be fetched: on a private, loopback or link-local network, or not http(s)."""

    code = "address"


class RobotsError(FetchError):
    """The robots.txt of the site asks to leave the page alone."""

    code = "robots"


class DeliveryError(MarsadError):
    """A message was not taken by the channel that it goes to.

    ``again``: whether another try makes sense; ``pause``: how many seconds the receiver asks to be left alone.
    """

    code = "delivery"
    exit_code = 5

    def __init__(
        self, what: str, *, where: str | None = None, do: str | None = None, again: bool = True, pause: float = 0.0
    ) -> None:
        super().__init__(what, where=where, do=do)
        self.again, self.pause = again, pause


class WriteError(MarsadError):
    """An output cannot be written: a full disk, a folder that is not there."""

    code = "write"
    exit_code = 1


class ExtraError(MarsadError):
    """A format or an engine needs an optional package that is not installed; the message names the extra."""

    code = "extra"
    exit_code = 2


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


class StoreError(MarsadError):
    """A store cannot be opened, read or written."""

    code = "store"
    exit_code = 4


class BusyError(StoreError):
    """Another command is at work on the store."""

    code = "busy"


class VersionError(StoreError):
    """The store has tables that this version of Marsad does not know."""

    code = "version"


def tree() -> list[type[MarsadError]]:
    """Every error class, the root first: what the documentation and its test walk."""
    found: list[type[MarsadError]] = []
    queue: list[type[MarsadError]] = [MarsadError]
    while queue:
        cls = queue.pop(0)
        found.append(cls)
        queue = cls.__subclasses__() + queue
    return found

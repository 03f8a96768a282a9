"""One frozen Settings, from defaults, ``marsad.toml``, ``MARSAD_*`` and arguments, the later over the earlier.

Pure but for :func:`load`, which is handed the file, the environment and the arguments by its caller.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from marsad.errors import SettingsError

#: The languages of the interface.
INTERFACE = ("ar", "en")


def _is_path(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\0" not in value


def _is_smtp(value: str) -> bool:
    """Whether a mail server can be asked at ``value``: its scheme says how, and no password stands in it."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    written = value.isascii() and value.isprintable() and " " not in value
    bare = parts.password is None and parts.path in ("", "/") and not parts.query and not parts.fragment
    return written and bare and parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and port != 0


def _is_site(value: str) -> bool:
    """Whether ``value`` is an address under which pages can stand: http(s), without a query or a name in it."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    written = value.isascii() and value.isprintable() and not set(value) & set(" \"'<>?#@")
    return written and parts.scheme in ("http", "https") and bool(parts.hostname)


#: An address of e-mail that can stand in a header as it is: the common part of RFC 5322, in ASCII.
MAIL = re.compile(
    r"(?=.{3,254}\Z)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,9}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){0,9}[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\Z"
)
#: Fewest characters of the secret that messages are signed with.
SECRET = 16
#: Settings whose value is never shown.
HIDDEN = frozenset({"secret"})
#: Settings that a message does not repeat: somebody may have written a password into them.
_UNSAID = HIDDEN | {"smtp"}
#: Variables that begin with MARSAD_ and are no settings: they are never kept, and read where they are needed.
PASSWORDS = frozenset({"MARSAD_SMTP_PASSWORD"})

#: What a value has to be, beyond its type: a test, and the words for it.
_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "knowledge": (
        lambda value: isinstance(value, tuple) and all(map(_is_path, value)),
        "paths of folders, each a text, in a list (a tuple in Python)",
    ),
    "threads": (lambda value: 1 <= value <= 256, "a whole number from 1 to 256"),
    "processes": (lambda value: 1 <= value <= 256, "a whole number from 1 to 256"),
    "batch_size": (lambda value: 1 <= value <= 100_000, "a whole number from 1 to 100000"),
    "min_score": (lambda value: 0.0 <= value <= 1.0, "a number from 0 to 1"),
    "lang": (lambda value: value in INTERFACE, "one of " + ", ".join(INTERFACE)),
    "max_bytes": (lambda value: value >= 1_000, "a whole number of at least 1000"),
    "contact": (lambda value: value.isascii() and value.isprintable(), "an address without line ends, in ASCII"),
    "delay": (lambda value: 0.0 <= value <= 3600.0, "a number of seconds from 0 to 3600"),
    "timeout": (lambda value: 0.1 <= value <= 600.0, "a number of seconds from 0.1 to 600"),
    "redirects": (lambda value: 0 <= value <= 20, "a whole number from 0 to 20"),
    "max_page": (lambda value: 1_000 <= value <= 1_000_000_000, "a whole number from 1000 to 1000000000"),
    "fetchers": (lambda value: 1 <= value <= 64, "a whole number from 1 to 64"),
    "sanctioner": (
        lambda value: not value or (value.isascii() and value.isalpha() and value.isupper()),
        "the code of a state or a body (USA, EU), or nothing",
    ),
    "persist": (lambda value: 1 <= value <= 14, "a whole number from 1 to 14"),
    "smtp": (
        lambda value: not value or _is_smtp(value),
        "smtps://name@host:465 or smtp://name@host:587 without a password, which MARSAD_SMTP_PASSWORD has",
    ),
    "sender": (lambda value: not value or bool(MAIL.match(value)), "one address of e-mail, such as desk@example.org"),
    "secret": (
        lambda value: not value or (len(value) >= SECRET and value.isascii() and value.isprintable()),
        f"at least {SECRET} characters, in ASCII",
    ),
    "public": (lambda value: not value or _is_site(value), "an address such as https://marsad.example.org"),
    "color": (lambda value: value in ("auto", "always", "never"), "auto, always or never"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every knob of Marsad. ``docs/*/settings.md`` has a line on each, checked by a test."""

    #: Folder of the model's files; empty for the one shipped in the package.
    model: str = ""
    #: Folders with tables of one's own: actors, office-holders, places. They add to what Marsad knows, or mend it.
    knowledge: tuple[str, ...] = ()
    #: Threads of one process inside the model.
    threads: int = 1
    #: Processes that code articles side by side; results come back in order.
    processes: int = 1
    #: Articles handed to a process at a time. Never changes a result.
    batch_size: int = 64
    #: Events below this score are left out of the output (0 keeps all that the model decided for).
    min_score: float = 0.0
    #: Language of the interface: ar or en.
    lang: str = "en"
    #: Refuse articles that are neither Arabic nor English instead of marking them unmeasured.
    strict_language: bool = False
    #: Largest file or line, in bytes.
    max_bytes: int = 32_000_000
    #: The store: a file, or an address such as postgresql://…; empty for marsad.db in the current folder.
    store: str = ""
    #: Whom a site may write to about our fetching: an address of the web or of e-mail, sent with each request.
    contact: str = ""
    #: Least seconds between two requests to one host.
    delay: float = 5.0
    #: Longest time for one page, in seconds, redirects included.
    timeout: float = 30.0
    #: Most redirects that are followed for one page.
    redirects: int = 5
    #: Largest page or feed that is fetched, in bytes.
    max_page: int = 10_000_000
    #: Hosts that are asked side by side.
    fetchers: int = 8
    #: Fetch from private, loopback and link-local networks too.
    private: bool = False
    #: Folder for WARC copies of what was fetched; empty for none.
    archive: str = ""
    #: Whose warnings stand beside the course of a pair: the code of a state or a body; empty for nobody's.
    sanctioner: str = "USA"
    #: Days that a change in what passes between two must last before it is told.
    persist: int = 4
    #: The mail server that sends alerts: smtps://name@host:465, or smtp://name@host:587 (STARTTLS); empty for none.
    smtp: str = ""
    #: The address of e-mail that alerts come from.
    sender: str = ""
    #: What messages to webhooks are signed with; empty for no signature.
    secret: str = field(default="", repr=False)
    #: The address under which others reach the pages of this observatory, for links in messages; empty for none.
    public: str = ""
    #: Colours at a terminal: auto, always or never.
    color: str = "auto"

    def __post_init__(self) -> None:
        for key in _RULES:
            _check(key, getattr(self, key))


def _check(key: str, value: Any, where: str | None = None) -> None:
    """Raise if the value is out of its range."""
    if key in _RULES and not _RULES[key][0](value):
        shown = "…" if key in _UNSAID else repr(value)
        raise SettingsError(f"{key} = {shown} is not allowed", where=where, do=f"give {_RULES[key][1]}")


@dataclass(frozen=True, slots=True)
class Sourced:
    """The settings, and for each key where its value came from."""

    settings: Settings
    origin: Mapping[str, str] = field(default_factory=dict)


#: The type of a field that holds several texts.
_LIST = "tuple[str, ...]"
_TYPES: dict[str, type] = {"int": int, "float": float, "bool": bool, "str": str}
_WORDS = {
    "int": "a whole number", "float": "a number", "bool": "true or false", "str": "text",
    _LIST: 'a list of texts, ["…"]',
}  # fmt: skip
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def _convert(key: str, value: Any, kind: str, where: str) -> Any:
    """``value`` (a string of the environment, or what TOML or an argument gave) as the field's type."""
    words = _WORDS[kind]
    shown = "…" if key in _UNSAID else repr(value)
    wrong = SettingsError(f"{key} = {shown} is not {words}", where=where, do=f"give {words}")
    if kind == "bool":
        if isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
        raise wrong
    if kind == _LIST:
        if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise wrong
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise wrong
    if kind == "str" and not isinstance(value, str):
        raise wrong
    if kind == "int" and isinstance(value, float):
        raise wrong
    try:
        return _TYPES[kind](value)
    except ValueError:
        raise wrong from None


def load(
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    arguments: Mapping[str, Any] | None = None,
) -> Sourced:
    """Settings from ``file`` (TOML, if it exists), ``environ`` (``MARSAD_*``) and ``arguments`` (None: not given).

    A list is separated in the environment as ``PATH`` is; an empty one of the arguments is not given.

    Raises :class:`SettingsError` for an unknown key or a value that is not allowed, naming where it stands.

    >>> load(environ={"MARSAD_THREADS": "2"}).origin["threads"]
    'MARSAD_THREADS'
    """
    kinds = {f.name: str(f.type) for f in fields(Settings)}
    values: dict[str, Any] = {}
    origin = dict.fromkeys(kinds, "default")

    def take(key: str, value: Any, where: str) -> None:
        if key not in kinds:
            raise SettingsError(
                f"unknown setting {key!r}", where=where, do="`marsad settings` lists them: " + ", ".join(kinds)
            )
        values[key] = _convert(key, value, kinds[key], where)
        _check(key, values[key], where)
        origin[key] = where

    if file is not None and file.exists():
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError(f"cannot be read ({reason})", where=str(file), do="mend or remove it") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"not readable as TOML ({error})", where=str(file), do="mend or remove it") from None
        for key, value in table.items():
            take(key, value, str(file))
    for name, value in sorted((environ or {}).items()):
        if name.startswith("MARSAD_") and name not in PASSWORDS:
            key = name.removeprefix("MARSAD_").lower()
            listed = kinds.get(key) == _LIST
            take(key, tuple(filter(None, value.split(os.pathsep))) if listed else value, name)
    for key, value in (arguments or {}).items():
        if value is not None and value != ():
            take(key, value, "argument")
    return Sourced(Settings(**values), origin)

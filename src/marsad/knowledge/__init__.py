"""What is known before reading: the ontology, countries, actors and offices over time, weapons, places, a lexicon.

The vocabulary stands in ``data/`` as CSV and YAML, each file with its source, licence and date
(``data/SOURCES.md`` lists them). A new spelling of a country is a word in ``data/spellings.csv``, a condition on an
ambiguous one a line in ``data/ambiguous.yaml``, a label an entry of ``data/plover.yaml``.

Modules read the files and look up. What a user's folders add holds inside :func:`using`, and nowhere else: tables and
caches that depend on it are :func:`kept` apart for each set of folders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from marsad.knowledge.folders import Added

P = ParamSpec("P")
T = TypeVar("T")

# Of a context, so that two coders with folders of their own, in threads or one inside the other, do not meet.
_ADDED: ContextVar[Added | None] = ContextVar("marsad.knowledge", default=None)
#: Tables of so many sets of folders are kept: a process has one, or a few.
SETS = 8


def added() -> Added | None:
    """What the folders in use add to the built-in tables; None where none is in use.

    >>> added() is None
    True
    """
    return _ADDED.get()


@contextmanager
def within(given: Added | None) -> Iterator[None]:
    """Inside, the tables hold what is ``given`` too, as :func:`marsad.knowledge.folders.load` gives it."""
    token = _ADDED.set(given)
    try:
        yield
    finally:
        _ADDED.reset(token)


@contextmanager
def using(folders: Iterable[Path | str]) -> Iterator[None]:
    """Inside, every table holds what ``folders`` add (see :mod:`marsad.knowledge.folders`); with none, nothing more.

    A table is read when it is first asked for, and again when a file of a folder has changed by then. Raises
    :class:`~marsad.errors.KnowledgeError` for what is wrong with a folder.

    >>> with using([]):
    ...     added() is None
    True
    """
    chosen = tuple(folders)
    if not chosen:
        with within(None):
            yield
        return
    from marsad.knowledge.folders import load  # which imports the tables, and they this

    with within(load(chosen)):
        yield


def kept(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keeps the last ``most`` results of a function, by its arguments and by the folders in use.

    >>> @kept(2)
    ... def doubled(word: str) -> str:
    ...     return word + word
    >>> doubled("a") is doubled("a")
    True
    """

    def decorated(function: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(most)
        def of(_: Added | None, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return function(*args, **kwargs)

        @wraps(function)
        def called(*args: P.args, **kwargs: P.kwargs) -> T:
            return of(_ADDED.get(), *args, **kwargs)  # type: ignore[arg-type]  # hashable, as for any lru_cache

        return called

    return decorated

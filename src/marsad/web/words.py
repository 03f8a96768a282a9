"""The words of the pages in both languages: one file a page under ``words/``; ``shared.toml`` is for all of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from marsad.errors import KnowledgeError

#: The file of what every page may use.
SHARED = "shared"


@cache
def book(name: str) -> Mapping[str, Mapping[str, str]]:
    """Key, language: the word, of the file ``words/<name>.toml``.

    Raises :class:`~marsad.errors.KnowledgeError` for a file that cannot be read.
    """
    where = f"web/words/{name}.toml"
    try:
        table: Mapping[str, Mapping[str, str]] = tomllib.loads(
            files("marsad.web").joinpath("words", f"{name}.toml").read_text(encoding="utf-8")
        )
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"cannot be read ({error})", where=where, do="install Marsad again") from None
    return table


def word(page: str, key: str, lang: str, **given: object) -> str:
    """The word ``key`` of a page, else of what all share, with its places filled.

    >>> word("shared", "search", "ar")
    'بحث'
    """
    for name in (page, SHARED):
        if (found := book(name).get(key)) is not None:
            return found[lang].format(**given) if given else found[lang]
    raise KnowledgeError(f"no word {key!r}", where=f"web/words/{page}.toml", do="add it in both languages")

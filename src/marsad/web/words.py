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
    """Key, language: the word, of the file ``words/<name>.toml``; empty for a page without words of its own.

    Raises :class:`~marsad.errors.KnowledgeError` for a file that cannot be read.
    """
    file = files("marsad.web").joinpath("words", f"{name}.toml")
    if not file.is_file():
        return {}
    try:
        table: Mapping[str, Mapping[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(
            f"cannot be read ({error})", where=f"web/words/{name}.toml", do="install Marsad again"
        ) from None
    return table


def word(page: str, key: str, lang: str, **given: object) -> str:
    """The word ``key`` of a page, else of what all share, with its places filled.

    Raises :class:`~marsad.errors.KnowledgeError` for a word that is nowhere.

    >>> word("shared", "search", "ar")
    'بحث'
    """
    for name in (page, SHARED):
        if (found := book(name).get(key)) is not None:
            return found[lang].format(**given) if given else found[lang]
    raise KnowledgeError(f"no word {key!r}", where=f"web/words/{page}.toml", do="add it in both languages")


def counted(page: str, key: str, n: int, lang: str, shown: str | None = None) -> str:
    """The word ``key`` for ``n`` things, with ``n`` (as ``shown``) in it.

    Its forms are set apart by ``|``: in English one and many, in Arabic those of 0, 1, 2, 3 to 10, 11 to 99, hundreds.

    >>> [counted("shared", "n_articles", n, "ar") for n in (1, 2, 3, 11, 100)]
    ['مقال واحد', 'مقالان', '3 مقالات', '11 مقالا', '100 مقال']
    >>> counted("shared", "n_articles", 1, "en")
    '1 article'
    """
    forms = word(page, key, lang).split("|")
    form = forms[_arabic(n)] if lang == "ar" else forms[n != 1]
    return form.format(n=shown if shown is not None else n)


def _arabic(n: int) -> int:
    """Which of the six forms stands with a number."""
    if n < 3:
        return n
    rest = n % 100
    return 3 if 3 <= rest <= 10 else 4 if rest >= 11 else 5

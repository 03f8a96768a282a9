"""Words that the rules of the annotating step look for, from ``grammar.yaml``."""

from __future__ import annotations

from functools import cache

from marsad.errors import KnowledgeError
from marsad.knowledge import files
from marsad.text import fold_text


@cache
def _classes() -> dict[str, frozenset[str]]:
    given = files.document("grammar.yaml")["classes"]
    return {
        name: frozenset(fold_text(form).lower() for entry in item["entries"] for form in entry["forms"].split())
        for name, item in given.items()
    }


def words(name: str) -> frozenset[str]:
    """The folded words of a class. Raises :class:`KnowledgeError` for an unknown one.

    >>> "نقبل" in words("ACCEPTANCE")
    True
    """
    try:
        return _classes()[name]
    except KeyError:
        raise KnowledgeError(f"no class {name!r}", where="grammar.yaml", do="add it there") from None

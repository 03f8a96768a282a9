"""Language (first version)."""

from __future__ import annotations

import re

_SCRIPTS = (("ar", "[؀-ۿ]"), ("en", "[A-Za-z]"), ("ru", "[а-яА-Я]"), ("he", "[א-ת]"))


def language(text: str) -> str:
    """The code of the language of ``text``."""
    sample = text[:2000]
    counts = {code: len(re.findall(p, sample)) for code, p in _SCRIPTS}
    best = max(counts, key=lambda c: counts[c])
    return best if counts[best] else "other"

"""Two names side by side: which word answers to which, what is left over, and whether that may be one name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from marsad.text.names.bodies import bodies
from marsad.text.names.compare import NameMatch, Part
from marsad.text.names.initials import abbreviation, stands_for
from marsad.text.names.persons import persons
from marsad.text.names.words import Named, named


def name_score(a: str, b: str) -> NameMatch:
    """How far two names in Arabic, Latin or Cyrillic letters may name the same, with the reason for each word.

    Order of the arguments does not matter but to ``parts``. From :data:`SAME` on they are held to be the same: further
    names in the middle or at the end agree with that, another given name, or one before, does not. Hostile text is
    read up to a bound. Pure; no error is raised.

    >>> name_score("سيرغي شويغو", "Сергей Шойгу").score > 0.9
    True
    >>> match = name_score("سيرغي لافروف", "Sergei Ryabkov")
    >>> match.score < 0.6, [(part.a, part.b, part.why) for part in match.parts]
    (True, [('سيرغي', 'Sergei', 'spelling'), ('لافروف', None, 'conflict'), (None, 'Ryabkov', 'conflict')])
    """
    if a > b:
        match = _score(b, a)
        return NameMatch(match.score, tuple(_swapped(match.parts)))
    return _score(a, b)


def _short(x: Named, y: Named) -> bool:
    initials = abbreviation(x) if len(y.words) > 2 else ""
    return bool(initials) and stands_for(initials, y.words)


def _swapped(parts: tuple[Part, ...]) -> Iterator[Part]:
    """The parts seen from the other name; of words left over at one place those of the first name come first."""
    later: list[Part] = []
    for part in parts:
        turned = Part(part.b, part.a, part.score, part.why)
        if part.b is None:
            later.append(turned)
            continue
        if part.a is not None:
            yield from later
            later = []
        yield turned
    yield from later


@lru_cache(1 << 12)
def _score(a: str, b: str) -> NameMatch:
    x, y = named(a), named(b)
    if not x.words or not y.words:
        return NameMatch(0.0, ())
    if a == b or [word.forms for word in x.words] == [word.forms for word in y.words]:
        return NameMatch(1.0, tuple(Part(w.shown, v.shown, 1.0, "same") for w, v in zip(x.words, y.words, strict=True)))
    if x.body or y.body or any(_short(*pair) for pair in ((x, y), (y, x))):
        return bodies(x, y)
    return persons(x, y)

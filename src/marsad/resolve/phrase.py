"""A phrase read into words and pieces: terms of the vocabulary of offices, and states."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marsad.knowledge import gazetteer, kept
from marsad.knowledge.countries import is_arabic
from marsad.knowledge.organs import Term, terms, variants
from marsad.text import Folded, fold

_WORD = re.compile(r"[^\W_]+")
_OF = frozenset(
    {"of", "for", "to", "in", "at", "from", "with", "on", "against", "between", "near", "by", "who", "whose", "under"}
)
#: Terms that give way to a state of the same words.
_WEAK = frozenset({"noise", "pointer", "plural", "nothing", "adjective", "mark", "bloc", "counting"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the phrase: in small letters, as written (folded), and whether it has the article."""

    text: str
    written: str
    start: int
    stop: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.written[:1].isupper()


@dataclass(frozen=True, slots=True)
class Piece:
    """A term or a state, at the words ``first`` to ``last`` (the last not inside)."""

    first: int
    last: int
    term: Term | None = None
    state: gazetteer.Hit | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The words of a phrase, the pieces in them, and the words that belong to none."""

    phrase: str
    folded: Folded
    words: tuple[Word, ...]
    variants: tuple[tuple[str, ...], ...]
    pieces: tuple[Piece, ...]
    rest: tuple[int, ...]
    latin: bool

    @property
    def states(self) -> tuple[Piece, ...]:
        """The pieces that name states, those outside other terms."""
        return tuple(piece for piece in self.pieces if piece.state and not piece.term)

    def marks(self) -> frozenset[str]:
        """The marks in the phrase: former, acting, designate."""
        return frozenset(p.term.key for p in self.pieces if p.term and p.term.kind == "mark")

    def ordered(self) -> tuple[Piece, ...]:
        """The pieces from the head on."""
        if not self.latin:
            return self.pieces
        inside = {at for piece in self.pieces if piece.term for at in range(piece.first, piece.last) if _solid(piece)}
        cut = next((at for at, word in enumerate(self.words) if at and word.text in _OF and at not in inside), None)
        if cut is None:
            return self.pieces[::-1]
        left = [piece for piece in self.pieces if piece.first < cut]
        return (*left[::-1], *(piece for piece in self.pieces if piece.first >= cut))


def _solid(piece: Piece) -> bool:
    return piece.term is not None and piece.term.kind != "noise"


def read(phrase: str) -> Reading:
    """The words and pieces of a phrase. Linear in its length."""
    return _read(phrase)


@kept(1 << 12)
def _read(phrase: str) -> Reading:
    folded = fold(phrase)
    found = []
    for word in _WORD.finditer(folded.text):
        span = folded.span(word.start(), word.end())
        found.append(Word(word[0].lower(), word[0], span.start, span.stop))
    hits = _hits(found, gazetteer.find(phrase, folded, places=True))
    forms = tuple(variants(word.text) for word in found)
    over = {first: last for first, (hit, last) in hits.items() if hit.kind in ("name", "demonym")}
    marks = _marks(forms) if is_arabic(folded.text) else {}
    over |= {at: at + 1 for at in marks}
    pieces: list[Piece] = []
    rest: list[int] = []
    at = 0
    while at < len(found):
        match = terms().longest(forms, at, over)
        hit = hits.get(at)
        weak = match is not None and (match[0].kind in _WEAK or (hit is not None and _bent(found, at, match, hit)))
        if hit and (match is None or weak or match[1] < hit[1]) and not (match and match[1] > hit[1]):
            pieces.append(Piece(at, hit[1], state=hit[0]))
            at = hit[1]
            continue
        if match:
            term, stop = match
            pieces.append(Piece(at, stop, term))
            for inner in range(at + 1, stop):  # «رئيس حكومة إقليم كردستان»: a name that goes on behind the term
                if inner in hits and hits[inner][1] > stop:
                    pieces.append(Piece(stop, hits[inner][1], None, hits[inner][0]))
                    at = hits[inner][1]
            for inner in range(at, stop):  # the state in the middle of an office or in a proper name
                if inner in hits and hits[inner][1] <= stop:
                    state = hits[inner][0]
                    pieces.append(Piece(inner, hits[inner][1], None, state))
                    break
            if term.kind in ("organ", "office"):  # «الأمين العام السابق للأمم المتحدة»
                pieces += [Piece(inner, inner + 1, marks[inner]) for inner in range(at + 1, stop) if inner in marks]
            at = max(at, stop)
        else:
            if not found[at].text.isdigit():
                rest.append(at)
            at += 1
    latin = not is_arabic(folded.text)
    return Reading(phrase, folded, tuple(found), forms, tuple(pieces), tuple(rest), latin)


def _marks(forms: tuple[tuple[str, ...], ...]) -> dict[int, Term]:
    """The words that are marks by themselves, which may stand inside an office."""
    found = ((at, terms().longest((form,), 0)) for at, form in enumerate(forms))
    return {at: match[0] for at, match in found if match and match[0].kind == "mark"}


def _bent(found: list[Word], at: int, match: tuple[Term, int], hit: tuple[gazetteer.Hit, int]) -> bool:
    """Whether words are the name of a state, and a term only when bent: «الإمارات», which might be emirates."""
    words = " ".join(word.written for word in found[at : match[1]])
    return hit[0].kind == "name" and hit[1] == match[1] and terms().get(words) is None


def _hits(found: list[Word], hits: list[gazetteer.Hit]) -> dict[int, tuple[gazetteer.Hit, int]]:
    """By the word that a hit begins with: the hit, and the word after it."""
    placed: dict[int, tuple[gazetteer.Hit, int]] = {}
    at = 0
    for hit in hits:
        while at < len(found) and found[at].stop <= hit.span.start:
            at += 1
        stop = at
        while stop < len(found) and found[stop].start < hit.span.stop:
            stop += 1
        if stop > at:
            placed[at] = hit, stop
            at = stop
    return placed

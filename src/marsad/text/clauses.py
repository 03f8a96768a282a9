"""A long sentence cut at clause starts, so that the model reads pieces of a length that it was trained on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from marsad.text.fold import HAMZA_MARKS, TASHKEEL
from marsad.text.quotes import quotes
from marsad.text.sentences import trimmed
from marsad.text.stops import SAYING, any_of
from marsad.types import Span

#: What counts as a word; parts of a run that no writer wrote count one by one, so that a piece is bounded.
_WORD = re.compile(rf"[\w{TASHKEEL}{HAMZA_MARKS}]{{1,64}}|[^\w\s]{{64}}")

#: After a comma: and (or "then") said; while, as, whereas, when, since, where, but, except that, which led to, …
_ARABIC = (
    rf"[وف]?(?:{any_of(SAYING)})\b|و?(?:فيما|بينما|كما|في حين|في الوقت|في وقت|إذ|حيث|لكن|لكنه|لكنها|إلا أن|غير أن|"
    r"على أن|رغم|على الرغم|بعد أن|بعدما|قبل أن|عندما|مما|ما أدى|الأمر الذي|لأن|فضلاً? عن|إضافة إلى|بالإضافة إلى)\b|"
    r"(?:وهو|وهي|وذلك|وقد|وكان|وكانت|ولم|ولن|ولا|وليس|وسط)\b|"
    # pointing out, stressing, adding, explaining, noting, holding, voicing, calling, accusing, warning, demanding, …
    r"و?(?:مشير|مؤكد|مضيف|موضح|لافت|معتبر|معرب|داعي|متهم|محذر|منوه|مبين|مطالب|متعهد|مجدد|مهدد|مشدد|مستطرد|متابع|مردف)"
    r"(?:اً|ًا|ا|ة|ةً|ين)\b"
)
_ENGLISH = (
    r"(?:while|but|which|who|where|when|whereas|although|though|after|before|as|because|since|saying|adding|noting|"
    r"warning|stressing|accusing|calling|urging|citing|according|including|however|despite|and (?:said|added|that|the|"
    r"he|she|it|they|has|have|had|is|was|were|will|would))\b"
)
#: Where a clause may start: after the match. The strongest first; a plain comma may stand in a list of names.
_START = re.compile(
    rf"(?P<strong>[؛;]\s*(?=\D)|،\s*(?={_ARABIC})|,\s*(?={_ARABIC})|,\s+(?={_ENGLISH}))"
    r"|(?P<fair>[،,]\s*(?=[وف]\w))|(?P<weak>،\s*(?=[^\W\d])|,\s+(?=[^\W\d])|:\s+|\s[-–—ـ]\s+)"
)
_STRENGTH = {"strong": 3, "fair": 2, "weak": 1}
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_OPENERS = "«“\"'([‘"
_Start = tuple[int, int, int]


def clauses(text: str, span: Span, limit: int = 60) -> list[Span]:
    """The pieces of the sentence ``span`` of ``text``: itself, or where it has more than ``limit`` words, its clauses.

    A piece starts at a clause where it can, never inside a quotation, a bracket or an amount of up to
    ``2 * limit`` words, and has at most ``2 * limit`` words. Only white space stands between two pieces.

    >>> text = "قال الوزير إن الاتفاق قريب، فيما نفت بغداد ذلك"
    >>> [piece.of(text) for piece in clauses(text, Span(0, len(text)), limit=6)]
    ['قال الوزير إن الاتفاق قريب،', 'فيما نفت بغداد ذلك']
    """
    words = [match.start() for match in _WORD.finditer(text, span.start, span.stop)]
    if len(words) <= limit:
        return [span]
    whole = _Whole(text, span, words, 2 * limit)
    starts = _starts(whole)
    cuts, first = [], 0
    while len(words) - first > limit:
        chosen = _choose(starts, first, len(words), limit) or whole.space(first)
        if chosen is None:
            break
        first, cut = chosen
        cuts.append(cut)
    borders = [span.start, *cuts, span.stop]
    pieces = (trimmed(text, start, stop) for start, stop in pairwise(borders))
    return [piece for piece in pieces if piece is not None]


class _Whole:
    """What must not be cut: quotations and brackets of at most ``most`` words, and amounts."""

    def __init__(self, text: str, span: Span, words: list[int], most: int) -> None:
        self.text, self.span, self.words, self.most = text, span, words, most
        inside = [quote.shift(span.start) for quote in quotes(span.of(text))]
        brackets = _BRACKETS.finditer(text, span.start, span.stop)
        inside += [Span(match.start() + 1, match.end() - 1) for match in brackets]
        self.starts: list[int] = []
        self.stops: list[int] = []
        for part in sorted(inside):
            if bisect_left(words, part.stop) - bisect_left(words, part.start) > most:
                continue
            if self.stops and part.start <= self.stops[-1]:
                self.stops[-1] = max(self.stops[-1], part.stop)
            else:
                self.starts.append(part.start)
                self.stops.append(part.stop)

    def holds(self, at: int) -> bool:
        """Whether ``at`` stands between the marks of a quotation or bracket."""
        part = bisect_right(self.starts, at) - 1
        return part >= 0 and at <= self.stops[part]

    def space(self, first: int) -> tuple[int, int] | None:
        """Where to cut for want of a clause: the last white space within the limit, else the last word; or nowhere."""
        if len(self.words) - first <= self.most:
            return None
        for index in range(min(first + self.most, len(self.words) - self.most // 12 - 1), first, -1):
            at = self.words[index]
            while at > self.span.start and self.text[at - 1] in _OPENERS and self.words[index] - at < 8:
                at -= 1
            amount = self.text[at].isdigit() or self.text[at - 2 : at - 1].isdigit()
            if self.text[at - 1].isspace() and not amount and not self.holds(at):
                return index, at
        return first + self.most, self.words[first + self.most]


def _starts(whole: _Whole) -> list[_Start]:
    """Where clauses may start: the number of words before, the strength, the offset; in order, one a word."""
    found: dict[int, tuple[int, int]] = {}
    for match in _START.finditer(whole.text, whole.span.start, whole.span.stop):
        at = match.end()
        if not whole.holds(at):
            found.setdefault(bisect_left(whole.words, at), (_STRENGTH[match.lastgroup or ""], at))
    return [(index, strength, at) for index, (strength, at) in found.items()]


def _choose(starts: list[_Start], first: int, total: int, limit: int) -> tuple[int, int] | None:
    """The best clause start for the piece that begins with word ``first``, as its word and offset; or None.

    Best is the strongest near an even share within the limit, then the next clause within twice the limit,
    then a plain comma. No piece is shorter than a sixth of the limit.
    """
    least = max(1, limit // 6)
    share = first + (total - first) / -(-(total - first) // limit)
    window = list(_window(starts, first + least, min(first + 2 * limit, total - least)))
    near = [start for start in window if start[1] > 1 and start[0] <= first + limit]
    if near:
        best = max(near, key=lambda start: (start[1], -abs(start[0] - share)))
        return best[0], best[2]
    beyond = [start for start in window if start[1] > 1]
    if beyond:
        return beyond[0][0], beyond[0][2]
    if window:
        best = min(window, key=lambda start: (start[0] > first + limit, abs(start[0] - share)))
        return best[0], best[2]
    return None


def _window(starts: list[_Start], low: int, high: int) -> Iterator[_Start]:
    for at in range(bisect_left(starts, (low, 0, 0)), len(starts)):
        if starts[at][0] > high:
            return
        yield starts[at]

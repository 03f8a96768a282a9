"""Names of persons side by side: in the order of both, another given name is fatal, a further one is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from marsad.text.names import lexicon
from marsad.text.names.compare import (
    JOINED,
    MOST_JOINED,
    SAME,
    NameMatch,
    Pair,
    Part,
    joined,
    may_join,
    of_words,
    shown,
)
from marsad.text.names.words import Named, Word

#: Least likeness at which two words are held to be one.
_FLOOR = 0.7
#: So alike that no other words are looked for that may be meant, written as one.
_SURE = 0.88
#: Counted so often a word is a given name, and its place in the name counts.
_GIVEN = 100
#: What it costs to turn a name round.
_TURN = 0.05
#: What ends a name of women.
_HERS = {"а": True, "a": True}
_LEFT = frozenset({"extra", "conflict", "first"})
_NAMING = frozenset({"name", "initial", "companion", "number"})
_SONS = frozenset({"بن", "ابن", "bin", "ibn", "ben", "бин", "ибн", "бен"})


def persons(x: Named, y: Named) -> NameMatch:
    """The best match of two names of persons over the orders and readings that they allow."""
    best: NameMatch | None = None
    for first, second, penalty in _readings(x, y):
        if best and (best.score > 0.9 or (penalty >= _TURN and best.score >= SAME)):
            continue
        match = _aligned(first, second, penalty)
        if penalty >= _TURN and any(part.why in _LEFT for part in match.parts):
            continue
        if best is None or match.score > best.score + 1e-9:
            best = match
    assert best is not None
    return best


def _readings(x: Named, y: Named) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...], float]]:
    """The orders and readings in which two names are tried, and what each costs: plain, titles as names, turned."""
    plain_x, plain_y = list(_orders(x)), list(_orders(y))
    for first, cost in plain_x:
        for second, other in plain_y:
            yield first, second, cost + other
    kept_x, kept_y = _untitled(x), _untitled(y)
    if kept_x or kept_y:
        for first in (*kept_x, plain_x[0][0]):
            for second in (*kept_y, plain_y[0][0]):
                yield first, second, 0.001
    size = len(_real(x.words))
    if size > 1 and size == len(_real(y.words)):
        for turned in _turns(x):
            if _meet(turned, plain_y[0][0]):
                yield turned, plain_y[0][0], _TURN
        for turned in _turns(y):
            if _meet(plain_x[0][0], turned):
                yield plain_x[0][0], turned, _TURN


def _meet(first: Sequence[Word], second: Sequence[Word]) -> bool:
    """Whether two names begin alike and end alike, so that it is worth while to set them side by side."""
    x, y = _real(first), _real(second)
    return of_words(x[0], y[0])[0] >= _FLOOR and of_words(x[-1], y[-1])[0] >= _FLOOR


def _untitled(name: Named) -> list[tuple[Word, ...]]:
    """The words with the titles held to be names, as some are (أمير، سيد، Sultan), where there are any."""
    if all(word.kind != "title" for word in name.words):
        return []
    return [tuple(replace(word, kind="name") if word.kind == "title" else word for word in name.words)]


def _real(words: Sequence[Word]) -> list[Word]:
    return (
        [word for word in words if word.kind in _NAMING]
        or [word for word in words if word.kind != "link"]
        or list(words)
    )


def _orders(name: Named) -> Iterator[tuple[tuple[Word, ...], float]]:
    """The orders that the name itself suggests, by a comma or a patronymic at its end, with what each costs."""
    words = name.words
    if 0 < name.comma < len(words):
        yield words[name.comma :] + words[: name.comma], 0.0
        yield words, 0.02
        return
    yield words, 0.0
    real = [word for word in words if word.kind in _NAMING]
    if len(real) > 2 and real[-1].patronymic and not real[1].patronymic:
        yield _turned(words, real, 1), 0.001


def _turns(name: Named) -> Iterator[tuple[Word, ...]]:
    """The family name first, or last; not of two given names, whose order tells father and son apart."""
    real = [word for word in name.words if word.kind in _NAMING]
    linked = any(word.kind == "link" for word in name.words)
    if len(real) > 1 and not name.comma and not linked and not all(_is_given(word) for word in real[:2]):
        yield _turned(name.words, real, 1)
        if len(real) > 2:
            yield _turned(name.words, real, -1)


def _turned(words: Sequence[Word], real: list[Word], by: int) -> tuple[Word, ...]:
    return tuple(word for word in words if word.kind not in _NAMING) + tuple(real[by:] + real[:by])


def _is_given(word: Word) -> bool:
    return word.kind != "initial" and max(map(lexicon.common, word.forms)) >= _GIVEN


def _aligned(first: Sequence[Word], second: Sequence[Word], penalty: float) -> NameMatch:
    x, y = _real(first), _real(second)
    pairs = _pairs(x, y)
    if not pairs:
        return NameMatch(0.0, tuple(_leftover(x, y, "conflict")))
    scores = [pair.score for pair in pairs]
    score = 0.25 * sum(scores) / len(scores) + 0.75 * min(scores) - penalty
    notes: dict[tuple[int, int], str] = {}
    factor, loss = _gaps(x, y, pairs, _linked(first), _linked(second), notes)
    factor *= _juniors(first, second)
    score = max(0.0, min(1.0, (score - loss) * factor))
    return NameMatch(round(score, 4), tuple(_parts(x, y, pairs, notes)) + _unreal(first, second, x, y))


def _pairs(x: list[Word], y: list[Word]) -> list[Pair]:
    """The pairs, in order, that give most: words of both names in the order of both, some joined."""
    rows, columns = len(x), len(y)
    alike = [[_alike(x, y, i, j) for j in range(columns)] for i in range(rows)]
    met_x = [max(score for score, _ in row) > _SURE for row in alike]
    met_y = [max(row[j][0] for row in alike) > _SURE for j in range(columns)]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    via: list[list[Pair | None]] = [[None] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            top = max(best[i + 1][j], best[i][j + 1])
            found: Pair | None = None
            for option in _options(x, y, i, j, alike[i][j], met_x, met_y):
                sizes = (option.i_stop - i, option.j_stop - j)
                total = option.score**2 * (min(sizes) + 0.3 * (max(sizes) - 1)) + best[option.i_stop][option.j_stop]
                if total > top + 1e-9:
                    top, found = total, option
            best[i][j], via[i][j] = top, found
    pairs: list[Pair] = []
    i = j = 0
    while i < rows and j < columns:
        pair = via[i][j]
        if pair:
            pairs.append(pair)
            i, j = pair.i_stop, pair.j_stop
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(x: list[Word], y: list[Word], i: int, j: int) -> tuple[float, str]:
    score, why = of_words(x[i], y[j])
    if why == "sound" and _HERS.get(_more(x[i].forms[0], y[j].forms[0])):  # Александр, Александра
        return 0.6, why
    if why == "initial" and (i == len(x) - 1) != (j == len(y) - 1):  # no initial stands for a family name in the middle
        return 0.0, why
    return score, why


def _more(x: str, y: str) -> str:
    """What the longer of two words has after the shorter, where it begins with it and that ends in a consonant."""
    x, y = sorted((x, y), key=len)
    return y[len(x) :] if len(x) > 3 and y.startswith(x) and x[-1] not in "аеиоуяюйьaeiouy" else ""


def _options(
    x: list[Word], y: list[Word], i: int, j: int, alike: tuple[float, str], met_x: list[bool], met_y: list[bool]
) -> Iterator[Pair]:
    """How the words ``i`` and ``j`` may answer to each other, alone or with those after; one met is not joined to."""
    if alike[0] >= _FLOOR:
        yield Pair(i, i + 1, j, j + 1, *alike)
    if not met_y[j]:
        for size in range(2, min(MOST_JOINED, len(x) - i) + 1):
            if may_join(x[i : i + size], y[j]) and (score := joined(x[i : i + size], y[j])) >= JOINED:
                yield Pair(i, i + size, j, j + 1, score, "joined")
    if not met_x[i]:
        for size in range(2, min(MOST_JOINED, len(y) - j) + 1):
            if may_join(y[j : j + size], x[i]) and (score := joined(y[j : j + size], x[i])) >= JOINED:
                yield Pair(i, i + 1, j, j + size, score, "joined")


def _linked(words: Sequence[Word]) -> frozenset[int]:
    """The places among the real words before which «بن» stands."""
    found, place, link = set(), 0, False
    for word in words:
        if word.kind == "link":
            link = link or word.forms[0] in _SONS
        elif word.kind in _NAMING:
            if link:
                found.add(place)
            link = False
            place += 1
    return frozenset(found)


def _gaps(
    x: list[Word], y: list[Word], pairs: list[Pair], linked_x: frozenset[int], linked_y: frozenset[int],
    notes: dict[tuple[int, int], str],
) -> tuple[float, float]:  # fmt: skip
    """A factor and a loss for the words left over before, between and after the pairs; ``notes`` says why each is."""
    factor, loss = 1.0, 0.0
    i = j = 0
    for place, pair in enumerate([*pairs, None]):
        i_stop, j_stop = (pair.i, pair.j) if pair else (len(x), len(y))
        left_x, left_y = range(i, i_stop), range(j, j_stop)
        if left_x and left_y:
            fathers = (i in linked_x) != (j in linked_y)  # بن عبد العزيز beside آل سعود
            factor *= 0.92 if pair is None and len(pairs) > 1 and fathers else 0.55
            _note(notes, left_x, left_y, "extra" if factor > 0.9 else "conflict")
        elif left_x or left_y:
            side, words, left, linked = (0, x, left_x, linked_x) if left_x else (1, y, left_y, linked_y)
            if place == 0:
                cost, why = _before(words, left, linked, len(pairs))
                factor *= cost
                _note(notes, left_x, left_y, why)
            else:
                alone = len(pairs) == 1 and pairs[0].i_stop - pairs[0].i == pairs[0].j_stop - pairs[0].j == 1
                if pair is None and alone and min(len(x), len(y)) == 1:
                    factor *= 0.6
                each = [0.01 if _slight(words[k]) else 0.03 for k in left]
                loss += min(sum(each), 0.09)
                if any(words[k].kind == "initial" for k in left) and _initials((y, x)[side]):
                    factor *= 0.75
                _note(notes, left_x, left_y, "extra")
        if pair:
            i, j = pair.i_stop, pair.j_stop
    own = [
        any(why == "extra" and not _slight(words[k]) for (of, k), why in notes.items() if of == side)
        for side, words in enumerate((x, y))
    ]
    if all(own) and factor > 0.93:  # each has what the other lacks, at another place
        factor *= 0.8
    return factor, loss


def _slight(word: Word) -> bool:
    return word.kind == "initial" or word.patronymic


def _initials(words: list[Word]) -> bool:
    return any(word.kind == "initial" for word in words)


def _before(words: list[Word], left: range, linked: frozenset[int], pairs: int) -> tuple[float, str]:
    """What it says that only one name has words before the first that answer to each other."""
    if pairs == 1 and len(words) - left.stop == 1:  # a family name alone
        return 0.72, "extra"
    if len(left) == 1 and left.stop not in linked and pairs > 1:
        if words[0].kind == "companion":
            return 0.93, "extra"
        if words[0].forms[0].startswith(("ابو", "abu", "абу")) or words[0].kind == "initial":
            return 0.95, "extra"
    return 0.6, "first"


def _note(notes: dict[tuple[int, int], str], left_x: range, left_y: range, why: str) -> None:
    notes.update({(0, k): why for k in left_x} | {(1, k): why for k in left_y})


def _juniors(first: Sequence[Word], second: Sequence[Word]) -> float:
    kinds = [{word.kind for word in words} & {"junior", "senior"} for words in (first, second)]
    return 1.0 if kinds[0] == kinds[1] else 0.75


def _parts(x: list[Word], y: list[Word], pairs: list[Pair], notes: dict[tuple[int, int], str]) -> Iterator[Part]:
    i = j = 0
    for pair in [*pairs, None]:
        i_stop, j_stop = (pair.i, pair.j) if pair else (len(x), len(y))
        for k in range(i, i_stop):
            yield Part(x[k].shown, None, 0.0, notes.get((0, k), "extra"))
        for k in range(j, j_stop):
            yield Part(None, y[k].shown, 0.0, notes.get((1, k), "extra"))
        if pair:
            yield Part(shown(x[pair.i : pair.i_stop]), shown(y[pair.j : pair.j_stop]), round(pair.score, 4), pair.why)
            i, j = pair.i_stop, pair.j_stop


def _leftover(x: Sequence[Word], y: Sequence[Word], why: str) -> Iterator[Part]:
    yield from (Part(word.shown, None, 0.0, why) for word in x)
    yield from (Part(None, word.shown, 0.0, why) for word in y)


def _unreal(first: Sequence[Word], second: Sequence[Word], x: list[Word], y: list[Word]) -> tuple[Part, ...]:
    """The titles and links, which were left aside."""
    return (
        *(Part(word.shown, None, 0.0, word.kind) for word in first if word not in x),
        *(Part(None, word.shown, 0.0, word.kind) for word in second if word not in y),
    )

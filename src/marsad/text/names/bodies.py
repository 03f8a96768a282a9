"""Names of firms and organs side by side: every word counts, the order does not, one that differs is enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.text.names.compare import MOST_JOINED, NameMatch, Pair, Part, joined, may_join, of_words, shown
from marsad.text.names.initials import abbreviation, stands_for
from marsad.text.names.vocabulary import sort_of
from marsad.text.names.words import Named, Word

#: Least likeness at which two words are held to be one.
_FLOOR = 0.8
#: So alike that no other words are looked for that may be meant, written as one.
_MET = 0.95
#: What a word counts by its kind; a name proper counts most.
_WEIGHTS = {
    "form": 0.0, "link": 0.0, "title": 0.0, "outlet": 0.2, "weak": 0.4, "loose": 0.25, "place": 0.4, "thing": 1.0,
    "body": 0.8, "number": 1.0,
}  # fmt: skip
_NAME = 1.2
#: What one name may have beside the other, or another of, without being of something else.
_SLIGHT = frozenset({"form", "link", "title", "outlet", "loose", "weak", "place"})
_PLAIN = frozenset({"form", "link", "title", "outlet", "loose"})
#: What is left of a score where each name has a word of its own, where one has, and where a person bears the name.
_CONFLICT, _MORE, _BEARER = 0.75, 0.93, 0.85


def bodies(x: Named, y: Named) -> NameMatch:
    """Names of firms and organs: every word counts, the order does not."""
    first = [word for word in x.words if word.kind != "link"] or list(x.words)
    second = [word for word in y.words if word.kind != "link"] or list(y.words)
    for short, words in ((abbreviation(x), y.words), (abbreviation(y), x.words)):
        if short and len(words) > 2 and stands_for(short, words):
            return NameMatch(0.85, (Part(shown(first), shown(second), 0.85, "acronym"),))
    bare = not any(_counts(word) for word in first) or not any(_counts(word) for word in second)
    weight = {id(word): 1.0 if bare and not _counts(word) else _counts(word) for word in (*first, *second)}
    options = sorted(
        _body_options(first, second),
        key=lambda pair: (-pair.score - 0.001 * (pair.i_stop - pair.i + pair.j_stop - pair.j), pair.i, pair.j),
    )
    taken_x: set[int] = set()
    taken_y: set[int] = set()
    pairs: list[Pair] = []
    for pair in options:
        of_x, of_y = range(pair.i, pair.i_stop), range(pair.j, pair.j_stop)
        if taken_x.isdisjoint(of_x) and taken_y.isdisjoint(of_y):
            taken_x.update(of_x)
            taken_y.update(of_y)
            pairs.append(pair)
    for side, taken in ((first, taken_x), (second, taken_y)):
        met = frozenset().union(*(side[k].meanings for k in taken))
        for k, word in enumerate(side):  # the Russian Federation; FSB beside what it stands for
            if k not in taken and (_is_acronym(word, side) or word.meanings & met):
                weight[id(word)] = 0.0
    left_x = [word for k, word in enumerate(first) if k not in taken_x]
    left_y = [word for k, word in enumerate(second) if k not in taken_y]
    if any(first[k].kind == "place" for k in taken_x):  # a university in Cairo, an American one in Cairo
        for word in (*left_x, *left_y):
            if word.kind == "place" and weight[id(word)]:
                weight[id(word)] = 1.0
    agreed = total = 0.0
    for pair in pairs:
        both = max(
            sum(weight[id(w)] for w in first[pair.i : pair.i_stop]),
            sum(weight[id(w)] for w in second[pair.j : pair.j_stop]),
        )
        if pair.i_stop - pair.i != pair.j_stop - pair.j:
            both = max(both, _NAME)
        agreed += both * pair.score
        total += both
    loss = sum(weight[id(word)] for word in (*left_x, *left_y)) / 2
    score = agreed / (total + loss) if total else 0.0
    own_x, own_y = ([w for w in left if weight[id(w)] and _sort(w) not in _PLAIN] for left in (left_x, left_y))
    conflict = bool(own_x and own_y)
    if conflict:
        score *= _CONFLICT
    elif any(_sort(w) not in _SLIGHT or weight[id(w)] == 1.0 for w in (*own_x, *own_y)):
        score *= _MORE
    if any(word.kind == "body" for word in (*left_x, *left_y)) and not (x.body and y.body):
        score *= _BEARER  # a person, and a body that bears the name
    why = "conflict" if conflict else "extra"
    pairs.sort(key=lambda pair: pair.i)
    parts = [
        *(Part(shown(first[p.i : p.i_stop]), shown(second[p.j : p.j_stop]), round(p.score, 4), p.why) for p in pairs),
        *(Part(w.shown, None, 0.0, why if w.kind not in ("form", "title") else w.kind) for w in left_x),
        *(Part(None, w.shown, 0.0, why if w.kind not in ("form", "title") else w.kind) for w in left_y),
    ]  # fmt: skip
    return NameMatch(round(min(score, 1.0), 4), tuple(parts))


def _is_acronym(word: Word, name: Sequence[Word]) -> bool:
    """Whether a word is made of the first letters of the other words of its name."""
    others = "".join(other.forms[0][0] for other in name if other is not word and other.kind not in ("form", "place"))
    return word.shown.isupper() and len(word.forms[0]) > 2 and word.forms[0] == others


def _counts(word: Word) -> float:
    return _WEIGHTS.get(_sort(word), _NAME)


def _sort(word: Word) -> str:
    """The kind of a word, in a name that was read as that of a person what it would be in that of a body."""
    return sort_of(word.meanings) if word.kind == "name" and word.meanings else word.kind


def _body_options(x: list[Word], y: list[Word]) -> Iterator[Pair]:
    """The words, and two or three written as one, that may answer to each other; one met is not joined to."""
    met_x, met_y = [False] * len(x), [False] * len(y)
    for i, word in enumerate(x):
        for j, other in enumerate(y):
            score, why = of_words(word, other)
            if score >= _FLOOR:
                yield Pair(i, i + 1, j, j + 1, score, why)
            if score > _MET:
                met_x[i] = met_y[j] = True
    for i, size, j, score in _joins(x, y, met_y):
        yield Pair(i, i + size, j, j + 1, score, "joined")
    for j, size, i, score in _joins(y, x, met_x):
        yield Pair(i, i + 1, j, j + size, score, "joined")


def _joins(words: list[Word], others: list[Word], met: list[bool]) -> Iterator[tuple[int, int, int, float]]:
    """Where two or three of ``words`` are one of ``others``; two of which one says what they are, in either order."""
    for j, other in enumerate(others):
        if met[j]:
            continue
        for i in range(len(words) - 1):
            for size in range(2, min(MOST_JOINED, len(words) - i) + 1):
                several = words[i : i + size]
                if not may_join(several, other):
                    continue
                score = joined(several, other)
                if size == 2 and score < _FLOOR and any(word.kind == "body" for word in several):
                    score = joined(several[::-1], other)  # بنك خلق, Halkbank
                if score >= _FLOOR:
                    yield i, size, j, score

"""Bad input: nothing raises, and four times the text takes about four times the time, never sixteen."""

from collections.abc import Callable

import pytest
from cost import grows_less

from marsad.text import clauses, clean, fold, fold_text, language, light_stem, sentences, tokens, units
from marsad.types import Span

SIZE = 6_000
BAD = {
    "no space": "ا",
    "no space, Latin": "a",
    "stops": ".",
    "letters and stops": "a.",
    "initials": "د. ",
    "questions without words": "؟ - ",
    "spaces": " ",
    "line breaks": "\n",
    "lines": "كلمة واحدة\n",
    "open brackets": "(",
    "stops in open brackets": "(a. ",
    "straight quotes": '"',
    "stops in quotes": '". ',
    "open quotation marks": "« ",
    "closers": '.»" ',
    "commas": "، ",
    "clauses": "، وقال ",
    "words": "كلمة ",
    "items": "1. 2. ",
    "bullets": " • ",
    "tashkeel": "\u064e",
    "a letter under tashkeel": "و\u064e\u064e\u0654",
    "zero-width marks": "ا\u200b",
    "right-to-left overrides": "\u202eقال. ",
    "NUL": "\0",
    "lone surrogates": "\ud800. ",
    "control characters": "\x01\x02.",
    "ligatures": "ﷺ",
    "addresses": "www.",
}
WORK: dict[str, Callable[[str], object]] = {
    "fold": fold,
    "fold_text": fold_text,
    "clean": clean,
    "sentences": sentences,
    "clauses": lambda text: clauses(text, Span(0, len(text))),
    "units": units,
    "tokens": tokens,
    "language": language,
    "light_stem": light_stem.__wrapped__,
}


@pytest.mark.parametrize("name", WORK)
@pytest.mark.parametrize("kind", BAD)
def test_time_grows_with_the_text(name: str, kind: str) -> None:
    text = BAD[kind] * (SIZE // len(BAD[kind]))
    work = WORK[name]
    # Quadratic time would be 16 times as much, and far over the floor for what is too quick to compare.
    assert grows_less(10, lambda: work(text), lambda: work(text * 4), floor=0.05)


@pytest.mark.parametrize("kind", BAD)
def test_offsets_stay_within_the_text(kind: str) -> None:
    text = BAD[kind] * 50
    spans = [*sentences(text), *units(text), *(token.stem for token in tokens(text))]
    assert all(0 <= span.start < span.stop <= len(text) for span in spans)

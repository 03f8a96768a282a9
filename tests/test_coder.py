"""The coder: the steps wired, with a stand-in for the model."""

import pytest
from build import span
from hypothesis import given
from hypothesis import strategies as st

from marsad.coder import Coder
from marsad.errors import EmptyError, LanguageError
from marsad.model import Found
from marsad.settings import Settings
from marsad.types import Article, Coding, EventType, Kind, Link, Mention, Role, Skipped, Span, Trigger


def read(text: str, part: Span) -> Found:
    """Knows one sentence: زار الوزير التركي بغداد."""
    if "زار" not in part.of(text):
        return Found()
    return Found(
        (
            Mention(span=span(text, "الوزير التركي"), kind=Kind.OFFICE),
            Mention(span=span(text, "بغداد"), kind=Kind.STATE),
        ),
        (Trigger(span=span(text, "زار"), type=EventType.CONSULT, mode="visit", why="stand-in"),),
        (Link(trigger=0, mention=0, role=Role.ACTOR), Link(trigger=0, mention=1, role=Role.RECIPIENT)),
    )


TEXT = "ساد الهدوء العاصمة. زار الوزير التركي بغداد."
CODER = Coder(read, "test")


def test_a_text_becomes_a_coding():
    coding = CODER(TEXT)
    (event,) = coding.events
    assert event.sentence == 1
    assert [m.country for m in (*event.actors, *event.recipients)] == ["TUR", "IRQ"]
    assert (coding.coder, coding.measured) == ("marsad 0.1.0 / model test", True)


def test_pipe_gives_what_calling_gives_in_order_and_passes_on_what_was_skipped():
    skipped = Skipped(code="format", message="x", line=3)
    articles = [Article(id=str(i), text=TEXT) for i in range(5)]
    got = list(CODER.pipe([articles[0], skipped, *articles[1:]]))
    assert got == [CODER(articles[0]), skipped, *map(CODER, articles[1:])]


def test_another_language_is_unmeasured_or_refused():
    russian = "Министр иностранных дел посетил столицу и провёл переговоры."
    assert CODER(russian).measured is False
    strict = Coder(read, "test", Settings(strict_language=True))
    with pytest.raises(LanguageError, match="ru"):
        strict(russian)
    (got,) = strict.pipe([Article(id="r", text=russian, language="ru", given="7")])
    assert isinstance(got, Skipped)
    assert (got.code, got.given) == ("language", "7")


@given(st.text(max_size=300).filter(str.strip))
def test_any_text_gives_a_coding_whose_spans_lie_in_it(text):
    coding = CODER(text)
    assert isinstance(coding, Coding)
    assert all(s.stop <= len(text) for s in coding.sentences)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_article_without_words_is_an_error_and_skipped_in_a_stream(text):
    with pytest.raises(EmptyError, match="no text"):
        CODER(text)
    (got,) = CODER.pipe([Article(id="e", text=text, given=3)])
    assert isinstance(got, Skipped)
    assert (got.code, got.given) == ("empty", 3)


@pytest.mark.parametrize("wrong", [None, b"bytes", 7])
def test_what_is_no_text_is_refused_by_name(wrong):
    with pytest.raises(TypeError, match=type(wrong).__name__):
        CODER(wrong)

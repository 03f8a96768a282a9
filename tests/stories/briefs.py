"""Briefs written by hand and drawn at random, and reports of acts, for the tests of this room."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from marsad.stories import Act, Brief, Spot
from marsad.stories.brief import packed
from marsad.types import (
    Article,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Precision,
    Report,
    Source,
    Span,
    Status,
    Voice,
)

DAY = date(2025, 9, 16)
BAGHDAD = Spot("geonames:98182", "IRQ", 33.34, 44.4)
ERBIL = Spot("geonames:95446", "IRQ", 36.19, 44.01)
VISIT = Act(type=EventType.CONSULT, mode="visit", actors=("RUS.GOV.MFA",), recipients=("IRQ",), title=True)


def made(article: str, **changes: object) -> Brief:
    """An article on a visit to Baghdad, with what is changed of it."""
    given: dict[str, object] = {
        "article": article,
        "day": DAY,
        "size": 3,
        "bands": tuple(range(16)),
        "shingles": packed((1, 2, 3)),
        "words": packed(range(20)),
        "acts": (VISIT,),
        "names": ("RUS.GOV.MFA", "IRQ.GOV.MFA", "geonames:98182"),
        "lead": 3,
        "countries": ("IRQ", "RUS"),
        "spots": (BAGHDAD,),
        "numbers": ("USD:4200000000",),
    }
    return Brief(**(given | changes))  # type: ignore[arg-type]


def retold(article: str, **changes: object) -> Brief:
    """The same told in other words."""
    words = {"bands": tuple(range(100, 116)), "shingles": packed((7, 8, 9)), "words": packed(range(10, 30))}
    return made(article, **(words | changes))


_SPOTS = (BAGHDAD, ERBIL, Spot("IRQ.DIYALA", "IRQ", 33.77, 44.97, True))
_PARTIES = ("RUS", "RUS.GOV.MFA", "IRQ", "IRQ.GOV.MFA", "TUR", "INT.CVL")
_acts = st.builds(
    Act,
    type=st.sampled_from((EventType.CONSULT, EventType.ASSAULT)),
    actors=st.lists(st.sampled_from(_PARTIES), max_size=2, unique=True).map(tuple),
    recipients=st.lists(st.sampled_from(_PARTIES), max_size=2, unique=True).map(tuple),
    title=st.booleans(),
    day=st.none() | st.just(DAY),
)


@st.composite
def briefs(draw: st.DrawFn, article: str = "a") -> Brief:
    """An article out of few names, numbers and words, so that many are alike; some are copies, some have no day."""
    runs = draw(st.frozensets(st.integers(1, 8), max_size=6))
    return Brief(
        article=article,
        source=draw(st.sampled_from((None, "one", "two"))),
        day=draw(st.none() | st.integers(0, 7).map(lambda k: DAY + timedelta(k))),
        language=draw(st.sampled_from(("ar", "ar", "en"))),
        size=len(runs),
        bands=tuple(sorted(runs)),
        shingles=packed(runs),
        words=packed(draw(st.frozensets(st.integers(1, 12), max_size=8))),
        acts=tuple(draw(st.lists(_acts, max_size=2))),
        names=tuple(draw(st.lists(st.sampled_from(("RUS.GOV.MFA", "IRQ.PM", "geonames:1", "~652 739")), unique=True))),
        countries=tuple(draw(st.lists(st.sampled_from(("RUS", "IRQ", "TUR")), unique=True))),
        spots=tuple(draw(st.lists(st.sampled_from(_SPOTS), max_size=2, unique=True))),
        numbers=tuple(draw(st.lists(st.sampled_from(("USD:4200000000", "count:12", "day:3")), unique=True))),
        rounds=draw(st.sampled_from(((), (), (2,), (3,)))),
    )


@st.composite
def many(draw: st.DrawFn, most: int = 9) -> list[Brief]:
    """Some articles with ids of their own."""
    return [draw(briefs(f"a{number}")) for number in range(draw(st.integers(0, most)))]


def mention(actor: str | None, country: str | None = None, kind: Kind = Kind.STATE) -> Mention:
    return Mention(span=Span(0, 1), kind=kind, actor=actor, country=country or (actor or "")[:3] or None)


def report(
    article: str,
    type_: EventType = EventType.ASSAULT,
    status: Status = Status.ACTUAL,
    actors: str = "",
    recipients: str = "",
    *,
    source: str | None = None,
    mode: str | None = None,
    day: date | None = None,
    place: Mention | None = None,
    at: int = 0,
    voice: Voice = Voice.REPORT,
    published: date = DAY,
) -> Report:
    """A report of an act; parties are ids with spaces between, ``at`` is where the trigger stands."""
    span = Span(at, at + 1)
    event = Event(
        id=f"{article}.{at}",
        article=article,
        sentence=0,
        trigger=span,
        type=type_,
        mode=mode,
        status=status,
        actors=tuple(mention(one) for one in actors.split()),
        recipients=tuple(mention(one) for one in recipients.split()),
        place=place,
        day=day or published,
        precision=Precision.DAY if day else Precision.ARTICLE,
        voice=voice,
        evidence=(Evidence(part="trigger", span=span, why="test"),),
    )
    made_of = Article(id=article, text="…", published=published)
    return Report(event=event, article=made_of, source=Source(id=source or f"source of {article}"))

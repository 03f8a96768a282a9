"""Watches and articles for the tests of alerts: a desk whose coder finds what it is told to, and whose clock is set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from marsad.desk import Desk
from marsad.desk.intake.adding import add
from marsad.identity import article_id, event_id
from marsad.types import (
    Alert,
    AlertTrigger,
    Article,
    Coding,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Precision,
    Query,
    Sector,
    Skipped,
    Span,
    Status,
    Voice,
    Watch,
)

DAY = date(2026, 3, 1)


@dataclass(frozen=True)
class Act:
    """An event that a test asks for, at ``word`` of its article."""

    word: str = "زار"
    type: EventType = EventType.CONSULT
    mode: str | None = "visit"
    actor: str = "RUS.GOV.MFA"
    recipient: str | None = "IRQ"
    status: Status = Status.ACTUAL
    voice: Voice = Voice.REPORT
    day: date | None = DAY
    speaker: str | None = None


def article(number: int, text: str, day: date = DAY, host: str | None = None, **fields: object) -> Article:
    """A numbered article at an address of its own."""
    url = f"https://{host or f'paper{number}.example'}/{number}"
    return Article(id=article_id(text, url), text=text, url=url, published=day, **fields)  # type: ignore[arg-type]


def _mention(actor: str, at: int) -> Mention:
    return Mention(
        span=Span(at, at + 2), kind=Kind.ORG, sector=Sector.GOV, actor=actor, country=actor.split(".")[0], why="test"
    )


def coded(one: Article, *acts: Act, coder: str = "first", shift: int = 0) -> Coding:
    """The coding of an article with just these acts; ``shift`` moves their triggers, as another coder might."""
    events = []
    mentions: list[Mention] = []
    middle = one.text.find("\n\n") + 2
    for n, act in enumerate(acts):
        start = one.text.index(act.word, middle) + shift
        span = Span(start, start + max(1, len(act.word) - shift))
        who = [_mention(act.actor, 4 * n)] + ([_mention(act.recipient, 4 * n + 2)] if act.recipient else [])
        said = _mention(act.speaker, 4 * n + 1) if act.speaker else None
        mentions += [*who, *([said] if said else [])]
        events.append(
            Event(
                id=event_id(one.id, span.start, span.stop, act.type),
                article=one.id,
                sentence=0,
                trigger=span,
                type=act.type,
                mode=act.mode,
                status=act.status,
                voice=act.voice,
                actors=(who[0],),
                recipients=tuple(who[1:]),
                speaker=said,
                day=act.day,
                precision=Precision.DAY if act.day else Precision.UNKNOWN,
                evidence=(Evidence(part="trigger", span=span, why="test"),),
                coder=coder,
            )
        )
    return Coding(
        article=one, sentences=(Span(0, len(one.text)),), mentions=tuple(dict.fromkeys(mentions)),
        events=tuple(events), coder=coder,
    )  # fmt: skip


@dataclass
class Coder:
    """Finds in each article what it is told to."""

    acts: dict[str, tuple[Act, ...]] = field(default_factory=dict)
    name: str = "first"
    shift: int = 0

    def pipe(self, items: Iterable[Article | Skipped], batch_size: int | None = None) -> Iterator[Coding | Skipped]:
        for one in items:
            if isinstance(one, Skipped):
                yield one
            else:
                yield coded(one, *self.acts.get(one.id, ()), coder=self.name, shift=self.shift)


class Days:
    """A desk, its coder and its clock."""

    def __init__(self, address: str = "sqlite://", day: date = DAY) -> None:
        self.at = datetime.combine(day, time(8), UTC)
        self.coder = Coder()
        self.desk = Desk(address, coder=self.coder, now=lambda: self.at)

    def __enter__(self) -> Days:
        return self

    def __exit__(self, *_: object) -> None:
        self.desk.close()

    def on(self, day: date, hour: int = 8) -> None:
        """Set the clock."""
        self.at = datetime.combine(day, time(hour), UTC)

    def bring(self, one: Article, *acts: Act) -> None:
        """Keep an article, with what is to be found in it."""
        self.coder.acts[one.id] = acts
        add(self.desk.store, iter([one]), self.desk.now)

    def read(self, one: Article, *acts: Act) -> list[Alert]:
        """Keep, code and watch an article; gives what was told."""
        self.bring(one, *acts)
        return self.told()

    def told(self) -> list[Alert]:
        """Code and watch what waits; gives what is new among what was told, the earliest first."""
        before = {alert.id for alert in self.desk.alerts(limit=1000)}
        self.desk.code()
        return [alert for alert in reversed(list(self.desk.alerts(limit=1000))) if alert.id not in before]

    def same(self, *some: Article) -> None:
        """Say that articles report the same news."""
        for other in some[1:]:
            self.desk.judge(other.id, "same-as", some[0].id, name="Layla", reason="one visit")


def watch(trigger: str = "event", **fields: object) -> Watch:
    """A watch; what is no field of it is one of its query."""
    own = {name: fields.pop(name) for name in list(fields) if name in Watch.__slots__}
    made = Watch(id="w", name="w", trigger=AlertTrigger(trigger), query=Query(**fields))  # type: ignore[arg-type]
    return replace(made, **own)  # type: ignore[arg-type]

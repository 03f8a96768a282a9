"""Watches and alerts for the tests of the store: numbered, small, on the articles of :mod:`kept`."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b

from kept import DAY, NOW, article

from marsad.store import Connection, alerts, watches
from marsad.types import (
    Alert,
    AlertTrigger,
    Because,
    EventType,
    Name,
    Query,
    Span,
    Status,
    Voice,
    Watch,
)

HOOK, MAIL = "webhook:https://hook.example/a", "mail:desk@example.org"


def watch(id: str = "iraq", **fields: object) -> Watch:  # noqa: A002 (the field's word)
    """A watch of visits between two."""
    given = {"name": "العراق", "trigger": AlertTrigger.EVENT, "query": Query(near="IRQ", counterpart="RUS"), **fields}
    return Watch(id=id, **given)  # type: ignore[arg-type]


def quotation(number: int) -> Because:
    """The beginning of a numbered article."""
    one = article(number)
    return Because(
        article=one.id,
        quotation=one.text[:20],
        span=Span(0, 20),
        language="ar",
        event=f"{number:016x}",
        title="عنوان",
        source="وكالة",
        url=one.url,
        published=one.published,
        type=EventType.CONSULT,
        status=Status.ACTUAL,
        voice=Voice.VERBATIM,
        speaker="الوزير",
        speaker_actor="IRQ.GOV.MFA",
    )


def alert(
    number: int, found: datetime = NOW, of: str = "iraq", because: tuple[int, ...] = (), **fields: object
) -> Alert:
    """A numbered alert that rests on numbered articles."""
    given = {
        "trigger": AlertTrigger.EVENT, "subject": f"{number:016x}", "day": DAY, "link": f"/event/{number:016x}",
        "said": Name(f"زار وفد روسي بغداد للمرة {number}", f"A Russian delegation came to Baghdad, visit {number}"),
        **fields,
    }  # fmt: skip
    return Alert(
        id=blake2b(f"{of} {number}".encode(), digest_size=8).hexdigest(),
        watch=of,
        found=found,
        because=tuple(quotation(n) for n in because),
        **given,  # type: ignore[arg-type]
    )


def raised(db: Connection, *numbers: int, of: str = "iraq", found: datetime = NOW) -> list[Alert]:
    """Keep numbered alerts of a watch, which is made where it is not there."""
    if watches.number(db, of) is None:
        watches.put(db, watch(of), NOW)
    some = [alert(n, found, of) for n in numbers]
    assert all(alerts.add(db, one, [one.id]) for one in some)
    return some

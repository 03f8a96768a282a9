"""Atom: the alerts of a watch, and any question as a feed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Asks, Filtered, Lang, Text, language
from marsad.api.examples import PROBLEM
from marsad.export.atom import alert_entry, atom, event_entry

router = APIRouter(prefix="/feeds", tags=["feeds"])
#: Entries of a feed, the newest.
ENTRIES = 50
#: The day of a feed that has no entry: the same at each call.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
MEDIA = "application/atom+xml; charset=utf-8"
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "An Atom feed (RFC 4287).", "content": {"application/atom+xml": {}}},
    "4XX": PROBLEM,
}
_TITLES = {"watch": {"en": "Marsad: {}", "ar": "مرصد: {}"}, "events": {"en": "Marsad: events", "ar": "مرصد: أحداث"}}


def _base(request: Request) -> str:
    """The address of this observatory, as it was called."""
    public: str = getattr(request.app.state.desk.settings, "public", "")
    return public or str(request.base_url)


@router.get("/watches/{id}.atom", summary="The alerts of a watch as a feed", response_class=Response,
            responses=_ANSWER)  # fmt: skip
def of_watch(
    request: Request,
    desk: Asks,
    id: Annotated[Text, Path(max_length=100)],  # noqa: A002 (the field's word)
    lang: Lang = None,
) -> Response:
    """The newest alerts, each with the words that it rests on."""
    headers = forms.marked(request, "atom")
    watch = desk.find_watch(id)
    found = list(desk.alerts(watch=id, limit=ENTRIES))
    spoken, base = lang or watch.lang, _base(request)
    updated = max((one.found for one in found), default=watch.created or _NEVER)
    made = atom(
        _TITLES["watch"][spoken].format(watch.name), f"{base}feeds/watches/{id}.atom", updated,
        [alert_entry(one, base, spoken) for one in found], spoken, here=str(request.url), site=f"{base}alerts",
    )  # fmt: skip
    return Response(made.encode(), headers=headers, media_type=MEDIA)


@router.get("/events.atom", summary="Any question as a feed", response_class=Response, responses=_ANSWER)
def of_events(
    request: Request, desk: Asks, asked: Filtered, lang: Lang = None,
    title: Annotated[Text | None, Query(max_length=200, description="What the feed is called.")] = None,
) -> Response:  # fmt: skip
    """Acts in the world that match the filters, the latest day first, each with the sentence of its first report."""
    where = asked.where(desk)
    headers = forms.marked(request, "atom")
    acts = desk.events(where, limit=ENTRIES)
    firsts = desk.told([one.reports[0] for one in acts if one.reports])
    spoken, base = language(desk, lang), _base(request)
    entries = [event_entry(one, firsts.get(one.reports[0]) if one.reports else None, base, spoken) for one in acts]
    updated = max((one.updated for one in entries), default=_NEVER)
    here = str(request.url)
    made = atom(title or _TITLES["events"][spoken], here, updated, entries, spoken, here=here, site=base)
    return Response(made.encode(), headers=headers, media_type=MEDIA)

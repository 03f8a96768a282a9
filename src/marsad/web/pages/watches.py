"""What is watched: add, change, mute, remove, and try out on the last ninety days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from marsad.alert.channels import KINDS, public
from marsad.api.access import trusted
from marsad.api.watches import CHANNELS
from marsad.errors import DeliveryError, MarsadError
from marsad.types import AlertTrigger, EventType, Ladder, Outcome, Rhythm, Stage, Voice, Watch
from marsad.web.forms import Asker, Filled, begun, text, whole, written
from marsad.web.view import View, Viewed

router = APIRouter()
#: Days that a watch is tried out on.
DAYS = 90
#: Watches of a page.
LIMIT = 100
#: What a form chooses from.
CHOICES = {
    "triggers": tuple(AlertTrigger), "types": tuple(EventType), "outcomes": tuple(Outcome), "voices": tuple(Voice),
    "stages": tuple(Stage), "rhythms": tuple(Rhythm), "ladders": tuple(Ladder),
}  # fmt: skip


@router.get("/watches")
def watches(view: Viewed) -> Response:
    """Every watch, and the form of a new one, filled with what the address gives."""
    return _listed(view, begun(view.request.query_params, view.lang))


@router.post("/watches")
def add(view: Viewed, form: Filled) -> Response:
    """Watch this from now on; a form that will not do comes back with what is wrong."""
    taken = {one.id for one in view.desk.watches()}
    try:
        asked = _allowed(view, Asker(view.desk, taken).watch(form, lang=view.lang))
        made = view.desk.twin(asked) or view.desk.watch(asked)  # a form that is sent twice
    except MarsadError as error:
        return _listed(view, begun(form, view.lang), error)
    return view.back(f"/watches/{made.id}")


@router.get("/watches/{id}")
def watch(view: Viewed, id: str, test: bool = False) -> Response:  # noqa: A002 (the field's word)
    """One watch, what it has told, and for ``test`` what it would have told in the last ninety days."""
    one = view.desk.find_watch(id)
    return _shown(view, one, written(one), told=view.desk.rehearse(one, DAYS) if test else None)


@router.post("/watches/{id}")
def change(view: Viewed, id: str, form: Filled) -> Response:  # noqa: A002
    """Change a watch to what the form says."""
    one = view.desk.find_watch(id)
    try:
        asked = replace(Asker(view.desk).watch(form, id=one.id, lang=one.lang), muted=one.muted)
        view.desk.watch(_allowed(view, asked, one.channels))
    except MarsadError as error:
        return _shown(view, one, begun(form, view.lang), error=error)
    return view.back(f"/watches/{one.id}")


@router.post("/watches/{id}/mute")
def mute(view: Viewed, id: str, form: Filled) -> Response:  # noqa: A002
    """Send nothing of a watch for so many days, or for 0 send again."""
    days = whole(form, "days", 0, 0, 3_650)
    view.desk.mute(id, view.now + timedelta(days) if days else None)
    return view.back(text(form, "back") or "/watches")


@router.post("/watches/{id}/remove")
def remove(view: Viewed, id: str) -> Response:  # noqa: A002
    """Watch it no longer; what it has told stays."""
    view.desk.unwatch(id)
    return view.back("/watches")


def _allowed(view: View, one: Watch, before: Sequence[str] = ()) -> Watch:
    """A watch whose channels may be set up from a page, or were there ``before``. Raises :class:`DeliveryError`."""
    for channel in one.channels:
        if channel not in before and not _may(view, channel):
            do = "give webhook:https://… or mail:…, or use `marsad watch add` on the machine itself"
            raise DeliveryError("no page sets up such a channel", where=channel[:60], do=do, again=False)
    return one


def _may(view: View, channel: str) -> bool:
    """Whether a page sets up a channel: one that leaves this machine, or a file in the folder of who reads here.

    What writes elsewhere on the machine or starts programs is set up on it alone; so is a file, where others can ask.
    What is no channel at all is left to the desk, which says so.
    """
    kind, _, address = channel.partition(":")
    if kind == "file":
        return not view.request.app.state.options.keys_needed and not PurePath(address).is_absolute()
    return channel.startswith(CHANNELS) or kind not in KINDS


def _listed(view: View, fields: dict[str, Any], error: MarsadError | None = None) -> Response:
    every, after = view.desk.watches(), view.request.query_params.get("after", "")
    left = [one for one in every if one.id > after]
    return view.page(
        "watches",
        400 if error else 200,
        watches=left[:LIMIT],
        after=left[LIMIT - 1].id if len(left) > LIMIT else None,
        fields=fields,
        error=error,
        **CHOICES,
    )


def _shown(
    view: View, one: Watch, fields: dict[str, Any], *, told: object = None, error: MarsadError | None = None
) -> Response:
    if not trusted(view.request):
        one = replace(one, channels=tuple(map(public, one.channels)))
        fields = {**fields, "channels": "\n".join(one.channels)}
    return view.page(
        "watch",
        400 if error else 200,
        watch=one,
        fields=fields,
        told=told,
        error=error,
        days=DAYS,
        alerts=list(view.desk.alerts(watch=one.id, limit=10)),
        **CHOICES,
    )

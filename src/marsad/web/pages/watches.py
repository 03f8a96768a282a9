"""What is watched: add, change, mute, remove, and try out on the last ninety days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from marsad.alert.channels import check
from marsad.errors import MarsadError
from marsad.types import AlertTrigger, EventType, Ladder, Outcome, Rhythm, Stage, Voice, Watch
from marsad.web.forms import Asker, Filled, begun, text, whole, written
from marsad.web.view import View, Viewed

router = APIRouter()
#: Days that a watch is tried out on.
DAYS = 90
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
        made = _kept(view, Asker(view.desk, taken).watch(form, lang=view.lang))
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
        _kept(view, replace(Asker(view.desk).watch(form, id=one.id, lang=one.lang), muted=one.muted))
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


def _kept(view: View, one: Watch) -> Watch:
    """Keep a watch whose channels can be sent to. Raises errors of :mod:`marsad.errors`."""
    for channel in one.channels:
        check(channel, view.desk.settings)
    return view.desk.watch(one)


def _listed(view: View, fields: dict[str, Any], error: MarsadError | None = None) -> Response:
    return view.page(
        "watches", 400 if error else 200, watches=view.desk.watches(), fields=fields, error=error, **CHOICES
    )


def _shown(
    view: View, one: Watch, fields: dict[str, Any], *, told: object = None, error: MarsadError | None = None
) -> Response:
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

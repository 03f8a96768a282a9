"""What the watches have told, with the sentences that each alert rests on; and that somebody has seen it."""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import APIRouter
from fastapi.responses import Response

from marsad.web.forms import Filled, text
from marsad.web.view import YEAR, View, Viewed

router = APIRouter()
#: The cookie that knows under which name a reader signs.
NAME = "marsad-name"
#: Alerts of a page.
LIMIT = 20
#: Who has seen an alert, where nobody gives a name.
NOBODY = "observatory"


@router.get("/alerts")
def alerts(view: Viewed, watch: str = "", new: bool = False, after: str | None = None) -> Response:
    """The alerts, the newest first: of one watch, or seen by nobody."""
    found = view.desk.alerts(watch=watch or None, unacked=new, after=after, limit=LIMIT)
    return view.page(
        "alerts",
        alerts=list(found),
        after=found.after,
        watches=view.kept("watches", view.desk.watches, lambda found: 1_000 * len(found)),
        watch=watch,
        new=new,
        unseen=view.desk.count_alerts(),
        reader=_name(view),
    )


@router.post("/alerts/ack")
def ack(view: Viewed, form: Filled) -> Response:
    """Note that somebody has seen these alerts, and go back to where they stood."""
    name = text(form, "name")[:80]
    ids = [one for one in form.getlist("id") if isinstance(one, str)][:200]
    view.desk.ack(ids, name or _name(view) or NOBODY)
    answer = view.back(text(form, "back") or "/alerts")
    if name:
        answer.set_cookie(NAME, quote(name), max_age=YEAR, httponly=True, samesite="lax")
    return answer


def _name(view: View) -> str:
    """Under which name the reader has signed before; a cookie holds no Arabic as it stands."""
    return " ".join(unquote(view.request.cookies.get(NAME, "")).split())[:80]

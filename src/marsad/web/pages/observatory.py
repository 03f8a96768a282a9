"""The first page: where the watched pairs stand, what was told, what is new, and who has gone silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from marsad.desk.intake import example as story
from marsad.desk.pairs.overview import Overview, Pair, busiest, newest, overview, watched
from marsad.export.labels import country
from marsad.store.sources import Followed
from marsad.store.where import Where
from marsad.types import Alert, Occurrence
from marsad.web.cache import Key
from marsad.web.pages.example import making
from marsad.web.pictures import spark
from marsad.web.view import YEAR, View, Viewed

router = APIRouter()
#: The cookie that knows when this reader came last.
VISIT = "marsad-visit"
#: A visit ends with this pause.
PAUSE = timedelta(minutes=30)
#: Most pairs that are shown, and how many where nothing is watched.
PAIRS, BUSY = 60, 12
#: Where fewer pairs are watched than this, the busiest ones stand below them.
FEW = 5
#: Seconds that the rows of a page may take together; what is not ready by then, the browser asks for row by row.
PATIENCE = 0.08
#: Days after which a source that is followed counts as silent.
SILENT = 7


@dataclass(frozen=True, slots=True)
class Visit:
    """The visit before this one: when it ended, and how many articles there were."""

    at: datetime | None
    articles: int
    cookie: str

    @classmethod
    def of(cls, request: Request, now: datetime, articles: int) -> Visit:
        """What the cookie says; a page that is loaded again within :data:`PAUSE` is of the same visit."""
        try:
            then, counted, last, latest = (int(part) for part in request.cookies.get(VISIT, "").split("."))
            moments = [datetime.fromtimestamp(one, UTC) if one else None for one in (then, last)]
        except (ValueError, OverflowError, OSError):
            return cls(None, articles, f"0.{articles}.{int(now.timestamp())}.{articles}")
        if moments[1] is not None and now - moments[1] > PAUSE:
            then, counted, moments = last, latest, [moments[1], None]
        return cls(moments[0], counted, f"{then}.{counted}.{int(now.timestamp())}.{articles}")


@router.get("/")
def observatory(view: Viewed, whole: bool = False) -> Response:
    """The first page; ``whole`` waits for every row."""
    desk = view.desk
    articles = view.kept("size", desk.size)
    telling = making(view.request.app)
    if not articles:
        return view.back("/example") if telling and telling.running else view.page("empty")
    watches = view.kept("watches", desk.watches, lambda found: 1_000 * len(found))
    pairs = watched(watches, desk.settings.sanctioner or None)
    chosen = pairs[:PAIRS]
    if len(chosen) < FEW:
        sides = {frozenset(one[:2]) for one in chosen}
        busy = view.kept("busiest", lambda: _busiest(view))
        chosen = [*chosen, *(one for one in busy if frozenset(one[:2]) not in sides)][: BUSY if not pairs else FEW + 2]
    year = view.kept(("newest", *chosen), lambda: newest(desk.store, chosen, view.today))
    visit = Visit.of(view.request, view.now, articles)
    alerts = desk.alerts(unacked=True, limit=6)
    followed = view.kept("clocks", lambda: desk.sources(counted=False), lambda found: 400 * len(found))
    answer = view.page(
        "observatory",
        rows=_rows(view, chosen, year, whole),
        year=year,
        stale=year < view.today,
        watching=len(pairs[:PAIRS]),
        left=len(pairs) - len(pairs[:PAIRS]),
        articles=articles,
        alerts=alerts,
        names={one.id: one.name for one in watches},
        unseen=desk.count_alerts(),
        visit=visit,
        since=_since(view, visit, articles),
        acts=view.kept("acts", lambda: _acts(view), lambda found: 600 * len(found)),
        silent=silent(followed, view.now),
        clocks=clocks(followed),
        example=view.kept("example", lambda: story.holds(desk)),
        telling=telling is not None and telling.running,
        demo=view.request.app.state.options.demo,
        waiting=max((one.waiting for one in desk.waiting()), default=0),
    )
    answer.set_cookie(VISIT, visit.cookie, max_age=YEAR, httponly=True, samesite="lax")
    return answer


@router.get("/parts/pair/{near}/{counterpart}")
def pair(view: Viewed, near: str, counterpart: str, year: date, sanctioner: str | None = None) -> Response:
    """One row of the first page, for the browser that has not waited for it; its year ends on ``year``."""
    return Response(_row(view, Pair(near, counterpart, sanctioner), min(year, view.today)), media_type="text/html")


# --- the rows --------------------------------------------------------------------------------------------------------


def _rows(view: View, pairs: Sequence[Pair], year: date, whole: bool) -> list[tuple[Pair, Markup | None]]:
    """The rows as HTML; None for one that would make the page late."""
    begun, rows = perf_counter(), list[tuple[Pair, Markup | None]]()
    for one in pairs:
        late = not whole and perf_counter() - begun > PATIENCE
        rows.append((one, None if late and not _has(view, one, year) else Markup(_row(view, one, year))))
    return rows


def _key(view: View, pair: Pair, year: date) -> Key:
    return Key(("row", *pair, year), view.lang, view.today, view.desk.store.revision())


def _has(view: View, pair: Pair, year: date) -> bool:
    return _key(view, pair, year) in view.cache


def _row(view: View, pair: Pair, year: date) -> str:
    def made() -> str:
        seen = overview(view.desk.store, pair, view.today, year)
        return view.filled("pair_row", "observatory", seen=seen, spark=_spark(view, seen))

    return view.cache.get(_key(view, pair, year), made, len)


def _spark(view: View, seen: Overview) -> Markup:
    word, _ = view.words("observatory")
    between = " – ".join(country(side, view.lang) for side in seen.pair[:2])
    return spark(seen.months, word("spark", pair=between, total=view.number(sum(seen.months))))


def _busiest(view: View) -> list[Pair]:
    desk = view.desk
    sanctioner = desk.settings.sanctioner or None
    year = view.today - timedelta(365)
    return busiest(desk.store, sanctioner, year, BUSY) or busiest(desk.store, sanctioner, None, BUSY)


# --- what stands beside ----------------------------------------------------------------------------------------------


def _acts(view: View) -> list[Occurrence]:
    """The newest acts of which both sides are known."""
    found = view.desk.events(Where(until=view.today), limit=60)
    return [one for one in found if one.actors and one.recipients][:8]


def _since(view: View, visit: Visit, articles: int) -> dict[str, int] | None:
    """How many articles and alerts are new since the last visit; None on the first one."""
    if visit.at is None:
        return None
    told: Sequence[Alert] = list(view.desk.alerts(since=visit.at, limit=100))
    return {"articles": max(0, articles - visit.articles), "alerts": len(told)}


def silent(followed: Sequence[Followed], now: datetime, days: int = SILENT) -> list[Followed]:
    """The sources that are followed and have given nothing new for so many days, the longest silent first."""
    edge = now - timedelta(days)
    found = [one for one in followed if one.source.feed and one.source.enabled and (one.renewed or one.added) < edge]
    return sorted(found, key=lambda one: one.renewed or one.added)


def clocks(followed: Sequence[Followed]) -> tuple[datetime | None, datetime | None]:
    """When any source answered last, and when any gave an article that was new."""
    answered = max((one.succeeded for one in followed if one.succeeded), default=None)
    renewed = max((one.renewed for one in followed if one.renewed), default=None)
    return answered, renewed

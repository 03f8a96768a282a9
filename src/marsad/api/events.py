"""What happened, what was reported, what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Asks, Filtered, Id, Page
from marsad.api.examples import documented
from marsad.desk import Desk
from marsad.errors import NotFoundError
from marsad.export.acts import ACTS, act_records, act_rows, report_record
from marsad.export.quotes import quotation_record, quotations
from marsad.export.rows import COLUMNS, rows
from marsad.types import Occurrence, Report

router = APIRouter(prefix="/api", tags=["events"])


def acts(desk: Desk, items: Sequence[Occurrence]) -> Iterator[dict[str, Any]]:
    """Acts as objects, each with its reports."""
    told = desk.told([id for one in items for id in one.reports])  # noqa: A001 (the field's word)
    yield from act_records(items, told, desk.judged([*(one.id for one in items), *told]))


def _report_rows(desk: Desk, items: Sequence[Report]) -> Iterator[dict[str, Any]]:
    spread = desk.spread(list({one.occurrence for one in items if one.occurrence}))
    yield from rows(items, {id: one.reports for id, one in spread.items()})  # noqa: A001


def reports(desk: Desk, items: Sequence[Report]) -> Iterator[dict[str, Any]]:
    """Reports as objects, with what persons hold of them."""
    judged = desk.judged([one.event.id for one in items])
    yield from (report_record(row, judged) for row in _report_rows(desk, items))


@router.get("/events", summary="What happened: each act once, with its reports", **documented("events"))
def events(request: Request, desk: Asks, asked: Filtered, page: Page) -> Response:
    """Acts in the world, the latest day first. The filters are those of `marsad events`."""
    where = asked.where(desk)

    def ask() -> tuple[Any, str | None]:
        found = desk.events(where, after=page.after, limit=page.limit)
        return acts(desk, found.items), found.after

    def table() -> tuple[Any, Any, str | None]:
        found = desk.events(where, after=page.after, limit=page.limit)
        return act_rows(found.items), ACTS, found.after

    return forms.page(request, ask, table)


@router.get("/events/{id}", summary="One act in the world, with its reports", **documented("event"))
def event(request: Request, desk: Asks, id: Id) -> Response:  # noqa: A002 (the field's word)
    """The act with this id, a former id of it, or the act that the event with this id reports."""
    return forms.one(request, lambda: next(acts(desk, [_act(desk, id)])))


def _act(desk: Desk, id: str) -> Occurrence:  # noqa: A002
    try:
        return desk.act(id)
    except NotFoundError as error:
        try:
            found = desk.told([desk.event(id).id])
        except NotFoundError:
            raise error from None
        for report in found.values():
            if report.occurrence:
                return desk.act(report.occurrence)
        raise


@router.get("/reports", summary="What was reported: each event of each article", **documented("reports"))
def reported(request: Request, desk: Asks, asked: Filtered, page: Page) -> Response:
    """Events as articles tell them, the latest day first, each with its sentence, speaker, voice and address."""
    where = asked.where(desk)

    def ask() -> tuple[Any, str | None]:
        found = desk.reports(where, after=page.after, limit=page.limit)
        return reports(desk, found.items), found.after

    def table() -> tuple[Any, Any, str | None]:
        found = desk.reports(where, after=page.after, limit=page.limit)
        return _report_rows(desk, found.items), COLUMNS, found.after

    return forms.page(request, ask, table)


@router.get("/reports/{id}", summary="One event of one article", **documented("report"))
def report(request: Request, desk: Asks, id: Id) -> Response:  # noqa: A002
    """The event with this id as its article tells it."""

    def make() -> Any:
        found = desk.told([desk.event(id).id])
        if not found:
            raise NotFoundError(f"the event {id!r} counts no longer", do="its article was replaced, or coded anew")
        return next(reports(desk, list(found.values())))

    return forms.one(request, make)


@router.get("/quotations", summary="What was said, word for word or not", **documented("quotations"))
def said(request: Request, desk: Asks, asked: Filtered, page: Page) -> Response:
    """The words behind reports that have a speaker or a voice, speaker by speaker: `marsad events --quotations`."""
    where = asked.where(desk)

    def ask() -> tuple[Any, str | None]:
        found = desk.reports(where, after=page.after, limit=page.limit)
        return map(quotation_record, quotations(found.items)), found.after

    return forms.page(request, ask)

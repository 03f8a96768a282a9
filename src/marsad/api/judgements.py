"""What persons hold of what the machine found, beside its value, which stays."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from marsad.api import forms
from marsad.api.access import Writes
from marsad.api.asked import Asks, Page, Text
from marsad.api.examples import documented
from marsad.api.problems import Refused, asked_in
from marsad.desk.questions.asked import thing
from marsad.desk.records import judgement_record

router = APIRouter(prefix="/api", tags=["judgements"])


class Held(BaseModel):
    """What a person holds of one thing: `fields` and values as `marsad judge` takes them."""

    model_config = ConfigDict(extra="forbid")

    target: Text = Field(max_length=200, description="The id of an event, an article or an act; or a body (TUR.SSB).")
    values: dict[Annotated[Text, Field(max_length=200)], Annotated[Text, Field(max_length=2_000)]] = Field(
        min_length=1, max_length=20, description="Field and value: {'status': 'DENIED'}."
    )
    name: Text = Field(min_length=1, max_length=200, description="Who judges.")
    reason: Text = Field(min_length=1, max_length=2_000, description="Why.")


class Withdrawn(BaseModel):
    """Who takes a judgement back, and why."""

    model_config = ConfigDict(extra="forbid")

    name: Text = Field(min_length=1, max_length=200)
    reason: Text = Field(min_length=1, max_length=2_000)


@router.get("/judgements", summary="What persons hold", **documented("judgements"))
def listed(
    request: Request, desk: Asks, page: Page,
    target: Annotated[Text | None, Query(max_length=200, description="Of this event, article, act or body.")] = None,
) -> Response:  # fmt: skip
    """Every judgement, the earliest first, those that were withdrawn too."""

    with asked_in("target"):
        of = thing(desk, target) if target else None

    def ask() -> tuple[Any, str | None]:
        items, after = forms.sliced(desk.judgements(of), page.after, page.limit)
        return map(judgement_record, items), after

    return forms.page(request, ask)


@router.post("/judgements", summary="Say what you hold", status_code=201, **documented("judged", 201))
def judge(desk: Asks, held: Held, _: Writes) -> Response:
    """Keep what a person holds of several fields of one thing: all of it, or nothing where one will not do."""
    fields = [field.strip().lower() for field in held.values]
    if len(set(fields)) < len(fields):
        raise Refused(422, "request", "a field stands there twice", where="body.values", do="give one value each")
    values = dict(zip(fields, held.values.values(), strict=True))
    laws = [field for field in fields if ":" in field]
    if laws and len(laws) < len(fields):
        raise Refused(422, "request", "elements of laws stand beside others", where="body.values", do="send them apart")
    if laws:
        found = desk.judge_entity(held.target.strip().upper(), values, name=held.name.strip(), reason=held.reason)
    else:
        found = desk.judge_all(held.target, values, name=held.name.strip(), reason=held.reason)
    return forms.written({"items": [judgement_record(one) for one in found], "after": None}, 201)


@router.post("/judgements/{number}/withdraw", summary="Take a judgement back", status_code=201,
             **documented("withdrawn", 201))  # fmt: skip
def withdraw(desk: Asks, number: Annotated[int, Path(ge=1, le=2**53)], by: Withdrawn, _: Writes) -> Response:
    """The one before it stands again."""
    return forms.written(judgement_record(desk.withdraw(number, name=by.name.strip(), reason=by.reason)), 201)

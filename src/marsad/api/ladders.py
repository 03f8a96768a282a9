"""What the rungs of the ladders mean."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from marsad.api import forms
from marsad.api.asked import Text
from marsad.api.examples import documented
from marsad.desk.records import level_record
from marsad.errors import NotFoundError
from marsad.knowledge.ladders import LEVELS, Level, ladders
from marsad.types import Ladder

router = APIRouter(prefix="/api", tags=["ladders"])
_RUNG = re.compile(r"([LWR])([-−]?\d{1,3})?", re.IGNORECASE)


@router.get("/ladders", summary="Every rung of the three ladders", **documented("ladders"))
def every(request: Request) -> Response:
    """L is rapprochement, W the warnings of the sanctioner, R its relief."""
    return forms.page(request, lambda: (map(level_record, _levels()), None))


@router.get("/ladders/{rung}", summary="What a rung means, or all of a ladder", **documented("ladder"))
def rung(
    request: Request, rung: Annotated[Text, Path(max_length=10, description="A ladder (L, W, R) or a rung (W4, W-1).")]
) -> Response:
    """Name and definition in both languages, the words that tell of it, examples."""
    return forms.page(request, lambda: (map(level_record, _levels(rung)), None))


def _levels(written: str = "") -> list[Level]:
    if not written:
        return [ladders().level(of, level) for of in Ladder for level in LEVELS[of]]
    found = _RUNG.fullmatch(written.strip())
    if found is None:
        raise NotFoundError(f"no ladder and no rung {written!r}", do="give L, W or R, or a rung such as W4")
    of, number = Ladder(found[1].upper()), found[2]
    wanted: Any = [int(number.replace("−", "-"))] if number else LEVELS[of]
    return [ladders().level(of, level) for level in wanted]

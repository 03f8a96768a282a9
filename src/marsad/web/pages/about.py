"""What Marsad is, how well it was measured, and what it cannot do."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from marsad.web.view import Viewed

router = APIRouter()


@router.get("/about", response_class=HTMLResponse)
def about(view: Viewed) -> HTMLResponse:
    """The page about Marsad."""
    return view.page("about")

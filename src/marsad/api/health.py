"""Whether the server is well, and what it has counted."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from marsad.about import __version__
from marsad.api import forms
from marsad.api.asked import Asks
from marsad.api.examples import documented

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the store answers", **documented("health"))
def health(request: Request, desk: Asks) -> Response:
    """The version, the revision of the store, and how many articles wait for each stage; 503 where it does not.

    Where keys are needed, who has none learns only that it is well.
    """
    revision = desk.store.revision()
    if request.app.state.options.keys_needed and getattr(request.state, "key", None) is None:
        return forms.written({"ok": True})
    waiting = {one.stage: one.waiting for one in desk.waiting()}
    return forms.written({"ok": True, "version": __version__, "revision": revision, "waiting": waiting})


@router.get("/metrics", summary="What is counted, for Prometheus", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Requests by route and status, their time, and the sizes of the store."""
    made = generate_latest(request.app.state.counts.registry)
    return Response(made, headers={"cache-control": "no-store"}, media_type=CONTENT_TYPE_LATEST)

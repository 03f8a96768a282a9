"""The application that serves a desk over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request

from marsad.about import __version__
from marsad.api import (
    actors,
    alerts,
    articles,
    events,
    feeds,
    findings,
    forms,
    health,
    judgements,
    ladders,
    laws,
    matching,
    precedents,
    problems,
    reading,
    reference,
    relations,
    search,
    sources,
    stream,
    watches,
)
from marsad.api.access import Access, Keys
from marsad.api.asked import known
from marsad.api.bounds import Bodies, Rates
from marsad.api.cache import Cache
from marsad.api.metrics import Counts, Observed
from marsad.api.options import Options
from marsad.desk import Desk

DESCRIPTION = """Everything that Marsad's desk gives, over HTTP: what happened, who said what, how pairs of states
stand, how near a deal is to sanctions, each with the sentence that it rests on.

Lists come in pages: `{"items": […], "after": "…"}`; give `after` for the next, or follow `Link: rel=next`. An address
may end in `.json`, `.csv` or `.ndjson`, else `Accept` chooses. `ETag` stands until something is written to the store.

Faults are problem+json of one shape. Nothing is asked of a key on this machine; beyond it, send
`Authorization: Bearer KEY` or `X-API-Key`. To write always needs a key with the scope write."""

_PARTS = (events, articles, relations, actors, ladders, precedents, laws, findings, search, sources, watches, alerts,
          judgements, reading, matching, stream)  # fmt: skip


def _not_local(_: Request) -> bool:
    return False


def app(desk: Desk, options: Options | None = None) -> FastAPI:
    """The API over ``desk``. ``state`` has ``desk``, ``options``, and ``local_token``, which says whether a request is
    from a page of ours: none is, until the pages are put on top.
    """
    chosen = options or Options()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # No more threads than the store has connections for: whoever comes meanwhile waits for a thread, and in order.
        anyio.to_thread.current_default_thread_limiter().total_tokens = chosen.threads
        yield
        made.state.hub.close()

    made = FastAPI(
        title="Marsad", version=__version__, description=DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", redirect_slashes=False,
    )  # fmt: skip
    made.state.desk, made.state.options, made.state.local_token = desk, chosen, _not_local
    made.state.hub = stream.Hub(desk, chosen)
    made.state.reader = reading.Reader(desk, chosen)
    made.state.screens = matching.Screens(desk)
    made.state.counts = Counts(desk)
    made.state.kept = forms.Kept()
    made.state.cache = Cache()
    _routes(made)
    problems.install(made)
    made.add_exception_handler(forms.Unchanged, forms.unchanged)
    # The last stands outermost.
    made.add_middleware(forms.Endings)
    made.add_middleware(Bodies, most=chosen.body)
    made.add_middleware(Access, desk=desk, options=chosen, keys=Keys(desk), rates=Rates())
    made.add_middleware(Observed, counts=made.state.counts)
    made.openapi = lambda: _schema(made)  # type: ignore[method-assign]
    return made


def _routes(made: FastAPI) -> None:
    for part in (*_PARTS, feeds):
        made.include_router(part.router, dependencies=[Depends(known)])
    made.include_router(health.router)
    made.include_router(reference.router)


def _schema(made: FastAPI) -> dict[str, Any]:
    """The schema of the API, without the pages; made once."""
    if made.openapi_schema is None:
        schema = get_openapi(
            title="Marsad", version=__version__, description=DESCRIPTION, routes=made.routes,
            tags=[{"name": part.router.tags[0]} for part in (*_PARTS, feeds, health)],
        )  # fmt: skip
        parts = schema.setdefault("components", {})
        parts.setdefault("schemas", {})["Problem"] = problems.Problem.model_json_schema()
        parts["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer", "description": "A key of `marsad key add`."},
            "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        }
        schema["security"] = [{}, {"bearer": []}, {"key": []}]
        made.openapi_schema = schema
    return made.openapi_schema

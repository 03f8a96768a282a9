"""The application that serves pages and API over one desk."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules

from fastapi import Depends, FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from marsad.api.app import app as api
from marsad.api.options import Options
from marsad.desk import Desk
from marsad.web import failing, pages
from marsad.web.guard import Guard, Guarded


class _Static(StaticFiles):
    """Files that browsers keep: those that never change for a year, the others as long as they are the same."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        lasting = path.startswith("fonts/") or path.startswith("htmx-")
        answer.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return answer


def app(desk: Desk, options: Options | None = None) -> FastAPI:
    """Pages over ``desk``, on top of its API: every module under ``pages/`` with its ``router``."""
    made = api(desk, options)
    guard = made.state.guard = Guard()
    made.state.local_token = guard.local
    for one in iter_modules(pages.__path__):
        router = import_module(f"{pages.__name__}.{one.name}").router
        made.include_router(router, include_in_schema=False, dependencies=[Depends(guard.check)])
    # Pages are not compressed: beside what a reader gives they carry a token, which their length would tell (BREACH).
    made.mount("/static", GZipMiddleware(_Static(directory=str(files("marsad.web").joinpath("static")))))
    failing.install(made)
    made.add_middleware(Guarded)
    return made

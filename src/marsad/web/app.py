"""The application that serves pages and API over one desk."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from marsad.desk import Desk
from marsad.web import pages


def app(desk: Desk) -> FastAPI:
    """Pages over ``desk``: every module under ``pages/`` with its ``router``."""
    made = FastAPI()
    made.state.desk = desk
    for one in iter_modules(pages.__path__):
        made.include_router(import_module(f"{pages.__name__}.{one.name}").router, include_in_schema=False)
    made.mount("/static", StaticFiles(directory=str(files("marsad.web").joinpath("static"))))
    return made

"""The example story in one click, for a store that has nothing yet."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from threading import Lock, Thread

from fastapi import APIRouter, FastAPI
from fastapi.responses import Response

from marsad.desk import Desk
from marsad.desk.intake import example as story
from marsad.errors import BusyError, MarsadError
from marsad.web.view import Viewed

router = APIRouter()
log = logging.getLogger(__name__)
_turn = Lock()


@dataclass(slots=True)
class Making:
    """How far the story is: the day that is told, articles that are done and of how many, or what went wrong."""

    day: date | None = None
    done: int = 0
    of: int = 0
    over: bool = False
    wrong: MarsadError | None = None

    @property
    def running(self) -> bool:
        """Whether it is being told."""
        return not self.over

    def told(self, day: date, done: int, of: int) -> None:
        """One more day is told."""
        self.day, self.done, self.of = day, done, of

    def work(self, desk: Desk) -> None:
        """Tell the whole story."""
        try:
            story.tell(desk, self.told)
        except MarsadError as error:
            self.wrong = error
        except Exception:
            log.exception("the example story")
            self.wrong = MarsadError("the example story broke off", do="look at what the server printed")
        finally:
            self.over = True


def making(app: FastAPI) -> Making | None:
    """The work on the story, where there is any."""
    found: Making | None = getattr(app.state, "example", None)
    return found


@router.post("/example")
def make(view: Viewed) -> Response:
    """Begin to tell the story in the background. Raises :class:`BusyError` where the store has articles of its own."""
    app: FastAPI = view.request.app
    with _turn:
        now = making(app)
        if now is None or now.over:
            if view.desk.size() and not story.holds(view.desk):
                raise BusyError("the store has articles already", do="marsad serve --demo shows the story beside it")
            app.state.example = now = Making()
            Thread(target=now.work, args=(view.desk,), name="example", daemon=True).start()
    return view.back("/example")


@router.get("/example")
def progress(view: Viewed) -> Response:
    """How far the story is; goes on to the observatory when it is told."""
    now = making(view.request.app)
    if now is None or (now.over and now.wrong is None):
        return view.back("/")
    return view.page("example", making=now)


@router.post("/example/remove")
def remove(view: Viewed) -> Response:
    """Take the story out of the store again."""
    story.forget(view.desk)
    view.request.app.state.example = None
    return view.back("/")

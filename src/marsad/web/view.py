"""What a page is made with: the request, the desk, the language, and the templates filled with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from marsad.desk import Desk
from marsad.export.labels import country, direction, label, level
from marsad.settings import INTERFACE
from marsad.web.words import word

#: Cookies that remember what a reader chose.
LANG, THEME = "marsad-lang", "marsad-theme"
THEMES = ("auto", "light", "dark")
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
#: The months as papers of the whole Arab world can read them.
_MONTHS = {
    "ar": ("كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
           "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


def number(value: float | str, lang: str) -> str:
    """A number in the digits of the language, thousands set apart.

    >>> number(12500, "ar"), number(12500, "en"), number("2026", "ar")
    ('١٢٬٥٠٠', '12,500', '٢٠٢٦')
    """
    written = value if isinstance(value, str) else f"{value:,}"
    if lang != "ar":
        return written
    return written.translate(_DIGITS).replace(",", "٬").replace(".", "٫")


def day(value: date | datetime | None, lang: str) -> str:
    """A day in words; empty for none.

    >>> day(date(2025, 9, 16), "ar"), day(date(2025, 9, 16), "en")
    ('١٦ أيلول/سبتمبر ٢٠٢٥', '16 September 2025')
    """
    if value is None:
        return ""
    return f"{number(str(value.day), lang)} {_MONTHS[lang][value.month - 1]} {number(str(value.year), lang)}"


@cache
def environment() -> Environment:
    """The templates: what is filled in is text, unless it is marked as made by us; a missing name is an error."""
    made = Environment(
        loader=PackageLoader("marsad.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(number=number, day=day)
    made.globals.update(label=label, country=country, level=level, direction=direction)
    return made


@dataclass(frozen=True, slots=True)
class View:
    """One page about to be made: for whom, and from what."""

    request: Request
    desk: Desk
    lang: str
    theme: str

    @property
    def other(self) -> str:
        """The other language of the interface."""
        return next(one for one in INTERFACE if one != self.lang)

    def here(self, **changed: object) -> str:
        """The address of this page with some of its query changed (None: left out): a switch keeps the place."""
        query = [(key, value) for key, value in self.request.query_params.multi_items() if key not in changed]
        query += [(key, str(value)) for key, value in changed.items() if value is not None]
        return self.request.url.path + (f"?{urlencode(query)}" if query else "")

    def page(self, name: str, status: int = 200, **given: Any) -> HTMLResponse:
        """The template ``<name>.html`` filled; ``word(key)`` in it finds the words of that page."""

        def said(key: str, **filled: object) -> str:
            return word(name, key, self.lang, **filled)

        made = environment().get_template(f"{name}.html")
        text = made.render(
            view=self, name=name, lang=self.lang, dir=direction(self.lang), theme=self.theme, word=said, **given
        )
        return HTMLResponse(text, status)


def view(request: Request) -> View:
    """The view of a request: the language of its address, else of its cookie, else of the settings."""
    desk: Desk = request.app.state.desk
    asked = request.query_params.get("lang") or request.cookies.get(LANG) or desk.settings.lang
    theme = request.cookies.get(THEME, "auto")
    return View(
        request, desk, asked if asked in INTERFACE else desk.settings.lang, theme if theme in THEMES else "auto"
    )


#: What a page function asks for.
Viewed = Annotated[View, Depends(view)]

"""What a page is made with: the request, the desk, the language, and the templates filled with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import blake2b
from typing import Annotated, Any, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from marsad.about import __version__
from marsad.desk import Desk
from marsad.export.labels import act, country, direction, label, level
from marsad.settings import INTERFACE, Settings
from marsad.text import written as writing
from marsad.web.cache import Cache, Key
from marsad.web.guard import FIELD, Guard
from marsad.web.words import SHARED, counted, word

T = TypeVar("T")
#: Cookies that remember what a reader chose, and for how many seconds.
LANG, THEME, YEAR = "marsad-lang", "marsad-theme", 366 * 86_400
THEMES = ("auto", "light", "dark")
#: A day in a sentence, and a number that is no part of a name in Latin letters (S-400).
_DAY = re.compile(r"(?<![\w-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![\w-])")
_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?<![A-Za-z][-.])[0-9]+(?:[.,][0-9]+)*(?![A-Za-z0-9])")
#: What stands in a path as it is.
_IN_PATH = "/:@!$&'()*+,;=-._~"
# What HTML forbids however it is written, and half a surrogate pair, which cannot be encoded.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def number(value: float | str, lang: str) -> str:
    """A number in the digits of the language, thousands set apart.

    >>> number(12500, "ar"), number(12500, "en"), number("2026", "ar")
    ('١٢٬٥٠٠', '12,500', '٢٠٢٦')
    """
    written = value if isinstance(value, str) else f"{value:,}"
    if lang != "ar":
        return written
    return writing.digits(written.replace(",", "٬"), lang)


def digits(words: str, lang: str) -> str:
    """A sentence of ours with its numbers and days in the digits of the language; names in Latin letters keep theirs.

    >>> digits("إس-400 وS-400 في 2022-04-07، عدد الصحف: 2", "ar")
    'إس-٤٠٠ وS-400 في ٧/٤/٢٠٢٢، عدد الصحف: ٢'
    >>> digits("two on 2022-04-07", "en")
    'two on 7 Apr 2022'
    """

    def written(found: re.Match[str]) -> str:
        try:
            return short(date(*map(int, found.groups())), lang)
        except ValueError:
            return found[0]

    told = _DAY.sub(written, words)
    return _NUMBER.sub(lambda found: number(found[0], lang), told) if lang == "ar" else told


def day(value: date | datetime | None, lang: str) -> str:
    """A day in words; empty for none.

    >>> day(date(2025, 9, 16), "ar"), day(date(2025, 9, 16), "en")
    ('١٦ أيلول/سبتمبر ٢٠٢٥', '16 September 2025')
    """
    if value is None:
        return ""
    return writing.day(value, lang)


def short(value: date | datetime | None, lang: str) -> str:
    """A day where room is scarce; empty for none.

    >>> short(date(2025, 9, 6), "ar"), short(date(2025, 9, 6), "en")
    ('٦/٩/٢٠٢٥', '6 Sep 2025')
    """
    if value is None:
        return ""
    if lang == "ar":
        return number(f"{value.day}/{value.month}/{value.year}", lang)
    return f"{value.day} {writing.MONTHS[lang][value.month - 1][:3]} {value.year}"


def moment(value: datetime | None, lang: str) -> str:
    """A day and the time of it in UTC; empty for none.

    >>> moment(datetime(2025, 9, 16, 7, 5, tzinfo=UTC), "en")
    '16 Sep 2025, 07:05 UTC'
    """
    if value is None:
        return ""
    at = value.astimezone(UTC)
    comma = "،" if lang == "ar" else ","
    return f"{short(at, lang)}{comma} {number(f'{at:%H:%M}', lang)} {word('shared', 'utc', lang)}"


def ago(value: date | datetime | None, now: datetime, lang: str) -> str:
    """How long before ``now`` that was, in words; empty for none. Of a day, whole days are told.

    >>> ago(date(2026, 3, 7), datetime(2026, 3, 10, tzinfo=UTC), "ar")
    'قبل ٣ أيام'
    """
    if value is None:
        return ""

    def said(key: str, n: int) -> str:
        return counted("shared", key, n, lang, number(n, lang))

    if isinstance(value, datetime):
        minutes = int((now - value).total_seconds() // 60)
        if minutes < 1:
            return word("shared", "now", lang)
        if minutes < 60:
            return said("minutes_ago", minutes)
        if minutes < 24 * 60:
            return said("hours_ago", minutes // 60)
        value = value.astimezone(UTC).date()
    days = (now.astimezone(UTC).date() - value).days
    if days < 2:
        return day(value, lang) if days < 0 else word("shared", ("today", "yesterday")[days], lang)
    if days < 60:
        return said("days_ago", days)
    return said("months_ago", days // 30) if days < 730 else said("years_ago", int(days // 365.25))


def web(url: str | None) -> str | None:
    """An address that a link may have: one of the web, and not ``javascript:``; else None."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


@cache
def environment() -> Environment:
    """The templates: what is filled in is text, unless it is marked as made by us; a missing name is an error."""
    from marsad.web.reading import named  # which is made of what stands here

    made = Environment(
        loader=PackageLoader("marsad.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(number=number, digits=digits, day=day, short=short, moment=moment, ago=ago, web=web)
    made.globals.update(
        label=label,
        country=country,
        level=level,
        direction=direction,
        act=act,
        side_name=named,
        FIELD=FIELD,
        version=__version__,
    )
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

    @property
    def now(self) -> datetime:
        """The time of the desk's clock, in UTC."""
        return self.desk.now()

    @property
    def today(self) -> date:
        """The day of that clock."""
        return self.now.astimezone(UTC).date()

    @property
    def cache(self) -> Cache:
        """What is kept of dear answers."""
        cache: Cache = self.request.app.state.cache
        return cache

    def kept(self, question: Hashable, make: Callable[[], T], size: Callable[[T], int] = lambda _: 1_000) -> T:
        """The answer to ``question`` in any language, made once a day and state of the store; ``size`` in bytes."""
        return self.cache.get(Key(question, "", self.today, self.desk.store.revision()), make, size)

    def number(self, value: float | str) -> str:
        """A number in the digits of the language."""
        return number(value, self.lang)

    @property
    def token(self) -> str:
        """The value of the hidden field ``token`` of a form: without it a POST is refused."""
        return self._guard.token(self.request)

    @property
    def _guard(self) -> Guard:
        guard: Guard = self.request.app.state.guard
        return guard

    @property
    def place(self) -> str:
        """Where one is: the first part of the path, empty for the observatory."""
        return self.request.url.path.split("/")[1]

    def here(self, **changed: object) -> str:
        """The address of this page with some of its query changed (None: left out): a switch keeps the place."""
        if self.request.method not in ("GET", "HEAD"):
            return "/"
        dropped = {*changed, "theme"}
        query = [(key, value) for key, value in self.request.query_params.multi_items() if key not in dropped]
        query += [(key, str(value)) for key, value in changed.items() if value is not None]
        # More than one slash before a name would make another site of it.
        path = "/" + quote(self.request.scope["path"].lstrip("/\\"), safe=_IN_PATH, errors="replace")
        return path + (f"?{urlencode(query)}" if query else "")

    def page(self, name: str, status: int = 200, **given: Any) -> Response:
        """The template ``<name>.html`` filled; ``word(key)`` in it finds the words of that page.

        ``shared(key)`` those of all pages, ``counted(key, n)`` the form of a word that stands with ``n`` things. A
        browser that has the very page already is told so (304).
        """
        text = _FORBIDDEN.sub("\ufffd", self.filled(name, **given))
        tag = f'"{blake2b(text.encode(), digest_size=12).hexdigest()}"'
        answer: Response
        if status == 200 and tag in self.request.headers.get("if-none-match", ""):
            answer = Response(status_code=304)
        else:
            answer = HTMLResponse(text, status)
        answer.headers["cache-control"] = "private, no-cache"
        answer.headers["vary"] = "Cookie, Accept-Language"
        if status == 200:
            answer.headers["etag"] = tag
        self._remember(answer)
        self._guard.keep(self.request, answer)
        return answer

    def filled(self, name: str, of: str | None = None, /, **given: Any) -> str:
        """The template as text: for a fragment, with the words of the page ``of``, and for what is kept."""
        made = environment().get_template(f"{name}.html")
        said, said_of = self.words(of or name)
        return made.render(
            view=self, name=name, lang=self.lang, dir=direction(self.lang), theme=self.theme, word=said,
            shared=self.words(SHARED)[0], counted=said_of, now=self.now, **given,
        )  # fmt: skip

    def words(self, page: str) -> tuple[Callable[..., str], Callable[[str, int], str]]:
        """``word`` and ``counted`` for a page in the language of the reader."""

        def said(key: str, **filled: object) -> str:
            return word(page, key, self.lang, **filled)

        def said_of(key: str, n: int) -> str:
            return counted(page, key, n, self.lang, number(n, self.lang))

        return said, said_of

    def back(self, to: str = "/") -> RedirectResponse:
        """What a form that has done its work answers: go on to the page ``to``, by GET."""
        ours = to.startswith("/") and not to.startswith(("//", "/\\"))
        return RedirectResponse(to if ours else "/", 303)

    def _remember(self, answer: Response) -> None:
        """Keep in a cookie the language or the theme that the address chooses."""
        for name, key, value in ((LANG, "lang", self.lang), (THEME, "theme", self.theme)):
            if self.request.query_params.get(key) == value and self.request.cookies.get(name) != value:
                answer.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="lax")


def view(request: Request) -> View:
    """The view of a request: the language of its address, else of its cookie, of the settings, of the browser."""
    desk: Desk = request.app.state.desk
    usual = Settings().lang
    told = desk.settings.lang if desk.settings.lang != usual else None  # what nobody has set is left to the browser
    asked = (request.query_params.get("lang"), request.cookies.get(LANG), told, _preferred(request), usual)
    themes = (request.query_params.get("theme"), request.cookies.get(THEME), THEMES[0])
    return View(
        request,
        desk,
        next(one for one in asked if one in INTERFACE),
        next(one for one in themes if one in THEMES),
    )


def _preferred(request: Request) -> str | None:
    """The first language of the browser that we have."""
    for one in request.headers.get("accept-language", "").split(","):
        code = one.split(";")[0].split("-")[0].strip().lower()
        if code in INTERFACE:
            return code
    return None


#: What a page function asks for.
Viewed = Annotated[View, Depends(view)]

"""Feeds for readers of news: alerts and acts as Atom (RFC 4287), in Arabic with its direction, in English.

What comes from articles is text, escaped twice where it stands in the HTML of a summary: no markup of theirs reaches a
reader of feeds. Ids never change, so that a reader shows nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from urllib.parse import quote, urljoin
from uuid import NAMESPACE_URL, uuid5

from marsad.export.acts_table import called
from marsad.export.labels import act, direction, label
from marsad.export.safe import for_html as safe
from marsad.text import sentences
from marsad.types import Occurrence, Report
from marsad.types.alerts import Alert, Because

_ATOM = "http://www.w3.org/2005/Atom"
#: Who an entry is by, where it does not say.
_MAKER = "Marsad · مرصد"
#: A mark of no width: what follows runs from right to left, also where it begins with a Latin letter or a digit.
_RLM = "\u200f"
#: White space, and the controls that would turn round what a reader of feeds shows behind them.
_ODD = re.compile("[\\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
#: The day of what nobody dates: the same at each call, as a feed must be.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: ``id`` is an address or urn that never changes, ``link`` an address, ``summary_html`` HTML of ours.

    ``updated`` has a zone; ``author`` is who printed it, or empty.
    """

    id: str
    title: str
    updated: datetime
    link: str
    summary_html: str = ""
    author: str = ""


def atom(
    title: str,
    id: str,  # noqa: A002 (the format's word)
    updated: datetime,
    entries: Iterable[Entry],
    lang: str = "en",
    *,
    here: str | None = None,
    site: str | None = None,
) -> str:
    """A feed as text, to be written in UTF-8. ``here`` is the address of the feed itself, ``site`` that of its page.

    ``id`` that is no address or urn becomes one (:func:`urn`).

    >>> feed = atom("Alerts", "watch-1", datetime(2026, 3, 1, tzinfo=UTC), [])
    >>> "<updated>2026-03-01T00:00:00Z</updated>" in feed
    True
    """
    links = [("self", "application/atom+xml", here), ("alternate", "text/html", site)]
    told = "".join(
        f'<link rel="{rel}" type="{kind}" href="{safe(address)}"/>\n' for rel, kind, address in links if address
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{_ATOM}" xml:lang="{safe(lang)}">\n'
        f"<id>{safe(_identity(id))}</id>\n<title>{_line(title, lang)}</title>\n<updated>{_stamp(updated)}</updated>\n"
        f"<author><name>{_MAKER}</name></author>\n{told}{''.join(_entry(one, lang) for one in entries)}</feed>\n"
    )


def urn(kind: str, of: str) -> str:
    """The id of an entry about a thing: the same at each call, another for each kind and thing.

    >>> urn("alert", "0a1b") == urn("alert", "0a1b") != urn("act", "0a1b")
    True
    """
    name = f"marsad:{kind}:{of}".encode("utf-8", "replace").decode()  # half a surrogate pair cannot be hashed
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def alert_entry(alert: Alert, base: str, lang: str = "en") -> Entry:
    """The entry of an alert: its sentence, and below it the words that it rests on. ``base`` is the observatory's
    address."""
    said = alert.said.shown(lang)
    quotes = "".join(_because(one, lang) for one in alert.because)
    return Entry(
        id=urn("alert", alert.id),
        title=said,
        updated=alert.found,
        link=urljoin(base, quote(alert.link, safe="/:?&=#%+,.-_~", errors="replace")),
        summary_html=_around(f"<p>{_text(said)}</p>{quotes}", lang),
        author=next((one.source for one in alert.because if one.source), ""),
    )


def event_entry(act_: Occurrence, first: Report | None, base: str, lang: str = "en") -> Entry:
    """The entry of an act in the world: who did what to whom and whether it happened, with the sentence of ``first``.

    ``first`` is the report that is quoted; without it the entry has no words of an article.
    """
    arrow = " ← " if lang == "ar" else " → "
    sides = [", ".join(called(one, lang) or one for one in some) for some in (act_.actors, act_.recipients)]
    title = f"{arrow.join(side for side in sides if side)}: {act(act_.type, act_.mode, lang)}".removeprefix(": ")
    title = f"{title} · {label('status', act_.status.value, lang)}"
    facts = [act_.day.isoformat() if act_.day else label("precision", "unknown", lang)]
    facts.append(f"{label('word', 'reports', lang)}: {len(act_.reports)}")
    words = _report(first, lang) if first else ""
    return Entry(
        id=urn("act", act_.id),
        title=title,
        updated=_when(first),
        link=urljoin(base, f"/event/{quote(act_.id, safe='', errors='replace')}"),
        summary_html=_around(f"<p>{_text(title)}</p><p>{_text(' · '.join(facts))}</p>{words}", lang),
        author=(first.source.name or first.source.id) if first and first.source else "",
    )


# --- parts ---------------------------------------------------------------------------------------------------------


def _identity(given: str) -> str:
    known = _ADDRESS.match(given) or given.startswith(("urn:", "tag:"))
    return given if known else urn("feed", given)


def _line(words: str, lang: str) -> str:
    """A title: one line of text, with the mark of its direction."""
    return (_RLM if direction(lang) == "rtl" else "") + _text(words)


def _text(words: str) -> str:
    """Text on one line, escaped, without what would turn round its letters."""
    return safe(_ODD.sub(" ", words).strip())


def _stamp(moment: datetime) -> str:
    """A time as RFC 3339 has it, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _entry(one: Entry, lang: str) -> str:
    by = _ODD.sub(" ", one.author).strip() or _MAKER
    summary = f'<summary type="html">{safe(one.summary_html)}</summary>\n' if one.summary_html else ""
    return (
        f"<entry>\n<id>{safe(_identity(one.id))}</id>\n<title>{_line(one.title, lang)}</title>\n"
        f'<updated>{_stamp(one.updated)}</updated>\n<link rel="alternate" href="{safe(one.link)}"/>\n'
        f"<author><name>{safe(by)}</name></author>\n{summary}</entry>\n"
    )


def _around(body: str, lang: str) -> str:
    return f'<div lang="{safe(lang)}" dir="{direction(lang)}">{body}</div>'


def _because(one: Because, lang: str) -> str:
    facts = [one.source or "", one.speaker or ""]
    facts += [label("voice", one.voice.value, lang)] if one.voice else []
    facts += [label("status", one.status.value, lang)] if one.status else []
    facts += [one.published.isoformat()] if one.published else []
    return _quotation(one.quotation, one.language, facts, one.url, lang)


def _report(one: Report, lang: str) -> str:
    article, event = one.article, one.event
    within = sentences(article.text, article.title)
    span = within[event.sentence] if event.sentence < len(within) else event.trigger
    facts = [(one.source.name or one.source.id) if one.source else article.source or ""]
    facts += [event.speaker.span.of(article.text)] if event.speaker else []
    facts += [label("voice", event.voice.value, lang), label("status", event.status.value, lang)]
    facts += [article.published.isoformat()] if article.published else []
    return _quotation(span.of(article.text), article.language, facts, article.url, lang)


def _quotation(words: str, language: str, facts: Iterable[str], url: str | None, lang: str) -> str:
    """Words of an article in their own direction, below them who says so and where; no address but of the web."""
    told = " · ".join(_named(facts))
    where = f' · <a href="{safe(url)}">{safe(label("word", "original", lang))}</a>' if _is_web(url) and url else ""
    known = language if _LANGUAGE.fullmatch(language) else "und"
    return (
        f'<blockquote lang="{known}" dir="{direction(language)}"><p>{_text(words)}</p></blockquote><p>{told}{where}</p>'
    )


def _named(facts: Iterable[str]) -> Iterator[str]:
    for fact in facts:
        if told := _text(fact):
            yield f"<bdi>{told}</bdi>"


def _is_web(url: str | None) -> bool:
    return bool(url and _ADDRESS.match(url))


def _when(first: Report | None) -> datetime:
    """When an act was first told of: when its article was fetched, else at midnight of the day that it is from."""
    article = first.article if first else None
    if article and article.fetched:
        return article.fetched
    if article and article.published:
        return datetime.combine(article.published, time(), UTC)
    return _NEVER

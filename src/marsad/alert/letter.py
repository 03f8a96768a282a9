"""What a message says: as JSON, as plain text, and as a page for mail, from right to left in Arabic. Pure.

Nothing here is free text: the sentences were made from templates, the words are those of ``letter.toml`` and the code
book, the rest is quoted as it stands in the articles, made safe for where it stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import msgspec

from marsad.knowledge import ontology
from marsad.text.written import day, digits
from marsad.types.alerts import Alert, Because, Message, Watch

#: The version of the JSON; it grows by new keys, and changes where an old one changes.
FORMAT = 1
#: Most alerts whose words stand in a mail; the others are counted. JSON has all.
SHOWN = 50
#: Longest subject, in characters.
SUBJECT = 150
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ckb", "ps", "ug", "he"})

# Controls, what HTML forbids, half a surrogate pair, and what would turn round the text behind it: we set our own.
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as channels send it: ``record`` for machines, ``text`` and ``html`` for people, under ``subject``."""

    subject: str
    text: str
    html: str
    record: Mapping[str, Any]
    lang: str

    @property
    def body(self) -> bytes:
        """The record as JSON in UTF-8, on one line; the same at each try."""
        return msgspec.json.encode(_whole(self.record))


def letter(message: Message, watch: Watch, alerts: Sequence[Alert], public: str = "") -> Letter:
    """What ``message`` of ``watch`` says of its ``alerts``; ``public`` is the address that links begin with.

    The text of a quotation is the article's; where its article was forgotten there is none.
    """
    lang = watch.lang
    return Letter(
        subject=_subject(watch, alerts, lang),
        text=_text(watch, alerts, public, lang),
        html=_html(watch, alerts, public, lang),
        record={
            "key": message.key,
            "format": FORMAT,
            "watch": {"id": watch.id, "name": watch.name, "trigger": watch.trigger.value},
            "alerts": [record(one, public) for one in alerts],
        },
        lang=lang,
    )


def record(alert: Alert, public: str = "") -> dict[str, Any]:
    """An alert as it stands in JSON: its fields, days as ISO, ``url`` the page that ``link`` leads to.

    >>> from datetime import UTC, datetime
    >>> from marsad.types import AlertTrigger, Name
    >>> found, said = datetime(2026, 3, 1, tzinfo=UTC), Name(en="A visit.")
    >>> record(Alert(id="0a", watch="w", trigger=AlertTrigger.EVENT, subject="7", found=found, said=said))["said"]
    {'ar': '', 'en': 'A visit.'}
    """
    made: dict[str, Any] = msgspec.to_builtins(alert)
    made["url"] = link(public, alert.link)
    return made


def link(public: str, path: str) -> str | None:
    """The address of a page of the observatory; None where nobody says where that is."""
    if not public or not path.startswith("/"):
        return None
    return public.rstrip("/") + quote(path, safe="/?=&#%:;,@!$'()*+~", errors="replace")


def plain(text: str) -> str:
    r"""``text`` on one line, without what a terminal or a reader of mail would obey.

    >>> plain("red \x1b[31m line\r\nBcc: all")
    'red  [31m line Bcc: all'
    """
    return _ODD.sub(" ", text).strip()


def _whole(value: Any) -> Any:
    """``value`` without halves of surrogate pairs, which UTF-8 has not."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if not value.isascii() else value
    if isinstance(value, Mapping):
        return {key: _whole(one) for key, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, (list, tuple)) else value


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(files("marsad.alert").joinpath("letter.toml").read_text(encoding="utf-8"))


def _word(key: str, lang: str, **given: object) -> str:
    return _words()["word"][key][lang].format(**given)


def _count(number: int, lang: str) -> str:
    """How many alerts, in words that agree with the number."""
    form = "one" if number == 1 else "two" if number == 2 else "many"
    if 3 <= number % 100 <= 10:
        form = "few"
    elif number > 2 and number % 100 < 3:
        form = "hundreds"
    return _words()["alerts"][form][lang].format(number=digits(number, lang))


def _subject(watch: Watch, alerts: Sequence[Alert], lang: str) -> str:
    if len(alerts) == 1 and (said := plain(alerts[0].said.shown(lang))):
        return _cut(said)
    return _cut(f"{plain(watch.name)}: {_count(len(alerts), lang)}")


def _cut(text: str) -> str:
    return text if len(text) <= SUBJECT else text[: SUBJECT - 1].rstrip() + "…"


def _said(alert: Alert, lang: str) -> str:
    return plain(alert.said.shown(lang)) or _word("gone", lang)


def _facts(one: Because, lang: str) -> list[str]:
    """Beside a quotation: the paper, the day, who speaks, status and voice."""
    facts = [one.source, one.published and day(one.published, lang)]
    facts.append(_word("said_by", lang, name=one.speaker) if one.speaker else None)
    facts.append(one.status and ontology.statuses()[one.status].name[lang])
    facts.append(one.voice and ontology.voices()[one.voice].name[lang])
    return [plain(fact) for fact in facts if fact]


def _address(one: Because) -> str | None:
    """The address of an article, where it is one of the web (and not ``javascript:``)."""
    url = one.url or ""
    return url if url.startswith(("https://", "http://")) and not _ODD.search(url) and " " not in url else None


def _text(watch: Watch, alerts: Sequence[Alert], public: str, lang: str) -> str:
    lines: list[str] = []
    for alert in alerts[:SHOWN]:
        lines += [_said(alert, lang), ""]
        for one in alert.because:
            lines.append(f"  «{plain(one.quotation)}»" if one.language == "ar" else f"  “{plain(one.quotation)}”")
            lines.append("  " + " · ".join(_facts(one, lang)))
            if address := _address(one):
                lines.append(f"  {address}")
            lines.append("")
        if page := link(public, alert.link):
            lines += [f"{_word('open', lang)}: {page}", ""]
    lines += [_word("more", lang, number=digits(len(alerts) - SHOWN, lang)), ""] if len(alerts) > SHOWN else []
    lines += ["-- ", _word("footer", lang, name=plain(watch.name), id=watch.id)]
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    return escape(plain(text))


def _way(lang: str) -> str:
    """The attributes of an element in ``lang``."""
    tag = lang if lang.isascii() and lang.replace("-", "").isalnum() else "und"
    return f'lang="{tag}" dir="{"rtl" if tag in _RIGHT_TO_LEFT else "ltr"}"'


# Readers of mail drop style sheets: each element has its own style. Colours are read on white and on black.
_BODY = (
    "margin:0;padding:16px;font-family:'IBM Plex Sans Arabic',Tahoma,Arial,sans-serif;font-size:16px;line-height:1.7"
)
_QUOTE = "margin:8px 0;padding:4px 12px;border-inline-start:4px solid #6b7f99"
_SMALL = "margin:4px 0 0;font-size:14px;opacity:.85"
_CARD = "margin:0 0 24px;max-width:42em"


def _quoted(one: Because, lang: str) -> str:
    facts = " · ".join(f"<bdi>{_safe(fact)}</bdi>" for fact in _facts(one, lang))
    if address := _address(one):
        facts += f' · <a href="{escape(address)}">{_safe(_word("original", lang))}</a>'
    return (
        f'<blockquote {_way(one.language)} style="{_QUOTE}">{_safe(one.quotation)}'
        f'<p {_way(lang)} style="{_SMALL}">{facts}</p></blockquote>'
    )


def _card(alert: Alert, public: str, lang: str) -> str:
    page = link(public, alert.link)
    opened = f'<p style="{_SMALL}"><a href="{escape(page)}">{_safe(_word("open", lang))}</a></p>' if page else ""
    quoted = "".join(_quoted(one, lang) for one in alert.because)
    said = f'<p style="margin:0;font-weight:600"><bdi>{_safe(_said(alert, lang))}</bdi></p>'
    return f'<div style="{_CARD}">{said}{quoted}{opened}</div>'


def _html(watch: Watch, alerts: Sequence[Alert], public: str, lang: str) -> str:
    """The page; it asks for nothing from anywhere."""
    cards = "\n".join(_card(alert, public, lang) for alert in alerts[:SHOWN])
    if len(alerts) > SHOWN:
        cards += f"\n<p>{_safe(_word('more', lang, number=digits(len(alerts) - SHOWN, lang)))}</p>"
    name = f"<bdi>{_safe(watch.name)}</bdi>"
    footer = _word("footer", lang, name=name, id=f'<bdi dir="ltr">{_safe(watch.id)}</bdi>')
    if page := link(public, "/watches"):
        footer += f' <a href="{escape(page)}">{_safe(_word("manage", lang))}</a>'
    return (
        f'<!doctype html>\n<html {_way(lang)}>\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{_safe(_subject(watch, alerts, lang))}</title></head>\n"
        f'<body {_way(lang)} style="{_BODY}">\n{cards}\n<hr>\n<p style="{_SMALL}">{footer}</p>\n</body>\n</html>\n'
    )

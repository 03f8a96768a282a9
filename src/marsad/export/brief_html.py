"""A brief of a pair as HTML: a page that needs nothing else and prints on one sheet, or its body for another page.

It is made from the object of JSON (:mod:`marsad.export.brief`), and so says the same. No script runs in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from marsad.export.brief import brief_record, word
from marsad.export.brief_shown import Brief
from marsad.export.brief_text import countries, most
from marsad.export.frame import policy
from marsad.export.labels import direction, label
from marsad.export.safe import for_html as safe
from marsad.knowledge.countries import is_arabic

#: At most so many of each stand on one sheet; the object of JSON has them all.
MOST: Mapping[str, int] = {"rungs": 8, "changes": 3, "statements": 4, "denials": 2, "findings": 3}
#: At most so many reports stand beside a denial.
CLAIMS = 2
#: Letters of a sentence that are shown; on paper the style cuts it to two or three lines.
LETTERS = 600
#: Days, and rungs of the ladders.
_LATIN = re.compile(r"\d{4}-\d{2}-\d{2}|\b[LWR]-?\d+\b|https?://\S+")
_Record = Mapping[str, Any]


def style() -> str:
    """The style of the body: it takes its colours from the page around it."""
    return files("marsad.export").joinpath("brief.css").read_text(encoding="utf-8")


def brief_page(brief: Brief, lang: str = "en") -> str:
    """The page of a brief, with its style inside; its links lead to the addresses of the articles."""
    record = brief_record(brief, lang)
    css = files("marsad.export").joinpath("brief_page.css").read_text(encoding="utf-8") + style()
    return (
        f'<!doctype html>\n<html lang="{safe(lang)}" dir="{direction(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(css)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{safe(record['title'])} · {safe(word('brief', lang))}</title>\n<style>{css}</style>\n</head>\n<body>\n"
        f"<main>{brief_body(record, lang)}</main>\n</body>\n</html>\n"
    )


def brief_body(record: _Record, lang: str = "en", *, linked: bool = False) -> str:
    """The body of a brief out of its record; ``linked``: to the pages of the observatory beside the addresses."""
    return _Body(record, lang, linked).made()


class _Body:
    """What the parts of a body share."""

    def __init__(self, record: _Record, lang: str, linked: bool) -> None:
        self.record, self.lang, self.linked = record, lang, linked

    def made(self) -> str:
        """The whole body."""
        read = self.record["coverage"]
        return (
            f'<article class="brief" lang="{safe(self.lang)}" dir="{direction(self.lang)}">{self._head()}'
            f"{self._section('standing', self._standings())}"
            f"{self._listed('moved', 'rungs', self._rung)}"
            f'<div class="cut">{self._listed("statements", "statements", self._statement)}'
            f"{self._listed('denials', 'denials', self._denial)}</div>"
            f'<div class="cut">{self._listed("findings", "findings", self._finding)}'
            f"{self._listed('changes', 'changes', self._change)}</div>"
            f"{self._section('coverage', self._coverage(read))}"
            f'<p class="foot">{safe(self.record["disclaimer"])}</p></article>'
        )

    def _say(self, key: str, **given: object) -> str:
        return _said(word(key, self.lang, **given))

    def _head(self) -> str:
        one = self.record
        time = self._say("time", since=one["since"], until=one["until"])
        who = f" · {self._say('watched', who=one['sanctioner_name'])}" if one["sanctioner"] else ""
        still = f'<p class="still">{self._say("lacks.quiet")}</p>' if one["quiet"] else ""
        return (
            f'<header class="head"><h1><bdi>{safe(one["title"])}</bdi> <small>{self._say("brief")}</small></h1>'
            f"<p>{time}{who}</p>{still}</header>"
        )

    def _section(self, key: str, body: str) -> str:
        return f"<section><h2>{self._say(key)}</h2>{body}</section>"

    def _listed(self, heading: str, key: str, item: Callable[[_Record], str]) -> str:
        shown, left = most(self.record, key, MOST)
        if not shown:
            return self._section(heading, f'<p class="quiet">{self._say(f"lacks.{key}")}</p>')
        rows = "".join(f"<li>{item(one)}</li>" for one in shown)
        more = f'<p class="quiet">{self._say("more", n=left)}</p>' if left else ""
        return self._section(heading, f'<ul class="items">{rows}</ul>{more}')

    # -- where they stand, what moved

    def _standings(self) -> str:
        heads = "".join(f'<th scope="col">{self._say(key)}</th>' for key in ("ladder", "highest", "before"))
        rows = "".join(self._standing(one) for one in self.record["standing"])
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"

    def _standing(self, one: _Record) -> str:
        highest, before = one["highest"], one["before"]
        told = self._step(highest, one["ladder"]) if highest else self._say("none_yet")
        facts = [self._say("since", day=one["since"])] if one["since"] else []
        facts += [f"<b>{self._say(one['moved'])}</b>"] if one["moved"] != "none_yet" else []
        if one["unconfirmed"]:
            rung = f"{one['unconfirmed']['rung']} {one['unconfirmed']['name']}"
            facts.append(self._say("open_rung", rung=rung))
        then = self._step(before, one["ladder"]) if before else self._say("none_yet")
        return (
            f'<tr><td>{safe(one["name"])}</td><td>{told} <span class="facts">{" · ".join(facts)}</span></td>'
            f"<td>{then}</td></tr>"
        )

    def _step(self, one: _Record, ladder: str, *, sure: bool = True) -> str:
        kind = f"step step-{safe(ladder)}" + ("" if sure else " open")
        return f'<span class="{kind}" dir="ltr">{safe(one["rung"])}</span> {safe(one["name"])}'

    def _rung(self, one: _Record) -> str:
        day = f'<time dir="ltr">{one["day"]}</time>' if one["day"] else self._say("unknown_day")
        facts = [self._speaker(one)]
        facts += [safe(one["status_text"])] if one["status"] != "ACTUAL" else []
        facts += [safe(one["turn_text"])] if one["turn"] != "reached" else []
        facts += [] if one["confirmed"] else [safe(label("confirmed", "no", self.lang))]
        facts += [self._say("reports", n=one["reports"])] if one["reports"] > 1 else []
        facts += self._where(one["source"], one["published"], one["article"], one["url"], one["occurrence"])
        head = f"{day} {self._step(one, one['ladder'], sure=one['confirmed'])}"
        quoted = self._quote(one["sentence"], one["language"], one["voice"]) if one["sentence"] else ""
        return f'<p>{head} <span class="facts">{" · ".join(facts)}</span></p>{quoted}'

    def _change(self, one: _Record) -> str:
        return f"<p>{_said(one['text'])} · {self._say('change_since', day=one['day'])}</p>"

    # -- what was said and denied

    def _statement(self, one: _Record) -> str:
        facts = [f"<b>{self._speaker(one)}</b>"]
        facts += [self._say("official")] if one["official"] else []
        facts += [safe(one["status_text"])] if one["status"] != "ACTUAL" else []
        facts += self._where(one["source_name"], one["published"], one["article"], one["url"], one["event"])
        kind = "verbatim words" if one["voice"] == "verbatim" else "told"
        return f'<p class="facts">{" · ".join(facts)}</p>{self._quote(one["quotation"], one["language"], kind)}'

    def _denial(self, one: _Record) -> str:
        claims = "".join(f"<li>{self._told(each, 'claimed')}</li>" for each in one["claims"][:CLAIMS])
        claims = claims or f'<li class="quiet">{self._say("no_claim")}</li>'
        return f'{self._told(one["denial"], "denied")}<ul class="claims">{claims}</ul>'

    def _told(self, one: _Record, key: str) -> str:
        facts = [f"<b>{self._say(key)}</b>", self._speaker(one)]
        facts += self._where(one["source_name"], one["published"], one["article"], one["url"], one["event"])
        quoted = self._quote(one["sentence"], one["language"], one["voice"])
        return f'<p class="facts">{" · ".join(facts)}</p>{quoted}'

    def _speaker(self, one: _Record) -> str:
        who = one["speaker_name"] or one.get("speaker_words") or one["speaker"]
        return f"{safe(one['voice_text'])}: <bdi>{safe(who)}</bdi>" if who else safe(one["voice_text"])

    def _quote(self, words: str, language: str | None, kind: str) -> str:
        """A sentence in its own direction."""
        known = language or ("ar" if is_arabic(words) else "en")
        shown = words if len(words) <= LETTERS else f"{words[:LETTERS].rsplit(' ', 1)[0]} …"
        return (
            f'<blockquote class="{safe(kind)}" lang="{safe(known)}" dir="{direction(known)}">{safe(shown)}</blockquote>'
        )

    def _where(self, by: str | None, published: object, article: str, url: str | None, event: str | None) -> list[str]:
        """Who printed it and when, with the address, and the pages of the observatory."""
        web = url if url and url.lower().startswith(("https://", "http://")) else None
        parts = [f"<cite><bdi>{safe(by)}</bdi></cite>"] if by else []
        parts += [f'<time dir="ltr">{published}</time>'] if published else []
        if self.linked:
            parts.append(f'<a href="/article/{_path(article)}">{self._say("where")}</a>')
            parts += [f'<a href="/event/{_path(event)}">{safe(label("word", "event", self.lang))}</a>'] if event else []
        if web:
            parts.append(f'<a href="{safe(web)}" rel="noreferrer noopener">{self._say("original")}</a>')
        return parts

    # -- what laws come to, what was read

    def _finding(self, one: _Record) -> str:
        law, who = safe(one["law"]), f"<bdi>{safe(one['entity_name'])}</bdi>"
        if self.linked:
            law = f'<a href="/law/{_path(one["instrument"])}">{law}</a>'
            page = f"/finding/{_path(one['entity'])}/{_path(one['instrument'])}?on={one['as_of']}"
            who = f'<a href="{safe(page)}">{who}</a>'
        missing = f'<p class="facts">{_said(one["missing_text"])}</p>' if one["missing_text"] else ""
        dates = " · ".join(_said(each["text"]) for each in one["dates"]) or self._say("no_dates")
        return (
            f"<p>{law} · {who}: <b>{safe(one['label_text'])}</b></p>"
            f"{missing}"
            f'<p class="facts">{self._say("dates")}: {dates}</p>'
        )

    def _coverage(self, read: _Record) -> str:
        counts = [self._say("articles", n=read["articles"]), self._say("sources", n=read["sources"])]
        told = safe(countries(read["countries"], self.lang)) if read["countries"] else ""
        return f"<p>{' · '.join((*counts, *([told] if told else [])))}</p>{''.join(self._notes(read))}"

    def _notes(self, read: _Record) -> Iterator[str]:
        for line in read["limits"]:
            yield f'<p class="facts">– {_said(line)}</p>'


def _path(part: str) -> str:
    return quote(part, safe="/", errors="replace")


def _said(words: str) -> str:
    """A sentence of ours with its days and rungs isolated: between Arabic words they would be turned round."""
    return _LATIN.sub(r'<bdi dir="ltr">\g<0></bdi>', safe(words))

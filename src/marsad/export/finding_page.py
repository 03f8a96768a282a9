"""A finding as one page of HTML that needs nothing else, and prints: in Arabic from right to left, or in English.

It is made from the object of JSON (:mod:`marsad.export.finding`), and so says the same. No script runs in it. What may
be long and says nothing (a relief of which nobody has told anything) is one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from marsad.export.finding import finding_record, state_record
from marsad.export.finding_shown import Shown
from marsad.export.finding_words import word
from marsad.export.frame import policy
from marsad.export.labels import direction, label
from marsad.export.safe import for_html as safe
from marsad.knowledge.countries import is_arabic

#: A sign beside each value, so that colour is never alone.
SIGNS = {"true": "●", "false": "✕", "unknown": "○", "contested": "◐"}
#: A sign for how a clause was checked.
CHECKED = {"text": "✓", "summary": "≈", "memory": "?"}
#: At most so many sentences of a claim are shown; the object of JSON has them all.
SENTENCES = 2
#: Days, and rungs of the ladders.
_LATIN = re.compile(r"\d{4}-\d{2}-\d{2}|\b[LWR]-?\d+\b")
_Record = Mapping[str, Any]


class _Page:
    """What was shown on a page already: sentences by their words, with their numbers, and reliefs by their ids."""

    def __init__(self, lang: str, anchor: str) -> None:
        self.lang, self.anchor = lang, anchor
        self.sentences: dict[tuple[str, str], int] = {}
        self.reliefs: set[str] = set()

    def quote(self, words: str, by: str, url: str | None) -> str:
        """A sentence as it was printed, with who printed it and when; the second time only its number."""
        number = self.sentences.get((words, by))
        if number is not None:
            return f' <a class="again" href="#{self.anchor}s{number}">[{number}]</a>'
        number = self.sentences[words, by] = len(self.sentences) + 1
        lang = "ar" if is_arabic(words) else "en"
        safe_url = url if url and url.startswith(("https://", "http://")) else None
        source = f'<a href="{safe(safe_url)}">{_bdi(by)}</a>' if safe_url else _bdi(by)
        return (
            f'<blockquote id="{self.anchor}s{number}" lang="{lang}" dir="{direction(lang)}"><p>{safe(words)}</p>'
            f"<cite>[{number}] {source}</cite></blockquote>"
        )


def finding_page(shown: Shown, lang: str = "en") -> str:
    """The page of one finding."""
    record = finding_record(shown, lang)
    return _page(f"{record['entity_name']} · {record['law']}", _finding(record, lang), record["disclaimer"], lang)


def state_page(state: str, shown: Sequence[Shown], lang: str = "en") -> str:
    """The page of a state: its entities in a table, each for itself, and the finding of each below."""
    record = state_record(state, shown, lang)
    rows = "".join(
        f'<tr><td><a href="#f{number}">{_bdi(one["entity_name"])}</a> {_code(one["entity"])}</td>'
        f"<td>{_bdi(one['law'].partition(':')[0])}</td><td>{_label(one, lang)}</td></tr>"
        for number, one in enumerate(record["entities"], 1)
    )
    head = f'<header class="head"><h1>{_bdi(record["title"])}</h1></header>'
    table = f'<table class="entities"><tbody>{rows}</tbody></table><p class="note">{safe(record["note"])}</p>'
    kind = "summary" if len(shown) > 1 else "summary alone"
    body = f'<section class="{kind}">{head}{table}</section>'
    body += "".join(_finding(one, lang, f"f{number}") for number, one in enumerate(record["findings"], 1))
    return _page(record["title"], body, record["disclaimer"], lang)


def _page(title: str, body: str, disclaimer: str, lang: str) -> str:
    css = files("marsad.export").joinpath("finding.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{safe(lang)}" dir="{direction(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(css)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{css}</style>\n</head>\n<body>\n"
        f'<p class="disclaimer">{safe(disclaimer)}</p>\n<main>\n{body}\n</main>\n'
        f'<footer class="disclaimer">{safe(disclaimer)}</footer>\n</body>\n</html>\n'
    )


def _finding(record: _Record, lang: str, anchor: str = "finding") -> str:
    page = _Page(lang, anchor)
    tree = "".join(_node(part, page) for part in record["tree"]["parts"])
    parts = [
        _head(record, lang),
        f'<p class="paragraph">{_said(record["paragraph"][lang])}</p>',
        _section("tree", f'<ul class="tree">{tree}</ul>' if tree else "", lang),
        _section("missing", _missing(record["missing"], lang), lang),
        _section("decides", _items(record["decides"]["lines"]), lang),
        _section("menu", _measures(record["measures"], lang), lang) if record["measures"] else "",
        _section("precedents", _cases(record, lang), lang),
        _section("signals", _rungs(record["signals"], "no_signals", page), lang),
        _section("readings", _rungs(record["readings"], "", page), lang) if record["readings"] else "",
        _section("steps", _rungs(record["steps"], "no_steps", page), lang),
        _section("sources", _items(record["sources"]), lang, small=True),
    ]
    return f'<article class="finding" id="{anchor}">{"".join(parts)}</article>'


def _section(key: str, body: str, lang: str, *, small: bool = False) -> str:
    kind = ' class="small"' if small else ""
    return f"<section{kind}><h2>{safe(word(key, lang))}</h2>{body}</section>" if body else ""


def _items(lines: Iterable[str]) -> str:
    told = "".join(f'<li dir="auto">{_said(line)}</li>' for line in lines)
    return f"<ul>{told}</ul>" if told else ""


def _head(record: _Record, lang: str) -> str:
    version = record["version"]
    since = word("law_version", lang, day=version["valid_from"]) if version else ""
    facts = " · ".join(part for part in (safe(record["law"]), _cite(record["cite"]), _said(since)) if part)
    who = f"{_bdi(record['entity_name'])} {_code(record['entity'])}"
    return (
        f'<header class="head"><p class="law">{facts}</p><h1>{who}</h1>'
        f'<p class="is">{_label(record, lang)}</p></header>'
    )


def _label(record: _Record, lang: str) -> str:
    kind = str(record["label"]).split(",")[0].replace(" ", "-")
    return f'<strong class="label {safe(kind)}">{safe(record["label_text"])}</strong>'


def _cite(cite: _Record | None) -> str:
    """A clause, the words quoted from it, and how it was checked."""
    if cite is None or not cite["text"]:
        return ""
    quote = f' <q lang="en" dir="ltr">{safe(cite["quote"])}</q>' if cite["quote"] else ""
    sign = CHECKED.get(cite["verified"], "")
    return (
        f'<span class="cite"><bdi dir="ltr">{safe(cite["text"])}</bdi>{quote} '
        f'<small class="checked {safe(cite["verified"])}">{sign} {safe(cite["verified_text"])}</small></span>'
    )


# ------------------------------------------------------------------ the tree


def _node(node: _Record, page: _Page, before: str = "") -> str:
    truth = node["truth"]
    value = (
        f'<span class="value {safe(truth)}"><span aria-hidden="true">{SIGNS[truth]}</span> '
        f"{safe(node['truth_text'])}</span>"
    )
    head = f"{before}{value} <b>{safe(node['name'])}</b> {_cite(node['cite'])}"
    joins = "." in node["id"]  # a part without a name only joins others
    if (not node["told"] and not joins) or node["id"] in page.reliefs:
        return f'<li class="quiet">{head}</li>'
    if before:
        page.reliefs.add(node["id"])
    unless = f'<em class="unless">{safe(word("exceptions", page.lang))}</em> '
    inner = "".join(_fact(fact, page) for fact in node["facts"])
    inner += "".join(_node(part, page) for part in node["parts"])
    inner += "".join(_node(part, page, unless) for part in node["exceptions"])
    return f"<li>{head}<ul>{inner}</ul></li>" if inner else f"<li>{head}</li>"


def _fact(fact: _Record, page: _Page) -> str:
    note = f"{_said(fact['note'])} " if fact["note"] else ""
    judged = f'<mark class="by">{safe(fact["by_text"])}</mark>' if fact["by"] in ("judgement", "what-if") else ""
    source = judged or f"<small>{safe(fact['by_text'])}</small>"
    told = {(claim["note"], tuple(claim["evidence"])) for one in fact["factors"] for claim in one["claims"]}
    plain = [claim for claim in fact["claims"] if (claim["note"], tuple(claim["evidence"])) not in told]
    rows = "".join(_claim(claim, page) for claim in plain)
    rows += "".join(_factor(one, page) for one in fact["factors"])
    return f'<li class="fact">{note}{source}{f"<ul>{rows}</ul>" if rows else ""}</li>'


def _factor(factor: _Record, page: _Page) -> str:
    rows = "".join(
        _claim(claim, page, weighs=word(f"factor_{claim['weighs']}", page.lang), kind=claim["weighs"])
        for claim in factor["claims"]
    )
    return f'<li class="factor"><span>{safe(factor["name"])}</span><ul>{rows}</ul></li>'


def _claim(claim: _Record, page: _Page, weighs: str = "", kind: str = "") -> str:
    mark = f'<span class="weighs {safe(kind)}">{safe(weighs)}</span> ' if weighs else ""
    said = safe(claim["note_text"] or "")
    day = f' · <time dir="ltr">{claim["day"]}</time>' if claim["day"] else ""
    shown = [one for one in claim["sentences"] if one["kind"] == "sentence"]
    voice = f" · {safe(claim['voice_text'])}" if shown else ""
    quotes = "".join(_quote(one, page) for one in shown[:SENTENCES])
    return f'<li class="claim">{mark}{said}{day}{voice}{quotes}</li>'


def _quote(one: _Record, page: _Page) -> str:
    return page.quote(one["words"], _by(one["publisher"], one["published"]), one["url"])


def _by(publisher: str | None, published: object) -> str:
    return " · ".join(str(part) for part in (publisher, published) if part)


# ------------------------------------------------------------------ below the tree


def _missing(missing: _Record, lang: str) -> str:
    def heading(number: int) -> str:
        return f"<h3>{safe(word('set', lang, n=number))}</h3>" if len(missing["sets"]) > 1 else ""

    note = f'<p class="note">{safe(missing["note"])}</p>' if missing["note"] else ""
    sets = "".join(
        f"<li>{heading(number)}<ul>{''.join(_asked(one) for one in given)}</ul></li>"
        for number, given in enumerate(missing["sets"], 1)
    )
    return f"{f'<ol class=sets>{sets}</ol>' if sets else ''}{note}"


def _asked(one: _Record) -> str:
    ask = f"<br><small>{safe(one['ask'])}</small>" if one["ask"] else ""
    return f"<li>{safe(one['value_text'])}: <b>{safe(one['name'])}</b>{ask}</li>"


def _measures(measures: _Record, lang: str) -> str:
    rows = "".join(_measure(one, lang) for one in measures["list"])
    return f'<p>{safe(measures["text"])} {_cite(measures["cite"])}</p><ul class="menu">{rows}</ul>'


def _measure(one: _Record, lang: str) -> str:
    number = f'<span class="number">{safe(one["id"])}</span> ' if one["id"] else ""
    parts = "".join(f"<li>{safe(part['id'])} {safe(part['name'])}</li>" for part in one["parts"])
    return f"<li>{number}{safe(one['name'])}{f'<ul>{parts}</ul>' if parts else ''}</li>"


def _cases(record: _Record, lang: str) -> str:
    if not record["precedents"]:
        return f'<p class="note">{safe(word("no_precedents", lang))}</p>'
    rows = "".join(_case(one, lang) for one in record["precedents"])
    return f'<ul class="cases">{rows}</ul><p class="note">{safe(record["precedents_note"])}</p>'


def _case(one: _Record, lang: str) -> str:
    told = [
        f'<bdi dir="ltr">{safe(step["rung"])}</bdi> <time dir="ltr">{step["day"]}</time> {safe(step["text"])}'
        for step in one["next"]
    ]
    after = f"{safe(word('next', lang))}: {' · '.join(told)}" if told else safe(word("nothing_next", lang))
    outcome = f"{safe(word('outcome', lang))}: {safe(one['outcome_text'])}"
    return f"<li><b>{safe(one['title'])}</b> <small>{safe(one['role_text'])}</small><br>{outcome}<br>{after}</li>"


def _rungs(rungs: Sequence[_Record], nothing: str, page: _Page) -> str:
    if not rungs:
        return f'<p class="note">{safe(word(nothing, page.lang))}</p>' if nothing else ""
    return f'<ul class="rungs">{"".join(_rung(one, page) for one in rungs)}</ul>'


def _rung(one: _Record, page: _Page) -> str:
    quote = page.quote(one["sentence"], _by(one["source"], one["published"]), one["url"]) if one["sentence"] else ""
    return f"<li>{' · '.join(_told(one, page.lang))}{quote}</li>"


def _told(one: _Record, lang: str) -> Iterator[str]:
    """A rung in words: its code and name, its day, in whose words, and whether that is confirmed."""
    yield f'<b><bdi dir="ltr">{safe(one["rung"])}</bdi> {safe(one["name"])}</b>'
    if one["day"]:
        yield f'<time dir="ltr">{one["day"]}</time>'
    voice = safe(label("voice", one["voice"], lang))
    yield f"{voice}: {_bdi(one['speaker'])}" if one["speaker"] else voice
    if one["turn"] != "reached":
        yield safe(label("turn", one["turn"], lang))
    if not one["confirmed"]:
        yield safe(word("unconfirmed", lang))
    if one["reports"] > 1:
        yield safe(word("reports", lang, n=one["reports"]))


def _said(words: str) -> str:
    """A sentence with its days and rungs isolated: between Arabic words they would be turned round."""
    return _LATIN.sub(r'<bdi dir="ltr">\g<0></bdi>', safe(words))


def _bdi(words: object) -> str:
    return f"<bdi>{safe(str(words))}</bdi>"


def _code(entity: str) -> str:
    return f'<code dir="ltr">{safe(entity)}</code>'

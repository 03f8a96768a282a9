"""One self-contained page: each article with its words marked, its events beside it, either leading to the other.

No script and no request: the page's Content-Security-Policy forbids both, so it can be mailed, filed, and opened on
a machine without a network. Numbers, signs and underlines say what colours say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from marsad.export.frame import policy
from marsad.export.labels import act, country, direction, label, quad
from marsad.export.marked import Anchors, Marked, named
from marsad.export.meant import code, others, value, whom
from marsad.export.safe import for_html as safe
from marsad.knowledge.countries import NO_ONE_STATE
from marsad.knowledge.ontology import quads
from marsad.types import Article, Coding, Event, Mention, Precision, Skipped, Status, Voice

#: How many pairs of countries are told above an article's events.
PAIRS = 6


def _meant(mention: Mention, text: str, lang: str) -> str:
    """Whom a mention means, below its words, and who else may be meant."""
    if mention.actor == mention.country and not mention.person:
        lines = []  # a state: its name stands behind its code
    else:
        lines = [" · ".join(f"<bdi>{safe(part)}</bdi>" for part in whom(mention, text, lang))]
    perhaps = safe(label("word", "candidates", lang))
    lines += [f"{perhaps} <bdi>{safe(actor)} {score:.2f}</bdi>" for actor, score in others(mention)]
    return "".join(f'<span class="meant">{line}</span>' for line in lines if line)


def _party(mention: Mention, article: Article, anchors: Anchors, lang: str, after: str = "") -> str:
    """A party with its id, which the end of a line never parts from it, nor the comma ``after`` it from both."""
    words = safe(" ".join(mention.span.of(article.text).split()))
    who = ""
    if mention.actor or mention.country:
        title = f' title="{safe(country(mention.country, lang))}"' if mention.country else ""
        id = safe(code(mention))  # noqa: A001 (the field's word)
        page = anchors.actor(code(mention))
        linked = f'<a href="{safe(page)}">{id}</a>' if page else id
        who = f'\u00a0<abbr dir="ltr"{title}>{linked}</abbr>'
    if mention.actor == mention.country and not mention.person:
        state = " ".join(whom(mention, article.text, lang))
        who += f' <small class="state">{safe(state)}</small>' if state else ""
    told = safe(named(mention, article.text, lang))
    # Set apart with the direction of the interface: else the codes of two parties would join over the arrow.
    way = direction(lang)
    return (
        f'<span class="party" dir="{way}" title="{told}"><bdi lang="{safe(article.language)}">{words}</bdi>{who}{after}'
        f"{_meant(mention, article.text, lang)}</span>"
    )


def _amounts(event: Event, article: Article, lang: str) -> str:
    """Each amount as the text has it, and as a number with its unit."""
    return " · ".join(
        f'<span class="amount"><bdi lang="{safe(article.language)}">'
        f"{safe(' '.join(amount.span.of(article.text).split()))}</bdi>"
        f" <small>= <bdi>{safe(value(amount, lang))}</bdi></small></span>"
        for amount in event.amounts
    )


def _parties(mentions: Sequence[Mention], article: Article, anchors: Anchors, lang: str) -> str:
    if not mentions:
        return f'<span class="party nobody">{safe(label("word", "unknown", lang))}</span>'
    comma, last = ("،" if lang == "ar" else ","), len(mentions) - 1
    return " ".join(
        _party(mention, article, anchors, lang, after=comma if number < last else "")
        for number, mention in enumerate(mentions)
    )


def _who(event: Event, article: Article, anchors: Anchors, lang: str) -> str:
    """Who to whom, if either is named."""
    if not event.actors and not event.recipients:
        return ""
    arrow = "←" if direction(lang) == "rtl" else "→"
    return (
        f'<p class="who">{_parties(event.actors, article, anchors, lang)} <span class="to">'
        f'<span class="arrow" role="img" aria-label="{safe(label("word", "recipients", lang))}">{arrow}</span> '
        f"<span>{_parties(event.recipients, article, anchors, lang)}</span></span></p>"
    )


def _fact(key: str, value: str, lang: str) -> str:
    return f"<div><dt>{safe(label('word', key, lang))}</dt><dd>{value}</dd></div>" if value else ""


def _voice(event: Event, article: Article, anchors: Anchors, lang: str) -> str:
    word = f'<span class="voice">{safe(label("voice", event.voice, lang))}</span>'
    if event.speaker:
        return f"{_party(event.speaker, article, anchors, lang)} {word}"
    return "" if event.voice is Voice.REPORT else word


def _part(part: str, lang: str) -> str:
    """``actor.country`` in words: what of an event, and what of that."""
    return " · ".join(label("part", one, lang) for one in part.split("."))


def _evidence(event: Event, article: Article, lang: str) -> str:
    rows = "".join(
        f"<li><span>{safe(_part(part.part, lang))}</span> "
        f'<q lang="{safe(article.language)}"><bdi>{safe(" ".join(part.span.of(article.text).split()))}</bdi></q> '
        f"<code>{safe(part.why)}</code></li>"
        for part in event.evidence
    )
    return f"<details><summary>{safe(label('word', 'evidence', lang))}</summary><ul>{rows}</ul></details>"


def _day(event: Event, anchors: Anchors, lang: str) -> str:
    """The event's day and how exactly it is known; the article's own day stands above the text already."""
    if event.day is None or event.precision is Precision.ARTICLE:
        return ""
    precision = label("precision", event.precision, lang)
    day = f'<time datetime="{event.day.isoformat()}">{safe(anchors.written(event.day, lang))}</time>'
    return f"{day} <small>{safe(precision)}</small>" if precision else day


def card(
    number: int,
    event: Event,
    numbers: Mapping[str, int],
    article: Article,
    anchors: Anchors,
    lang: str,
    below: str = "",
) -> str:
    """One event as the element of a list: what, whether, who to whom, in whose words, and the evidence.

    ``number`` is its own, ``numbers`` has those of the others on the page by id; ``below`` is HTML to stand at its end.
    """
    status = event.status
    sign = f'<span class="sign" aria-hidden="true">{label("sign", status, lang)}</span>'
    about = ""
    if event.about and event.about in numbers:
        other = numbers[event.about]
        about = f'<a href="#{anchors.card(other)}">{anchors.written(str(other), lang)}</a>'
    facts = (
        _fact("voice", _voice(event, article, anchors, lang), lang),
        _fact("items", _parties(event.items, article, anchors, lang) if event.items else "", lang),
        _fact("amounts", _amounts(event, article, lang), lang),
        _fact("place", _party(event.place, article, anchors, lang) if event.place else "", lang),
        _fact("day", _day(event, anchors, lang), lang),
        _fact("contexts", safe(" · ".join(label("context", one, lang) for one in event.contexts)), lang),
        _fact("about", about, lang),
    )
    back = safe(event.trigger.of(article.text))
    figure, score = (anchors.written(one, lang) for one in (str(number), f"{event.score:.2f}"))
    return (
        f'<li class="card e{number} s-{status.lower()} {quad(event.type)}" id="{anchors.card(number)}">'
        f'<p class="what"><a class="n" href="#{anchors.word(number)}" title="{back}">{figure}</a> '
        f'<strong title="{event.type}">{safe(act(event.type, event.mode, lang))}</strong> '
        f'<span class="status">{sign} {safe(label("status", status, lang))}</span> '
        f'<span class="score" title="{safe(label("word", "score", lang))}">{score}</span></p>'
        f"{_who(event, article, anchors, lang)}"
        f'<div class="more"><dl class="facts">{"".join(facts)}</dl>{_evidence(event, article, lang)}</div>{below}</li>'
    )


def pairs(coding: Coding, lang: str, written: Callable[[str], str] = str) -> str:
    """The pairs of countries that the article tells of, the most frequent first; what is no one state makes none.

    ``written`` gives a number as it is to be written.
    """
    found = Counter(
        (actor.country, recipient.country)
        for event in coding.events
        for actor in event.actors[:1]
        for recipient in event.recipients[:1]
        if actor.country and recipient.country and NO_ONE_STATE not in (actor.country, recipient.country)
    )
    if not found:
        return ""
    arrow = "←" if direction(lang) == "rtl" else "→"
    rows = "".join(
        f"<li><bdi>{safe(country(one, lang))}</bdi> <span>{arrow}</span> <bdi>{safe(country(other, lang))}</bdi>"
        f" <b>{written(str(count))}</b></li>"
        for (one, other), count in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:PAIRS]
    )
    return f'<ul class="pairs" aria-label="{safe(label("word", "pairs", lang))}">{rows}</ul>'


def _facts(article: Article, coding: Coding, lang: str) -> str:
    """What is known about the article: source, author, day, address."""
    given = (article.source, article.author, article.given)
    parts = [f"<bdi>{safe(str(part))}</bdi>" for part in given if part]
    if article.published:
        parts.append(f'<time datetime="{article.published.isoformat()}">{article.published.isoformat()}</time>')
    if article.url and article.url.startswith(("https://", "http://")):  # and not javascript:
        parts.append(f'<a href="{safe(article.url)}" rel="noreferrer">{safe(label("word", "original", lang))}</a>')
    if not coding.measured:
        parts.append(f"<em>{safe(label('word', 'unmeasured', lang))}</em>")
    return f'<p class="facts">{" · ".join(parts)}</p>' if parts else ""


def _heading(coding: Coding, lang: str) -> str:
    """The article's title as text, or what it was called, for the list of contents."""
    article = coding.article
    return article.title.of(article.text) if article.title else str(article.given or label("word", "untitled", lang))


def _article(number: int, coding: Coding, lang: str) -> str:
    article, anchors = coding.article, Anchors(number)
    marked = Marked(coding, lang, anchors)
    way = f'lang="{safe(article.language)}" dir="{direction(article.language)}"'
    numbers = {event.id: one for one, event in enumerate(coding.events, start=1)}
    cards = "".join(
        card(one, event, numbers, article, anchors, lang) for one, event in enumerate(coding.events, start=1)
    )
    events = f"<ol>{cards}</ol>" if cards else f"<p>{safe(label('word', 'none', lang))}</p>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in marked.paragraphs)
    title = marked.title or safe(_heading(coding, lang))
    return (
        f'<article class="piece" id="a{number}" aria-labelledby="a{number}h">'
        f'<header><h2 id="a{number}h" {way}>{title}</h2>{_facts(article, coding, lang)}</header>'
        f'<div class="spread"><div><div class="text" {way}>{text}</div>'
        f'<a class="jump" href="#a{number}l">{safe(label("word", "events", lang))} {len(coding.events)} ↓</a></div>'
        f'<section class="events" aria-labelledby="a{number}l"><h3 id="a{number}l">'
        f"{safe(label('word', 'events', lang))} <b>{len(coding.events)}</b></h3>"
        f"{pairs(coding, lang)}{events}</section></div></article>\n"
    )


def _skipped(items: Sequence[Skipped], lang: str) -> str:
    if not items:
        return ""
    rows = "".join(f"<li><code>{safe(item.code)}</code> <bdi>{safe(item.message)}</bdi></li>" for item in items)
    lead = safe(label("text", "skipped", lang))
    return (
        f'<section class="skipped"><h2>{safe(label("word", "skipped", lang))}</h2><p>{lead}</p>'
        f'<ul lang="en" dir="ltr">{rows}</ul></section>'
    )


def _left_out(count: int, lang: str) -> str:
    return f'<p class="left-out">{safe(label("word", "left_out", lang))}: {count}</p>' if count else ""


def legend(lang: str) -> str:
    """How the signs are read, with each as it looks in the text."""
    statuses = "".join(
        f'<li><span class="t s-{status.lower()}">{label("sign", status, lang)} '
        f"{safe(label('status', status, lang))}</span></li>"
        for status in Status
    )
    classes = "".join(f'<li><span class="t {name}">{safe(label("quad", name, lang))}</span></li>' for name in quads())
    mention = f'<li><span class="m">{safe(label("text", "legend_mention", lang))}</span></li>'
    return (
        f'<details class="legend" open><summary>{safe(label("text", "legend", lang))}</summary>'
        f"<ul>{statuses}{classes}{mention}</ul><p>{safe(label('text', 'legend_number', lang))}</p></details>"
    )


def _contents(codings: Sequence[Coding], lang: str) -> str:
    if len(codings) < 2:
        return ""
    rows = "".join(
        f'<li><a href="#a{number}"><bdi lang="{safe(coding.article.language)}">{safe(_heading(coding, lang))}</bdi></a>'
        f" <b>{len(coding.events)}</b></li>"
        for number, coding in enumerate(codings, start=1)
    )
    word = safe(label("word", "articles", lang))
    return f'<nav class="contents" aria-label="{word}"><h2>{word}</h2><ol>{rows}</ol></nav>'


def _style(most: int) -> str:
    """The style sheet, with a rule for each of ``most`` events: an event and its words light up together."""
    sheet = files("marsad.export").joinpath("page.css").read_text(encoding="utf-8")
    lit = "".join(f".piece:has(.e{n}:is(:hover,:focus-within,:target)) .e{n}{{{_LIT}}}" for n in range(1, most + 1))
    return sheet + lit


_LIT = "background-color:var(--lit)"


def page(items: Iterable[Coding | Skipped], lang: str = "en", *, every: bool = True) -> Iterator[str]:
    """The page of ``items`` piece by piece, with the interface in ``lang``; join the pieces, or write them in turn.

    Unless ``every`` article is wanted, only those with an event are shown, and the others counted. All ``items`` are
    held in memory: a page is for reading, and a list of its articles stands at its head.
    """
    given = list(items)
    coded = [item for item in given if isinstance(item, Coding)]
    codings = [coding for coding in coded if every or coding.events]
    style = _style(max((len(coding.events) for coding in codings), default=0))
    allowed = policy(style, "img-src data:;")
    title = _heading(codings[0], lang) if len(codings) == 1 else label("text", "tagline", lang)
    coders = ", ".join(dict.fromkeys(coding.coder for coding in codings))
    yield (
        f'<!doctype html>\n<html lang="{lang}" dir="{direction(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f'<title>{safe(title)} · Marsad</title>\n<link rel="icon" href="data:,">\n<style>{style}</style>\n</head>\n'
        f'<body>\n<a class="skip" href="#reading">{safe(label("text", "skip", lang))}</a>\n'
        '<header class="top"><p class="brand"><span lang="ar" dir="rtl">مرصد</span> <span lang="en">Marsad</span></p>'
        f"<h1>{safe(label('text', 'tagline', lang))}</h1>{legend(lang)}</header>\n{_contents(codings, lang)}\n"
        '<main id="reading">\n'
    )
    for number, coding in enumerate(codings, start=1):
        yield _article(number, coding, lang)
    yield _left_out(len(coded) - len(codings), lang)
    yield (
        f"{_skipped([item for item in given if isinstance(item, Skipped)], lang)}</main>\n"
        f'<footer><p>{safe(label("text", "footer", lang))}</p><p><bdi lang="en">{safe(coders)}</bdi></p></footer>\n'
        "</body>\n</html>\n"
    )

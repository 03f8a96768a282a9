"""Who stands on a sanctions list: the list of specified persons of CAATSA 231, and that of the UN Security Council.

A phrase is looked up by its exact folded form, then by :func:`~marsad.text.names.name_score`. To be named on the list
of CAATSA 231 is no sanction of its own: it says with whom a significant transaction may bring one. «سوخوي» in the news
is an aircraft before it is a firm: an entry with such a name is given only where the phrase or its context calls it a
firm («شركة سوخوي»).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from marsad.errors import KnowledgeError
from marsad.knowledge import compiled, files
from marsad.text import fold_text, names, units
from marsad.text.names import SAME, NameIndex, Packed, is_form, name_score
from marsad.types import Name

if TYPE_CHECKING:
    from marsad.knowledge.instruments import Round

ListId = Literal["us/caatsa/231", "un"]
#: The file of each list.
FILES: Mapping[ListId, str] = MappingProxyType({"us/caatsa/231": "listed.csv", "un": "un_listed.csv"})
#: What the index of names depends on beside it.
_NAMES = Path(names.__file__).parent
#: How a name or a membership is known (head of ``listed.csv``).
STATUSES = frozenset({"", "found", "known", "inferred", "own"})
#: Words before and after a name among which one that says "firm" is looked for.
_BEFORE, _AFTER = 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A person or body on a list since ``since``, with all ``forms`` of its name.

    ``list`` is ``us/caatsa/231`` or ``un``; ``sector`` is defense or intelligence on the first, the sanctions regime on
    the second. ``status`` says how the membership is known, ``statuses`` how the names of each script are. ``firm`` is
    True where the name alone more often means something else.
    """

    id: str
    list: ListId
    name: Name
    schema: str
    sector: str
    since: date
    status: str
    statuses: Mapping[str, str]
    forms: tuple[str, ...]
    firm: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What is known of the list of CAATSA 231 on a day: its entries, the rounds in which it grew, how each is known.

    ``statuses`` counts the entries by how their membership is known (``found`` on a page, ``inferred`` from a count of
    the group, ``known`` from general knowledge). ``warning`` must stand wherever a name of the list is shown.
    """

    day: date
    entries: tuple[Listed, ...]
    rounds: tuple[Round, ...]
    statuses: Mapping[str, int]
    warning: Name
    notes: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a phrase may name: the form it was found by, the score from 0 to 1, and ``alias`` or ``name``."""

    entry: Listed
    form: str
    score: float
    why: str


@cache
def listed(of: ListId = "us/caatsa/231") -> tuple[Listed, ...]:
    """The entries of a list, in the order of its ids.

    Raises :class:`~marsad.errors.KnowledgeError` for a row whose day or status cannot be read.

    >>> next(entry.name.en for entry in listed() if "روستيخ" in entry.forms)
    'Rostec (Russian Technologies State Corporation)'
    """
    return tuple(_caatsa() if of == "us/caatsa/231" else _un())


def warning(of: str = "us/caatsa/231") -> Name:
    """What being on a list does not mean, in both languages; empty where nothing is said of it.

    >>> warning().en[:34]
    'To be on this list is no sanction '
    """
    from marsad.knowledge.instruments import terms  # which reads YAML: not for those who only look up names

    found = terms("lists").get(of)
    return found.warning if found else Name()


def register(day: date) -> Registered:
    """The list of specified persons as it was on ``day``. No removal is known: who was added stays, the dead too.

    >>> [len(register(date(2018, 9, day)).entries) for day in (19, 20)]
    [39, 72]
    """
    from marsad.knowledge.instruments import term

    about = term("lists", "us/caatsa/231")
    entries = tuple(entry for entry in listed() if entry.since <= day)
    return Registered(
        day=day,
        entries=entries,
        rounds=tuple(one for one in about.rounds if one.day <= day),
        statuses=MappingProxyType(Counter(entry.status for entry in entries)),
        warning=about.warning,
        notes=about.notes,
    )


def excluded(day: date) -> tuple[Listed, ...]:
    """Those with whom a transaction can have no modified waiver (CAATSA 231(d)(1)(B)(i)); nobody before that was law.

    >>> len(excluded(date(2018, 8, 12))), len(excluded(date(2018, 8, 13)))
    (0, 6)
    """
    from marsad.knowledge.instruments import term

    about = term("lists", "us/caatsa/231-excluded")
    if about.since is None or day < about.since:
        return ()
    return tuple(entry for entry in listed() if entry.id in about.members)


def match(phrase: str, context: str = "", on: date | None = None, of: ListId = "us/caatsa/231") -> tuple[Match, ...]:
    """The entries that ``phrase`` may name, the likeliest first; empty where it names none.

    ``context`` is the text around the phrase, by which a firm is told from its product; ``on`` leaves out who was
    listed later.

    >>> [found.entry.id for found in match("روسوبورون إكسبورت")]
    ['lsp-020']
    >>> match("سوخوي", "أسقطت مقاتلة سوخوي فوق البحر"), match("سوخوي", "عقوبات على شركة سوخوي")[0].entry.id
    ((), 'lsp-026')
    """
    table = _table(of)
    best: dict[str, Match] = {}
    for entry, form in table.aliases.get(_key(phrase), ()):
        best.setdefault(entry.id, Match(entry, form, 1.0, "alias"))
    if not best:
        for place, score in table.index().near(phrase, SAME):
            entry, form = table.forms[place]
            if entry.id not in best:
                best[entry.id] = Match(entry, form, score, "name")
    kept = (
        found
        for found in best.values()
        if (on is None or found.entry.since <= on) and (not found.entry.firm or _is_firm(phrase, context, found.entry))
    )
    return tuple(sorted(kept, key=lambda found: (-found.score, found.entry.id)))


@dataclass(frozen=True, slots=True)
class _Table:
    aliases: Mapping[str, tuple[tuple[Listed, str], ...]]
    forms: tuple[tuple[Listed, str], ...]
    of: ListId

    def index(self) -> NameIndex:
        return _index(self.of)


@cache
def _table(of: ListId) -> _Table:
    aliases: dict[str, list[tuple[Listed, str]]] = {}
    forms = []
    for entry in listed(of):
        for form in entry.forms:
            key = _key(form)
            single = " " not in key
            if single and of == "un" and entry.schema == "Person":
                continue  # «فيض» is too many people
            if all(other.id != entry.id for other, _ in aliases.setdefault(key, [])):
                aliases[key].append((entry, form))
            if not single or len(key) > 5:  # three letters are near to too much
                forms.append((entry, form))
    return _Table(MappingProxyType({key: tuple(found) for key, found in aliases.items()}), tuple(forms), of)


@cache
def _index(of: ListId) -> NameIndex:
    forms = [form for _, form in _table(of).forms]
    sources = (files.DATA / FILES[of], *sorted(_NAMES.glob("*.t*")))
    name = "listed-" + of.replace("/", "-")
    return NameIndex.unpacked(compiled.table(name, sources, lambda: NameIndex(forms).packed(), Packed))


def _key(phrase: str) -> str:
    folded = fold_text(phrase).lower()
    return " ".join(word for unit in units(folded) if (word := unit.of(folded))[0].isalnum())


def _is_firm(phrase: str, context: str, entry: Listed) -> bool:
    """Whether the phrase, or the words around it, say that the firm is meant."""
    words = _key(phrase).split(" ")
    if any(is_form(word) for word in words):
        return True
    short = {key for key in map(_key, entry.forms) if " " not in key}
    if len(words) > 1 and not any(len(words) == 2 and words[1].isdigit() and words[0] == name for name in short):
        # A full name that is no other spelling of a short one (United Aircraft Corporation, معهد تيخوميروف).
        return not any(name_score(phrase, name).score >= SAME for name in short)
    around = _key(context).split(" ")
    for place in range(len(around) - len(words) + 1):
        if [_bare(word) for word in around[place : place + len(words)]] == [_bare(word) for word in words]:
            after = around[place + len(words) : place + len(words) + _AFTER]
            if after and after[0][:1].isdigit():
                continue
            if any(is_form(word) for word in (*around[max(0, place - _BEFORE) : place], *after)):
                return True
    return False


def _bare(word: str) -> str:
    return re.sub("^[وفبلك](?=.{3})", "", word)


def _caatsa() -> Iterator[Listed]:
    for number, row in enumerate(files.rows("listed.csv"), 1):
        where = f"listed.csv: row {number} ({row['id']})"
        statuses = {"ru": row["ru_status"], "ar": row["ar_status"]}
        if not {row["status"], *statuses.values()} <= STATUSES:
            raise KnowledgeError(
                "an unknown status", where=where, do=f"use one of {', '.join(sorted(STATUSES - {''}))}"
            )
        en, ru, ar = (files.forms(row[key]) for key in ("en", "ru", "ar"))
        yield Listed(
            id=row["id"],
            list="us/caatsa/231",
            name=Name(ar=ar[0] if ar else "", en=en[0] if en else ""),
            schema=row["schema"],
            sector=row["sector"],
            since=_day(row["listed"], where),
            status=row["status"],
            statuses=MappingProxyType(statuses),
            forms=(*en, *ru, *ar),
            firm=row["sense"] == "company",
            source=row["source"],
        )


def _un() -> Iterator[Listed]:
    for number, row in enumerate(files.rows("un_listed.csv"), 1):
        en, ar = files.forms(row["en"]), files.forms(row["ar"])
        yield Listed(
            id=row["id"],
            list="un",
            name=Name(ar=ar[0] if ar else "", en=en[0] if en else ""),
            schema=row["schema"],
            sector=row["list"],
            since=_day(row["listed"], f"un_listed.csv: row {number} ({row['id']})"),
            status="found",
            statuses=MappingProxyType({"ar": "found" if ar else ""}),
            forms=(*en, *ar),
            source="https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        )


def _day(cell: str, where: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise KnowledgeError(f"{cell!r} is no day", where=where, do="write it as 2018-09-20") from None

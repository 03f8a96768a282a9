"""Events in the form of POLECAT: tab separated, its 40 columns verbatim; written strictly, read forgivingly.

POLECAT (https://doi.org/10.7910/DVN/AJGVIT) is the data set of events in PLOVER that followed ICEWS. Its files and the
programs that read them settle what its documents leave open:

* One row an event. Several actors stand in one field, set apart by ``; ``, and so do their countries, numbers, sectors,
  titles and words, in the same order; one that is not known is ``None`` there. Several contexts are set apart by ``|``.
* Types are in capitals, modes and contexts in small letters, quad codes in words (``VERBAL COOPERATION``).
* ``Event Date`` is the day of the event, else that of publication.

What differs here: a field of which nothing is known is empty, where POLECAT writes ``None``; ``Event ID`` is Marsad's
own; ``Language`` is a code (``ar``); names are English where Marsad knows one, else as the text has them.
``Actor Sectors`` repeats the primary one, for Marsad gives one sector. Numbers are those of the Correlates of War for
the states of today (Germany 255, Vietnam 816; some programs expect 260 and 817 of POLECAT). Wikipedia ids and districts
are not known.

POLECAT has no status and no voice: an event that it lists has happened. So by default only what is ACTUAL is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TextIO

from marsad.export.rows import cell, clean, located
from marsad.knowledge import ontology
from marsad.knowledge.countries import countries, country_of
from marsad.types import Event, Kind, Mention, Report, Sector, Skipped, Status

_SIDE = (
    "{} Name",
    "{} Country",
    "{} COW",
    "Primary {} Sector",
    "{} Sectors",
    "{} Title",
    "{} Name Raw",
    "Wikipedia {} ID",
)
#: The columns, in the order of the published files.
COLUMNS: tuple[str, ...] = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *(name.format("Actor") for name in _SIDE),
    *(name.format("Recipient") for name in _SIDE),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip

#: What POLECAT writes where nothing is known, and what stands between several of one thing.
NONE, AND, OR = "None", "; ", "|"
#: A line that is longer is not read.
LONGEST = 1_000_000
#: Names of columns that some of the published files have, and what they are in the others.
_ALSO = {"event intensity": "Intensity"}

# State numbers of the Correlates of War project (State System Membership) by ISO 3166 alpha-3: facts of that list.
_COW = """
USA 2 CAN 20 BHS 31 CUB 40 HTI 41 DOM 42 JAM 51 TTO 52 BRB 53 DMA 54 GRD 55 LCA 56 VCT 57 ATG 58 KNA 60 MEX 70 BLZ 80
GTM 90 HND 91 SLV 92 NIC 93 CRI 94 PAN 95 COL 100 VEN 101 GUY 110 SUR 115 ECU 130 PER 135 BRA 140 BOL 145 PRY 150
CHL 155 ARG 160 URY 165 GBR 200 IRL 205 NLD 210 BEL 211 LUX 212 FRA 220 MCO 221 LIE 223 CHE 225 ESP 230 AND 232 PRT 235
DEU 255 DDR 265 POL 290 AUT 305 HUN 310 CSK 315 CZE 316 SVK 317 ITA 325 SMR 331 MLT 338 ALB 339 MNE 341 MKD 343 HRV 344
SRB 345 YUG 345 SCG 345 BIH 346 XKX 347 SVN 349 GRC 350 CYP 352 BGR 355 MDA 359 ROU 360 RUS 365 SUN 365 EST 366 LVA 367
LTU 368 UKR 369 BLR 370 ARM 371 GEO 372 AZE 373 FIN 375 SWE 380 NOR 385 DNK 390 ISL 395 CPV 402 STP 403 GNB 404 GNQ 411
GMB 420 MLI 432 SEN 433 BEN 434 MRT 435 NER 436 CIV 437 GIN 438 BFA 439 LBR 450 SLE 451 GHA 452 TGO 461 CMR 471 NGA 475
GAB 481 CAF 482 TCD 483 COG 484 COD 490 UGA 500 KEN 501 TZA 510 BDI 516 RWA 517 SOM 520 DJI 522 ETH 530 ERI 531 AGO 540
MOZ 541 ZMB 551 ZWE 552 MWI 553 ZAF 560 NAM 565 LSO 570 BWA 571 SWZ 572 MDG 580 COM 581 MUS 590 SYC 591 MAR 600 DZA 615
TUN 616 LBY 620 SDN 625 SSD 626 IRN 630 TUR 640 IRQ 645 EGY 651 SYR 652 LBN 660 JOR 663 ISR 666 SAU 670 YEM 679 YMD 680
KWT 690 BHR 692 QAT 694 ARE 696 OMN 698 AFG 700 TKM 701 TJK 702 KGZ 703 UZB 704 KAZ 705 CHN 710 MNG 712 TWN 713 PRK 731
KOR 732 JPN 740 IND 750 BTN 760 PAK 770 BGD 771 MMR 775 LKA 780 MDV 781 NPL 790 THA 800 KHM 811 LAO 812 VNM 816 VDR 816
MYS 820 SGP 830 BRN 835 PHL 840 IDN 850 TLS 860 AUS 900 PNG 910 NZL 920 VUT 935 SLB 940 KIR 946 TUV 947 FJI 950 TON 955
NRU 970 MHL 983 PLW 986 FSM 987 WSM 990
"""
#: The feature codes of GeoNames for what Marsad knows of a place.
_FEATURES = {"town": "PPL", "province": "ADM1", "site": ""}


@cache
def _cow() -> Mapping[str, str]:
    words = _COW.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _field(text: str) -> str:
    """``text`` as it may stand in a field: on one line, without what a reader may take for a quoting mark."""
    return clean(text.replace('"', "”"))


def _part(text: str) -> str:
    """``text`` as one of several in a field, without what stands between them."""
    return _field(text.replace(";", ",").replace(OR, "/"))


def _joined(parts: Sequence[str]) -> str:
    """Several in one field, in order; empty where there is none, or nothing is known of any."""
    return AND.join(_part(part) or NONE for part in parts) if any(parts) else ""


def _name(mention: Mention, text: str) -> str:
    """What a mention is called: the person, else the office, the body or the state; else its words."""
    known = mention.person or mention.office
    if not known and mention.kind is Kind.STATE and mention.country:
        entry = countries().get(mention.country)
        return entry.name["en"] if entry else mention.span.of(text)
    return (known.shown("en") if known else "") or mention.span.of(text)


def _title(mention: Mention) -> str:
    holds = mention.office and (mention.person or mention.kind in (Kind.PERSON, Kind.OFFICE))
    return mention.office.shown("en") if holds and mention.office else ""


def _sector(mention: Mention) -> str:
    return mention.sector.value if mention.sector and mention.sector is not Sector.UNK else ""


def _side(name: str, mentions: Sequence[Mention], text: str) -> dict[str, str]:
    """The eight fields of those who act, or are acted on."""
    sectors = _joined([_sector(one) for one in mentions])
    values = (
        _joined([_name(one, text) for one in mentions]),
        _joined([one.country or "" for one in mentions]),
        _joined([_cow().get(one.country or "", "") for one in mentions]),
        sectors,
        sectors,
        _joined([_title(one) for one in mentions]),
        _joined([one.span.of(text) for one in mentions]),
        "",
    )
    return {column.format(name): given for column, given in zip(_SIDE, values, strict=True)}


def _mode(event: Event) -> str:
    """The mode in PLOVER; empty where it has none such."""
    entry = ontology.modes(event.type).get(event.mode or "")
    return (entry.plover or "").partition("/")[2] if entry else ""


def _contexts(event: Event) -> str:
    known = (ontology.contexts().get(context) for context in event.contexts)
    return OR.join(dict.fromkeys(entry.plover for entry in known if entry and entry.plover))


def _place(event: Event, text: str) -> dict[str, str]:
    """Where it took place, with what is known of that place."""
    if not event.place:
        return {}
    said = event.place.span.of(text)
    fields = {"Placename": _field(said), "Country": event.place.country or "", "Raw Placename": _field(said)}
    if country_of(said):
        return fields | {"Placename": _field(_name(event.place, text)), "Feature Type": "PCLI"}
    place = located(event.place, text)
    if place is None:
        return fields
    name = _field(place.name.shown("en"))
    number = place.id.removeprefix("geonames:")
    return fields | {
        "Placename": name,
        "City": name if place.kind == "town" else "",
        "Province": name if place.kind == "province" else "",
        "Country": place.country or "",
        "Latitude": "" if place.latitude is None else str(place.latitude),
        "Longitude": "" if place.longitude is None else str(place.longitude),
        "GeoNames ID": number if number.isdecimal() else "",
        "Feature Type": _FEATURES[place.kind],
    }


_STORY = {
    "Story People": (Kind.PERSON,),
    "Story Organizations": (Kind.ORG,),
    "Story Locations": (Kind.PLACE, Kind.STATE),
}


def _story(reports: Sequence[Report]) -> dict[str, str]:
    """Whom and what the events of an article name, each once: what is known of the story besides."""
    found: dict[str, dict[str, None]] = {column: {} for column in _STORY}
    for event, text in ((report.event, report.article.text) for report in reports):
        named = (*event.actors, *event.recipients, *filter(None, (event.speaker, event.place)))
        for column, kinds in _STORY.items():
            found[column].update(dict.fromkeys(_name(one, text) for one in named if one.kind in kinds))
    return {column: _joined(list(names)) for column, names in found.items()}


def row(report: Report) -> dict[str, str]:
    """An event as a row, but for what the rest of its article names; the keys are those of :data:`COLUMNS`."""
    event, article, entry = report.event, report.article, ontology.types()[report.event.type]
    published = article.published.isoformat() if article.published else ""
    fields = {
        "Event ID": event.id,
        "Event Date": event.day.isoformat() if event.day else published,
        "Event Type": entry.plover or event.type.value,
        "Event Mode": _mode(event),
        "Intensity": str(entry.intensity),
        "Quad Code": entry.quad.replace("-", " ").upper(),
        "Contexts": _contexts(event),
        **_side("Actor", event.actors, article.text),
        **_side("Recipient", event.recipients, article.text),
        **_place(event, article.text),
        "Source": _field((report.source and report.source.name) or article.source or ""),
        "Publication Date": published,
        "Language": _field(article.language),
        "Version": _field(event.coder),
    }
    return {column: fields.get(column, "") for column in COLUMNS}


def write(
    reports: Iterable[Report],
    out: TextIO,
    *,
    statuses: Collection[Status] = frozenset({Status.ACTUAL}),
    withdrawn: bool = False,
) -> int:
    """Write the header, and a row for each event with one of ``statuses``; gives how many.

    No field has a tab, a line break, another control or a quotation mark in it, each row has 40 of them. POLECAT has
    no word for what is planned, possible or denied: with wider ``statuses`` a reader cannot tell it from what happened.
    What a replaced version of an article says is left out unless ``withdrawn``. The columns on the story want the
    reports of one article one after the other.
    """
    out.write("\t".join(COLUMNS) + "\n")
    number = 0
    wanted = (one for one in reports if one.event.status in statuses and (withdrawn or not one.withdrawn))
    for _, group in groupby(wanted, key=lambda report: report.article.id):
        story = tuple(group)
        named = _story(story)
        for report in story:
            out.write("\t".join(map(_shown, (row(report) | named).values())) + "\n")
            number += 1
    return number


_FIGURES = re.compile(r"[-+]?[0-9.]+")


def _shown(field: str) -> str:
    """A field that no spreadsheet takes for a formula: such words have an apostrophe before them."""
    return field if _FIGURES.fullmatch(field) else cell(field)


_WRAPPED = re.compile(r'\s*"((?:[^"]|"")*)"\s*')


def _cells(line: str) -> list[str]:
    """The fields of a line, freed of quotation marks around them; ``None`` is an empty one."""
    found = []
    for given in line.split("\t"):
        wrapped = _WRAPPED.fullmatch(given)
        text = clean(wrapped[1].replace('""', '"') if wrapped else given)
        found.append("" if text == NONE else text)
    return found


def _header(cells: Sequence[str]) -> list[str] | None:
    """The columns that a header names, in its order, others as they are; None where it is no header."""
    known = {column.casefold(): column for column in COLUMNS} | _ALSO
    names = [known.get(cell.lstrip("\ufeff#! ").casefold(), cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names if len(set(names) & set(COLUMNS)) > len(COLUMNS) // 2 else None


def _fitted(cells: list[str], header: Sequence[str]) -> dict[str, str] | None:
    """The fields by column; None where their number is neither that of the header nor that of :data:`COLUMNS`."""
    for names in (header, COLUMNS):
        if len(cells) >= len(names) and not any(cells[len(names) :]):
            by_name = dict(zip(names, cells, strict=False))
            return {column: by_name.get(column, "") for column in COLUMNS}
    return None


def read(lines: Iterable[str], where: str | None = None) -> Iterator[dict[str, str] | Skipped]:
    """The rows of a file of POLECAT, each with the keys of :data:`COLUMNS`; what cannot be read is Skipped.

    Lines that are empty are passed over. A header may stand anywhere, may be missing, may name more columns than the
    rows have fields (some of the published files do) or have ``Event Intensity`` for ``Intensity``; one that names
    others than POLECAT's, or lacks some, is told as Skipped too, and its rows are read as far as they fit. Empty fields
    too many at the end of a row are no fault; a row with too few, or with words in too many, is. Controls in a field
    become a space, quotation marks around it fall, a field that is ``None`` is empty. ``where`` is what the messages
    call the file.
    """

    def skipped(code: str, message: str, number: int) -> Skipped:
        place = f"{where}, line {number}" if where else f"line {number}"
        return Skipped(code=code, message=f"{place}: {message}", line=number, where=where)

    header: Sequence[str] = COLUMNS
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST:
            yield skipped("size", f"longer than {LONGEST} characters", number)
            continue
        cells = _cells(line.rstrip("\r\n"))
        if not any(cells):
            continue
        if names := _header(cells):
            header = names
            odd, missing = [n for n in names if n not in COLUMNS], [n for n in COLUMNS if n not in names]
            if odd or missing:
                told = ", ".join([*(f"{name} is unknown" for name in odd), *(f"{name} is missing" for name in missing)])
                yield skipped("format", f"not the header of POLECAT: {told}", number)
            continue
        fields = _fitted(cells, header)
        if fields is None:
            yield skipped("format", f"{len(cells)} fields, and not {len(header)}", number)
        else:
            yield fields

"""``marsad explain LABEL``: what a label means, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from marsad.export.labels import Word
    from marsad.export.table import Layout
    from marsad.knowledge.countries import Contested, Country
    from marsad.knowledge.ontology import Entry

LANGUAGES = ("en", "ar")
#: What a label of the knowledge can be; the words for it are in plover.yaml, those for the rest in labels.toml.
KINDS = frozenset({"type", "mode", "context", "status", "voice", "kind", "sector", "code", "country", "place"})
#: Facts that stand between the definition and the examples, in this order; the words for them are in plover.yaml.
FACTS = (
    "quad",
    "intensity",
    "modes",
    "carries",
    "since",
    "until",
    "successor",
    "names",
    "demonyms",
    "metonyms",
    "plover",
    "cameo",
)


def _entry(entry: Entry) -> dict[str, Any]:
    """What ``--json`` gives for a label of the code book."""
    from marsad.knowledge.ontology import TypeEntry, intensity_source

    record: dict[str, Any] = {"label": entry.label, "part": entry.part, "name": dict(entry.name)}
    record |= {"definition": dict(entry.definition)}
    if isinstance(entry, TypeEntry):
        record |= {"quad": entry.quad, "intensity": entry.intensity, "intensity_source": dict(intensity_source())}
        record |= {"modes": list(entry.modes)}
    record |= {"examples": {lang: list(given) for lang, given in entry.examples.items()}}
    record |= {"note": dict(entry.note) if entry.note else None}
    if entry.plover is not None:
        record |= {"plover": entry.plover, "ours": entry.ours, "cameo": list(entry.cameo)}
    return record


def _country(country: Country) -> dict[str, Any]:
    """What ``--json`` gives for the code of a state or body."""
    record: dict[str, Any] = {"label": country.code, "part": "country", "name": dict(country.name)}
    record |= {"status": country.status, "carries": country.country}
    record |= {"since": country.since and country.since.isoformat()}
    record |= {"until": country.until and country.until.isoformat(), "successor": country.successor}
    record |= {"names": list(country.names), "demonyms": list(country.demonyms), "metonyms": list(country.metonyms)}
    return record | {"note": dict(country.note) if country.note else None}


def _place(place: Contested) -> dict[str, Any]:
    """What ``--json`` gives for a contested place."""
    record: dict[str, Any] = {"label": place.name["en"], "part": "place", "name": dict(place.name)}
    return record | {"carries": place.country, "names": list(place.forms), "note": dict(place.note)}


def _word(word: Word) -> dict[str, Any]:
    """What ``--json`` gives for a word of the output."""
    record: dict[str, Any] = {"label": word.key, "part": word.group, "name": dict(word.name)}
    return record | ({"definition": dict(word.means)} if word.means else {}) | {"note": None}


def _named(label: str) -> Iterator[dict[str, Any]]:
    """What is shown by this word or sign, in either language."""
    from marsad.export import labels
    from marsad.knowledge import ontology
    from marsad.text import fold_text

    def folded(words: str) -> str:
        return " ".join(fold_text(words).split()).casefold()

    wanted = folded(label)
    for entry in ontology.entries():
        sign = labels.label("sign", entry.label, "en") if entry.part == "status" else None
        if wanted in map(folded, entry.name.values()) or label.strip() == sign:
            yield _entry(entry)
    for word in labels.words():
        if wanted in map(folded, (word.key, *word.name.values())):
            yield _word(word)


def _labelled(label: str) -> list[dict[str, Any]]:
    from marsad.errors import NotFoundError
    from marsad.knowledge import ontology

    try:
        return [_entry(entry) for entry in ontology.find(label)]
    except NotFoundError:
        return []


def _records(label: str) -> list[dict[str, Any]]:
    """What carries the label, or is shown by it; else a state, a body or a contested place by code or name.

    Raises NotFoundError with near labels where nothing does.
    """
    from marsad.knowledge import countries, ontology

    found = _labelled(label)
    found += [record for record in _named(label) if record not in found]
    if not found and (place := countries.policy(label)):
        found = [_place(place)]
    if not found and (country := countries.entry_of(label)):
        found = [_country(country)]
    return found or [_entry(entry) for entry in ontology.find(label)]  # raises, with what looks like it


def _fact(record: dict[str, Any], key: str, lang: str) -> str:
    """The value of a fact as it is shown; empty where there is none."""
    from marsad.knowledge import ontology

    value = record.get(key)
    if key == "carries" and "carries" in record and value is None:
        return ontology.words()["none"][lang]
    if value is None or value == [] or (key in ("plover", "carries") and value == record["label"]):
        return ""
    if key == "quad":
        return ontology.quads()[value][lang]
    if key == "intensity":
        return f"{value:+.1f} ({record['intensity_source'][lang]})"
    if key in ("names", "demonyms", "metonyms"):
        from marsad.knowledge.countries import is_arabic

        value = [form for form in value if is_arabic(form) is (lang == "ar")]
    separator = "، " if lang == "ar" else ", "
    return separator.join(value) if isinstance(value, list) else str(value)


def _lines(record: dict[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    """The lines of a record in one language, each with its style."""
    from marsad.export.labels import label
    from marsad.knowledge import ontology

    words = ontology.words()
    part = record["part"]
    kind = words[part][lang] if part in KINDS else label("shown", part, lang)
    yield f"{record['label']}  {record['name'][lang]}  ({kind})", "bold"
    if "definition" in record:
        yield record["definition"][lang], ""
    for key in FACTS:
        if value := _fact(record, key, lang):
            yield f"{words[key][lang]}: {value}", "dim"
    for example in record.get("examples", {}).get(lang, ()):
        yield f"{words['example'][lang]}: {example}", "italic"
    if record["note"]:
        yield record["note"][lang], ""


def _print(record: dict[str, Any], langs: tuple[str, ...], console: Console, layout: Layout) -> None:
    from rich.text import Text

    from marsad.export.safe import for_terminal

    for lang in langs:
        for line, style in _lines(record, lang):
            for part in Text(for_terminal(line), style).wrap(console, layout.width):
                part.rstrip()
                console.print(layout.of(part, lang), soft_wrap=True)
        console.print("")


def _list(langs: tuple[str, ...], console: Console, layout: Layout) -> None:
    """Every label with its name, part by part."""
    from rich.text import Text

    from marsad.knowledge import ontology

    part = ""
    for entry in ontology.entries():
        if entry.part not in (part, "mode"):
            part = entry.part
            heading = " · ".join(ontology.words()[part][lang] for lang in langs)
            console.print(Text(f"\n{heading}", "bold"), soft_wrap=True)
        indent = "    " if entry.part == "mode" else "  "
        names = " · ".join(layout.isolated(entry.name[lang], lang) for lang in langs)
        console.print(f"{indent}{entry.label:<28}{names}", soft_wrap=True, markup=False)


@click.command("explain")
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
@click.option(
    "--lang", type=click.Choice(["ar", "en"]), help="One language instead of both; the setting lang does the same."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with both languages.")
def explain(labels: tuple[str, ...], lang: str | None, as_json: bool) -> None:
    """Say what a label means.

    A LABEL is any value that an event or a mention carries: a type (THREATEN), a mode (CONSULT/visit, or visit), a
    context (nuclear), a status (DENIED), a voice (reading), a kind (PERSON), a sector (GOV), a precision (week), the
    code or name of a state or body (IRQ, UN), a contested place (Jerusalem); or any word that the output shows for
    one, in either language (نفي). Without a label every label of the code book is listed.

    \b
    Examples:
      marsad explain THREATEN
      marsad explain CONSULT/visit reading --lang ar
      marsad explain DENIED --json
    """
    from marsad.cli import sourced

    given = sourced({"lang": lang})
    found = [record for label in labels for record in _records(label)]
    if as_json:
        import msgspec

        from marsad.knowledge import ontology

        for record in found if labels else map(_entry, ontology.entries()):
            click.echo(msgspec.json.encode(record).decode())
        return
    from marsad.cli.console import Terminal

    langs = LANGUAGES if given.origin["lang"] == "default" else (given.settings.lang,)
    console = Terminal(given.settings.color)
    layout = console.layout(given.settings)
    if not labels:
        _list(langs, console, layout)
    for record in found:
        _print(record, langs, console, layout)

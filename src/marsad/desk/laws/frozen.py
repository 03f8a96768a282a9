"""An assessment as one file that anybody can make again: what went in, what came out, and a hash over both.

The rungs and events that a finding rests on are kept whole, the texts are not: of them there are the sentences, and the
ids and addresses of the articles. The law, the lists and all other knowledge are kept by their hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from marsad.about import __version__
from marsad.desk.laws.assessing import Assessment
from marsad.desk.laws.found import Asked, Assumed, Found, found
from marsad.desk.laws.known import Known
from marsad.errors import FormatError
from marsad.export.finding_shown import Quoted
from marsad.export.finding_words import paragraph
from marsad.knowledge.files import DATA
from marsad.knowledge.instruments import Law, law
from marsad.knowledge.listed import FILES
from marsad.knowledge.version import version
from marsad.types import Event, Reached
from marsad.types.law import Fact

KIND = "assessment"
#: What the file looks like; another number, another form.
FORM = 1
_HASH = "sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a finding is made from, beside the law and what is known in general."""

    law: str
    entity: str
    as_of: date
    known_on: date
    reached: tuple[Reached, ...]
    events: tuple[Event, ...]
    published: Mapping[str, date]
    officials: tuple[str, ...]
    judged: tuple[Fact, ...] = ()
    assumed: tuple[Assumed, ...] = ()


def freeze(given: Assessment, folders: tuple[str, ...] = ()) -> bytes:
    """The file of an assessment: a line of JSON, its keys sorted."""
    inputs = [(_inputs(one), _sentences(one)) for one in given.found]
    return _file(given.of, inputs, folders)


def differences(data: bytes, folders: tuple[str, ...] = ()) -> list[str]:
    """What comes out otherwise now than stands in a file of :func:`freeze`; nothing where every byte is the same.

    Raises :class:`~marsad.errors.FormatError` for what is no such file, or was changed since it was written.
    """
    stored = _read(data)
    try:
        given = [(msgspec.convert(one["inputs"], Inputs), one["sentences"]) for one in stored["findings"]]
        of = str(stored["of"])
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        raise FormatError(f"no frozen assessment ({error})", do="give a file that --freeze wrote") from None
    made = _file(of, given, folders)
    return [] if made == data else list(_unlike(stored, msgspec.json.decode(made)))


def _read(data: bytes) -> dict[str, Any]:
    try:
        stored = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise FormatError(f"no JSON ({error})", do="give a file that --freeze wrote") from None
    if not isinstance(stored, dict) or stored.get("kind") != KIND or stored.get("form") != FORM:
        raise FormatError("no frozen assessment", do="give a file that --freeze wrote")
    if _digest({key: value for key, value in stored.items() if key != _HASH}) != stored.get(_HASH):
        raise FormatError("changed since it was written: its hash is another", do="take the file as it was written")
    return stored


def _inputs(one: Found) -> Inputs:
    asked, seen = one.asked, one.seen
    return Inputs(
        law=asked.law.instrument.id,
        entity=asked.entity,
        as_of=asked.as_of,
        known_on=asked.known_on,
        reached=seen.reached,
        events=tuple(sorted(seen.events, key=lambda event: event.id)),
        published=seen.published,
        officials=tuple(sorted(seen.officials)),
        judged=asked.judged,
        assumed=asked.assumed,
    )


def _sentences(one: Found) -> dict[str, Any]:
    """The sentences that the finding rests on, by the id of the rung or event."""
    keys = {key for fact in one.shown.finding.facts for claim in fact.claims for key in claim.evidence}
    keys |= {each.rung.id for each in one.shown.reached}
    quotes = {key: one.seen.quotes[key] for key in keys & set(one.seen.quotes)}
    quotes |= {key: Quoted.of(one.seen.cited[key]) for key in keys & set(one.seen.cited)}
    return {key: msgspec.to_builtins(quote) for key, quote in quotes.items()}


def _file(of: str, given: list[tuple[Inputs, dict[str, Any]]], folders: tuple[str, ...]) -> bytes:
    laws = {inputs.law: law(inputs.law, folders) for inputs, _ in given}
    record: dict[str, Any] = {
        "kind": KIND,
        "form": FORM,
        "of": of,
        "marsad": __version__,
        "knowledge": version(folders),
        "laws": {key: _of_file(one) for key, one in laws.items()},
        "lists": {key: _sha((DATA / name).read_bytes()) for key, name in FILES.items()},
        "coders": sorted({event.coder for inputs, _ in given for event in inputs.events if event.coder}),
        "findings": [_found(inputs, sentences, laws[inputs.law], folders) for inputs, sentences in given],
    }
    return _encoded(record | {_HASH: _digest(record)}) + b"\n"


def _found(inputs: Inputs, sentences: Mapping[str, Any], of: Law, folders: tuple[str, ...]) -> dict[str, Any]:
    asked = Asked(
        law=of,
        entity=inputs.entity,
        as_of=inputs.as_of,
        known_on=inputs.known_on,
        judged=inputs.judged,
        assumed=inputs.assumed,
        folders=folders,
    )
    seen = Known(
        reached=inputs.reached,
        events=inputs.events,
        published=inputs.published,
        officials=frozenset(inputs.officials),
    )
    shown = found(asked, seen)
    articles = {one.rung.article for one in inputs.reached} | {event.article for event in inputs.events}
    return {
        "inputs": inputs,
        "articles": sorted(articles),
        "sentences": sentences,
        "label": shown.finding.label.value,
        "finding": shown.finding,
        "paragraph": {lang: paragraph(shown, lang) for lang in ("ar", "en")},
    }


def _of_file(one: Law) -> dict[str, Any]:
    return {"file": one.path.name, _HASH: _sha(one.path.read_bytes())}


def _unlike(stored: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[str]:
    for key in ("marsad", "knowledge", "laws", "lists"):
        if stored.get(key) != made[key]:
            yield f"{key}: {_told(stored.get(key))} then, {_told(made[key])} now"
    for before, now in zip(stored["findings"], made["findings"], strict=True):
        who = f"{before['inputs']['law']} {before['inputs']['entity']}"
        if before["label"] != now["label"]:
            yield f"{who}: {before['label']} then, {now['label']} now"
        elif before != now:
            yield f"{who}: the same label, otherwise reasoned"


def _told(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value, order="sorted").decode()


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=_plain, order="sorted")


def _plain(value: object) -> object:
    """Views of mappings as mappings."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be written")


def _digest(value: object) -> str:
    return _sha(_encoded(value))


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""The two ladders: what each rung means, the words that tell of it, and the rules that code it.

``ladders.yaml`` holds them; its head says how a rule is written. Here they are read and checked, so that
:mod:`marsad.relate` has nothing to do but to apply them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from marsad.errors import KnowledgeError
from marsad.knowledge import files, ontology
from marsad.knowledge.rules import (
    ANCHOR,
    LEVELS,
    Element,
    EventTest,
    Instead,
    Ladders,
    Law,
    Level,
    Pattern,
    Rule,
)
from marsad.text import fold_text
from marsad.types import EventType, Kind, Ladder, Scope, Status, Turn, Voice

__all__ = ["ANCHOR", "FILE", "LEVELS", "Ladders", "Law", "Level", "Rule", "ladders", "parse"]

FILE = "ladders.yaml"
_CONNECTOR = re.compile(r"([>~])(\d+)")
_RULE_KEYS = frozenset(
    ("id", "ladder", "level", "match", "needs", "unless", "event", "scope", "instead", "voice", "source")
)
_FLAGS = ("own", "topic", "negated", "past", "turned", "rest", "general", "planned", "bare")
#: Classes of words that :mod:`marsad.relate` asks for by name.
_ASKED = frozenset(
    ("address", "anonymity", "anonymous", "arms", "both", "breaks", "condition", "congress", "defy", "everyone",
     "hearing", "law", "leaked", "measures", "military", "not", "partners", "past", "podium", "pronoun", "reading",
     "redline", "sanction", "say", "stative", "topical", "warned", "written")
)  # fmt: skip
_TOLD = ("CANCELLED", "POSTPONED", "DENIED", "POSSIBLE", "PLANNED")


@cache
def ladders() -> Ladders:
    """The ladders that come with Marsad, read once.

    Raises :class:`~marsad.errors.KnowledgeError` for what is wrong with the file, with the key and what to do.

    >>> ladders().level(Ladder.W, 1).name["en"], ladders().level(Ladder.L, 8).name["ar"]
    ('reservation', 'تسليم')
    """
    return parse(files.document(FILE))


def parse(given: Mapping[str, Any], file: str = FILE) -> Ladders:
    """The ladders of a document; ``file`` is what its errors call it."""
    reads = _Reads(file)
    words = reads.words(reads.part(given, "words"))
    source = str(given.get("source", ""))
    return Ladders(
        levels=MappingProxyType(dict(reads.levels(reads.part(given, "levels"), source))),
        words=MappingProxyType(words),
        rules=tuple(reads.rules(given.get("rules"), words, source)),
        told=MappingProxyType(reads.told(reads.part(given, "told"), words)),
        laws=tuple(reads.laws(reads.part(given, "laws"))),
        sanctioners=frozenset(map(str, given.get("sanctioners", ()))),
        sanctioned=MappingProxyType(reads.sanctioned(reads.part(given, "sanctioned"))),
        bywords=MappingProxyType(dict(reads.bywords(reads.part(given, "bywords")))),
        claims=frozenset(name for name in given.get("claims", ()) if reads.known(name, words, "claims")),
        guard=MappingProxyType(dict(reads.guard(given.get("guard") or {}, words))),
        sides=MappingProxyType(
            {side: _phrases(item["ar"]) + _phrases(item["en"]) for side, item in given["sanctioned"].items()}
        ),
    )


def _phrases(text: Any) -> tuple[str, ...]:
    folded = (" ".join(fold_text(phrase).lower().split()) for phrase in str(text).split("|"))
    return tuple(phrase for phrase in folded if phrase)


class _Reads:
    """Reads the parts of one file; every fault names the file, the key and what to do."""

    def __init__(self, file: str) -> None:
        self._file = file

    def fault(self, what: str, key: str, do: str) -> KnowledgeError:
        return KnowledgeError(what, where=f"{self._file}: {key}", do=do)

    def part(self, given: Mapping[str, Any], key: str) -> Mapping[Any, Any]:
        found = given.get(key)
        if not isinstance(found, Mapping) or not found:
            raise self.fault("is missing or empty", key, f"give it as `{key}:` with an entry each below")
        return found

    def both(self, item: Any, key: str) -> Mapping[str, Any]:
        if not isinstance(item, Mapping) or not item.get("ar") or not item.get("en"):
            raise self.fault("one of the two languages is missing", key, "give it as `ar:` and `en:`")
        return item

    def words(self, given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        found = {}
        for name, item in given.items():
            key = f"words.{name}"
            if not re.fullmatch("[a-z]+", str(name)):
                raise self.fault("no name of a class", key, "use small letters a to z alone")
            texts = self.both(item, key)
            found[str(name)] = _phrases(texts["ar"]) + _phrases(texts["en"])
        for name in sorted(_ASKED - set(found)):
            raise self.fault("is missing", f"words.{name}", "list its words: the reading of sentences asks for them")
        return found

    def levels(self, given: Mapping[str, Any], source: str) -> Iterator[tuple[tuple[Ladder, int], Level]]:
        for ladder, expected in LEVELS.items():
            items = self.part(given, ladder.value)
            if set(items) != set(expected):
                wanted = f"give each of {expected[0]} to {expected[-1]} once"
                raise self.fault(f"has the levels {sorted(items)}", f"levels.{ladder}", wanted)
            for level in expected:
                yield (ladder, level), self.level(ladder, level, items[level], source)

    def level(self, ladder: Ladder, level: int, item: Mapping[str, Any], source: str) -> Level:
        key = f"levels.{ladder}.{level}"
        parts = {
            part: self.both(item.get(part), f"{key}.{part}") for part in ("name", "definition", "cues", "examples")
        }
        return Level(
            ladder=ladder,
            level=level,
            name=MappingProxyType(dict(parts["name"])),
            definition=MappingProxyType(dict(parts["definition"])),
            cues=MappingProxyType({lang: tuple(map(str, cues)) for lang, cues in parts["cues"].items()}),
            examples=MappingProxyType({lang: tuple(map(str, given)) for lang, given in parts["examples"].items()}),
            cameo=tuple(map(str, item.get("cameo", ()))),
            source=str(item.get("source", source)),
        )

    def pattern(self, text: str, words: Mapping[str, Any], key: str) -> Pattern:
        """A pattern as written: ``deny >6 intent >8 @sanction``."""
        found: list[Element] = []
        gap, either, without = 0, False, frozenset[str]()
        for place, token in enumerate(str(text).split()):
            if connector := _CONNECTOR.fullmatch(token):
                gap, either = int(connector[2]), connector[1] == "~"
                continue
            names = frozenset(token.lstrip("@!").split("|"))
            if unknown := sorted(name for name in names if name not in words and name != ANCHOR):
                raise self.fault(f"{unknown[0]!r} is no class of words in {text!r}", key, "list it under `words:`")
            if token.startswith("!"):
                without = names
                continue
            if place and not gap and not either and token != ANCHOR and found:
                raise self.fault(f"nothing between two classes in {text!r}", key, "write >n or ~n: how many words")
            found.append(Element(names, gap, either, without, token.startswith("@")))
            gap, either, without = 0, False, frozenset()
        if not found:
            raise self.fault("an empty pattern", key, "name at least one class")
        if not any(element.codes for element in found):
            last = found[-1]
            found[-1] = Element(last.classes, last.gap, last.either, last.without, True)
        return tuple(found)

    def rules(self, given: Any, words: Mapping[str, Any], source: str) -> Iterator[Rule]:
        if not isinstance(given, list) or not given:
            raise self.fault("is missing or empty", "rules", "give a list of rules")
        seen: set[str] = set()
        for number, item in enumerate(given, 1):
            key = f"rules.{item.get('id') or number}"
            rule = self.rule(item, words, key, source)
            for name in (rule.id, *([rule.instead.id] if rule.instead else [])):
                if name in seen:
                    raise self.fault("stands twice", f"rules.{name}", "give every rule an id of its own")
                seen.add(name)
            yield rule

    def rule(self, item: Mapping[str, Any], words: Mapping[str, Any], key: str, source: str) -> Rule:
        if not item.get("id"):
            raise self.fault("has no id", key, "give it one, such as `w4.may`")
        if unknown := sorted(set(item) - _RULE_KEYS - set(_FLAGS)):
            raise self.fault(
                f"{unknown[0]!r} is not known", key, "use one of " + ", ".join(sorted({*_RULE_KEYS, *_FLAGS}))
            )
        ladder = self.of(Ladder, item["ladder"], f"{key}.ladder") if "ladder" in item else None
        level = item.get("level")
        if level is not None and (ladder is None or level not in LEVELS[ladder]):
            raise self.fault(
                f"level {level!r} is none of ladder {ladder}", key, "give the ladder and one of its levels"
            )
        classes = {
            part: frozenset(name for name in item.get(part, ()) if self.known(name, words, f"{key}.{part}"))
            for part in ("needs", "unless")
        }
        match = tuple(self.pattern(text, words, f"{key}.match") for text in item.get("match", ()))
        if not match and "event" not in item:
            raise self.fault("says neither words nor event", key, "give `match:` or `event:`")
        return Rule(
            id=str(item["id"]),
            ladder=ladder,
            level=level,
            match=match,
            needs=classes["needs"],
            unless=classes["unless"],
            event=self.event(item["event"], words, f"{key}.event") if "event" in item else None,
            scope=self.of(Scope, item["scope"], f"{key}.scope") if "scope" in item else None,
            instead=self.instead(item["instead"], ladder, words, f"{key}.instead") if "instead" in item else None,
            voice=self.of(Voice, item["voice"], f"{key}.voice") if "voice" in item else None,
            source=str(item.get("source", source)),
            **{flag: bool(item.get(flag)) for flag in _FLAGS},
        )

    def known(self, name: str, words: Mapping[str, Any], key: str) -> bool:
        if name not in words:
            raise self.fault(f"{name!r} is no class of words", key, "list it under `words:`")
        return True

    def of(self, kind: Any, value: Any, key: str) -> Any:
        try:
            return kind(value)
        except ValueError:
            raise self.fault(f"{value!r} is not allowed", key, "give one of " + ", ".join(kind)) from None

    def event(self, item: Mapping[str, Any], words: Mapping[str, Any], key: str) -> EventTest:
        types = frozenset(self.of(EventType, value, f"{key}.types") for value in item.get("types", ()))
        modes = {"none", *(mode for kind in types for mode in ontology.modes(kind.value))}
        for value in item.get("modes", ()):
            if value not in modes:
                raise self.fault(f"{value!r} is no mode of these types", f"{key}.modes", "give a mode of plover.yaml")
        for value in item.get("contexts", ()):
            if value not in ontology.contexts():
                raise self.fault(f"{value!r} is no context", f"{key}.contexts", "give a context of plover.yaml")
        return EventTest(
            types=types,
            modes=frozenset(item.get("modes", ())),
            statuses=frozenset(self.of(Status, value, f"{key}.statuses") for value in item.get("statuses", ())),
            contexts=frozenset(item.get("contexts", ())),
            words=frozenset(name for name in item.get("words", ()) if self.known(name, words, f"{key}.words")),
            both=bool(item.get("both")),
            least=float(item.get("least", 0)),
            first=int(item.get("first", 0)),
            who=frozenset(self.of(Kind, value, f"{key}.who") for value in item.get("who", ())),
        )

    def instead(self, item: Mapping[str, Any], ladder: Ladder | None, words: Mapping[str, Any], key: str) -> Instead:
        self.known(item.get("words", ""), words, key)
        if ladder is None or item.get("level") not in LEVELS[ladder] or not item.get("id"):
            raise self.fault("id or level is missing", key, "give an id, and a level of the same ladder")
        scope = self.of(Scope, item["scope"], f"{key}.scope") if "scope" in item else None
        return Instead(words=item["words"], id=item["id"], level=item["level"], scope=scope)

    def told(self, given: Mapping[str, Any], words: Mapping[str, Any]) -> dict[Status | Turn, tuple[Pattern, ...]]:
        if set(given) != set(_TOLD):
            raise self.fault(f"has the keys {sorted(given)}", "told", "give each of " + ", ".join(_TOLD))
        found: dict[Status | Turn, tuple[Pattern, ...]] = {}
        for name in _TOLD:
            key: Status | Turn = Turn(name.lower()) if name in ("CANCELLED", "POSTPONED") else Status(name)
            found[key] = tuple(self.pattern(text, words, f"told.{name}") for text in given[name])
        return found

    def guard(self, given: Mapping[Any, Any], words: Mapping[str, Any]) -> Iterator[tuple[int, tuple[Pattern, ...]]]:
        for level, patterns in given.items():
            if level not in LEVELS[Ladder.W]:
                raise self.fault(f"{level!r} is no level of W", "guard", "give a level, with its patterns")
            yield level, tuple(self.pattern(text, words, f"guard.{level}") for text in patterns)

    def laws(self, given: Mapping[str, Any]) -> Iterator[Law]:
        for name, item in given.items():
            texts = self.both(item, f"laws.{name}")
            if not item.get("issuer") or not item.get("source"):
                raise self.fault(
                    "issuer or source is missing", f"laws.{name}", "say who issued it, and where it stands"
                )
            yield Law(
                id=str(name),
                issuer=item["issuer"],
                side=item.get("side"),
                phrases=_phrases(texts["ar"]) + _phrases(texts["en"]),
                source=item["source"],
            )

    def bywords(self, given: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for side, item in given.items():
            texts = self.both(item, f"bywords.{side}")
            yield str(side), _phrases(texts["ar"]) + _phrases(texts["en"])

    def sanctioned(self, given: Mapping[str, Any]) -> dict[str, date]:
        found = {}
        for side, item in given.items():
            if not isinstance(item.get("since"), date) or not item.get("source"):
                raise self.fault("since or source is missing", f"sanctioned.{side}", "give a day and a source")
            self.both(item, f"sanctioned.{side}")
            found[str(side)] = item["since"]
        return found

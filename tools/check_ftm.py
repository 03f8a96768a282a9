"""Checks a file of FollowTheMoney entities, one JSON object a line, against the library itself.

    pip install followthemoney==4.11.2
    python tools/check_ftm.py FILE            (- reads standard input)

Runs in an environment of its own: Marsad does not need the library. Every schema has to exist, every property to be
one of it that can be set, every value to come out of the library's cleaning as it went in (texts, names and addresses
may be tidied, but not lost), every required property to be there, and every reference to lead to an entity of the file
whose schema fits. Exits 1 with a list of what is wrong, 2 where the file cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from followthemoney import model
from followthemoney.exc import InvalidData

#: Faults that are printed; the rest is counted.
SHOWN = 50
#: Types whose values have one right form, which is what has to be written.
EXACT = {"country", "date", "language", "entity", "topic", "identifier"}


def _values(schema: Any, name: str, values: Any) -> Iterator[str]:
    """What is wrong with a property of an entity."""
    prop = schema.get(name)
    if prop is None or prop.stub:
        yield f"{schema.name} has no property {name!r} that can be set"
        return
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        yield f"{name} is no list of texts"
        return
    for value in values:
        cleaned = prop.type.clean(value)
        if cleaned is None:
            yield f"{name}: {value!r} is lost in cleaning ({prop.type.name})"
        elif len(value) > prop.type.max_length:
            yield f"{name}: {len(value)} characters, more than {prop.type.max_length}"
        elif prop.type.name in EXACT and cleaned != value:
            yield f"{name}: {value!r} should be {cleaned!r} ({prop.type.name})"


def _entity(data: Any) -> Iterator[str]:
    """What is wrong with an entity by itself."""
    schema = model.get(data.get("schema") or "")
    if schema is None or schema.abstract:
        yield f"no schema {data.get('schema')!r}"
        return
    for name, values in data["properties"].items():
        yield from _values(schema, name, values)
    missing = [name for name in schema.required if not data["properties"].get(name)]
    if missing:
        yield f"{schema.name} needs {', '.join(missing)}"
    try:
        proxy = model.get_proxy(data, cleaned=False)
    except InvalidData as error:
        yield f"refused by the library: {error}"
        return
    for name, values in data["properties"].items():
        prop = schema.get(name)
        if prop is not None and not prop.stub and len(proxy.get(prop)) < len(set(values)):
            yield f"{name}: {len(set(values))} values become {len(proxy.get(prop))}"


def _references(data: Any, schemas: dict[str, str]) -> Iterator[str]:
    """What is wrong with the references of an entity."""
    schema = model.get(data["schema"])
    for name, values in data["properties"].items():
        prop = schema.get(name) if schema else None
        if prop is None or prop.type.name != "entity":
            continue
        for value in values:
            if value not in schemas:
                yield f"{name}: {value} is not in the file"
            elif prop.range is not None and not model[schemas[value]].is_a(prop.range):
                yield f"{name}: {value} is a {schemas[value]}, and no {prop.range.name}"


def faults(lines: Iterable[str]) -> tuple[list[str], Counter[str]]:
    """What is wrong, line by line, and how many entities there are of each schema."""
    found: list[str] = []
    entities: list[tuple[int, Any]] = []
    schemas: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        try:
            data = json.loads(line)
        except ValueError as error:
            found.append(f"line {number}: no JSON ({error})")
            continue
        if not isinstance(data, dict) or not isinstance(data.get("properties"), dict) or not data.get("id"):
            found.append(f"line {number}: no entity: id, schema and properties are needed")
            continue
        if data["id"] in schemas:
            found.append(f"line {number}: {data['id']} stands twice")
        told = [f"line {number} ({data['id']}): {fault}" for fault in _entity(data)]
        found += told
        schemas[data["id"]] = str(data.get("schema"))
        if not told:
            entities.append((number, data))
    for number, data in entities:
        found += [f"line {number} ({data['id']}): {fault}" for fault in _references(data, schemas)]
    return found, Counter(schemas.values())


def main() -> int:
    """Check the file of the command line."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    try:
        if sys.argv[1] == "-":
            found, counts = faults(sys.stdin)
        else:
            with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 (one file, opened once)
                found, counts = faults(file)
    except (OSError, UnicodeDecodeError) as error:
        print(f"{sys.argv[1]}: {error}", file=sys.stderr)
        return 2
    for fault in found[:SHOWN]:
        print(fault)
    if len(found) > SHOWN:
        print(f"… and {len(found) - SHOWN} more")
    told = ", ".join(f"{number} {schema}" for schema, number in sorted(counts.items())) or "none"
    print(f"{sys.argv[1]}: entities: {told}; faults: {len(found)}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

"""What the schema shows of each answer: examples of the invented story, made by ``tools/api_examples.py``."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "examples.json"
PROBLEM = {
    "description": "A fault, as problem+json (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


@cache
def examples() -> dict[str, Any]:
    """The examples by their names."""
    text = files("marsad.api").joinpath(FILE).read_text(encoding="utf-8")
    made: dict[str, Any] = json.loads(text)
    return made


def documented(name: str, status: int = 200) -> dict[str, Any]:
    """What an endpoint says of its answer: an example, the other forms of a list, and that faults are problems."""
    example = examples().get(name)
    content: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}
    if example is not None:
        content["application/json"]["example"] = example
    if isinstance(example, dict) and "items" in example and status == 200:
        content["application/json"]["schema"] = {
            "type": "object",
            "required": ["items", "after"],
            "properties": {
                "items": {"type": "array", "items": {"type": "object"}},
                "after": {"type": ["string", "null"], "description": "The cursor of the next page; null at the end."},
            },
        }
    return {"responses": {status: {"description": "The answer.", "content": content}, "4XX": PROBLEM, "5XX": PROBLEM}}

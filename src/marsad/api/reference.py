"""The reference of the API as one page without a script, made from the schema; the schema itself is beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from marsad.about import __version__

router = APIRouter(prefix="/api", include_in_schema=False)
_STYLE = """:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-inline-size:60rem;
margin-inline:auto;padding:1rem}h2{border-block-start:1px solid;padding-block-start:.5rem}
code,pre{font:14px/1.4 ui-monospace,monospace}pre{overflow:auto;max-block-size:20rem;border:1px solid;padding:.5rem}
table{border-collapse:collapse;inline-size:100%}td{border-block-start:1px solid #8886;padding:.25rem;
vertical-align:top}"""
_CSP = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@router.get("")
def index(request: Request) -> Response:
    """What there is, for programs that look around."""
    schema = request.app.openapi()
    found = [
        {"path": path, "method": method.upper(), "summary": of["summary"]}
        for path, methods in schema["paths"].items()
        for method, of in methods.items()
    ]
    body = {
        "name": "Marsad",
        "version": __version__,
        "schema": "/api/openapi.json",
        "docs": "/api/docs",
        "items": found,
    }
    return Response(json.dumps(body, ensure_ascii=False), media_type="application/json")


@router.get("/docs.css")
def style() -> Response:
    """The style of the page."""
    return Response(_STYLE, media_type="text/css", headers={"cache-control": "max-age=3600"})


@router.get("/docs")
def page(request: Request) -> Response:
    """The page."""
    return HTMLResponse("".join(_page(request.app.openapi())), headers={"content-security-policy": _CSP})


def _page(schema: dict[str, Any]) -> Iterator[str]:
    title = escape(schema["info"]["title"])
    yield f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    yield '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/api/docs.css">'
    yield f"<h1>{title} {escape(schema['info']['version'])}</h1>"
    for part in schema["info"]["description"].split("\n\n"):
        yield f"<p>{escape(part)}</p>"
    yield '<p><a href="/api/openapi.json">OpenAPI schema</a></p>'
    for path, methods in schema["paths"].items():
        for method, of in methods.items():
            yield f"<h2><code>{method.upper()} {escape(path)}</code></h2><p>{escape(of['summary'])}</p>"
            yield f"<p>{escape(of.get('description', ''))}</p>"
            yield from _parameters(of.get("parameters", ()))
            yield from _example(of)


def _parameters(given: Any) -> Iterator[str]:
    if given:
        yield "<table>"
        for one in given:
            words = one.get("description") or one.get("schema", {}).get("description", "")
            needed = " (needed)" if one.get("required") else ""
            yield f"<tr><td><code>{escape(one['name'])}</code>{needed}<td>{escape(words)}"
        yield "</table>"


def _example(of: dict[str, Any]) -> Iterator[str]:
    for answer in of["responses"].values():
        shown = answer.get("content", {}).get("application/json", {}).get("example")
        if shown is not None:
            text = escape(json.dumps(shown, indent=1, ensure_ascii=False))
            yield f'<details><summary>Example</summary><pre dir="auto">{text}</pre></details>'

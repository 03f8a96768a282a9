"""The states of the world, coloured and patterned by how they stand to one of them; each a link. No tiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from markupsafe import Markup

from marsad.export.labels import country
from marsad.export.safe import for_html as safe
from marsad.knowledge import files
from marsad.web.charts.drawing import head

#: The sheet of the outlines.
WIDTH, HEIGHT = 1000, 434
_PATTERNS = (
    '<defs><pattern id="m-conflict" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="conflict-t" width="6" height="6"/><path class="conflict-s" d="M0 0V6"/></pattern>'
    '<pattern id="m-mixed" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="mixed-t" width="6" height="6"/><circle class="mixed-s" cx="3" cy="3" r="1.1"/></pattern></defs>'
)


@cache
def outlines() -> Mapping[str, str]:
    """The outline of each state by its code, as a path on a sheet of :data:`WIDTH` by :data:`HEIGHT`."""
    return MappingProxyType({row["code"]: row["path"] for row in files.rows("outlines.csv")})


def world(
    of: str, words: Mapping[str, str], link: Callable[[str], str], told: Callable[[str], str], lang: str, name: str
) -> Markup:
    """The map. ``words`` has the class of a state (cooperation, conflict, mixed, few), others are blank.

    ``link`` gives the address of a state, ``told`` what is said of one.
    """
    parts = [
        head("world", WIDTH, HEIGHT, name, role="group"),
        _PATTERNS,
        *(_state(code, path, of, words, link, told, lang) for code, path in outlines().items() if code != of),
    ]
    if of in outlines():
        parts.append(f'<path class="of" d="{outlines()[of]}"><title>{safe(country(of, lang))}</title></path>')
    return Markup("\n".join((*parts, "</svg>")))


def _state(
    code: str,
    path: str,
    of: str,
    words: Mapping[str, str],
    link: Callable[[str], str],
    told: Callable[[str], str],
    lang: str,
) -> str:
    known = words.get(code)
    said = safe(told(code) if known else country(code, lang))
    shape = f'<path class="{known or "blank"}" d="{path}"/>'
    if known is None:
        return f"<g>{shape}<title>{said}</title></g>"
    return f'<a href="{safe(link(code))}" aria-label="{said}"><title>{said}</title>{shape}</a>'

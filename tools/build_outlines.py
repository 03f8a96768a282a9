"""Builds ``src/marsad/knowledge/data/outlines.csv``: the outline of every state as a path of SVG, for the map of pages.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_outlines.py package [--check]

The source is Natural Earth 4.1 (public domain) as the npm package world-atlas (ISC) has it: TopoJSON with the names of
states. States that the small scale (1:110m) leaves out are small circles at their place on the middle scale (1:50m).
Contested places carry the state that ``notes.yaml`` gives them (Crimea is part of Ukraine). The projection is Equal
Earth (Šavrič, Patterson and Jenny 2018), so that areas compare. The same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from built import arguments, finish

from marsad.knowledge.countries import countries, country_of

TARGET = Path(__file__).parents[1] / "src/marsad/knowledge/data/outlines.csv"
HEAD = """\
# The outlines of states: paths of SVG on a sheet of 1000 by 434 units, in the Equal Earth projection. They take no
# position on borders. Built by tools/build_outlines.py: do not edit.
# Source: Natural Earth 4.1 through npm world-atlas 2.0.2. Licence: public domain; of the package ISC.
# Date: 2026-12-01.
code,path
"""
WIDTH = 1000
#: Latitudes that the sheet shows: without Antarctica.
NORTH, SOUTH = 84.0, -56.5
#: The radius of the circle that stands for a state too small to be drawn.
DOT = 2.2
#: Names of Natural Earth that no table of ours has.
NAMES = {
    "Bosnia and Herz.": "BIH", "Central African Rep.": "CAF", "Dem. Rep. Congo": "COD", "Dominican Rep.": "DOM",
    "Eq. Guinea": "GNQ", "Solomon Is.": "SLB", "S. Sudan": "SSD", "W. Sahara": "ESH", "eSwatini": "SWZ",
    "Macedonia": "MKD", "Congo": "COG", "Somaliland": "SOM", "N. Cyprus": "CYP", "Kosovo": "XKX", "Palestine": "PSE",
    "Côte d'Ivoire": "CIV", "Antigua and Barb.": "ATG", "St. Kitts and Nevis": "KNA", "St. Vin. and Gren.": "VCT",
    "Saint Lucia": "LCA",
    "Marshall Is.": "MHL", "São Tomé and Principe": "STP", "Cabo Verde": "CPV", "Vatican": "VAT", "Czechia": "CZE",
}  # fmt: skip
#: A point of each polygon that belongs to another state than Natural Earth has it: longitude, latitude, the state.
MOVED = (("RUS", 34.2, 45.2, "UKR"),)

Point = tuple[float, float]
Ring = list[Point]


def projected(longitude: float, latitude: float) -> Point:
    """A place on the sheet, before it is scaled: Equal Earth."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    two, six = theta**2, theta**6
    slope = 9 * a4 * six * two + 7 * a3 * six + 3 * a2 * two + a1
    x = 2 * sqrt(3) * radians(longitude) * cos(theta) / (3 * slope)
    return x, theta * (a1 + a2 * two + six * (a3 + a4 * two))


_EDGE = projected(180, 0)[0]
_TOP = projected(0, NORTH)[1]


def sheet(longitude: float, latitude: float) -> Point:
    """A place on the sheet of :data:`WIDTH` units."""
    x, y = projected(longitude, max(latitude, SOUTH))
    scale = WIDTH / (2 * _EDGE)
    return (x + _EDGE) * scale, (_TOP - y) * scale


def arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a TopoJSON file as longitudes and latitudes."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    made = []
    for arc in topology["arcs"]:
        x = y = 0
        ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            ring.append((x * sx + tx, y * sy + ty))
        made.append(ring)
    return made


def polygons(geometry: dict[str, Any], known: Sequence[Ring]) -> Iterator[Ring]:
    """The outer rings of a geometry, and the holes in them, each on its own."""
    kind, found = geometry.get("type"), geometry.get("arcs", [])
    for polygon in [found] if kind == "Polygon" else found:
        for ring in polygon:
            points: Ring = []
            for number in ring:
                arc = known[number] if number >= 0 else known[~number][::-1]
                points.extend(arc[1:] if points else arc)
            yield points


def inside(point: Point, ring: Ring) -> bool:
    """Whether a point lies in a ring."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def cut(ring: Ring) -> list[Ring]:
    """A ring in parts that do not cross the edge of the sheet, at 180 degrees."""
    whole: Ring = []
    for longitude, latitude in ring:
        turns = round((whole[-1][0] - longitude) / 360) if whole else 0
        whole.append((longitude + 360 * turns, latitude))
    made = []
    for shift in (-360, 0, 360):
        moved = [(x + shift, y) for x, y in whole]
        for edge, sign in ((180, 1), (-180, -1)):
            moved = _within(moved, edge, sign)
        made += [moved] if moved else []
    return made


def _within(ring: Ring, edge: float, sign: int) -> Ring:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman 1974)."""
    kept: Ring = []
    for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
        if sign * one[0] <= sign * edge:
            kept.append(one)
        if (one[0] - edge) * (other[0] - edge) < 0:
            kept.append((edge, one[1] + (edge - one[0]) * (other[1] - one[1]) / (other[0] - one[0])))
    return kept


def path(rings: Sequence[Ring]) -> str:
    """Rings as a path, in whole units, each step from the point before; a ring that comes to nothing is left out."""
    made = []
    for ring in (part for whole in rings for part in cut(whole)):
        points = list(dict.fromkeys((round(x), round(y)) for x, y in (sheet(*point) for point in ring)))
        if len(points) < 3:
            continue
        steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points)]
        line = " ".join(steps).replace(" -", "-")
        made.append(f"M{points[0][0]} {points[0][1]}l{line}z")
    return "".join(made)


def dot(rings: Sequence[Ring]) -> str:
    """A small circle at the middle of the largest ring."""
    ring = max(rings, key=len)
    x, y = sheet(sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring))
    return f"M{x - DOT:.1f} {y:.1f}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0-{2 * DOT} 0z"


def of_file(where: Path) -> dict[str, list[Ring]]:
    """The rings of each state (by its code of ours) in a file of world-atlas."""
    topology = json.loads(where.read_text(encoding="utf-8"))
    known = arcs(topology)
    made: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = NAMES.get(name) or country_of(name)
        if code is None or code not in countries() or code == "ATA":
            continue
        made.setdefault(code, []).extend(polygons(geometry, known))
    for one, longitude, latitude, other in MOVED:
        mine = [ring for ring in made[one] if inside((longitude, latitude), ring)]
        made[one] = [ring for ring in made[one] if ring not in mine]
        made[other].extend(mine)
    return made


def table(folder: Path) -> str:
    """The text of the file, from the folder of the package."""
    large, small = of_file(folder / "countries-110m.json"), of_file(folder / "countries-50m.json")
    drawn = {code: found for code, rings in large.items() if (found := path(rings))}
    for code, rings in small.items():
        if code not in drawn and countries()[code].status == "state":
            drawn[code] = dot(rings)
    return HEAD + "".join(f"{code},{drawn[code]}\n" for code in sorted(drawn))


def main() -> int:
    """Writes the file, or compares it under ``--check``."""
    given = arguments(__doc__, "package")
    return finish(TARGET, table(given.source), given.check)


if __name__ == "__main__":
    raise SystemExit(main())

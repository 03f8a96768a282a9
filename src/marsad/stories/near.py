"""Whether two places may be one."""

from __future__ import annotations

from marsad.stories.brief import Spot

#: Degrees, north and east together, within which two towns may be one place to reporters, and two regions.
NEAR, WIDE = 0.6, 2.0


def near(x: Spot, y: Spot) -> bool:
    """Whether two places may be one: the same, close by, or one within the other.

    >>> near(Spot("geonames:97990", "IRQ", 33.75, 44.61), Spot("IRQ.DIYALA", "IRQ", 33.77, 44.97, True))
    True
    >>> near(Spot("geonames:97990", "IRQ", 33.75, 44.61), Spot("geonames:90026", "IRQ", 34.89, 44.63))
    False
    """
    if x.id == y.id:
        return True
    if x.north is None or x.east is None or y.north is None or y.east is None:
        return (x.wide or y.wide) and x.country == y.country
    return abs(x.north - y.north) + abs(x.east - y.east) <= (WIDE if x.wide or y.wide else NEAR)

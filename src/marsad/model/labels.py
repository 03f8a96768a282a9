"""The label sets of the model, in the order of its outputs, and the buckets of pairs.

Training and run time share them, so a model file fits this code or is refused by its ``labels`` version.
"""

from __future__ import annotations

from marsad.types import EventType, Kind, Role, Sector, Status

#: Raised whenever an order below changes.
VERSION = 1

KINDS = tuple(Kind)
TYPES = tuple(EventType)
STATUSES = tuple(Status)
ROLES = tuple(Role)
SECTORS = tuple(Sector)
#: BIO tags of mentions: outside, then begin and inside of each kind.
TAGS = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"))
CONTEXTS = (
    "military",
    "arms-trade",
    "intelligence",
    "diplomatic",
    "economic",
    "energy",
    "legal",
    "human-rights",
    "humanitarian",
    "terrorism",
    "nuclear",
    "territory",
    "migration",
    "elections",
    "government",
    "media",
    "health",
    "environment",
    "crime",
)

_DISTANCE_STEPS = (0, 1, 2, 3, 5, 8, 13, 21)


def distance_bucket(first: int, last: int, other_first: int, other_last: int) -> int:
    """Signed distance in units from one range to another, as a bucket 0..16; 8 means that they touch or overlap."""
    if other_first > last:
        gap, sign = other_first - last - 1, 1
    elif other_last < first:
        gap, sign = first - other_last - 1, -1
    else:
        return 8
    step = sum(gap >= edge for edge in _DISTANCE_STEPS)  # 1..8
    return 8 + sign * step

"""The label sets of the model, in the order of its outputs.

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

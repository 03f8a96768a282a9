"""What a brief of a pair shows: where it stands and what moved, what was said and denied, what laws come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from marsad.export.cited import Cited
from marsad.export.finding_shown import Shown
from marsad.export.quotes import Quotation
from marsad.types import Change, Course, Coverage, Ladder, Report, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that were printed in the time of a brief; ``official`` where their speaker acts for a state."""

    quoted: Quotation
    official: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A denial, and the reports of what it denies, the earliest first; none where it is not known what that is."""

    denial: Report
    claims: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is shown of a pair, ``one`` and ``other`` (ids of actors), from ``since`` to ``until``, both inside.

    ``course`` is cut to that time and knows where the pair stood at its end; ``before`` is where it stood on each
    ladder on the day before. ``statements`` and ``denials`` are those of articles printed in it. ``findings`` are
    those of laws that are engaged, as of ``until``. ``coverage`` is what was read, ``waiting`` how many articles of
    the store are not coded yet, ``cut`` whether there were more statements or denials than were looked at.
    """

    one: str
    other: str
    sanctioner: str | None
    since: date
    until: date
    course: Course
    before: Mapping[Ladder, Standing]
    coverage: Coverage
    cited: Mapping[str, Cited] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    statements: tuple[Statement, ...] = ()
    denials: tuple[Denial, ...] = ()
    findings: tuple[Shown, ...] = ()
    waiting: int = 0
    cut: bool = False

    @property
    def days(self) -> int:
        """How many days the time has."""
        return (self.until - self.since).days + 1

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all was newly known in it."""
        return not (self.course.reached or self.changes or self.statements or self.denials)

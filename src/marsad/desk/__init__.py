"""The object a user holds who keeps what was read: :class:`Desk`, over one store. Wires the steps around it.

``desk`` is the object; what it can do stands in mixins, each beside what it needs:

- in: ``adding`` puts articles in, ``following`` asks the feeds and fetches what is new (``fetched``), ``stages`` does
  the work that waits (coded, grouped, watched), ``stop`` ends it, ``example`` is the example story;
- asked: ``asking`` asks and ``answers`` is what that gives, ``asked`` reads what a person writes, ``records`` are the
  objects of JSON; ``around`` and ``acting`` give one thing, or one actor, with all that stands around it;
- pairs: ``relating`` and ``related`` (``climbing`` for rungs, ``turning`` for changes), ``glancing`` and ``overview``
  for pages that show less of more;
- laws: ``assessing``, ``known`` and ``found`` (``frozen`` to keep one), ``lists`` and ``screening``;
- watches: ``watching``, ``watched`` (what comes with articles), ``looked`` (what is looked for), ``rehearsing``,
  ``delivering``; ``briefing`` for a page on a pair;
- care: ``tending``, what persons say of what is there, forgetting, pruning, copies, health.
"""

from marsad.desk.desk import Desk

__all__ = ["Desk"]

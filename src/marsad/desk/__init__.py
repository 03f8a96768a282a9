"""The object a user holds who keeps what was read: :class:`Desk`, over one store. Wires the steps around it.

``desk`` is the object, ``answers`` is what questions give, ``records`` their objects of JSON, ``stop`` ends its work,
``tending`` keeps it well. What it can do stands in mixins, each beside what it needs:

- ``intake/``: ``adding`` puts articles in, ``following`` asks the feeds and fetches what is new (``fetched``),
  ``stages`` does the work that waits (coded, grouped, watched), ``example`` is the example story;
- ``questions/``: ``asking`` asks, ``asked`` reads what a person writes, ``around`` and ``acting`` give one thing, or
  one actor, with all that stands around it;
- ``pairs/``: ``relating`` and ``related`` (``climbing`` for rungs, ``turning`` for changes), ``briefing`` for a page on
  a pair, ``glancing`` and ``overview`` for pages that show less of more;
- ``laws/``: ``assessing``, ``known`` and ``found`` (``frozen`` to keep one), ``lists`` and ``screening``;
- ``watches/``: ``watching``, ``watched`` (what comes with articles), ``looked`` (what is looked for), ``rehearsing``,
  ``delivering``.
"""

from marsad.desk.desk import Desk

__all__ = ["Desk"]

"""The object a user holds who keeps what was read: :class:`Desk`, over one store. Wires the steps around it.

``adding`` puts articles in, ``following`` asks the feeds and fetches what is new, ``stages`` does the work that waits
(coded, grouped), ``asking`` asks and ``answers`` is what that gives, ``tending`` is what persons say of what is there,
and its care, ``desk`` is the object.
"""

from marsad.desk.desk import Desk

__all__ = ["Desk"]

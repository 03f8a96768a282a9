"""The rules that correct the model, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable

from marsad.types import Annotation

#: Each rule takes an annotation and gives one; what it changed carries its id in ``why``.
RULES: tuple[Callable[[Annotation], Annotation], ...] = ()

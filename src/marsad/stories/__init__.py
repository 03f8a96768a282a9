"""Step: what many articles tell as one. Codings in, Stories and Occurrences out. Pure: no store, no clock.

:func:`brief` keeps of an article what grouping needs, :func:`keys` finds the candidates, :func:`alike` decides on a
pair, :class:`Stories` (in memory) or :func:`split` (over pairs that a store keeps) makes stories of the pairs, and
:func:`occurrences` makes one act in the world of its reports in a story.
"""

from marsad.stories.alike import Alike, alike
from marsad.stories.brief import Act, Brief, Spot, brief
from marsad.stories.group import Judged, split
from marsad.stories.keys import keys
from marsad.stories.occurrences import independent, occurrences
from marsad.stories.stories import Stories, copies, stories, twin

#: The version of what :func:`brief` remembers and :func:`keys` makes of it: another's cannot be compared with it.
VERSION = "2"

__all__ = [
    "VERSION",
    "Act",
    "Alike",
    "Brief",
    "Judged",
    "Spot",
    "Stories",
    "alike",
    "brief",
    "copies",
    "independent",
    "keys",
    "occurrences",
    "split",
    "stories",
    "twin",
]

"""Names across scripts: how far two may be one, with a reason a word, and an index to find the near ones.

``letters`` makes a word a string of sounds, ``sounds`` compares two of these, ``vocabulary`` holds titles and links
(``names.toml``), words of bodies (``bodies.toml``) and of states (``states.tsv``, built from ``demonyms.csv``) by
meaning, ``words`` reads a name by it, ``lexicon`` knows common names (``given.tsv``), ``compare`` sets two words side
by side, ``persons`` and ``bodies`` two names, ``initials`` a name and its initials, ``align`` chooses between these,
``index`` finds candidates among many.
"""

from marsad.text.names.align import name_score
from marsad.text.names.compare import SAME, NameMatch, Part
from marsad.text.names.index import NameIndex, Packed
from marsad.text.names.words import is_form

__all__ = ["SAME", "NameIndex", "NameMatch", "Packed", "Part", "is_form", "name_score"]

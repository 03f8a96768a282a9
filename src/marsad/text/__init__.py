"""Text as text: pure functions. Offsets are code points of the untouched text."""

from marsad.text.amounts import amounts
from marsad.text.clauses import clauses
from marsad.text.dates import dates
from marsad.text.fold import Folded, clean, fold, fold_text
from marsad.text.language import language
from marsad.text.names import NameIndex, NameMatch, name_score
from marsad.text.near import Near, sketch
from marsad.text.sentences import sentences
from marsad.text.terms import term_spans, terms
from marsad.text.tokens import Token, light_stem, tokens, units

__all__ = [
    "Folded",
    "NameIndex",
    "NameMatch",
    "Near",
    "Token",
    "amounts",
    "clauses",
    "clean",
    "dates",
    "fold",
    "fold_text",
    "language",
    "light_stem",
    "name_score",
    "sentences",
    "sketch",
    "term_spans",
    "terms",
    "tokens",
    "units",
]

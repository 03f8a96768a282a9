"""Gold against predictions. Takes records, gives figures; the command is ``marsad eval``."""

from marsad.score.figures import Figure, by_type, figures
from marsad.score.match import Comparison, Difference, compare
from marsad.score.records import Record, coded, parse

__all__ = ["Comparison", "Difference", "Figure", "Record", "by_type", "coded", "compare", "figures", "parse"]

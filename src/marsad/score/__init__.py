"""Gold against predictions. Takes records, gives figures; the command is ``marsad eval``."""

from marsad.score.measure import Comparison, Difference, Figure, by_type, compare, figures
from marsad.score.records import Record, coded, parse

__all__ = ["Comparison", "Difference", "Figure", "Record", "by_type", "coded", "compare", "figures", "parse"]

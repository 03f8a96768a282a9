"""Step: events in, what an analyst asks out: series, changes, rungs on the ladders, the course of a pair."""

from marsad.relate.rungs import rungs

__all__ = ["rungs"]

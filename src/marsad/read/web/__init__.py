"""Polite fetching: the only folder of this room that opens the network."""

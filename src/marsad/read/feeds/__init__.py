"""Feeds of every kind, and lists of feeds, as entries."""

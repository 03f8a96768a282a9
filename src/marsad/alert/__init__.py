"""Watches × what is new → alerts → messages to channels."""

"""Codings as something to read: JSON lines for programs, a table for a terminal, a page for a browser."""

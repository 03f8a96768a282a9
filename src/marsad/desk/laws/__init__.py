"""Findings under a law: facts found in the store, given and frozen; lists and the screening of names."""

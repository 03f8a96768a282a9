"""Watches: what they tell of, looked for and rehearsed, and delivered."""

"""How articles come into the store: added, followed and fetched, and the work that waits on them done."""

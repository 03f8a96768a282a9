"""How the model is made: ``python -m training``. Needs the extra ``train``; nothing in ``src`` imports it."""

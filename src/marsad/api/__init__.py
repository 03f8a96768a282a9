"""The desk over HTTP: everything that it gives, as JSON, CSV, JSON lines, Atom and a stream.

``app`` puts it together; one file a group of addresses; ``asked`` is what may be asked in an address, ``forms`` how an
answer is written, ``problems`` how a fault is told; ``access`` says who may, ``bounds`` how much, ``server`` runs it.
"""

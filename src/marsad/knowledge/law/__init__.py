"""How files of law are read and checked: YAML with its lines, its shape, its sense, its cases.

``source`` reads a file and remembers lines, ``shape`` says what may stand where, ``terms`` are the words that files may
use, ``build`` makes the types, ``lint`` checks what a shape cannot, ``cases`` reads the cases beside each file,
``catalogue`` finds the files. What others need is in :mod:`marsad.knowledge.instruments`.
"""

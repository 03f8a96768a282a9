"""What is known before reading: the ontology, countries, a gazetteer, a lexicon. Modules read the files and look up.

The vocabulary stands in ``data/`` as CSV and YAML, each file with its source, licence and date
(``data/SOURCES.md`` lists them). A new spelling of a country is a word in ``data/spellings.csv``, a condition on an
ambiguous one a line in ``data/ambiguous.yaml``, a label an entry of ``data/plover.yaml``.
"""

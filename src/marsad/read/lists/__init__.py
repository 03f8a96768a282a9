"""Sanctions lists in the forms that their publishers give: OFAC, EU, UK, UN. Files in, :class:`ListEntry` out.

:func:`read_list` tells the form by what is in the file. One file for each form: ``ofac_xml``, ``ofac_advanced``,
``ofac_csv``, ``eu_xml``, ``eu_csv``, ``uk_xml``, ``uk_csv`` (both lists of the UK), ``un_xml``; ``xml`` and ``table``
read hostile files in bounded memory, ``values`` days, countries and entries; ``names`` reads what is screened.
"""

from marsad.read.lists.read import NAMES, ReadList, read_list

__all__ = ["NAMES", "ReadList", "read_list"]

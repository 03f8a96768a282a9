"""How well `sentences` finds the ends of the sentences of a corpus that were joined by a space.

    python tools/measure_sentences.py CORPUS [--errors N]

CORPUS is a file of JSON lines with "text" (one sentence each) and "lang". Sentences that hold a stop inside
(? ! . … ؟ with white space or a letter behind it, or ؛) are left out, as are those that end without one, since
nothing could tell where they end. Prints precision, recall and F of the ends, per language and together.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

from marsad.text import sentences

#: A stop before the end of the sentence, unless digits or single letters surround it.
INNER = re.compile(r"[!?؟…؛]|\.(?=\s|\w\w|[.»\"”)])")
"""
"""

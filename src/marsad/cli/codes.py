"""The codes that filters take, from what a person writes; a wrong one is wrong usage, whatever the filter."""

from __future__ import annotations

from typing import Any

import click

#: The two-letter codes of languages. Source: ISO 639-1.
_ISO_639_1 = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq
    sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""


class Label(click.Choice[str]):
    """One of a few labels, written in capitals or not, and always shown in capitals."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The label."""
        return super().convert(str(value).upper(), param, ctx)


class Language(click.ParamType[str]):
    """The code of a language: two letters of ISO 639-1, three (an input may declare any of these), or ``other``."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code in small letters."""
        code = str(value).strip().lower()
        if code in _ISO_639_1.split() or code == "other" or (len(code) == 3 and code.isascii() and code.isalpha()):
            return code
        self.fail(f"{value!r} is no code of a language: give one such as ar or en.", param, ctx)


class Country(click.ParamType[str]):
    """The code that the mentions of a state carry, from its code or its name in either language."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code; a body of states has none of its own."""
        from marsad.knowledge.countries import NO_STATE, entry_of

        code = str(value).strip().upper()
        if code in NO_STATE:
            return code
        entry = entry_of(str(value).strip())
        if entry is None:
            self.fail(
                f"{value!r} is no country: give a code of three letters (IRQ) or a name (Iraq, العراق).", param, ctx
            )
        if entry.country in NO_STATE:
            self.fail(
                f"{value!r} has no code of its own: {NO_STATE[entry.country]} carry {entry.country}; "
                f"use --country {entry.country} for all of them.",
                param,
                ctx,
            )
        return entry.country

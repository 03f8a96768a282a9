"""What a page, a feed, a table and a mail come to for a program that reads them: nothing of them may be a payload's."""

# ruff: noqa: E501, SIM905
from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

from lxml import etree
from lxml import html as lxml_html

#: Elements and attributes of our own pages.
ELEMENTS = frozenset(
    "html head meta title link script style body a nav header main footer form input button span div p ul ol li dl dt dd "
    "h1 h2 h3 h4 table thead tbody tfoot tr th td caption details summary section article aside small b strong em i q "
    "bdi abbr code kbd pre blockquote cite time mark sup sub label select option optgroup textarea fieldset legend "
    "dialog figure figcaption br hr wbr svg g path rect circle line polyline polygon text tspan defs marker desc use "
    "symbol clippath pattern template output progress datalist search img col colgroup s meter".split()
)
ATTRIBUTES = frozenset(
    "lang dir class id href rel name content charset media title alt src value type action method for role hidden "
    "tabindex checked selected disabled required placeholder maxlength minlength min max step rows cols size colspan "
    "rowspan scope headers datetime open cite hreflang target download autocomplete spellcheck inputmode pattern list "
    "multiple label defer as crossorigin autofocus property accesskey translate viewbox width height x y x1 x2 y1 y2 cx "
    "cy r rx ry d points fill stroke transform preserveaspectratio focusable text-anchor dominant-baseline "
    "stroke-width stroke-dasharray dx dy opacity xmlns refx refy markerwidth markerheight orient enterkeyhint fill-rule "
    "clip-path shape-rendering vector-effect stroke-linejoin stroke-linecap paint-order marker-end font-size "
    "direction patternunits patterntransform".split()
)
#: Of htmx and ARIA, and of our own scripts: what stands in them is looked at where it leads anywhere.
PREFIXES = ("aria-", "data-")
HTMX = frozenset({"hx-get", "hx-target", "hx-swap", "hx-trigger", "hx-push-url", "hx-select", "hx-include",
                  "hx-boost", "hx-indicator", "hx-sync", "hx-disinherit", "hx-replace-url", "hx-select-oob"})  # fmt: skip
LEADING = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post", "poster", "data", "srcset", "cite"})
_ADDRESS = re.compile(r"https?://|/(?![/\\])|[#?]|\Z|data:,\Z", re.IGNORECASE)
#: Bytes that no page has, in whatever form.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def faults(page: str, own: frozenset[str] = frozenset()) -> list[str]:
    """What in a page is not ours: elements, attributes, addresses, handlers; ``own`` are attributes that may be."""
    found = [f"character {hex(ord(one))}" for one in set(FORBIDDEN.findall(page))]
    parser = _Read(own)
    parser.feed(page)
    parser.close()
    found += parser.found
    tree = lxml_html.document_fromstring(page.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    for element in tree.iter():
        if not isinstance(element.tag, str):
            found.append(f"a comment {str(element.text)[:60]!r}")
            continue
        found += judged(element.tag, dict(element.attrib), own)
    return found


def judged(tag: str, attributes: dict[str, str], own: frozenset[str] = frozenset()) -> list[str]:
    """What of an element is not ours."""
    found = [] if tag in ELEMENTS else [f"<{tag}>"]
    for name, value in attributes.items():
        name = name.lower()
        known = name in ATTRIBUTES or name in HTMX or name in own or name.startswith(PREFIXES)
        if not known or name.startswith("on"):
            found.append(f"<{tag} {name}={value[:60]!r}>")
        if name in LEADING and not _ADDRESS.match(value):
            found.append(f"<{tag} {name}={value[:60]!r}> leads away")
    if tag == "script" and not attributes.get("src", "").startswith("/static/"):
        found.append("a script of its own")
    if tag == "meta" and attributes.get("http-equiv", "content-security-policy").lower() != "content-security-policy":
        found.append("a page that goes elsewhere")
    return found


class _Read(HTMLParser):
    def __init__(self, own: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._own = own

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += judged(tag, {name: value or "" for name, value in attrs}, self._own)

    def handle_comment(self, data: str) -> None:
        self.found.append(f"a comment {data[:60]!r}")


def said(page: str) -> str:
    """All text of a page, white space as one space."""
    tree = lxml_html.document_fromstring(page.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    for sup in tree.iter("sup"):
        sup.text, _ = "", [sup.remove(one) for one in list(sup)]
    return squeezed(tree.text_content())


def squeezed(text: str) -> str:
    """``text`` as far as it can be compared: no white space, no controls, no marks of direction."""
    return re.sub(
        r"[\s\x00-\x1f\x7f-\x9f\ufffd\ufdd0-\ufdef\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2066-\u2069]+", "", text
    )


def feed(text: str) -> etree._Element:
    """The root of a feed that is well-formed, and has neither entities nor a document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(text.encode(), parser)
    assert root.getroottree().docinfo.doctype == ""
    return root


def cells(table: str) -> list[list[str]]:
    """The cells of CSV."""
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO(table, newline="")))

"""What holds a self-contained page together: the policy that lets its own style in, and nothing else."""

from __future__ import annotations

import base64
import hashlib


def policy(style: str, also: str = "") -> str:
    """The Content-Security-Policy of a page with ``style`` inside; ``also`` are more directives (``img-src data:;``).

    >>> policy("p{}")[:60]
    "default-src 'none'; style-src 'sha256-gG2yISYereRMiG2lMXrbiU"
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    more = f" {also}" if also else ""
    return f"default-src 'none'; style-src 'sha256-{digest}';{more} base-uri 'none'; form-action 'none'"

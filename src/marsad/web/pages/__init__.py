"""One file a page; each has a ``router`` that :mod:`marsad.web.app` puts onto the API."""

"""What is counted of the server and its store, as Prometheus reads it; and the headers and the log of each answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.api.problems import told
from marsad.desk import Desk

#: Sent with every answer that does not say otherwise. The API shows nothing in a browser but text.
HEADERS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
_BARE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
#: Where programs ask; elsewhere are pages, which say themselves what they may load, where there are any.
_PROGRAMS = ("/api", "/feeds", "/metrics", "/healthz")
_METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})
#: Seconds that the sizes of the store are told again without being counted.
FRESH = 15.0


class Counts:
    """The counters of one server, in a registry of its own."""

    def __init__(self, desk: Desk) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "marsad_requests", "Requests answered", ("route", "method", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "marsad_request_seconds",
            "Time until an answer was sent",
            ("route",),
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
            registry=self.registry,
        )
        self.registry.register(_Kept(desk))


class _Kept(Collector):
    """What is in the store, counted when it is asked for, and not more often than every few seconds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._told: list[Metric] = []
        self._at = -FRESH

    def describe(self) -> Iterable[Metric]:
        """Nothing ahead: to name them would count them."""
        return []

    def collect(self) -> Iterable[Metric]:
        """The sizes."""
        if time.monotonic() - self._at >= FRESH:
            self._told, self._at = list(self._counted()), time.monotonic()
        return self._told

    def _counted(self) -> Iterable[Metric]:
        from marsad.store import alerts, articles, work

        with self._desk.store.reading() as db:
            number, waiting, unseen = articles.number(db), work.counts(db), alerts.count(db)
        yield GaugeMetricFamily("marsad_articles", "Articles kept, each version counted", value=number)
        yield GaugeMetricFamily("marsad_alerts_unseen", "Alerts that nobody has seen", value=unseen)
        made = GaugeMetricFamily("marsad_waiting", "Articles that wait for a stage", labels=("stage",))
        for one in waiting:
            made.add_metric((one.stage,), one.waiting)
        yield made


class Observed:
    """Counts each answer, gives it its headers, and turns a fault of ours into a problem without a trace."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self.app, self.counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def headed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(_PROGRAMS) or not hasattr(scope["app"].state, "guard"):
                    headers.setdefault("content-security-policy", _BARE)
            await send(message)

        try:
            await self.app(scope, receive, headed)
        except ClientDisconnect:
            pass
        except Exception as error:
            if status:
                raise  # half an answer is out: the connection ends
            await told(Request(scope), error)(scope, receive, headed)
        finally:
            route = getattr(scope.get("route"), "path", None) or "none"
            # What anybody may make up is no label: each would be kept for ever.
            method = scope["method"] if route != "none" and scope["method"] in _METHODS else "any"
            self.counts.requests.labels(route, method, status).inc()
            self.counts.seconds.labels(route).observe(time.perf_counter() - began)

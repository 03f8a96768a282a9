"""Webhooks, against a receiver of the tests' own: what it is sent, and what each of its answers means."""

import hmac
import json
import ssl
from datetime import UTC, date, datetime

import httpcore2
import pytest
import trustme
from loopback import Clock, RealClock, Reply, Site

from marsad.alert import channels
from marsad.alert.channels import Means
from marsad.alert.letter import letter
from marsad.errors import AddressError, DeliveryError
from marsad.settings import Settings
from marsad.types import Name
from marsad.types.alerts import Alert, AlertTrigger, Message, Watch

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"
SECRET = "a secret that both know"
TO = "webhook:https://desk.example/alerts?token=t"


@pytest.fixture
def made():
    watch = Watch(id="w", name="مراقبة", trigger=AlertTrigger.EVENT)
    said = Name(ar="زار الوزير بغداد.", en="The minister visited Baghdad.")
    given = {"watch": "w", "trigger": AlertTrigger.EVENT, "subject": "s", "found": NOW, "day": date(2026, 3, 1)}
    alert = Alert(id="a" * 16, said=said, **given)
    return letter(Message(key=KEY, watch="w", channel=TO, due=NOW, alerts=(alert.id,)), watch, [alert])


@pytest.fixture
def site():
    """Everywhere, and slow by a clock of its own."""
    with Site(Clock()) as found:
        yield found


def means(site, **given):
    world = {name: given.pop(name) for name in ("tls", "resolve", "connect") if name in given}
    return Means(settings=Settings(**{"secret": SECRET} | given), now=lambda: NOW, world=site.world(**world))


def sent(site, made, path="/hook", **given):
    channels.send(f"webhook:http://desk.example{path}", KEY, made, means(site, **given))


def refused(site, made, path="/hook", **given):
    with pytest.raises(DeliveryError) as caught:
        sent(site, made, path, **given)
    return caught.value


def test_a_message_is_posted_signed_and_under_its_key(site, made):
    site.routes["/hook"] = lambda host, query: Reply(status=204)
    sent(site, made, "/hook?token=t")
    (asked,) = site.seen
    assert asked.path == "/hook?token=t"
    assert asked.headers["idempotency-key"] == KEY
    assert asked.headers["content-type"] == "application/json"
    assert json.loads(asked.body)["alerts"][0]["said"]["ar"] == "زار الوزير بغداد."
    stamp = asked.headers["marsad-timestamp"]
    assert int(stamp) == NOW.timestamp()
    expected = hmac.new(SECRET.encode(), f"{stamp}.".encode() + asked.body, "sha256").hexdigest()
    assert asked.headers["marsad-signature"] == f"v1={expected}"


def test_without_a_secret_there_is_no_signature(site, made):
    site.routes["/hook"] = lambda host, query: Reply()
    sent(site, made, secret="")
    assert "marsad-signature" not in site.seen[0].headers


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_what_says_yes_has_taken_it(site, made, status):
    site.routes["/hook"] = lambda host, query: Reply(status=status)
    sent(site, made)


@pytest.mark.parametrize(
    ("status", "again"),
    [(408, True), (409, True), (425, True), (429, True), (500, True), (502, True), (503, True), (599, True),
     (400, False), (401, False), (403, False), (404, False), (410, False), (413, False), (422, False),
     (301, False), (302, False), (307, False), (304, False)],
)  # fmt: skip
def test_what_says_no_is_asked_again_or_not(site, made, status, again):
    headers = {"Location": "http://169.254.169.254/latest"} if status < 304 or status == 307 else {}
    site.routes["/hook"] = lambda host, query: Reply(status=status, headers=headers)
    error = refused(site, made)
    assert (error.again, error.pause) == (again, 0.0)
    assert str(status) in str(error)
    assert len(site.connected) == 1, "no redirect is followed"


def test_a_busy_one_says_for_how_long(site, made):
    site.routes["/hook"] = lambda host, query: Reply(status=503, headers={"Retry-After": "7200"})
    assert refused(site, made).pause == 7200


def test_the_message_does_not_tell_the_path_which_may_hold_a_secret(site, made):
    site.routes["/hook/s3cr3t"] = lambda host, query: Reply(status=404)
    assert "s3cr3t" not in str(refused(site, made, "/hook/s3cr3t"))


@pytest.mark.parametrize(
    "name", ["nothing", "garbage", "text", "short", "lengths", "length", "chunk", "unfinished", "head", "heads"]
)
def test_half_an_answer_is_none(site, made, name):
    assert refused(site, made, f"/raw/{name}").again


@pytest.mark.parametrize("path", ["/drip", "/slowly"])
def test_a_slow_one_is_cut(site, made, path):
    error = refused(site, made, path, timeout=10)
    assert error.again
    assert "10 seconds" in str(error)


def test_one_that_says_nothing_is_cut(made):
    with Site(RealClock()) as site:
        assert refused(site, made, "/silent", timeout=0.2).again


def test_a_body_without_end_is_not_read(made):
    with Site(RealClock()) as site:
        sent(site, made, "/big")


def test_a_compressed_answer_is_not_unpacked(site, made):
    sent(site, made, "/bomb/gzip")


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost:8080/", "http://10.0.0.1/", "http://169.254.169.254/", "http://[::1]/", "http://2130706433/",
     "http://printer.local/", "http://u:p@desk.example/", "ftp://desk.example/", "desk.example", "", "file:///etc/passwd"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused_at_once(site, made, address):
    with pytest.raises(AddressError):
        channels.check(f"webhook:{address}", Settings())
    with pytest.raises(AddressError):
        channels.send(f"webhook:{address}", KEY, made, means(site))
    assert site.connected == []


def test_a_name_that_leads_inside_is_refused_when_the_connection_is_made(site, made):
    site.names["desk.example"] = ["93.184.216.34", "10.0.0.7"]
    error = refused(site, made)
    assert error.again, "it may lead elsewhere in an hour"
    assert "10.0.0.7" in str(error)
    assert site.connected == []


def test_a_name_is_resolved_once_so_that_a_second_answer_changes_nothing(site, made):
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    site.routes["/hook"] = lambda host, query: Reply()
    sent(site, made, resolve=lambda host: answers.pop(0))
    assert site.connected == [("93.184.216.34", 80)]


def test_private_ones_are_reached_where_the_settings_allow_it(made):
    with Site(RealClock()) as site:
        site.routes["/hook"] = lambda host, query: Reply()
        given = Means(settings=Settings(private=True), now=lambda: NOW)
        channels.send(f"webhook:http://127.0.0.1:{site.port}/hook", KEY, made, given)
        assert len(site.seen) == 1


def test_a_name_that_nobody_knows_and_a_port_that_nobody_hears_are_tried_again(site, made):
    def unknown(host):
        raise OSError("no such name")

    def closed(address, port, seconds):
        raise httpcore2.ConnectError("refused")

    assert refused(site, made, resolve=unknown).again
    assert refused(site, made, connect=closed).again


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def served(authority, name):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(tls)
    return Site(RealClock(), tls=tls)


def trusting(authority):
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    return tls


def test_a_certificate_is_verified(authority, made):
    with served(authority, "desk.example") as site:
        site.routes["/hook"] = lambda host, query: Reply()
        to = "webhook:https://desk.example/hook"
        channels.send(to, KEY, made, means(site, tls=lambda: trusting(authority)))
        with pytest.raises(DeliveryError, match="certificate") as caught:  # of an authority that nobody trusts
            channels.send(to, KEY, made, means(site, tls=ssl.create_default_context))
        assert caught.value.again
        assert len(site.seen) == 1
    with served(authority, "other.example") as site:
        with pytest.raises(DeliveryError, match="certificate"):  # for another name
            channels.send(to, KEY, made, means(site, tls=lambda: trusting(authority)))
        assert site.seen == []


def test_one_that_takes_a_message_and_says_nothing_has_the_key(made):
    """The connection breaks after the message: it is sent again, under the same key, with the same body."""
    with Site(RealClock()) as site:
        site.routes["/hook"] = lambda host, query: Reply(raw=b"")
        refused(site, made)
        site.routes["/hook"] = lambda host, query: Reply()
        sent(site, made)
        first, second = site.seen
        assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
        assert first.body == second.body

"""The extra ``notify``: apprise is asked for when it is needed, and nothing of a token is told."""

import sys
from datetime import UTC, datetime

import pytest

from marsad.alert import channels
from marsad.alert.channels import Means
from marsad.alert.letter import Letter
from marsad.errors import DeliveryError, ExtraError
from marsad.net.connect import World
from marsad.settings import Settings

# What apprise imports warns of the library of older Pythons.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

LETTER = Letter(subject="زيارة", text="زار الوزير بغداد.\n", html="", record={"key": "k"}, lang="ar")


def means(**given):
    world = World(resolve=given.pop("resolve", lambda host: ["93.184.216.34"]))
    return Means(settings=Settings(**given), now=lambda: datetime(2026, 3, 1, tzinfo=UTC), world=world)


@pytest.fixture
def taken(monkeypatch):
    """What apprise was told, instead of the network."""
    apprise = pytest.importorskip("apprise")
    told = []

    def notify(self, **given):
        told.append(given)
        return "fail" not in self.urls()[0]

    monkeypatch.setattr(apprise.Apprise, "notify", notify)
    return told


def test_without_the_extra_that_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ExtraError, match=r"marsad\[notify\]"):
        channels.check("notify:json://desk.example/", Settings())


def test_the_text_is_handed_on(taken):
    channels.send("notify:json://desk.example/hook", "k", LETTER, means())
    assert taken == [{"title": "زيارة", "body": LETTER.text, "body_format": "text"}]


def test_what_a_service_does_not_take_is_tried_again_and_its_token_not_told(taken):
    with pytest.raises(DeliveryError) as caught:
        channels.send("notify:json://desk.example/fail-s3cr3t", "k", LETTER, means())
    assert caught.value.again
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("address", ["", "desk", "nothing://x", "syslog://", "dbus://", "mailto://a:b@example.org"])
def test_what_is_no_service_is_refused_for_good(taken, address):
    with pytest.raises(DeliveryError) as caught:
        channels.check(f"notify:{address}", Settings())
    assert not caught.value.again


@pytest.mark.parametrize(
    "address", ["json://127.0.0.1/", "json://localhost/", "json://10.0.0.1:8080/x", "json://[::1]/"]
)
def test_this_machine_and_its_neighbours_are_not_asked(taken, address):
    with pytest.raises(DeliveryError, match="not public"):
        channels.check(f"notify:{address}", Settings())
    channels.check(f"notify:{address}", Settings(private=True))


def test_a_name_that_leads_inside_is_not_asked(taken):
    with pytest.raises(DeliveryError, match=r"10\.0\.0\.1"):
        channels.send("notify:json://desk.example/", "k", LETTER, means(resolve=lambda host: ["10.0.0.1"]))
    assert taken == []


def test_a_fault_of_a_service_is_tried_again(taken, monkeypatch):
    import apprise

    def broken(self, **given):
        raise RuntimeError("https://hooks.example/s3cr3t")

    monkeypatch.setattr(apprise.Apprise, "notify", broken)
    with pytest.raises(DeliveryError, match="RuntimeError") as caught:
        channels.send("notify:json://desk.example/", "k", LETTER, means())
    assert caught.value.again
    assert "s3cr3t" not in str(caught.value)

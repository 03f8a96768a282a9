"""Mail, against a server of the tests' own: TLS that is verified, letters that arrive whole, servers that say no."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.alert import channels
from marsad.alert.channels import Means, mail
from marsad.alert.letter import Letter
from marsad.errors import DeliveryError, SettingsError
from marsad.net.connect import World
from marsad.settings import Settings

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"
LETTER = Letter(
    subject="زار الوزير بغداد: " + "خبر طويل عن الزيارة " * 5,
    text="زار الوزير بغداد.\n.\nFrom here on\n" + "س" * 3_000 + "\n",
    html='<!doctype html><html lang="ar" dir="rtl"><body><p><bdi>زار الوزير بغداد.</bdi></p></body></html>\n',
    record={"key": KEY},
    lang="ar",
)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def trusted(authority):
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    return tls


class Box:
    """What arrives; ``says`` is the answer to an address or a letter."""

    def __init__(self, **says):
        self.letters, self.says, self.users = [], says, []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "rcpt" in self.says:
            return self.says["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        assert server.transport.get_extra_info("ssl_object") is not None
        if "data" in self.says:
            return self.says["data"]
        self.letters.append(envelope)
        return "250 OK"

    def signed_in(self, server, session, envelope, mechanism, data):
        self.users.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"open sesame", handled=False)


@contextmanager
def serving(authority, box, *, implicit=False, name="localhost", offered=True):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(tls)

    class Server(Controller):
        def _trigger_server(self):  # at the port that it was given, not at 0
            socket.create_connection(self.server.sockets[0].getsockname()[:2]).close()

        def factory(self):
            if implicit:
                return SMTP(self.handler, authenticator=box.signed_in, auth_require_tls=False)
            given = {"tls_context": tls, "require_starttls": True} if offered else {}
            return SMTP(self.handler, authenticator=box.signed_in, **given)

    server = Server(box, hostname="127.0.0.1", port=0, ssl_context=tls if implicit else None)
    server.start()
    try:
        yield f"{'smtps' if implicit else 'smtp'}://robot@localhost:{server.server.sockets[0].getsockname()[1]}"
    finally:
        server.stop()


def means(smtp, trusted, **given):
    options = {"sender": "robot@marsad.example", "timeout": 5.0} | given
    environ = {"MARSAD_SMTP_PASSWORD": options.pop("password", "open sesame")}
    world = World(tls=lambda: trusted)
    return Means(settings=Settings(smtp=smtp, **options), now=lambda: NOW, world=world, environ=environ)


def sent(smtp, trusted, to="desk@example.org", **given):
    channels.send(f"mail:{to}", KEY, LETTER, means(smtp, trusted, **given))


@pytest.mark.parametrize("implicit", [False, True])
def test_a_letter_arrives_whole_under_tls(authority, trusted, implicit):
    box = Box()
    with serving(authority, box, implicit=implicit) as smtp:
        sent(smtp, trusted)
    (envelope,) = box.letters
    assert (envelope.mail_from, envelope.rcpt_tos) == ("robot@marsad.example", ["desk@example.org"])
    assert box.users == [("robot", "open sesame")]
    got = message_from_bytes(envelope.content, policy=default)
    assert got["Subject"].strip() == LETTER.subject.strip()
    assert (got["To"], got["From"]) == ("desk@example.org", "Marsad <robot@marsad.example>")
    assert got["Message-ID"] == f"<{KEY}@marsad.example>"
    assert got["Date"].datetime == NOW
    plain, page = got.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert (page.get_content_type(), page.get_content().replace("\r\n", "\n")) == ("text/html", LETTER.html)
    assert all(len(line) <= 998 for line in envelope.content.split(b"\r\n"))


@pytest.mark.parametrize("implicit", [False, True])
def test_a_certificate_is_verified_before_anything_is_said(authority, trusted, implicit):
    box = Box()
    with (
        serving(authority, box, implicit=implicit) as smtp,
        pytest.raises(DeliveryError, match="certificate") as caught,
    ):
        sent(smtp, ssl.create_default_context())
    assert caught.value.again
    other = serving(authority, box, implicit=implicit, name="other.example")
    with other as smtp, pytest.raises(DeliveryError, match="certificate"):
        sent(smtp, trusted)
    assert (box.letters, box.users) == ([], [])


def test_a_server_without_tls_is_told_nothing(authority, trusted):
    box = Box()
    with serving(authority, box, offered=False) as smtp, pytest.raises(DeliveryError, match="STARTTLS") as caught:
        sent(smtp, trusted)
    assert caught.value.again
    assert (box.letters, box.users) == ([], [])


@pytest.mark.parametrize(
    ("says", "again"),
    [({"rcpt": "550 no such user"}, False), ({"rcpt": "450 try later"}, True), ({"data": "554 not wanted"}, False),
     ({"data": "451 try later"}, True)],
)  # fmt: skip
def test_a_server_that_says_no_is_asked_again_or_not(authority, trusted, says, again):
    with (
        serving(authority, Box(**says)) as smtp,
        pytest.raises(DeliveryError, match=next(iter(says.values()))[:3]) as caught,
    ):
        sent(smtp, trusted)
    assert caught.value.again is again


def test_a_wrong_password_is_tried_again_and_a_missing_one_is_told(authority, trusted):
    box = Box()
    with serving(authority, box) as smtp:
        with pytest.raises(DeliveryError, match="535") as caught:
            sent(smtp, trusted, password="wrong")
        assert "wrong" not in str(caught.value)
        assert caught.value.again
        with pytest.raises(SettingsError, match="MARSAD_SMTP_PASSWORD"):
            sent(smtp, trusted, password="")
    assert box.letters == []


@contextmanager
def lying(answer):
    """A server that says ``answer`` (called with the connection) to whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with server.accept()[0] as connection, suppress(OSError):
                answer(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"smtp://localhost:{server.getsockname()[1]}"
        thread.join(10)
        assert not thread.is_alive()


def endless(connection):
    while True:
        connection.sendall(b"220-" + b"x" * 400 + b"\r\n")


def dripping(connection):
    while True:
        connection.sendall(b"2")
        threading.Event().wait(0.02)


def silent(connection):
    connection.recv(1)


def gone(connection):
    connection.close()


def busy(connection):
    connection.sendall(b"421 too busy\r\n")


def half(connection):
    """It takes the letter and is gone before it says so."""
    connection.sendall(b"220 hello\r\n")
    while connection.recv(1 << 16):
        connection.sendall(b"250 half\r\n")
        return


@pytest.mark.parametrize("answer", [endless, dripping, silent, gone, busy, half])
def test_a_server_that_lies_or_is_slow_is_left_and_tried_again(trusted, answer):
    with lying(answer) as smtp, pytest.raises(DeliveryError) as caught:
        sent(smtp, trusted, timeout=0.4)
    assert caught.value.again


def test_a_handshake_without_end_is_cut(trusted):
    with lying(dripping) as smtp, pytest.raises(DeliveryError) as caught:
        sent(smtp.replace("smtp://", "smtps://"), trusted, timeout=0.4)
    assert caught.value.again


@pytest.mark.parametrize(
    "address",
    ["", "desk", "desk@", "@example.org", "desk@example.org\r\nBcc: all@example.org", "a@b, c@d", "<desk@example.org>",
     "desk@exa mple.org", "Desk <desk@example.org>", "desk@example.org ", "desk@@example.org", "مكتب@example.org",
     "desk@-x.org", '"a b"@example.org', "a@b?c"],
)  # fmt: skip
def test_what_is_no_address_is_refused_for_good(address):
    options = Settings(smtp="smtp://localhost", sender="robot@marsad.example")
    with pytest.raises(DeliveryError) as caught:
        channels.check(f"mail:{address}", options)
    assert not caught.value.again
    with pytest.raises(SettingsError, match="sender"):
        Settings(sender=address or "x")


def test_without_a_server_or_a_sender_that_is_told_when_the_watch_is_made():
    for options in (Settings(sender="a@b.example"), Settings(smtp="smtp://localhost")):
        with pytest.raises(SettingsError, match="is not set"):
            channels.check("mail:desk@example.org", options)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200))
def test_no_subject_makes_a_header_or_breaks_a_letter(subject):
    from marsad.alert.letter import plain

    letter = replace(LETTER, subject=plain(subject))
    options = means("smtp://localhost", None)
    raw = mail.written("desk@example.org", KEY, letter, options).as_bytes()
    got = message_from_bytes(raw, policy=default)
    ours = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language"}
    assert sorted(got.keys()) == sorted(ours | {"MIME-Version", "Content-Type"})
    assert got["To"] == "desk@example.org"
    assert "".join(got["Subject"].split()) == "".join(letter.subject.split())
    assert next(got.iter_parts()).get_content().replace("\r\n", "\n") == letter.text


def test_a_subject_with_the_end_of_a_line_is_refused_by_the_letter_itself():
    with pytest.raises(ValueError, match="linefeed"):
        mail.written(
            "desk@example.org", KEY, replace(LETTER, subject="a\r\nBcc: b@c.d"), means("smtp://localhost", None)
        )

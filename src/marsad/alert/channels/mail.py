"""``mail:desk@example.org``: a letter over SMTP under TLS that is verified, as plain text and as a page.

``Message-ID`` is made of the key: a reader of mail that honours it shows nothing twice.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from threading import Timer
from typing import IO, Any
from urllib.parse import SplitResult, unquote, urlsplit

from marsad.alert.channels.means import Means
from marsad.alert.letter import Letter
from marsad.errors import DeliveryError, SettingsError
from marsad.net.answers import short
from marsad.settings import MAIL, Settings

#: The variable that has the password; it is in no file and no store.
PASSWORD = "MARSAD_SMTP_PASSWORD"
#: Ports where the setting names none: TLS from the beginning, and by STARTTLS.
PORTS = {"smtps": 465, "smtp": 587}
#: Most bytes that a server may answer, all answers together.
ANSWERS = 64_000


def check(address: str, settings: Settings) -> None:
    """Raise :class:`DeliveryError` for what is no address, :class:`SettingsError` where no server is set."""
    if not MAIL.match(address):
        do = "give one address, such as mail:desk@example.org"
        raise DeliveryError("no address of e-mail", where=repr(address[:200]), do=do, again=False)
    for name in ("smtp", "sender"):
        if not getattr(settings, name):
            raise SettingsError(f"{name} is not set, so no mail can be sent", do=f"set {name} (MARSAD_{name.upper()})")


def send(address: str, key: str, letter: Letter, means: Means) -> None:
    """Send a letter; all of it has ``settings.timeout`` seconds, however little comes at a time.

    Raises :class:`DeliveryError`: to be tried again unless the server refuses the letter for good (a status of the
    500s to one of the addresses or to the letter itself).
    """
    check(address, means.settings)
    message = written(address, key, letter, means)
    parts = urlsplit(means.settings.smtp)
    if parts.username and not means.environ.get(PASSWORD):
        raise SettingsError(f"the mail server asks for a password, and {PASSWORD} is not set", do="set it")
    where = f"{parts.scheme}://{parts.hostname}"
    try:
        with _connected(parts, means) as server:
            _log_in(server, parts, means)
            server.send_message(message, means.settings.sender, [address])
            with suppress(smtplib.SMTPException, OSError):  # it has taken the letter
                server.quit()
    except smtplib.SMTPRecipientsRefused as error:
        status, words = next(iter(error.recipients.values()))
        raise _refused(where, status, words, final=True) from None
    except smtplib.SMTPResponseException as error:
        final = isinstance(error, (smtplib.SMTPSenderRefused, smtplib.SMTPDataError))
        raise _refused(where, error.smtp_code, error.smtp_error, final=final) from None
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise DeliveryError(f"the letter was not taken ({short(error)})", where=where, do="check the server") from None


def _refused(where: str, status: int, words: bytes | str, *, final: bool) -> DeliveryError:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    what = f"the server answers with {status} ({short(Exception(said))})"
    return DeliveryError(what, where=where, do="check the address and the server", again=not final or status < 500)


def written(address: str, key: str, letter: Letter, means: Means) -> EmailMessage:
    """The letter as it is sent. No header can hold the end of a line: what is given is checked, the rest encoded."""
    sender = means.settings.sender
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name="Marsad", addr_spec=sender)
    message["To"] = Address(addr_spec=address)
    # Python's library reads what looks like an encoded word in it, with whatever end of a line is encoded there.
    message["Subject"] = letter.subject.replace("=?", "= ?")
    message["Date"] = means.now()
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    # Base64 always: lines of any length, and no server that changes what begins with a dot or «From».
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    message["Content-Language"] = letter.lang
    return message


class _Counted:
    """The answers of a server, as many bytes as anybody reads."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._room = file, ANSWERS

    def readline(self, size: int = -1) -> bytes:
        line = self._file.readline(size)
        self._room -= len(line)
        if self._room < 0:
            raise OSError("it answers without end")
        return line

    def close(self) -> None:
        self._file.close()


class _Server(smtplib.SMTP):
    """A server whose answers are not read without end, and whose connection can be cut at any step.

    With ``tls``, TLS begins with the connection.
    """

    file: Any = None

    def __init__(self, host: str, seconds: float, tls: ssl.SSLContext | None) -> None:
        super().__init__(timeout=seconds)
        self._host = host  # what the certificate has to be for
        self._tls = tls
        self._other_end: socket.socket | None = None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        made = socket.create_connection((host, port), timeout)
        self._other_end = made.dup()  # TLS takes the first away, and is to be cut in its handshake too
        return self._tls.wrap_socket(made, server_hostname=host) if self._tls else made

    def getreply(self) -> tuple[int, bytes]:
        """The next answer, of the bytes that are read at all."""
        if self.file is None and self.sock is not None:
            self.file = _Counted(self.sock.makefile("rb"))
        return super().getreply()

    def cut(self) -> None:
        """Let whoever waits for the server see its end."""
        if self._other_end is not None:
            with suppress(OSError):
                self._other_end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the connection."""
        super().close()
        if self._other_end is not None:
            self._other_end.close()


@contextmanager
def _connected(parts: SplitResult, means: Means) -> Iterator[_Server]:
    """A server that has shown its certificate; the connection is cut when the time is over."""
    seconds, tls = means.settings.timeout, means.world.tls()
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    server = _Server(host, seconds, tls if parts.scheme == "smtps" else None)
    cut = Timer(seconds, server.cut)
    cut.daemon = True
    cut.start()
    try:
        _greeted(server, host, port)
        if parts.scheme == "smtp":
            _secured(server, tls)
        yield server
    finally:
        cut.cancel()
        server.close()


def _greeted(server: smtplib.SMTP, host: str, port: int) -> None:
    status, words = server.connect(host, port)
    if status != 220:
        raise smtplib.SMTPConnectError(status, words)
    server.ehlo_or_helo_if_needed()


def _secured(server: smtplib.SMTP, tls: ssl.SSLContext) -> None:
    """Go on under TLS; a server that does not offer it is told nothing."""
    server.starttls(context=tls)
    server.ehlo_or_helo_if_needed()


def _log_in(server: smtplib.SMTP, parts: SplitResult, means: Means) -> None:
    if parts.username:
        server.login(unquote(parts.username), means.environ[PASSWORD])

"""Mails as they arrive, and a real IMAP server to fetch them from."""

import imaplib
import io
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.site.mailroom.taking import Outcome, take
from tests.ports import free_port

BY = system("mailroom")
USER, PASSWORD = "post", "geheim-genug"


def mail(
    text: str = "Guten Tag, ich habe eine Frage.", *, subject: str = "Frage zur Duldung", **headers: str
) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = headers.pop("sender", "Nora Neu <nora@example.org>")
    made["To"] = "post@centre.example"
    made["Subject"] = subject
    made["Message-ID"] = headers.pop("message_id", f"<{abs(hash((text, subject)))}@example.org>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def arrive(made: EmailMessage | bytes, *, at: datetime) -> Outcome:
    raw = made if isinstance(made, bytes) else bytes(made)
    return take(io.BytesIO(raw), by=BY, at=at)


class Mailbox:
    """A mailbox on a real server."""

    def __init__(self, port: int, certificate: Path, *, starttls: bool) -> None:
        self.port, self.certificate, self.starttls = port, certificate, starttls

    def _connected(self) -> imaplib.IMAP4:
        trust = ssl.create_default_context(cafile=str(self.certificate))
        if not self.starttls:
            return imaplib.IMAP4_SSL("localhost", self.port, ssl_context=trust, timeout=10)
        box = imaplib.IMAP4("localhost", self.port, timeout=10)
        box.starttls(ssl_context=trust)
        return box

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        box = self._connected()
        box.login(USER, PASSWORD)
        try:
            yield box
        finally:
            box.logout()

    def put(self, *mails: EmailMessage) -> None:
        with self.opened() as box:
            for one in mails:
                assert box.append("INBOX", "", None, bytes(one))[0] == "OK"

    def lying_in(self, folder: str) -> int:
        with self.opened() as box:
            kind, said = box.select(f'"{folder}"', readonly=True)
            return int(said[0]) if kind == "OK" else 0


@contextmanager
def imap_server(folder: Path, settings: Any, *, starttls: bool = True) -> Iterator[Mailbox]:
    """A real IMAP server (pymap) with a certificate of its own, and the platform set to it.

    pymap knows STARTTLS only; for TLS from the first byte, as on port 993, a relay stands before it.
    """
    certificate, key = _certificate(folder)
    port = free_port()
    command = [
        *(
            sys.executable,
            "-c",
            "from pymap.main import main; main()",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--cert",
            str(certificate),
        ),
        *("--key", str(key), "dict", "--demo-user", USER, "--demo-password", PASSWORD),
    ]
    if not starttls:
        command.insert(command.index("dict"), "--no-tls")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    relay = None if starttls else _tls_before(port, certificate, key)
    port = relay.getsockname()[1] if relay else port
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_STARTTLS = "localhost", port, starttls
    settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_CA = USER, PASSWORD, str(certificate)
    try:
        box = Mailbox(port, certificate, starttls=starttls)
        _wait_for(box, server)
        yield box
    finally:
        if relay:
            relay.close()
        server.terminate()
        server.wait(timeout=10)


def _tls_before(port: int, certificate: Path, key: Path) -> ssl.SSLSocket:
    """Listens on a port of its own, speaks TLS there, and passes on to ``port`` what was said."""
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate, key)
    listening = trust.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)

    def serve() -> None:
        while True:
            try:
                near, _who = listening.accept()
            except OSError:
                if listening.fileno() < 0:
                    return
                continue
            try:
                far = socket.create_connection(("127.0.0.1", port), timeout=20)
            except OSError:  # not there yet: who asks is told at once, not left waiting
                near.close()
                continue
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_carry, args=(one, other), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return listening


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while piece := one.recv(65536):
            other.sendall(piece)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _wait_for(box: Mailbox, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        try:
            with box.opened():
                return
        except (OSError, imaplib.IMAP4.abort):
            time.sleep(0.1)
    raise AssertionError("The IMAP server did not start.")


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30)).add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    certificate, secret = folder / "imap.pem", folder / "imap.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, secret

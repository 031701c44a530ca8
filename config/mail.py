"""How mail leaves: by an SMTP server that the environment names, encrypted unless it is this very machine."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote

from config.env import Misconfigured, split_address

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class MailServer(NamedTuple):
    """Django's settings for a server, without their EMAIL_."""

    host: str
    port: int
    host_user: str
    host_password: str
    use_tls: bool
    use_ssl: bool


def mail_server(address: str) -> MailServer:
    """The server at an address: smtp://user:password@host:587 (STARTTLS), smtps:// (TLS from the start).

    smtp+plain:// is for a relay on the own machine or network: nothing is encrypted, so it takes no password.
    """
    parts = split_address("EMAIL_URL", address, PORTS)
    if parts.scheme == "smtp+plain" and parts.password:
        raise Misconfigured("EMAIL_URL", "would send a password in the clear", "Write smtp:// or smtps://.")
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        host_user=unquote(parts.username or ""),
        host_password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp",
        use_ssl=parts.scheme == "smtps",
    )

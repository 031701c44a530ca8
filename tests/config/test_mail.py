"""Where mail goes follows from one address, and a password never travels in the clear."""

from __future__ import annotations

import pytest

from config.env import Misconfigured
from config.mail import mail_server

from .test_settings import load, refusal

SERVER = {"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "record.example.org"}


@pytest.mark.parametrize(
    ("address", "port", "starttls", "tls"),
    [
        ("smtp://desk:p%40ss@mail.example.org", 587, True, False),
        ("smtps://desk:p%40ss@mail.example.org:4650", 4650, False, True),
        ("smtp+plain://localhost", 25, False, False),
    ],
)
def test_the_address_says_how_it_is_encrypted(address, port, starttls, tls):
    found = mail_server(address)
    assert (found.port, found.use_tls, found.use_ssl) == (port, starttls, tls)
    assert (found.host_user, found.host_password) == (("desk", "p@ss") if "desk" in address else ("", ""))


@pytest.mark.parametrize("address", ["smtp+plain://desk:secret@localhost", "mail.example.org", "smtp://"])
def test_what_would_not_work_or_give_a_password_away_stops_the_start(address):
    with pytest.raises(Misconfigured) as caught:
        mail_server(address)
    assert "secret" not in str(caught.value)


def test_without_an_address_mail_goes_to_the_console(tmp_path):
    found = load(tmp_path)
    assert found["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert found["DEFAULT_FROM_EMAIL"] == "desk@record.example.org"


def test_with_one_it_goes_there(tmp_path):
    found = load(tmp_path, EMAIL_URL="smtp://mail.example.org", EMAIL_FROM="Record <record@example.org>")
    assert (found["EMAIL_HOST"], found["EMAIL_TIMEOUT"]) == ("mail.example.org", 5)
    assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert found["DEFAULT_FROM_EMAIL"] == found["SERVER_EMAIL"] == "Record <record@example.org>"
    assert "EMAIL_URL starts with" in refusal(tmp_path, SERVER | {"EMAIL_URL": "pop3://mail.example.org"})

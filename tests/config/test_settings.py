"""The settings as a server would load them: each test starts its own Python, with its own environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = {"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "record.example.org"}
SHOW = """
import json
from config import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


def start(folder, environment):
    """Load the settings with nothing but these variables, and an empty folder for the machine's own."""
    variables = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **environment}
    return subprocess.run(  # noqa: S603 - our own code, our own Python
        [sys.executable, "-W", "error", "-c", SHOW],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


def load(folder, **environment):
    """The settings of a server with these variables besides the two it cannot do without."""
    done = start(folder, SERVER | environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refusal(folder, environment):
    """The last line of what a start that fails tells the terminal."""
    done = start(folder, environment)
    assert done.returncode != 0, done.stdout
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set. `make run` writes one; a server brings its own."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short to be safe."),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set. List the names of the site"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS contains *"),
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe', which is neither true nor false."),
        ({"SECURE": "flase"}, "SECURE is 'flase', which is neither true nor false."),
        ({"PUBLIC_URL": "http://record.example.org"}, "PUBLIC_URL starts with 'http'. Write https://"),
        ({"DATABASE_URL": "postgres://localhost"}, "DATABASE_URL names no database."),
        ({"DATABASE_URL": "mysql://localhost/record"}, "DATABASE_URL starts with 'mysql'."),
        ({"CACHE_URL": "memcached://localhost"}, "CACHE_URL starts with 'memcached'."),
        ({"SITE_TIME_ZONE": "Ottawa"}, "SITE_TIME_ZONE is 'Ottawa', which is no time zone."),
    ],
)
def test_a_wrong_or_missing_value_stops_the_start_and_says_why(tmp_path, change, told):
    assert told in refusal(tmp_path, SERVER | change)


def test_a_server_that_says_nothing_else_is_closed(tmp_path):
    settings = load(tmp_path)
    assert settings["DEBUG"] is False
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 63_072_000
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert settings["SECURE_PROXY_SSL_HEADER"] is None
    assert settings["PUBLIC_URL"] == "https://record.example.org"


def test_cookies_of_a_server_are_bound_to_it(tmp_path):
    settings = load(tmp_path)
    names = {settings[f"{cookie}_COOKIE_NAME"] for cookie in ("SESSION", "CSRF", "LANGUAGE")}
    assert names == {"__Host-session", "__Host-csrf", "__Host-language"}
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert settings[f"{cookie}_COOKIE_SECURE"] is True
        assert settings[f"{cookie}_COOKIE_HTTPONLY"] is True
    assert (settings["SESSION_COOKIE_SAMESITE"], settings["CSRF_COOKIE_SAMESITE"]) == ("Lax", "Strict")


def test_one_machine_without_https(tmp_path):
    settings = load(tmp_path, SECURE="false", PORT="8123")
    assert settings["PUBLIC_URL"] == "http://127.0.0.1:8123"
    assert settings["SESSION_COOKIE_NAME"] == "session"
    assert settings["SECURE_HSTS_SECONDS"] == 0


def test_a_proxy_is_trusted_only_when_told(tmp_path):
    settings = load(tmp_path, TRUST_PROXY="true")
    assert settings["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_sqlite_is_set_up_to_lose_nothing(tmp_path):
    database = load(tmp_path)["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "db.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "ATOMIC_REQUESTS" not in database


def test_postgresql_has_a_pool_and_time_limits(tmp_path):
    database = load(tmp_path, DATABASE_URL="postgres://me:p%40ss@db:5433/record?sslmode=require")["DATABASES"][
        "default"
    ]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    connection = [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    assert connection == ["me", "p@ss", "db", 5433, "record"]
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (0, True)
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] == 10
    assert database["OPTIONS"]["options"] == (
        "-c jit=off -c statement_timeout=5s -c lock_timeout=3s -c idle_in_transaction_session_timeout=10s"
    )


def test_redis_when_told(tmp_path):
    cache = load(tmp_path, CACHE_URL="redis://cache:6379/1")["CACHES"]["default"]
    assert cache["LOCATION"] == "redis://cache:6379/1"


def test_the_file_of_the_machine_is_read(tmp_path):
    (tmp_path / "settings.env").write_text("SITE_TIME_ZONE=America/Toronto\n")
    assert load(tmp_path)["TIME_ZONE"] == "America/Toronto"


def test_a_misspelled_line_in_the_file_of_the_machine_stops_the_start(tmp_path):
    (tmp_path / "settings.env").write_text("SECUR=true\n")
    assert "SECUR in" in refusal(tmp_path, SERVER)

"""What every response carries, whoever made it."""

import pytest
from django.conf import settings

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [("/admin/login/", 200), ("/admin/", 302), ("/no/such/page", 404)])
def test_pages_redirects_and_errors_carry_the_headers(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "camera=()" in response["Permissions-Policy"]
    sent = dict(directive.split(" ", 1) for directive in response["Content-Security-Policy"].split("; "))
    assert sent == POLICY


def test_the_policy_has_no_unsafe_word():
    assert "unsafe" not in str(settings.CONTENT_SECURITY_POLICY)


@pytest.mark.django_db
def test_https_is_remembered_for_two_years(client, settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    response = client.get("/healthz", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


@pytest.mark.django_db
def test_plain_http_is_sent_to_https_but_for_the_machines_own_questions(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/admin/")["Location"] == "https://testserver/admin/"
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200

"""Whatever is written into an address or a form of the desk: it is refused, ignored or not found, and never fails."""

from __future__ import annotations

import random
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client

from tests.effort import sample
from tests.site.evil import VALUES, WHOLE

from .conftest import signed_in
from .rights import addresses, patterns

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEED = 20210226
# What lists, forms and pages of the desk read from their addresses.
PARAMETERS = (
    "q", "p", "o", "e", "all", "id", "pk", "id__exact", "slug__contains", "state__exact", "stage", "live", "changed",
    "review", "waits", "stale", "when", "kind", "phase", "relationship__id__exact", "topics__id__exact",
    "starts_on__year", "starts_on__month", "starts_on__day", "live_from__gte", "made_at__lt", "owner__password",
    "made_by__password__startswith", "_changelist_filters", "_popup", "_to_field", "publish_at", "starts_on",
    "relationship", "topics", "sources", "value", "position", "app_label", "model_name", "field_name", "term",
    "records", "language", "older", "newer", "edition", "revision", "of", "next", "page", "format", "_facets",
    "is_active__exact", "groups__id__exact", "portrait", "unit", "as_of",
)  # fmt: skip
# What their forms send.
FIELDS = (
    "action", "_selected_action", "select_across", "index", "seen", "version", "records", "reason", "note_en", "at_0",
    "at_1", "at", "into", "release", "pending", "made_for", "until", "expires_at", "text", "edition", "key", "file",
    "slug", "position", "starts_on", "starts_on_precision", "sources", "topics", "owner", "review_by", "username",
    "terms-TOTAL_FORMS", "terms-INITIAL_FORMS", "terms-0-id", "participants-TOTAL_FORMS", "participants-0-term",
    "observations-TOTAL_FORMS", "observations-0-value", "source", "as_of", "post", "official", "language", "member",
    "password", "code", "login", "next", "take", "side",
)  # fmt: skip
BUTTONS = (
    "_save", "_continue", "_publish", "_submit", "_now", "_later", "_into", "_check", "_approve", "_send_back",
    "_together", "_add", "_move", "_saveasnew", "post", "_popup",
)  # fmt: skip


@pytest.fixture
def lenient() -> Client:
    """A manager, whom an error of ours is answered and not raised."""
    client = signed_in("manager")
    client.raise_request_exception = False
    return client


def typed(value: str) -> str:
    """An odd value as it arrives in a form: percent signs decoded, and what is no UTF-8 replaced."""
    return unquote_to_bytes(value).decode(errors="replace")


def odd_query(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return chance.choice(WHOLE)
    return "&".join(f"{chance.choice(PARAMETERS)}={chance.choice(VALUES)}" for _each in range(chance.randint(1, 5)))


def odd_form(chance: random.Random) -> dict[str, str]:
    given = {name: typed(chance.choice(VALUES)) for name in chance.sample(FIELDS, 15)}
    return {**given, **dict.fromkeys(chance.sample(BUTTONS, 2), "1")}


def failed(what: str, response) -> list[str]:
    return [f"{response.status_code}: {what[:200]}"] if response.status_code >= 500 else []


def test_no_odd_query_or_form_fails(live, lenient):
    chance, found = random.Random(SEED), []  # noqa: S311 - the same ones each time is the point
    for _key, address in sample([each for each in addresses(live) if each[0] != "account_logout"], 8):
        query, form = odd_query(chance), odd_form(chance)
        found += failed(f"GET {address}?{query}", lenient.get(f"{address}?{query}"))
        found += failed(f"POST {address} {form}", lenient.post(address, form))
    assert found == []


def test_no_odd_query_of_a_list_fails(live, lenient):
    chance, found = random.Random(SEED), []  # noqa: S311
    for key, address in addresses(live):
        if key.endswith(("_changelist", "_add")):
            query = "&".join(f"{name}={chance.choice(VALUES)}" for name in chance.sample(PARAMETERS, 3))
            found += failed(f"GET {address}?{query}", lenient.get(f"{address}?{query}"))
    assert found == []


def test_no_odd_key_fails(live, lenient):
    chance, found = random.Random(SEED), []  # noqa: S311
    odd = [value for value in VALUES if value and "/" not in value and value not in (".", "..", "?")]
    for route in sample([route for route, _pattern in patterns().values() if "<path:object_id>" in route], 3):
        address = f"/{route.replace('<path:object_id>', chance.choice(odd))}"
        found += failed(f"GET {address}", lenient.get(address))
    assert found == []


def test_a_choice_that_cannot_be_is_said_beside_its_field(live, lenient):
    form = f"/admin/relations/fact/{live.fact.pk}/change/"
    answer = lenient.post(form, {"relationship": "<script>", "topics": ["../", "1"], "_save": "1"})
    assert answer.status_code == 200
    assert {"relationship", "topics"} <= set(answer.context["adminform"].form.errors)

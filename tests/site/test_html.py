"""No page of readers has an error of HTML."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from relations.documents import Text
from relations.publishing import Erratum, correct, withdraw
from relations.views import errors
from tests import cast, checker
from tests.site.visitor import get

pytestmark = [pytest.mark.django_db, checker.needed]

HOME = "norda-suda"
FACT = f"{HOME}/facts/border-length/"
# Pages that the walk from link to link does not come by, or finds empty.
WITH_A_PAST = (
    f"{FACT}history/?from=1&to=2", f"{FACT}editions/1/", f"{FACT}editions/2/cite/", f"{HOME}/facts/?topic=x&from=x",
    f"{HOME}/changes/?since=2026-01-01", f"{HOME}/corrections/", f"{HOME}/redactions/", f"{HOME}/overdue/",
    f"{HOME}/?on=2026-01-01", f"{HOME}/facts/?on=2999-01-01", f"{HOME}/meetings/first-call/", f"{HOME}/facts/nothing/",
    f"@2026-03-02/{FACT}", "@1999-01-01/", f"@2999-01-01/{HOME}/", "search/?q=zebra", f"{HOME}/facts/?q=zebra",
    "search/?q=a",
)  # fmt: skip


def test_an_error_is_found(tmp_path):
    wrong = HttpResponse("<!doctype html><html lang=en><title>x</title><p id=a><b id=a></b>")
    [error] = checker.errors_in({"/x/": wrong}, tmp_path)
    assert error.startswith("/x/: Duplicate ID")


def test_pages_that_are_reached_by_links(crawled, tmp_path):
    assert checker.errors_in({visit.address: visit.response for visit in crawled.pages}, tmp_path) == []


def test_pages_with_a_past_pages_without_content_and_pages_of_errors(clock, tmp_path):
    world = cast.live_world(clock)
    clock.advance(days=2)
    world.fact.statement_en = "The border is very long."
    world.fact.save()
    erratum = Erratum(
        wrong=Text(en="Long.", fr="Longue."), right=Text(en="Very.", fr="Très."), first_edition=1, last_edition=1
    )
    correct(world.fact, erratum=erratum, by=cast.someone("editor"), clock=clock)
    withdraw(
        world.meeting, reason=Text(en="It never was.", fr="Il n’a pas eu lieu."), by=cast.someone("editor"), clock=clock
    )
    clock.advance(days=1)
    pages = {f"/{language}/{path}": get(f"/{language}/{path}") for language in ("en", "fr") for path in WITH_A_PAST}
    assert {response.status_code for response in pages.values()} == {200, 404, 410}
    request = RequestFactory().get("/en/")
    pages |= {"500": errors.server_error(request), "503": errors.unavailable(request)}
    assert checker.errors_in(pages, tmp_path) == []

"""From what a reader reports to the correction, and to its outcome that everybody can read."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from tests import cast
from tests.admin.conftest import save, signed_in, url
from tests.journeys.forms import values
from tests.journeys.reader import Reader

FACT = "/en/norda-suda/facts/border-length/"
SAID = {
    "wrong_en": "We called the border long.",
    "wrong_fr": "Nous disions la frontière longue.",
    "right_en": "The border is short.",
    "right_fr": "La frontière est courte.",
}


@pytest.mark.django_db
def test_a_report_becomes_a_correction_that_names_its_reader(clock):
    world = cast.live_world(clock)
    clock.advance(days=1)

    # A reader finds an error and follows the link at the end of the page.
    reader, browser = Reader(FACT), Client(enforce_csrf_checks=True)
    form = next(link for link in reader.page.links if "/report/" in link)
    markup = browser.get(form).content.decode()
    clock.advance(minutes=3)
    token = {"csrfmiddlewaretoken": markup.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]}
    wrote = {"text": "I walked along it: it is short.", "name": "Ida Reed", "may_be_named": "on"}
    thanks = browser.post(form, {**values(markup), **token, **wrote})["Location"]
    number = int(thanks.rstrip("/").rpartition("/")[2])
    outcome = f"/en/reports/{number}/"
    Reader(thanks).reads("Thank you").follow(outcome).reads(
        f"Report {number}", "Not looked at yet", "The border is long."
    )

    # The editors are told that there is a report, and not a word of it.
    editor = signed_in("editor")
    type(cast.someone("editor")).objects.filter(username="editor").update(email="editor@example.org")
    call_command("send_notices")
    [letter] = mail.outbox
    assert (letter.to, "walked" in letter.body) == (["editor@example.org"], False)

    # A colleague puts the text right; the editor follows the report to the Correct page.
    save(signed_in("writer"), world.fact, statement_en="The border is short.")
    report = f"/admin/relations/report/{number}/change/"
    assert wrote["text"] in editor.get(report).content.decode()
    correct = f"{url(world.fact, 'correct')}?report={number}"
    assert correct in editor.get(report).content.decode()
    filled = values(editor.get(correct).content.decode())
    assert (filled["reported_by"], filled["report"]) == ("Ida Reed", str(number))
    assert editor.post(correct, {**filled, **SAID, "_correct": "1"}).status_code == 302

    # A moment later everybody can read it, in both languages.
    clock.advance(seconds=5)
    Reader(outcome).reads("Corrected", "The border is short.", "Reported by Ida Reed.")
    Reader(outcome.replace("/en/", "/fr/")).reads("La frontière est courte.")
    Reader("/en/reports/").reads(f"Report {number}", "Corrected")
    Reader("/en/norda-suda/corrections/").reads("We called the border long.", "Reported by Ida Reed.")
    Reader(f"{FACT}editions/1/").reads("This edition carried an error.")
    assert wrote["text"] not in Reader(outcome).text

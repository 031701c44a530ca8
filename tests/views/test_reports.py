"""A reader reports an error: what the form takes, what it says where it does not, and what is public of it."""

from __future__ import annotations

import datetime
import html

import pytest
from django.test import Client

from relations.documents import Text
from relations.models import Report, Tries
from relations.publishing import reports, schedule
from tests import cast
from tests.readers import a_report
from tests.site.addresses import addresses, sampled
from tests.site.visitor import counted, get, whole

FACT = "/en/norda-suda/facts/border-length/"
FORM = f"/en/report/?page={FACT}"
CANARY = "zanzibar"
WORDS = {"text": f"The {CANARY} is shorter.", "evidence": f"The {CANARY} gazette", "name": f"Z. {CANARY}"}
WORDS |= {"email": f"{CANARY}@example.org", "may_be_named": "on"}
DECIDED = Text(en="The gazette is right.", fr="La gazette a raison.")


@pytest.fixture
def world(db, clock) -> cast.World:
    return cast.live_world(clock)


@pytest.fixture
def sender(world) -> Client:
    """Somebody's: it keeps cookies, and forms are checked as on the real site."""
    return Client(enforce_csrf_checks=True)


def text(response) -> str:
    return html.unescape(response.content.decode())


def opened(client: Client, address: str = FORM) -> dict[str, str]:
    """What the page sends beside what a reader writes."""
    page = client.get(address)
    return {"token": page.context["form"].token, "csrfmiddlewaretoken": str(page.context["csrf_token"])}


def send(client: Client, clock, address: str = FORM, *, headers: dict | None = None, **given):
    """Opens the form, writes for a minute, sends it."""
    own = opened(client, address)
    clock.advance(minutes=1)
    return client.post(address, {**own, **WORDS, **given}, headers=headers)


def decide(report: Report, clock, state: str = "declined", **given) -> None:
    """An editor decides; the clock moves to the moment it is public."""
    reports.decide(report, state=state, text=DECIDED, by=cast.someone("editor"), clock=clock, **given)
    clock.advance(seconds=2)


# --- the form -------------------------------------------------------------------------------------


def test_every_page_of_a_record_leads_to_the_form_about_it(world, client):
    for page in (FACT, f"{FACT}editions/1/", "/en/norda-suda/", "/en/officials/ana-holt/", "/en/sources/gazette/"):
        assert f'href="/en/report/?page={page}"' in text(client.get(page)), page
    tail = text(client.get(FACT)).partition("</main>")[0]
    assert f'<a href="/en/report/?page={FACT}" rel="nofollow">Report an error on this page</a>' in tail


def test_a_report_lands_on_the_desk_with_the_edition_that_was_shown(world, sender, clock):
    response = send(sender, clock)
    report = Report.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/en/report/sent/{report.pk}/")
    assert (report.path, report.language) == ("/norda-suda/facts/border-length/editions/1/", "en")
    assert (report.kind, report.record_id, report.edition_number) == ("fact", world.fact.pk, 1)
    assert (report.text, report.evidence) == (WORDS["text"], WORDS["evidence"])
    assert (report.name, report.email, report.may_be_named) == (WORDS["name"], WORDS["email"], True)
    assert (report.state, report.made_at) == ("open", clock.now)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_thanks_name_the_number_and_where_the_outcome_will_be(world, sender, clock, settings, language):
    response = send(sender, clock, FORM.replace("/en/", f"/{language}/"))
    number = Report.objects.get().pk
    page = text(sender.get(response["Location"]))
    assert f'<html lang="{language}">' in page
    assert f'<a href="/{language}/reports/{number}/">{settings.PUBLIC_URL}/{language}/reports/{number}/</a>' in page


def test_a_page_of_the_past_is_reported_as_the_edition_that_stood_there(world, sender, clock):
    clock.advance(days=2)
    world.fact.statement_en = "The border is very long."
    world.fact.save()
    cast.put_live(world.fact, clock=clock)
    past = "/en/@2026-03-02/norda-suda/facts/border-length/"
    assert f'href="/en/report/?page={past}"' in text(sender.get(past))
    send(sender, clock, f"/en/report/?page={past}")
    send(sender, clock, FORM)
    numbers = Report.objects.order_by("pk").values_list("edition_number", flat=True)
    assert list(numbers) == [1, 2]


def test_the_form_has_no_place_in_the_past(world, client):
    assert client.get("/en/@2026-03-02/report/").status_code == 404


@pytest.mark.parametrize(
    "odd",
    [
        "", "nonsense", "/en/norda-suda/facts/nobody/", "/en/norda-suda/facts/zz.csv", "https://example.org/en/about/",
        "/en/timemap/buy-my-pills/", "/en/meetings/../admin/", "/en/@2026-02-30/norda-suda/", "/admin/", "/de/about/",
        "/en/@9999-12-31/norda-suda/facts/nobody/", f"{FACT}editions/99999999999999999999/", "/en/\x00/",
        "/en/" + "x" * 9999,
    ],
)  # fmt: skip
def test_an_address_that_is_no_page_is_a_report_about_the_site(world, sender, clock, odd):
    response = send(sender, clock, f"/en/report/?page={odd}")
    assert response.status_code == 302
    report = Report.objects.get()
    assert (report.path, report.kind, report.record_id) == ("", "", None)


def test_a_list_is_named_by_its_address(world, sender, clock):
    send(sender, clock, "/en/report/?page=/fr/norda-suda/facts/")
    assert Report.objects.get().path == "/norda-suda/facts/"


def test_what_is_not_public_yet_cannot_be_told_from_what_never_was(world, client, clock):
    coming = cast.a_fact(world, "embargoed", statement_en="Not before Friday.")
    schedule([coming], at=clock.now + datetime.timedelta(days=1), by=cast.someone("editor"), clock=clock)

    def form_about(slug: str) -> str:
        page = client.get(f"/en/report/?page=/en/norda-suda/facts/{slug}/")
        secrets = (slug, page.context["form"].token, str(page.context["csrf_token"]))
        body = text(page)
        return body[body.index("<main") : body.index("</main")].replace(secrets[0], "").split("csrfmiddleware")[0]

    assert form_about("embargoed") == form_about("nobody")
    assert "Not before Friday" not in text(client.get("/en/report/?page=/en/norda-suda/facts/embargoed/"))


# --- what it does not take ------------------------------------------------------------------------


def is_kept(response, status: int = 200) -> bool:
    """Whether the form came back with all that was written, and nothing landed on the desk."""
    page = text(response)
    return (
        response.status_code == status
        and all(words in page for words in list(WORDS.values())[:4])
        and 'name="may_be_named" id="id_may_be_named" checked' in page
        and not Report.objects.exists()
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": "x" * 4001}, "Ensure this value has at most 4000 characters"),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"name": ""}, "To be named you need to give a name."),
        ({"text": "https://a www.b http://c https://d www.e https://f"}, "At most 5 web addresses, please."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(sender, clock, given, said):
    response = send(sender, clock, **given)
    page = text(response)
    [field] = given
    assert 'aria-invalid="true"' in page
    assert said in page.partition(f'id="id_{field}_error"')[2].partition("</p>")[0]
    assert [words for name, words in WORDS.items() if name not in (field, "may_be_named") and words not in page] == []
    assert not Report.objects.exists()


def test_a_program_that_fills_in_everything_is_told_so_and_a_person_may_send_again(sender, clock):
    response = send(sender, clock, homepage="https://pills.example")
    assert "only programs see" in text(response)
    assert "pills.example" not in text(response)
    assert is_kept(response)


def test_faster_than_a_person_is_told_so_and_a_moment_later_it_goes(sender, clock):
    own = opened(sender)
    clock.advance(seconds=2)
    response = sender.post(FORM, {**own, **WORDS})
    assert "faster than a person writes" in text(response)
    assert is_kept(response)
    clock.advance(seconds=1)
    again = {**WORDS, "token": response.context["form"].token, "csrfmiddlewaretoken": own["csrfmiddlewaretoken"]}
    assert sender.post(FORM, again).status_code == 302


@pytest.mark.parametrize("forged", ["", "x", "WzEsICJhIl0:forged", "\x00"])
def test_a_form_that_was_open_for_too_long_or_is_not_ours_is_sent_once_more(sender, clock, forged):
    own = opened(sender)
    clock.advance(hours=25)
    for token in (own["token"], forged):
        response = sender.post(FORM, {**own, **WORDS, "token": token})
        assert "open for too long" in text(response)
        assert is_kept(response)
    clock.advance(seconds=5)
    assert sender.post(FORM, {**own, **WORDS, "token": response.context["form"].token}).status_code == 302


def test_the_limit_of_a_network_holds_whatever_a_header_says(sender, clock, settings):
    settings.TRUST_PROXY = False
    for number in range(reports.AN_HOUR):
        forged = {"X-Forwarded-For": f"203.0.113.{number}"}
        assert send(sender, clock, text=f"{number} is wrong", headers=forged).status_code == 302
    response = send(sender, clock, headers={"X-Forwarded-For": "203.0.113.99"})
    assert response.status_code == 429
    assert "Nothing is lost: send it later." in text(response)
    assert all(words in text(response) for words in list(WORDS.values())[:4])
    assert Report.objects.count() == reports.AN_HOUR
    clock.advance(hours=1)
    assert send(sender, clock).status_code == 302
    assert "127.0.0.1" not in str(list(Tries.objects.values()))


def test_a_double_click_is_one_report_and_counts_once(sender, clock):
    own = opened(sender)
    clock.advance(minutes=1)
    answers = {sender.post(FORM, {**own, **WORDS})["Location"] for _click in range(reports.AN_HOUR + 2)}
    assert answers == {f"/en/report/sent/{Report.objects.get().pk}/"}


def test_two_reports_from_one_showing_are_two(sender, clock):
    own = opened(sender)
    clock.advance(minutes=1)
    for words in ("This is wrong.", "That is wrong."):
        sender.post(FORM, {**own, **WORDS, "text": words})
    assert Report.objects.count() == 2


def test_a_form_without_its_cookie_is_answered_in_words(world, clock):
    stranger = Client(enforce_csrf_checks=True)
    response = stranger.post(FORM.replace("/en/", "/fr/", 1), WORDS)
    assert response.status_code == 403
    assert '<html lang="fr">' in text(response)
    assert not Report.objects.exists()


def test_the_form_is_kept_by_nobody_and_alone_sets_a_cookie(sender):
    page = sender.get(FORM)
    assert (page["Cache-Control"], list(page.cookies)) == ("no-store", ["csrf"])
    assert '<meta name="robots" content="noindex">' in text(page)
    assert not sender.get(FACT).cookies


@pytest.mark.parametrize("odd", ["<script>alert(1)</script>", "\u202eevil\u2066", "שלום 🜁", "\\0 %00 {{ 7|add:1 }}"])
def test_odd_words_are_taken_as_they_are_and_run_nowhere(sender, clock, odd):
    assert send(sender, clock, text=odd, name=odd).status_code == 302
    assert Report.objects.get().text == odd
    assert "<script>alert" not in send(sender, clock, text=odd, email="nobody").content.decode()


def test_a_megabyte_is_refused_and_more_than_that_too(sender, clock):
    assert "at most 4000 characters" in text(send(sender, clock, text="x" * 1_000_000))
    assert send(sender, clock, text="x" * 3_000_000).status_code == 400
    assert not Report.objects.exists()


# --- what is public -------------------------------------------------------------------------------


def sent_once(sender, clock, address: str = FORM) -> Report:
    send(sender, clock, address)
    return Report.objects.get()


@pytest.mark.parametrize(
    ("language", "waits", "declined"),
    [("en", "Not looked at yet", "Nothing to correct"), ("fr", "Pas encore examiné", "Rien à corriger")],
)
def test_an_outcome_is_public_from_its_decision_on(sender, client, clock, language, waits, declined):
    report = sent_once(sender, clock)
    page = f"/{language}/reports/{report.pk}/"
    before = text(client.get(page))
    assert waits in before
    assert f'href="/{language}/norda-suda/facts/border-length/editions/1/"' in before
    decide(report, clock)
    after = text(client.get(page))
    assert declined in after
    assert waits not in after
    assert getattr(DECIDED, language) in after
    assert '<meta name="robots" content="noindex">' in after


def test_the_past_shows_no_outcome_that_came_later(sender, client, clock):
    report = sent_once(sender, clock)
    day = clock.now.date()
    clock.advance(days=2)
    decide(report, clock)
    then, now = f"/en/@{day}/reports/", "/en/reports/"
    assert DECIDED.en in text(client.get(now))
    assert DECIDED.en in text(client.get(f"{now}{report.pk}/"))
    assert DECIDED.en not in text(client.get(then))
    assert "Not looked at yet" in text(client.get(f"{then}{report.pk}/"))
    assert client.get(f"/en/@{day - datetime.timedelta(days=1)}/reports/{report.pk}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "7", "9" * 30])
def test_a_number_that_was_never_given_is_not_found(world, client, number):
    assert client.get(f"/en/reports/{number}/").status_code == 404
    assert client.get(f"/en/report/sent/{number}/").status_code == 404


def test_a_reader_s_words_are_on_no_public_page(world, sender, clock):
    report = sent_once(sender, clock)
    decide(report, clock)
    send(sender, clock, text=f"More {CANARY}.")
    slugs = {record.KIND: record.slug for record in world.records}
    everywhere = [each.path for each in sampled(addresses(slugs))]
    own = [f"/{language}/{rest}" for language in ("en", "fr") for rest in (
        f"reports/{report.pk}/", f"reports/{report.pk + 1}/", "reports/", f"report/sent/{report.pk}/", "report/",
        "norda-suda/corrections/", f"search/?q={CANARY[:6]}",
    )]  # fmt: skip
    assert CANARY in Report.objects.last().text
    assert [path for path in [*everywhere, *own] if CANARY in whole(get(path))] == []


def test_the_register_leads_to_what_came_of_reports_page_by_page(world, client, clock, monkeypatch):
    monkeypatch.setattr("relations.rendering.reports.PER_PAGE", 2)
    for number in range(3):
        decide(a_report(world, text=f"{number}", made_at=clock.now), clock)
    assert 'href="/en/reports/"' in text(client.get("/en/norda-suda/corrections/"))
    first, second = text(client.get("/en/reports/")), text(client.get("/en/reports/?page=2"))
    numbers = list(Report.objects.order_by("-pk").values_list("pk", flat=True))
    assert [f">Report {n}</a>" in first for n in numbers] == [True, True, False]
    assert [f">Report {n}</a>" in second for n in numbers] == [False, False, True]
    assert "3 reports decided" in second
    assert client.get("/en/reports/?page=" + "9" * 5000).status_code == 200


def test_three_reports_cost_as_little_as_one(world, clock):
    costs = []
    for number in (1, 2):
        for _each in range(number):
            report = a_report(world, text=f"{clock.now}", made_at=clock.now)
            decide(report, clock)
        costs.append([counted(path)[1] for path in ("/en/reports/", f"/en/reports/{report.pk}/")])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 6

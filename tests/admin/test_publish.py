"""The Publish page: what it shows, what it refuses, what it does."""

import datetime
import html

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from relations import models
from relations.models import Edition
from relations.reading import clock
from tests import cast

from .conftest import publish, save, url

BUDGET = 40
NOTE = {"note_en": "Newer figure.", "note_fr": "Chiffre plus récent."}


def words(response) -> str:
    return html.unescape(response.content.decode())


def test_an_editor_publishes_a_change_with_a_note(writer, editor, live):
    save(writer, live.fact, statement_en="The border is longer.")
    page = editor.get(url(live.fact, "publish"))
    assert "<del>long</del><ins>longer</ins>" in page.content.decode()
    response = publish(editor, live.fact, **NOTE)
    assert response.url == url(live.fact)
    edition = Edition.objects.get(record_id=live.fact.pk, number=2)
    assert (edition.title_en, edition.change_note_fr) == ("The border is longer.", "Chiffre plus récent.")
    assert edition.made_by.username == "editor"
    assert "is live as edition 2." in words(editor.get(response.url))


def test_a_change_of_what_is_live_needs_a_note_in_both_languages(writer, editor, live):
    save(writer, live.fact, statement_en="The border is longer.")
    response = publish(editor, live.fact, note_en="Newer figure.")
    assert "Say in both languages what changed" in words(response)
    assert "Newer figure." in words(response)
    assert not Edition.objects.filter(record_id=live.fact.pk, number=2).exists()


def test_what_is_not_ready_is_refused_in_words_and_what_was_typed_stays(writer, editor, live):
    save(writer, live.fact, statement_fr="")
    response = publish(editor, live.fact, **NOTE)
    assert response.status_code == 200
    assert "The French text is missing." in words(response)
    assert "Chiffre plus récent." in words(response)
    assert Edition.objects.filter(record_id=live.fact.pk).count() == 1


def test_what_is_live_as_it_stands_is_not_published_again(editor, live):
    page = words(editor.get(url(live.fact, "publish")))
    assert "is already live exactly as it stands" in page
    assert "Publish now" not in page


def test_what_was_saved_meanwhile_is_shown_before_it_goes_live(writer, editor, live):
    save(writer, live.fact, statement_en="The border is longer.")
    seen = editor.get(url(live.fact, "publish")).context["seen"]
    save(writer, live.fact, statement_en="The border is shorter.")
    response = editor.post(url(live.fact, "publish"), {"_now": "1", "seen": seen, **NOTE})
    assert "It was saved again while you were looking." in words(response)
    assert Edition.objects.filter(record_id=live.fact.pk).count() == 1


def test_what_it_names_can_go_live_with_it(editor, live):
    topic = cast.a_topic(live, "energy", name_en="Energy", name_fr="Énergie")
    fact = cast.a_fact(live, "pipelines", statement_en="Pipelines cross it.", statement_fr="Des oléoducs.")
    fact.topics.set([topic])
    alone = publish(editor, fact)
    assert "It names “Energy” (topic), which is not live" in words(alone)
    together = publish(editor, fact, together=[str(topic.pk)])
    assert together.status_code == 302
    live_from = Edition.objects.filter(record_id__in=[topic.pk, fact.pk]).values_list("live_from", flat=True)
    assert len(live_from) == 2
    assert len(set(live_from)) == 1


def test_check_again_publishes_nothing(writer, editor, live):
    save(writer, live.fact, statement_en="The border is longer.")
    response = publish(editor, live.fact, button="_check", note_en="Newer")
    assert "Newer" in words(response)
    assert Edition.objects.filter(record_id=live.fact.pk).count() == 1


def test_an_editor_schedules_and_takes_it_back(writer, editor, live):
    save(writer, live.fact, statement_en="The border is longer.")
    at = timezone.localtime(clock.now() + datetime.timedelta(days=2)).replace(microsecond=0, second=0)
    response = publish(editor, live.fact, "_later", at=f"{at:%Y-%m-%dT%H:%M}", **NOTE)
    assert response.status_code == 302
    assert Edition.objects.get(record_id=live.fact.pk, number=2).live_from == at
    page = words(editor.get(url(live.fact)))
    assert "Scheduled for" in page
    assert "1 fact\n" in words(editor.get("/admin/relations/fact/?live=scheduled"))
    assert editor.get(url(live.fact, "unschedule")).status_code == 405
    assert editor.post(url(live.fact, "unschedule")).url == url(live.fact)
    assert Edition.objects.filter(record_id=live.fact.pk).count() == 1


def test_a_time_is_said_with_its_zone(writer, editor, live):
    save(writer, live.fact, statement_en="The border is longer.")
    page = words(editor.get(publish(editor, live.fact, "_later", at="2199-01-02T22:55", **NOTE).url))
    assert "1 record goes live on Jan. 2, 2199, 10:55 p.m. (UTC)." in page
    assert "Scheduled for Jan. 2, 2199, 10:55 p.m. (UTC)" in page


def test_what_was_scheduled_together_is_taken_back_together_if_asked(editor, live):
    topic = cast.a_topic(live, "energy", name_en="Energy", name_fr="Énergie")
    fact = cast.a_fact(live, "pipelines", statement_en="Pipelines cross it.", statement_fr="Des oléoducs.")
    fact.topics.set([topic])
    publish(editor, fact, "_later", at="2199-01-01T10:00", together=[str(topic.pk)])
    question = editor.post(url(topic, "unschedule"))
    assert "Fact: Pipelines cross it." in words(question)
    assert Edition.objects.filter(record_id=topic.pk).exists()
    assert editor.post(url(topic, "unschedule"), {"together": "1"}).status_code == 302
    assert not Edition.objects.filter(record_id__in=[topic.pk, fact.pk]).exists()


def test_a_time_is_asked_for_and_must_lie_ahead(writer, editor, live):
    save(writer, live.fact, statement_en="The border is longer.")
    assert "Choose when it goes live." in words(publish(editor, live.fact, "_later", **NOTE))
    past = words(publish(editor, live.fact, "_later", at="2021-01-01T10:00", **NOTE))
    assert "Choose a time in the future." in past
    assert "Enter a valid date/time." in words(publish(editor, live.fact, "_later", at="soon", **NOTE))


def _choose(client, *records):
    data = {"action": "publish_selected", "index": "0", "_selected_action": [str(each.pk) for each in records]}
    return client.post("/admin/relations/fact/", data)


def test_several_go_live_together_and_what_is_live_already_is_reported(editor, live):
    one = cast.a_fact(live, "one", statement_en="One.", statement_fr="Un.")
    two = cast.a_fact(live, "two", statement_en="Two.", statement_fr="Deux.")
    page = _choose(editor, one, two, live.fact)
    assert "is already live exactly as it stands" in words(page)
    given = {"records": page.context["records"], "seen": page.context["seen"], "release": "Two facts", "_now": "1"}
    response = editor.post("/admin/publish/", given)
    assert response.url == "/admin/relations/fact/"
    editions = Edition.objects.filter(record_id__in=[one.pk, two.pk])
    assert {edition.release.name for edition in editions} == {"Two facts"}
    assert len({edition.live_from for edition in editions}) == 1


def test_one_that_is_not_ready_keeps_all_of_the_set_back_and_is_named(editor, live):
    one = cast.a_fact(live, "one", statement_en="One.", statement_fr="Un.")
    two = cast.a_fact(live, "two", statement_en="Two.", statement_fr="")
    page = _choose(editor, one, two)
    given = {"records": page.context["records"], "seen": page.context["seen"], "_now": "1"}
    assert "Two. – statement: The French text is missing." in words(editor.post("/admin/publish/", given))
    assert not Edition.objects.filter(record_id__in=[one.pk, two.pk]).exists()


def test_a_set_is_named_by_kinds_and_ids_and_nothing_else(editor, live):
    assert editor.get("/admin/publish/").status_code == 302
    for junk in ("", "fact:x", "fact", "nonsense:2381d1ff-5e77-589a-923b-9ff6799d6a95", "a:b:c"):
        assert editor.post("/admin/publish/", {"records": junk, "_now": "1"}).status_code == 404


def test_what_is_scheduled_exactly_so_is_moved_forward(writer, editor, live):
    save(writer, live.fact, statement_en="The border is longer.")
    publish(editor, live.fact, "_later", at="2199-01-01T10:00", **NOTE)
    assert "goes live now and not again then" in words(editor.get(url(live.fact, "publish")))
    assert publish(editor, live.fact, **NOTE).status_code == 302
    editions = Edition.objects.filter(record_id=live.fact.pk).order_by("number")
    assert [edition.title_en for edition in editions] == ["The border is long.", "The border is longer."]
    assert editions[1].live_from < clock.now() + datetime.timedelta(seconds=10)


def test_nobody_publishes_what_they_wrote_themselves(editor, live):
    save(editor, live.fact, statement_en="The border is longer.")
    page = words(editor.get(url(live.fact, "publish")))
    assert '<button type="button" class="button" disabled aria-describedby="why-not-now">Publish now</button>' in page
    assert '<span class="desk-why" id="why-not-now">You wrote this change and nobody has reviewed it.' in page
    response = publish(editor, live.fact, reason="It is urgent.", **NOTE)
    assert "You wrote this change and nobody has reviewed it. Submit it" in words(response)
    assert Edition.objects.filter(record_id=live.fact.pk).count() == 1


def test_a_manager_does_with_a_reason_and_it_is_marked(manager, live):
    save(manager, live.fact, statement_en="The border is longer.")
    assert "Why it cannot wait for a colleague" in words(manager.get(url(live.fact, "publish")))
    assert "Say why it cannot wait" in words(publish(manager, live.fact, **NOTE))
    assert Edition.objects.filter(record_id=live.fact.pk).count() == 1
    publish(manager, live.fact, reason="The minister is on air.", **NOTE)
    move = models.Move.objects.get(record_id=live.fact.pk, verb="publish", made_by__username="manager")
    assert (move.is_unreviewed, move.reason) == (True, "The minister is on air.")
    page = words(manager.get(url(live.fact, "history")))
    assert "not reviewed" in page
    assert "The minister is on air." in page


def test_a_reason_is_asked_for_where_own_work_goes_live_with_anothers(writer, manager, live):
    topic = cast.a_topic(live, "energy", name_en="Energy", name_fr="Énergie")
    fact = cast.a_fact(live, "pipelines", statement_en="Pipelines cross it.", statement_fr="Des oléoducs.")
    fact.topics.set([topic])
    save(manager, topic, name_en="Energies")
    assert "Say why it cannot wait for a colleague." in words(publish(manager, fact, together=[str(topic.pk)]))
    assert publish(manager, fact, together=[str(topic.pk)], reason="Now.").status_code == 302
    moves = models.Move.objects.filter(verb="publish", record_id__in=[topic.pk, fact.pk])
    assert {move.record_id: move.is_unreviewed for move in moves} == {topic.pk: True, fact.pk: False}


def test_a_minor_change_needs_no_note(writer, editor, live):
    save(writer, live.fact, statement_en="The border is long!")
    assert publish(editor, live.fact, is_minor="on").status_code == 302
    assert Edition.objects.get(record_id=live.fact.pk, number=2).is_minor


def test_the_link_to_the_site_waits_for_the_moment(writer, editor, live, monkeypatch):
    naps = []
    monkeypatch.setattr("relations.admin.verbs.public.time.sleep", naps.append)
    save(writer, live.fact, statement_en="The border is longer.")
    page = words(editor.get(publish(editor, live.fact, **NOTE).url))
    assert f'<a href="{url(live.fact, "public")}">Read it on the site</a>' in page
    left = Edition.objects.get(record_id=live.fact.pk, number=2).live_from - clock.now()
    assert editor.get(url(live.fact, "public")).url == "/en/norda-suda/facts/border-length/"
    assert len(naps) == 1
    assert 0 <= naps[0] <= max(0, left.total_seconds())


def test_what_has_no_page_leads_back(editor, live):
    response = editor.get(url(live.one, "public"), follow=True)
    assert "has no page on the site" in words(response)


def test_the_page_costs_the_same_with_one_record_and_with_three(editor, live):
    rows = [cast.a_fact(live, f"fact-{number}", figures=False) for number in range(3)]
    for row in rows:
        row.topics.set([cast.a_topic(live, f"topic-of-{row.slug}")])

    def cost(*chosen):
        with CaptureQueriesContext(connection) as captured:
            assert len(_choose(editor, *chosen).context["entries"]) == len(chosen)
        return len(captured)

    cost(*rows)  # what is asked once per process
    assert cost(rows[0]) == cost(*rows) <= BUDGET


def test_the_first_edition_of_all_needs_no_note(editor, world):
    form = editor.get(url(world.source, "publish"))
    assert "A first edition needs none." in words(form)
    together = [str(record.pk) for record in form.context["form"].offered]
    assert publish(editor, world.source, together=together).status_code == 302
    assert models.Edition.objects.filter(record_id=world.source.pk, number=1).exists()

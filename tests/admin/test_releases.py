"""The pages of a release: filled from lists and forms, judged whole, scheduled, moved, taken back, undone."""

from __future__ import annotations

import datetime
import html

import pytest
from django.utils import timezone

from relations.models import Fact, Move, Release
from relations.publishing.releases import add_to_release, create_release, schedule_release
from relations.reading import clock
from tests import cast

from .conftest import save, url

NOTE = {"note_en": "For the summit.", "note_fr": "Pour le sommet."}
WHY = {"note_en": "By mistake.", "note_fr": "Par erreur."}
RELEASES = "/admin/relations/release/"


def words(response) -> str:
    return html.unescape(response.content.decode())


def told(client, response) -> str:
    """What the page says to which this answer leads."""
    return words(client.get(response.url))


def in_two_days() -> datetime.datetime:
    return timezone.localtime(clock.now() + datetime.timedelta(days=2)).replace(microsecond=0, second=0)


@pytest.fixture
def scheduled(summit) -> Release:
    schedule_release(summit, at=in_two_days(), by=None, clock=clock.now)
    summit.refresh_from_db()
    return summit


def pressed(client, release, page, button="", **given):
    """Opens a page of a release, fills in what is given, presses a button."""
    seen = (client.get(url(release, page)).context or {}).get("seen", "")
    return client.post(url(release, page), {"seen": seen, button: "1", **given})


# ---- preparing -----------------------------------------------------------------------------------------------------


def test_an_editor_makes_a_release(editor, live):
    response = editor.post(f"{RELEASES}add/", {"name": "Summit", **NOTE, "at": f"{in_two_days():%Y-%m-%dT%H:%M}"})
    release = Release.objects.get(name="Summit")
    assert response.url == url(release)
    assert (release.state, release.note_fr, release.goes_live_at) == ("open", "Pour le sommet.", in_two_days())
    assert "Being prepared, planned for" in words(editor.get(url(release)))


def test_a_note_is_in_both_languages_or_in_none(editor, live):
    response = editor.post(f"{RELEASES}add/", {"name": "Summit", "note_en": "Only English."})
    assert "Say in both languages what changed" in words(response)
    assert "Only English." in words(response)
    assert not Release.objects.filter(name="Summit").exists()


def test_its_name_note_and_time_can_be_changed(editor, summit):
    response = editor.post(url(summit), {"name": "G7", **WHY, "at": ""})
    assert "Saved." in told(editor, response)
    summit.refresh_from_db()
    assert (summit.name, summit.note_en, summit.goes_live_at) == ("G7", "By mistake.", None)


def test_records_go_in_from_a_list_into_a_new_release(editor, live):
    facts = [live.fact, cast.a_fact(live, "rivers")]
    chosen = {"action": "collect_selected", "_selected_action": [str(fact.pk) for fact in facts]}
    page = editor.post("/admin/relations/fact/", chosen)
    assert "A new release" in words(page)
    given = {"records": page.context["records"], "_add": "1", "into": "new", "name": "Summit"}
    response = editor.post(page.context["action"], given)
    release = Release.objects.get(name="Summit")
    assert response.url == url(release)
    assert set(release.members.values_list("record_id", flat=True)) == {fact.pk for fact in facts}
    assert "2 records were added." in told(editor, response)


def test_or_from_a_form_into_one_that_is_there(editor, live, summit):
    link = f"{RELEASES}collect/?records=topic:{live.topic.pk}"
    assert link in words(editor.get(url(live.topic)))
    page = editor.get(link)
    assert "Summit – Being prepared" in words(page)
    editor.post(link, {"records": page.context["records"], "_add": "1", "into": str(summit.pk)})
    assert summit.members.filter(record_id=live.topic.pk).exists()


def test_a_new_release_needs_a_name(editor, live):
    given = {"records": f"fact:{live.fact.pk}", "_add": "1", "into": "new", "name": ""}
    assert "Give it a name." in words(editor.post(f"{RELEASES}collect/", given))
    assert not Release.objects.filter(name="").exists()


@pytest.mark.parametrize("records", ["", "fact:", "fact:junk", "junk:junk", "unit:1", "fact"])
def test_junk_for_records_is_no_page(editor, live, records):
    assert editor.get(f"{RELEASES}collect/?records={records}").status_code == 404
    assert editor.post(f"{RELEASES}collect/", {"records": records}).status_code == 404


def test_the_page_shows_what_happens_to_each_record(editor, live, summit):
    add_to_release(summit, [live.topic], by=None, clock=clock.now)
    page = words(editor.get(url(summit)))
    assert "Changes edition 1" in page
    assert "Fact · New" in page
    assert "It is live exactly as it stands: there is nothing to release." in page


def test_the_set_is_judged_as_a_whole(editor, live, summit):
    assert "Yes: both languages, sources and references are in order." in words(editor.get(url(summit)))
    topic = cast.a_topic(live, "energy", name_en="Energy", name_fr="Énergie")
    Fact.objects.get(slug="rivers").topics.set([topic])
    page = words(editor.get(url(summit)))
    assert "It names “Energy” (topic), which is not live" in page
    assert f'value="topic:{topic.pk}"' in page
    response = editor.post(url(summit, "include"), {"record": [f"topic:{topic.pk}"]})
    assert "Yes: both languages, sources and references are in order." in told(editor, response)


def test_records_are_taken_out_deleted_ones_too(editor, summit):
    rivers = Fact.objects.get(slug="rivers")
    key = rivers.pk
    rivers.delete()
    assert "It was deleted from the desk." in words(editor.get(url(summit)))
    assert "Take it out first." in words(editor.get(url(summit, "publish")))
    response = editor.post(url(summit, "exclude"), {"record": [str(key)]})
    assert "1 record was taken out." in told(editor, response)
    assert summit.members.count() == 1


def test_junk_in_a_form_changes_nothing(editor, summit):
    for page in ("include", "exclude"):
        response = editor.post(url(summit, page), {"record": ["junk", "fact:junk", "x:y"]})
        assert "Nothing was chosen." in told(editor, response)
    assert summit.members.count() == 2


def test_a_record_that_is_in_two_releases_says_so(editor, summit, changed):
    other = create_release("Other", by=None)
    add_to_release(other, [changed], by=None, clock=clock.now)
    assert "It is in “Other” as well." in words(editor.get(url(summit)))


def test_what_was_given_up_can_be_taken_up_again(editor, summit):
    editor.post(url(summit, "abandon"))
    page = words(editor.get(url(summit)))
    assert "Given up" in page
    assert "Publish or schedule" not in page
    assert "It is being prepared again." in told(editor, editor.post(url(summit, "reopen")))


# ---- going live ----------------------------------------------------------------------------------------------------


def test_an_editor_schedules_it(editor, summit, changed):
    page = words(editor.get(url(summit, "publish")))
    assert "<del>long</del><ins>longer</ins>" in page
    assert "Pour le sommet." in page
    response = pressed(editor, summit, "publish", "_later", at=f"{in_two_days():%Y-%m-%dT%H:%M}")
    assert "Scheduled for" in told(editor, response)
    assert set(summit.editions.values_list("live_from", flat=True)) == {in_two_days()}
    assert "Edition 2" in words(editor.get(url(summit)))


def test_or_publishes_it_now(editor, summit):
    response = pressed(editor, summit, "publish", "_now")
    assert "Published." in told(editor, response)
    assert summit.editions.count() == 2
    assert Move.objects.get(record_id=Fact.objects.get(slug="rivers").pk, verb="publish").release == summit


def test_pressed_twice_it_goes_live_once(editor, summit):
    seen = editor.get(url(summit, "publish")).context["seen"]
    for _time in range(2):
        response = editor.post(url(summit, "publish"), {"seen": seen, "_now": "1"})
    assert "Its state: Scheduled." in words(response)
    assert summit.editions.count() == 2


def test_without_a_note_nothing_that_is_live_changes(editor, changed):
    release = create_release("Summit", by=None)
    add_to_release(release, [changed], by=None, clock=clock.now)
    assert "write its change note" in words(editor.get(url(release)))
    response = pressed(editor, release, "publish", "_now")
    assert "write its change note first" in words(response)
    assert not release.editions.exists()


def test_a_time_has_to_be_given_and_to_lie_ahead(editor, summit):
    assert "Choose when it goes live." in words(pressed(editor, summit, "publish", "_later", at=""))
    assert "Choose a time in the future." in words(pressed(editor, summit, "publish", "_later", at="2020-01-01T10:00"))


def test_what_was_saved_meanwhile_is_shown_before_it_goes_live(editor, writer, summit, changed):
    seen = editor.get(url(summit, "publish")).context["seen"]
    save(writer, changed, statement_en="Something else.")
    response = editor.post(url(summit, "publish"), {"seen": seen, "_now": "1"})
    assert response.status_code == 200
    assert not summit.editions.exists()


def test_own_work_that_nobody_read_needs_a_right_and_a_reason(editor, manager, summit, changed):
    save(editor, changed, statement_en="An editor's own words.")
    assert "You wrote this change and nobody has reviewed it." in words(editor.get(url(summit, "publish")))
    save(manager, changed, statement_en="A manager's own words.")
    response = pressed(manager, summit, "publish", "_now")
    assert "Say why it cannot wait." in words(response)
    pressed(manager, summit, "publish", "_now", reason="The summit is today.")
    assert summit.moves.get(record_id=changed.pk).is_unreviewed


# ---- while it is scheduled -----------------------------------------------------------------------------------------


def test_what_changed_since_is_said_and_scheduled_again_with_one_click(editor, writer, scheduled, changed):
    assert "Schedule them again" not in words(editor.get(url(scheduled)))
    save(writer, changed, statement_en="Longer still.")
    page = words(editor.get(url(scheduled)))
    assert "It was changed on the desk after it was scheduled." in page
    assert "One record says something else on the desk" in page
    response = editor.post(url(scheduled, "again"))
    assert "1 record was scheduled again as it stands on the desk now." in told(editor, response)
    assert scheduled.editions.get(record_id=changed.pk).title_en == "Longer still."


def test_it_is_moved(editor, scheduled):
    target = in_two_days() + datetime.timedelta(days=1)
    response = pressed(editor, scheduled, "move", "_move", at=f"{target:%Y-%m-%dT%H:%M}")
    assert "Moved to" in told(editor, response)
    assert set(scheduled.editions.values_list("live_from", flat=True)) == {target}


def test_or_published_before_its_time(editor, scheduled):
    pressed(editor, scheduled, "move", "_now")
    scheduled.refresh_from_db()
    assert scheduled.goes_live_at < clock.now() + datetime.timedelta(minutes=1)


def test_it_is_not_moved_to_the_past(editor, scheduled):
    assert "Choose a time in the future." in words(pressed(editor, scheduled, "move", "_move", at="2020-01-01T10:00"))


def test_all_of_it_is_taken_back(editor, scheduled):
    response = editor.post(url(scheduled, "cancel"))
    assert "it is being prepared again" in told(editor, response)
    assert not scheduled.editions.exists()
    assert scheduled.members.count() == 2


def test_scheduled_it_takes_another_name_only(editor, scheduled):
    editor.post(url(scheduled), {"name": "G7", **WHY, "at": "2020-01-01T10:00"})
    scheduled.refresh_from_db()
    assert (scheduled.name, scheduled.note_en, scheduled.goes_live_at) == ("G7", "For the summit.", in_two_days())


# ---- who, and what it costs ----------------------------------------------------------------------------------------


def test_a_writer_looks_and_changes_nothing(writer, summit):
    page = words(writer.get(url(summit)))
    assert "Changes edition 1" in page
    assert "Publish or schedule" not in page
    assert "<textarea" not in page
    acts = ("publish", "move", "undo", "share", "include", "exclude", "again", "cancel", "abandon", "reopen")
    assert {writer.post(url(summit, act), {"name": "Mine"}).status_code for act in ("change", *acts)} == {403}
    assert writer.get(f"{RELEASES}add/").status_code == 403
    assert writer.get(f"{RELEASES}collect/?records=fact:1").status_code == 403
    assert "collect_selected" not in words(writer.get("/admin/relations/fact/"))


def test_what_is_done_at_once_wants_a_post(editor, summit):
    for act in ("include", "exclude", "again", "cancel", "abandon", "reopen"):
        assert editor.get(url(summit, act)).status_code == 405, act


def test_whatever_is_asked_of_a_release_in_another_state_is_refused_in_words(editor, released):
    for act in ("again", "cancel", "abandon", "reopen", "include", "exclude"):
        response = editor.post(url(released, act), {"record": [str(released.members.first().record_id)]})
        assert "Its state: Live." in told(editor, response), act
    for page in ("publish", "move"):
        assert "Its state: Live." in words(editor.get(url(released, page)))


def test_the_list_says_where_each_stands(editor, scheduled):
    create_release("Another", by=None)
    page = words(editor.get(RELEASES))
    assert "Being prepared" in page
    assert "1 release\n" in words(editor.get(f"{RELEASES}?phase=scheduled"))
    assert "0 releases\n" in words(editor.get(f"{RELEASES}?phase=live"))


def test_a_page_costs_no_more_for_many_records(editor, live, summit, queries):
    few = queries(editor, url(summit))
    facts = [cast.a_fact(live, f"fact-{number}") for number in range(10)]
    add_to_release(summit, facts, by=None, clock=clock.now)
    assert queries(editor, url(summit)) <= few
    schedule_release(summit, at=in_two_days(), by=None, clock=clock.now)
    assert queries(editor, url(summit)) <= 15


def test_an_odd_address_is_no_error_of_ours(editor, live):
    for path in ("junk/change/", "junk/publish/", f"{live.fact.pk}/change/", f"{live.fact.pk}/undo/"):
        assert editor.get(f"{RELEASES}{path}").status_code in (302, 404), path

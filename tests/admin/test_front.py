"""The front page: what waits, what goes stale, what changed today; each a filtered list one click away."""

from __future__ import annotations

import datetime
import html
import re

import pytest

from relations import publishing
from relations.models import Edition, Fact, LinkAnswer, Meeting, Official, Priority, Release, Source
from relations.reading import clock
from tests import cast

from .conftest import person, save, signed_in, url

DAY = datetime.timedelta(days=1)
BUDGET = 15


def front(client) -> dict:
    """What the page shows: (words of the tile → names of its records), and the context itself."""
    response = client.get("/admin/")
    assert response.status_code == 200
    return response.context


def tiles(client, part: str) -> dict[str, list[str]]:
    return {tile.name: [row.headline.words for row in tile.rows] for tile in front(client)[part]}


def listed(client, address: str) -> list[str]:
    """The records that a filtered list holds."""
    response = client.get(address)
    assert response.status_code == 200
    return sorted(publishing.naming.called(row) for row in response.context["cl"].result_list)


def submitted(fact: Fact, by: str = "writer") -> Fact:
    fact = Fact.objects.get(pk=fact.pk)
    publishing.submit([fact], by=person(by), clock=clock.now)
    return Fact.objects.get(pk=fact.pk)


@pytest.fixture
def draft(live) -> Fact:
    fact = cast.a_fact(live, "draft", statement_en="A draft.", statement_fr="Un brouillon.")
    publishing.save_revision(fact, by=person("writer"))
    return fact


def test_nothing_waits_and_nothing_is_stale_at_first(editor, live):
    context = front(editor)
    assert (context["waiting"], context["stale"], context["planned"]) == ([], [], [])
    assert "Nothing here: To review · Returned to you · Approved, to be published" in words(editor)


def words(client) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", client.get("/admin/").content.decode()))
    return " ".join(text.split())


def test_what_a_colleague_submitted_waits_for_an_editor_and_not_for_the_writer(editor, writer, draft):
    submitted(draft)
    assert tiles(editor, "waiting") == {"review": ["A draft."]}
    assert tiles(writer, "waiting") == {}


def test_ones_own_work_waits_for_other_eyes(editor, live):
    fact = cast.a_fact(live, "own", statement_en="My own.", statement_fr="De moi.")
    submitted(fact, by="editor")
    assert tiles(editor, "waiting") == {}
    assert tiles(signed_in("manager"), "waiting") == {"review": ["My own."]}


def test_what_was_returned_waits_for_its_writer_alone(editor, writer, draft):
    publishing.send_back([submitted(draft)], reason="Say when.", by=person("editor"), clock=clock.now)
    assert tiles(writer, "waiting") == {"returned": ["A draft."]}
    assert tiles(editor, "waiting") == {}


def test_it_says_shortly_why_and_leads_to_the_whole_comment(writer, draft):
    publishing.send_back([submitted(draft)], reason="Say who.", by=person("editor"), clock=clock.now)
    publishing.send_back(
        [submitted(draft)], reason="Say when. " + "And where. " * 30, by=person("editor"), clock=clock.now
    )
    page = words(writer)
    assert "“Say when. And where." in page
    assert "Say who." not in page
    assert page.count("And where.") < 20
    assert f'href="/admin/relations/fact/{draft.pk}/change/#returned"' in writer.get("/admin/").content.decode()
    assert 'id="returned"' in writer.get(f"/admin/relations/fact/{draft.pk}/change/").content.decode()


def test_what_was_returned_waits_for_its_owner_too(editor, draft):
    Fact.objects.filter(pk=draft.pk).update(owner=person("editor"))
    publishing.send_back([submitted(draft)], reason="Say when.", by=person("manager"), clock=clock.now)
    assert tiles(editor, "waiting") == {"returned": ["A draft."]}


def test_what_was_approved_waits_for_whoever_may_publish(editor, writer, draft):
    publishing.approve([submitted(draft)], by=person("editor"), clock=clock.now)
    assert tiles(editor, "waiting") == {"approved": ["A draft."]}
    assert tiles(writer, "waiting") == {}


def test_what_goes_live_next_stands_in_its_order_and_releases_together(editor, live):
    soon, late, beside = (
        cast.a_fact(live, slug, statement_en=f"{slug}.", statement_fr=f"{slug} (fr).")
        for slug in ("soon", "late", "beside")
    )
    publishing.schedule([late, beside], at=clock.now() + 9 * DAY, by=None, clock=clock.now, release="Summit")
    publishing.schedule([soon], at=clock.now() + 2 * DAY, by=None, clock=clock.now)
    planned = front(editor)["planned"]
    assert [(each.release, each.count) for each in planned] == [("", 1), ("Summit", 2)]
    assert front(editor)["planned_count"] == 3
    assert editor.get(front(editor)["planned_url"]).context["cl"].result_count == 3


def test_a_release_that_missed_its_time_is_overdue(editor, writer, live):
    Release.objects.create(name="Softwood", goes_live_at=clock.now() - DAY)
    Release.objects.create(name="Tomorrow", goes_live_at=clock.now() + DAY)
    assert [release.name for release, _url in front(editor)["late"]] == ["Softwood"]
    assert "Overdue Softwood planned for" in words(editor)
    assert front(writer)["late"] == []


def stale_world(live) -> None:
    """One record for every reason, and for each kind of record one that is fine."""
    today = clock.today()
    Official.objects.filter(pk=live.official.pk).update(review_by=today)
    Priority.objects.filter(pk=live.priority.pk).update(review_by=today + DAY)
    old = cast.a_fact(live, "old", statement_en="Old figure.", statement_fr="Vieux chiffre.", rhythm="yearly")
    old.observations.update(as_of=today - datetime.timedelta(days=800))
    passed = cast.a_meeting(live, "passed", title_en="Passed", title_fr="Passée", starts_on=today - 2 * DAY)
    coming = cast.a_meeting(live, "coming", title_en="Coming", title_fr="À venir", starts_on=today + 2 * DAY)
    other = cast.an_official(live.one, live.source, "ben-reed")
    cast.a_term(other, live.post, live.source, held_from=today - DAY)
    clock_then = cast.Clock(clock.now() - datetime.timedelta(minutes=5))
    cast.put_live(old, passed, coming, other, clock=clock_then)
    Fact.objects.filter(pk=live.fact.pk).update(french_behind=["statement"])
    dead = {"url": live.source.url, "answer": "dead", "asked_at": clock.now(), "dead_since": today, "failures": 2}
    LinkAnswer.objects.create(source=live.source, **dead)


NAMES = {
    "review": ["Ana Holt"],
    "figure": ["Old figure."],
    "term": ["Ana Holt"],
    "upcoming": ["Passed"],
    "french": ["The border is long."],
    "link": ["The gazette of record"],
}


def test_each_reason_finds_what_is_stale_and_nothing_else(editor, live):
    stale_world(live)
    assert tiles(editor, "stale") == NAMES


def test_every_list_behind_a_tile_holds_what_the_tile_counts(editor, live, draft):
    stale_world(live)
    submitted(draft)
    for tile in [*front(editor)["stale"], *front(editor)["waiting"]]:
        assert len(tile.lists) == 1
        assert listed(editor, tile.lists[0].url) == [row.headline.words for row in tile.rows]
    assert len(front(editor)["stale"]) == len(NAMES)


def test_a_list_of_another_kind_does_not_offer_what_cannot_be_there(editor, live):
    stale_world(live)
    offered = editor.get("/admin/relations/meeting/").content.decode()
    assert "?stale=upcoming" in offered
    assert "?stale=figure" not in offered
    assert len(listed(editor, "/admin/relations/meeting/?stale=figure")) == 3  # as if it were not asked


def test_saving_does_not_clear_and_checking_does(editor, live):
    Fact.objects.filter(pk=live.fact.pk).update(review_by=clock.today() - DAY)
    assert tiles(editor, "stale") == {"review": ["The border is long."]}
    save(editor, live.fact, statement_en="The border is longer.", statement_fr="Plus longue.")
    assert tiles(editor, "stale") == {"review": ["The border is longer."]}
    given = {"checked_on": clock.today().isoformat(), "note": "Read it.", "due_on": ""}
    assert editor.post(url(live.fact, "verify"), given).status_code == 302
    assert tiles(editor, "stale") == {}


def test_the_day_shows_who_did_what(editor, writer, live, draft):
    submitted(draft)
    save(writer, live.topic, name_en="Frontier", name_fr="Frontière")
    context = front(editor)
    assert next((step.headline.words, step.move.verb, step.who) for step in context["steps"]) == (
        "A draft.",
        "submit",
        "writer",
    )
    assert context["went_live"]["count"] == Edition.objects.count()
    for part in ("went_live", "saved"):
        assert editor.get(context[part]["url"]).context["cl"].result_count >= context[part]["count"] > 0


def test_what_somebody_may_not_see_is_not_counted(live, draft):
    submitted(draft)
    stale_world(live)
    client = signed_in("stranger")
    context = front(client)
    assert (context["waiting"], context["stale"], context["steps"], context["planned"]) == ([], [], [], [])
    assert "Ana Holt" not in client.get("/admin/").content.decode()


def test_it_speaks_the_language_of_the_desk(editor, live):
    stale_world(live)
    response = editor.get("/admin/", headers={"accept-language": "fr"})
    [figure] = [tile for tile in response.context["stale"] if tile.name == "figure"]
    assert '<a class="tile__name"' in response.content.decode()
    assert 'lang="fr">Vieux chiffre.</a>' in response.content.decode()
    assert figure.count == 1


@pytest.mark.slow
def test_it_costs_the_same_with_ten_records_and_with_a_thousand(editor, live, queries):
    stale_world(live)
    queries(editor, "/admin/")
    few = queries(editor, "/admin/")
    Meeting.objects.bulk_create(
        Meeting(
            relationship=live.relationship,
            slug=f"meeting-{number}",
            title_en=f"Meeting {number}",
            meeting_kind="visit",
            mode="phone",
            timezone="UTC",
            starts_on=clock.today(),
            starts_on_precision="day",
            review_by=clock.today(),
            french_behind=["title"],
            stage=["draft", "submitted", "returned", "approved"][number % 4],
        )
        for number in range(990)
    )
    assert few == queries(editor, "/admin/") <= BUDGET
    [review] = [tile for tile in front(editor)["stale"] if tile.name == "review"]
    assert (review.count, len(review.few), review.lists[-1].count) == (991, 4, 990)
    assert Source.objects.count() == 1

"""Publish: the desk copies of some records go live together, a moment from now."""

from __future__ import annotations

import datetime

import pytest

from relations.documents import Text, freeze
from relations.models import Edition, Facet, Fact, Release
from relations.publishing import Gone, NothingChanged, NotReady, current_generation, publish
from relations.publishing.lifecycle import MARGIN, MARGIN_PER_RECORD
from tests.cast import put_live


def test_a_world_that_refers_in_circles_goes_live_together(world, clock, editor):
    editions = publish(world.records, by=editor, clock=clock)
    assert [edition.record_id for edition in editions] == [record.pk for record in world.records]
    assert {edition.live_from for edition in editions} == {clock.now + MARGIN + 12 * MARGIN_PER_RECORD}


def test_half_of_a_circle_stays_where_it_is(world, clock, editor):
    with pytest.raises(NotReady):
        publish([world.one, world.source], by=editor, clock=clock)
    assert Edition.objects.count() == 0


def test_an_edition_holds_the_document_as_it_was(live):
    document = freeze(live.fact)
    edition = Edition.objects.get(record_id=live.fact.pk)
    assert (edition.document, edition.digest, edition.desk_digest) == (
        document.canonical(),
        document.digest,
        document.desk_digest,
    )


def test_an_edition_says_who_when_why_and_what_for(live, clock, editor):
    edition = Edition.objects.get(record_id=live.fact.pk)
    assert (edition.kind, edition.number, edition.slug, edition.relationship_id, edition.made_by) == (
        "fact",
        1,
        "border-length",
        live.relationship.pk,
        editor,
    )
    assert (edition.live_from, edition.live_until, edition.previous_digest) == (clock.now, None, "")


def test_what_all_relationships_share_has_none(live):
    kinds = set(Edition.objects.filter(relationship_id=None).values_list("kind", flat=True))
    assert kinds == {"party", "source", "post", "official", "relationship"}


def test_the_next_edition_ends_the_one_before(live, clock):
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="The border is very long.")
    [second] = put_live(live.fact, clock=clock, note=Text(en="Said better.", fr="Mieux dit."))
    first = Edition.objects.get(record_id=live.fact.pk, number=1)
    assert (second.number, first.live_until, second.previous_digest) == (2, second.live_from, first.digest)
    assert (second.change_note_en, second.change_note_fr) == ("Said better.", "Mieux dit.")


def test_what_is_live_exactly_so_is_not_published_again(live, clock, editor):
    with pytest.raises(NothingChanged, match=r"“The border is long\.” is already live exactly as it stands"):
        publish([live.fact], by=editor, clock=clock)
    assert Edition.objects.filter(record_id=live.fact.pk).count() == 1


def test_nothing_is_not_published(live, clock, editor):
    with pytest.raises(NothingChanged, match="Nothing was chosen"):
        publish([], by=editor, clock=clock)


def test_what_was_saved_last_is_published_and_not_what_somebody_still_holds(live, clock):
    stale = Fact.objects.get(pk=live.fact.pk)
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="Saved by somebody else.")
    [edition] = put_live(stale, clock=clock)
    assert edition.title_en == "Saved by somebody else."


def test_a_record_named_twice_gets_one_edition(live, clock):
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="Changed.")
    assert len(put_live(live.fact, live.fact, clock=clock)) == 1


def test_a_record_that_is_gone_from_the_desk_is_refused_by_name(live, clock, editor):
    live.factsheet.delete()
    live.factsheet.pk = Edition.objects.get(kind="factsheet").record_id
    with pytest.raises(Gone, match="“Roadmap” was deleted from the desk"):
        publish([live.factsheet], by=editor, clock=clock)


def test_a_release_has_a_name_and_one_instant(world, clock, editor):
    editions = publish(world.records, by=editor, clock=clock, release="First day")
    release = Release.objects.get()
    assert (release.name, release.goes_live_at, release.made_by) == ("First day", editions[0].live_from, editor)
    assert release.editions.count() == len(editions)


def test_facets_are_kept_with_their_edition(live):
    facets = set(Facet.objects.filter(edition__record_id=live.fact.pk).values_list("name", "value", "holds_from"))
    year = datetime.date(2021, 1, 1), datetime.date(2025, 1, 1)
    assert facets - {facet for facet in facets if facet[0] == "ref"} == {
        ("topic", str(live.topic.pk), None),
        ("stated_by", str(live.one.pk), None),
        ("figure", "with", None),
        ("source_kind", "official", None),
        ("dated", "", year[0]),
        ("dated", "", year[1]),
    }


def test_search_words_are_folded(live):
    assert "frontiere" in Edition.objects.get(kind="topic").search_fr


def test_the_generation_moves_once_for_a_change_and_not_for_a_refusal(live, clock, editor):
    before = current_generation()
    with pytest.raises(NothingChanged):
        publish([live.fact, live.topic], by=editor, clock=clock)
    assert current_generation() == before
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="Changed.")
    live.topic.name_en = "Frontier"
    live.topic.save()
    put_live(live.fact, live.topic, clock=clock)
    assert current_generation() == before + 1

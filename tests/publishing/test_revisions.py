"""Each save of the desk copy is kept for staff; nothing public comes of it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from relations.documents import Document, freeze, parse
from relations.models import RECORDS, Edition, Fact, Line, Move, Priority, Revision, Source, Stage
from relations.publishing import current_generation, last_from_pack, save_revision, save_revisions
from relations.publishing.refusals import NotAllowed, NothingChanged, NotLive, NotRestorable, SavedMeanwhile
from relations.publishing.revisions import discard, restore
from tests import cast
from tests.cast import someone

PACK = Revision.Origin.PACK


def test_a_save_keeps_what_the_desk_copy_was(world):
    document = save_revision(world.fact, by=someone("writer"))
    revision = Revision.objects.get()
    assert parse(revision.kind, revision.document) == document
    assert (revision.record_id, revision.made_by.username, revision.origin) == (world.fact.pk, "writer", "admin")


def test_a_save_that_changed_nothing_keeps_nothing(world):
    save_revision(world.fact, by=None)
    save_revision(world.fact, by=None)
    assert Revision.objects.count() == 1


def test_a_change_in_a_child_is_a_change(world):
    save_revision(world.fact, by=None)
    world.fact.observations.first().delete()
    save_revision(world.fact, by=None)
    assert [len(parse("fact", each.document).observations) for each in Revision.objects.order_by("pk")] == [2, 1]


def test_a_pack_is_remembered_even_when_it_changed_nothing(world):
    first = save_revision(world.fact, by=None, origin=PACK)
    world.fact.statement_en = "An editor's words."
    world.fact.save()
    save_revision(world.fact, by=someone("editor"))
    assert last_from_pack(world.fact.pk) == first
    assert last_from_pack(world.topic.pk) is None


def test_saving_changes_nothing_in_public(live):
    before = Edition.objects.count(), current_generation()
    live.fact.statement_en = "A draft."
    live.fact.save()
    save_revision(live.fact, by=someone("writer"))
    assert (Edition.objects.count(), current_generation()) == before


def test_the_desk_digest_tells_what_changed_since_it_went_live(live):
    save_revision(live.fact, by=None)
    edition = Edition.objects.get(record_id=live.fact.pk)
    assert live.fact.desk_digest == edition.desk_digest
    live.fact.statement_en = "A draft."
    live.fact.save()
    save_revision(live.fact, by=None)
    assert live.fact.desk_digest != edition.desk_digest


def test_many_are_kept_in_as_many_queries_as_a_few(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(90):
        save_revisions(world.records, by=None)
    assert Revision.objects.count() == len(world.records)


def test_whatever_changes_the_desk_copy_makes_it_a_draft_again(world):
    save_revision(world.fact, by=None)
    Fact.objects.filter(pk=world.fact.pk).update(stage=Stage.APPROVED)
    save_revision(Fact.objects.get(pk=world.fact.pk), by=someone("writer"))
    assert Fact.objects.get(pk=world.fact.pk).stage == Stage.APPROVED  # nothing changed
    reword(world.fact, "A draft.")
    assert Fact.objects.get(pk=world.fact.pk).stage == Stage.DRAFT


# ---- the way back --------------------------------------------------------------------------------------------------


def root() -> User:
    """Somebody with every right; who may do what is another table's matter."""
    return someone("root", is_superuser=True)


def reword(fact: Fact, words: str) -> Document:
    """A writer saves other words, and gives what was there before."""
    before = freeze(Fact.objects.get(pk=fact.pk))
    fact = Fact.objects.get(pk=fact.pk)
    fact.statement_en = words
    fact.save()
    save_revision(fact, by=someone("writer"))
    return before


def test_an_older_text_comes_back_to_the_desk_and_to_nobody_else(live, clock):
    before = reword(live.fact, "A draft.")
    public = Edition.objects.count(), current_generation()
    assert restore(live.fact, document=before, by=root(), clock=clock) == before
    assert Fact.objects.get(pk=live.fact.pk).statement_en == "The border is long."
    assert (Edition.objects.count(), current_generation()) == public


def test_a_restored_text_is_a_revision_and_a_move_of_whoever_restored_it(live, clock):
    before = reword(live.fact, "A draft.")
    restore(live.fact, document=before, by=root(), clock=clock, reason="The old one was right.")
    revision, move = Revision.objects.latest("pk"), Move.objects.latest("pk")
    assert (revision.origin, revision.made_by.username) == ("restore", "root")
    assert (move.verb, move.made_by.username, move.reason) == ("restore", "root", "The old one was right.")
    assert move.desk_digest == revision.desk_digest == before.desk_digest


def test_children_come_back_under_their_ids(live, clock):
    before = freeze(live.fact)
    lost, kept = live.fact.observations.order_by("position")
    ids = [lost.pk, kept.pk]
    lost.delete()
    kept.locator = "p. 7"
    kept.save()
    save_revision(Fact.objects.get(pk=live.fact.pk), by=None)
    restore(live.fact, document=before, by=root(), clock=clock)
    assert freeze(live.fact) == before
    assert [each.pk for each in live.fact.observations.order_by("position")] == ids


def test_what_came_to_the_desk_past_its_forms_is_kept_before_it_goes(live, clock):
    save_revision(live.fact, by=None)
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="By hand.")
    discard(live.fact, by=root(), clock=clock)
    assert '"By hand."' in Revision.objects.filter(record_id=live.fact.pk).order_by("-pk")[1].document


def test_a_text_that_names_what_was_deleted_is_refused_in_words(world, clock):
    extra = cast.a_topic(world, "rivers", name_en="Rivers")
    world.fact.topics.add(extra)
    save_revision(world.fact, by=None)
    old = freeze(world.fact)
    world.fact.topics.remove(extra)
    extra.delete()
    save_revision(Fact.objects.get(pk=world.fact.pk), by=None)
    with pytest.raises(NotRestorable) as refusal:
        restore(world.fact, document=old, by=root(), clock=clock)
    assert "topic is no longer on the desk." in str(refusal.value)
    assert Move.objects.count() == 0


def test_what_is_gone_is_called_as_it_last_was_in_public(live, clock):
    extra = cast.a_topic(live, "rivers", name_en="Rivers")
    live.fact.topics.add(extra)
    save_revision(live.fact, by=None)
    cast.put_live(extra, live.fact, clock=clock)
    live.fact.topics.remove(extra)
    extra.delete()
    save_revision(Fact.objects.get(pk=live.fact.pk), by=None)
    with pytest.raises(NotRestorable, match="topic “Rivers” is no longer on the desk"):
        discard(live.fact, by=root(), clock=clock)


def test_a_text_whose_address_is_taken_is_refused_in_words(world, clock):
    old = freeze(world.fact)
    Fact.objects.filter(pk=world.fact.pk).update(slug="other")
    cast.a_fact(world, "border-length")
    with pytest.raises(NotRestorable, match="Another record has the address “border-length” now"):
        restore(world.fact, document=old, by=root(), clock=clock)


def test_a_text_without_a_part_that_others_name_is_refused_in_words(world, clock):
    old = freeze(world.priority)
    new = cast.a_commitment(world, world.priority, "wells")
    Line.objects.create(section=world.factsheet.sections.get(), commitment=new, position=9)
    save_revision(world.priority, by=None)
    with pytest.raises(NotRestorable, match="It lacks a part that is named by: Roadmap"):
        restore(world.priority, document=old, by=root(), clock=clock)
    assert Priority.objects.get().commitments.count() == 2


def test_a_source_comes_back_as_it_is_called_now(world, clock):
    old = freeze(world.fact)
    reword(world.fact, "A draft.")
    Source.objects.filter(pk=world.source.pk).update(original_title="The Gazette, renamed")
    brought = restore(world.fact, document=old, by=root(), clock=clock)
    assert brought.sources[0].cited.title == "The Gazette, renamed"
    assert brought.desk_digest == old.desk_digest


def test_the_text_that_stands_there_cannot_be_restored(world, clock):
    with pytest.raises(NothingChanged):
        restore(world.fact, document=freeze(world.fact), by=root(), clock=clock)


def test_discarding_sets_the_desk_back_to_what_is_live(live, clock):
    reword(live.fact, "A draft.")
    document = discard(live.fact, by=root(), clock=clock)
    assert document.digest == Edition.objects.get(record_id=live.fact.pk).digest
    assert Move.objects.latest("pk").verb == "discard"


def test_what_is_not_live_cannot_be_discarded(world, clock):
    with pytest.raises(NotLive):
        discard(world.fact, by=root(), clock=clock)


def test_a_text_that_was_saved_meanwhile_is_not_discarded(live, clock):
    reword(live.fact, "A draft.")
    looked_at = Fact.objects.get(pk=live.fact.pk).desk_digest
    reword(live.fact, "A better draft.")
    with pytest.raises(SavedMeanwhile):
        discard(live.fact, by=root(), clock=clock, seen=looked_at)
    assert Fact.objects.get(pk=live.fact.pk).statement_en == "A better draft."


def test_whoever_may_not_change_a_record_may_not_set_it_back(live, clock):
    before = reword(live.fact, "A draft.")
    for refused in (
        lambda: restore(live.fact, document=before, by=someone("visitor"), clock=clock),
        lambda: discard(live.fact, by=someone("visitor"), clock=clock),
    ):
        with pytest.raises(NotAllowed):
            refused()


@pytest.mark.parametrize("kind", [model.KIND for model in RECORDS])
def test_every_noun_can_be_discarded(live, clock, kind):
    """Live, then emptied of what its page says besides its own words, then back: nothing is lost on the way."""
    record = next(each for each in live.records if kind == each.KIND)
    before = freeze(record)
    type(record).objects.filter(pk=record.pk).update(position=9)
    for field in record._meta.many_to_many:
        getattr(record, field.name).clear()
    discard(record, by=root(), clock=clock)
    assert freeze(record) == before

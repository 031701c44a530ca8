"""French behind English: which words wait for their French, and what brings it up."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.documents import freeze
from relations.models import Fact, Observation
from relations.publishing import save_revision, save_revisions
from relations.publishing.languages import where_behind
from tests import cast


def saved(fact: Fact, **changes: str) -> Fact:
    """The fact after these columns were changed and saved in its form."""
    Fact.objects.filter(pk=fact.pk).update(**changes)
    save_revision(Fact.objects.get(pk=fact.pk), by=None)
    return Fact.objects.get(pk=fact.pk)


def where(fact: Fact) -> list[str]:
    return where_behind(fact, freeze(fact))


def test_it_is_behind_where_the_english_changed_alone_until_the_french_does(world):
    assert where(saved(world.fact)) == []
    assert where(saved(world.fact, statement_en="The border is longer.")) == ["statement"]
    assert where(saved(world.fact, verified=False)) == ["statement"]
    assert where(saved(world.fact, statement_fr="La frontière est plus longue.")) == []


def test_it_is_behind_where_it_is_missing(world):
    assert where(saved(world.fact, statement_fr="")) == ["statement"]
    assert where(saved(world.fact, note_en="A doubt.")) == ["statement", "note"]
    assert where(saved(world.fact, note_fr="Un doute.", statement_fr="La frontière est longue.")) == []


def test_both_at_once_is_behind_nowhere_and_so_is_french_alone(world):
    saved(world.fact)
    assert where(saved(world.fact, statement_en="New.", statement_fr="Nouveau.")) == []
    assert where(saved(world.fact, statement_fr="Neuf.")) == []


def test_a_part_is_known_again_wherever_it_stands(world):
    second = world.fact.observations.get(position=1)
    Observation.objects.filter(pk=second.pk).update(label_en="Land", label_fr="Terre")
    saved(world.fact)
    Observation.objects.filter(pk=second.pk).update(label_en="By land")
    assert where(saved(world.fact)) == ["observation 2, label"]
    Observation.objects.exclude(pk=second.pk).update(position=5)
    assert where(saved(world.fact)) == ["observation 1, label"]


def test_saving_many_costs_as_much_as_saving_one(world):
    facts = [saved(cast.a_fact(world, f"fact-{number}", figures=False)) for number in range(6)]
    Fact.objects.update(statement_en="Changed.")
    costs = []
    for some in (facts[:1], facts[1:]):
        with CaptureQueriesContext(connection) as captured:
            save_revisions(some, by=None)
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert where(Fact.objects.get(pk=facts[5].pk)) == ["statement"]

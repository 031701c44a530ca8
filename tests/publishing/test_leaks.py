"""Nothing slips out inside something else: what another record's draft says stays on the desk."""

from __future__ import annotations

import datetime

from relations.documents import Text, parse
from relations.models import Edition, Fact, Source
from relations.publishing import draft, problems, schedule, withdraw
from tests import cast
from tests.cast import put_live

HOUR = datetime.timedelta(hours=1)
SECRET = "Embargoed until Friday"


def cited(fact: Fact) -> str:
    """The title under which the newest edition of this fact cites its source."""
    edition = Edition.objects.filter(record_id=fact.pk).latest("live_from")
    return parse("fact", edition.document).sources[0].cited.title


def reword(fact: Fact, words: str = "Reworded.") -> None:
    Fact.objects.filter(pk=fact.pk).update(statement_en=words)


def rename(source: Source) -> None:
    Source.objects.filter(pk=source.pk).update(original_title=SECRET)


def test_a_draft_title_of_a_source_does_not_slip_into_a_citation(live, clock):
    rename(live.source)
    reword(live.fact)
    put_live(live.fact, clock=clock)
    assert cited(live.fact) == "The gazette of record"
    assert not Edition.objects.filter(document__contains=SECRET).exists()


def test_nor_into_the_citation_of_an_observation(live, clock):
    rename(live.source)
    [document] = draft([live.fact], at=clock.now)
    assert {each.source.cited.title for each in document.observations} == {"The gazette of record"}


def test_nor_does_whom_a_draft_speaks_for_become_a_facet(live, clock):
    live.source.speaks_for.set([live.other])
    reword(live.fact)
    [edition] = put_live(live.fact, clock=clock)
    assert [facet.value for facet in edition.facets.filter(name="stated_by")] == [str(live.one.pk)]


def test_a_new_title_that_goes_live_together_is_cited(live, clock):
    rename(live.source)
    reword(live.fact)
    put_live(live.fact, live.source, clock=clock)
    assert cited(live.fact) == SECRET


def test_a_scheduled_title_is_cited_from_its_instant_on_only(live, clock, editor):
    rename(live.source)
    schedule([live.source], at=clock.now + 2 * HOUR, by=editor, clock=clock)
    reword(live.fact, "Before.")
    schedule([live.fact], at=clock.now + HOUR, by=editor, clock=clock)
    assert cited(live.fact) == "The gazette of record"
    reword(live.fact, "After.")
    schedule([live.fact], at=clock.now + 2 * HOUR, by=editor, clock=clock)
    assert cited(live.fact) == SECRET


def test_a_citation_stays_as_it_was_when_the_source_is_renamed(live, clock):
    rename(live.source)
    put_live(live.source, clock=clock)
    assert cited(live.fact) == "The gazette of record"


def test_a_source_that_was_never_public_keeps_the_record_back(live, clock):
    draft_source = cast.a_source("secret", original_title=SECRET)
    live.fact.sources.set([draft_source])
    assert len(problems(draft([live.fact], at=clock.now), at=clock.now)) == 1


def test_a_withdrawn_source_keeps_the_record_back(live, clock, editor):
    last = withdraw(live.source, reason=Text(en="Forged.", fr="Faux."), by=editor, clock=clock)
    clock.now = last.live_from
    assert len(problems(draft([live.topic], at=clock.now), at=clock.now)) == 1

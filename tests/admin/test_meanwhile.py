"""What else can come between a form and its save: a deletion, a publication, a content pack, the same address."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from relations import models
from relations.documents import Text
from relations.models import Edition, Fact, Revision
from relations.publishing import publish, save_revision, schedule, withdraw
from relations.reading import clock
from tests import cast
from tests.publishing.test_concurrency import at_once

from .conftest import filled_in, person, save, signed_in, url
from .test_conflict import HERS, HIS, now

# ---- edit against delete -------------------------------------------------------------------------------------------


def test_what_was_typed_into_a_deleted_record_can_be_a_record_again(editor, live):
    draft = cast.a_priority(live, "roads")
    save_revision(draft, by=None)
    data = filled_in(editor.get(url(draft)))
    manager = signed_in("manager")
    form = manager.get(url(draft, "delete"))
    assert manager.post(url(draft, "delete"), {"post": "yes", "version": form.context["version"]}).status_code == 302
    page = editor.post(url(draft), {**data, "name_en": "Better roads"})
    assert page.status_code == 409
    html = page.content.decode()
    assert "<strong>manager</strong> deleted it from the desk" in html
    assert "Better roads" in html
    assert not models.Priority.objects.filter(pk=draft.pk).exists()
    sent: dict[str, list[str]] = {}
    for name, value in page.context["typed"]:
        sent.setdefault(name, []).append(value)
    assert editor.post(url(draft), {**sent, "_revive": "1"}).status_code == 302
    back = models.Priority.objects.get(pk=draft.pk)
    assert (back.name_en, back.commitments.get().assessments.count()) == ("Better roads", 1)


def test_a_deleted_record_of_which_no_revision_is_known_is_filled_into_an_empty_form(editor, live):
    draft = cast.a_fact(live, "draft")
    data = filled_in(editor.get(url(draft)))
    draft.delete()
    page = editor.post(url(draft), {**data, "statement_en": HIS})
    assert page.status_code == 200
    assert "can be saved as a new record" in page.content.decode()
    assert not Fact.objects.filter(slug="draft").exists()
    form = filled_in(page)
    assert page.context["form_url"] == "/admin/relations/fact/add/"
    assert editor.post("/admin/relations/fact/add/", form).status_code == 302
    new = Fact.objects.get(slug="draft")
    assert (new.statement_en, new.observations.count()) == (HIS, 2)


def test_what_was_saved_meanwhile_is_not_deleted_unseen(editor, live):
    draft = cast.a_fact(live, "draft")
    save_revision(draft, by=None)
    seen = editor.get(url(draft, "delete")).context["version"]
    save(signed_in("writer"), draft, statement_en=HERS)
    response = editor.post(url(draft, "delete"), {"post": "yes", "version": seen}, follow=True)
    assert "It was saved again while you were looking." in response.content.decode()
    assert now(draft).statement_en == HERS
    seen = response.context["version"]
    assert editor.post(url(draft, "delete"), {"post": "yes", "version": seen}).status_code == 302
    assert not Fact.objects.filter(pk=draft.pk).exists()


# ---- edit against publish, edit against import ---------------------------------------------------------------------


def _publish(fact: Fact) -> None:
    Fact.objects.filter(pk=fact.pk).update(position=3)
    save_revision(now(fact), by=None)
    publish([now(fact)], by=None, clock=clock.now)


def _schedule(fact: Fact) -> None:
    Fact.objects.filter(pk=fact.pk).update(position=3)
    save_revision(now(fact), by=None)
    schedule(
        [now(fact)], at=clock.now() + datetime.timedelta(days=1), by=person("manager"), clock=clock.now, reason="x"
    )


def _withdraw(fact: Fact) -> None:
    withdraw(fact, reason=Text(en="Wrong.", fr="Faux."), by=person("manager"), clock=clock.now)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (_publish, "The system published edition 2 while you had the form open."),
        (_schedule, "Manager scheduled edition 2 while you had the form open."),
        (_withdraw, "Manager withdrew it from the site while you had the form open."),
    ],
)
def test_whoever_saves_after_something_was_published_is_told(editor, live, act, said):
    if act is not _withdraw:  # so that what is published is the text that the form was opened with
        Fact.objects.filter(pk=live.fact.pk).update(position=3)
        save_revision(now(live.fact), by=None)
    data = filled_in(editor.get(url(live.fact)), statement_en=HIS)
    act(live.fact)
    public = Edition.objects.count()
    response = editor.post(url(live.fact), data, follow=True)
    assert response.status_code == 200
    html = response.content.decode()
    assert said in html  # Django begins each message with a capital
    assert "What you saved is on the desk only" in html
    assert (now(live.fact).statement_en, Edition.objects.count()) == (HIS, public)


def test_a_pack_that_came_between_is_a_version_like_any_other(editor, live):
    data = filled_in(editor.get(url(live.fact)), statement_en=HIS)
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="From the pack.")
    save_revision(now(live.fact), by=None, origin=Revision.Origin.PACK)
    page = editor.post(url(live.fact), data)
    assert page.status_code == 409
    assert "(loaded from a content pack)" in page.content.decode()
    assert now(live.fact).statement_en == "From the pack."


# ---- the same address, at once ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_take_the_same_address_one_gets_it_and_seven_are_told():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database that is in memory")
    world = cast.live_world(cast.Clock(timezone.now() - datetime.timedelta(hours=1)))
    clients = [signed_in("writer") for _number in range(8)]
    add = "/admin/relations/topic/add/"
    form = filled_in(clients[0].get(add), slug="rivers", name_en="Rivers", relationship=world.relationship.pk)

    def take(client: Any) -> int:
        response = client.post(add, form)
        assert response.status_code == 302 or "has this address" in response.content.decode()
        return response.status_code

    results = at_once(*[lambda client=client: take(client) for client in clients])
    assert sorted(results) == [200] * 7 + [302]
    assert models.Topic.objects.filter(slug="rivers").count() == 1

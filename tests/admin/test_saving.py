"""Saving is not publishing."""

from relations import models
from relations.models import Edition, Revision
from tests import cast

from .conftest import filled_in, save, url


def _live_text(record):
    return Edition.objects.filter(record_id=record.pk).values_list("title_en", flat=True).order_by("-number")[0]


def test_a_writer_saves_and_the_public_sees_nothing_of_it(writer, live):
    before = Edition.objects.count()
    assert save(writer, live.fact, statement_en="The border is longer.").status_code == 302
    assert Edition.objects.count() == before
    assert _live_text(live.fact) == "The border is long."


def test_a_save_keeps_a_revision_with_its_author_and_children(writer, live):
    save(writer, live.fact, **{"observations-0-locator": "p. 7"})
    revision = Revision.objects.filter(record_id=live.fact.pk).latest("pk")
    assert revision.made_by.username == "writer"
    assert '"locator":"p. 7"' in revision.document


def test_the_list_says_that_it_changed(writer, live):
    save(writer, live.fact, statement_en="The border is longer.")
    html = writer.get("/admin/relations/fact/?changed=yes").content.decode()
    assert "Edition 1 since" in html
    assert ">Changed</td>" in html
    assert "0 facts" in writer.get("/admin/relations/fact/?changed=no").content.decode()


def test_a_new_child_without_a_position_comes_last(writer, world):
    form = filled_in(writer.get(url(world.fact)))
    new = {
        "observations-TOTAL_FORMS": "3",
        "observations-2-value": "7",
        "observations-2-unit": world.unit.pk,
        "observations-2-qualifier": "exact",
        "observations-2-rank": "normal",
        "observations-2-as_of": "2026-01-01",
        "observations-2-as_of_precision": "day",
        "observations-2-source": world.source.pk,
        "observations-2-fact": world.fact.pk,
    }
    assert writer.post(url(world.fact), {**form, **new}).status_code == 302
    assert world.fact.observations.get(value=7).position == 2


def test_a_part_saved_by_itself_is_a_revision_of_the_whole(writer, live):
    response = save(writer, live.commitment, statement_en="Lay more pipes.")
    assert response.url == url(live.priority)
    revision = Revision.objects.filter(record_id=live.priority.pk).latest("pk")
    assert "Lay more pipes." in revision.document
    assert "Changed" in writer.get("/admin/relations/priority/?changed=yes").content.decode()


def test_days_of_a_term_are_typed_one_on_each_line(writer, live):
    response = save(writer, live.term, attested_on="2021-02-26\n2021-03-01")
    assert response.status_code == 302
    live.term.refresh_from_db()
    assert live.term.attested_on == ["2021-02-26", "2021-03-01"]
    response = save(writer, live.term, attested_on="yesterday")
    assert "Write each day as YYYY-MM-DD." in response.content.decode()


def test_a_map_that_cannot_be_drawn_is_refused_in_words(writer, live):
    response = save(writer, live.relationship, map='{"width": "wide"}')
    assert "This is not a map" in response.content.decode()


def test_a_new_record_belongs_to_the_only_relationship(writer, world):
    form = writer.get("/admin/relations/topic/add/").context["adminform"].form
    assert form.initial["relationship"] == world.relationship.pk


def test_a_number_is_shown_without_the_zeros_of_its_column(writer, world):
    form = writer.get(url(world.fact)).context["inline_admin_formsets"][0].formset.forms[0]
    assert str(form["value"].value()) == "5525"


def test_save_then_publish_leads_to_the_publish_page(editor, writer, live):
    form = filled_in(editor.get(url(live.topic)), _publish="1")
    assert editor.post(url(live.topic), form).url == url(live.topic, "publish")
    assert writer.post(url(live.topic), form).url != url(live.topic, "publish")


def test_an_owner_can_be_named_without_seeing_the_list_of_people(writer, visitor, world):
    query = "/admin/autocomplete/?app_label=relations&model_name=fact&field_name=owner&term=wri"
    assert [each["text"] for each in writer.get(query).json()["results"]] == ["writer"]
    assert visitor.get(query).status_code in (302, 403)
    assert writer.get("/admin/auth/user/").status_code == 403


def test_what_was_once_public_cannot_be_deleted(manager, live):
    assert manager.post(url(live.topic, "delete"), {"post": "yes"}).status_code == 403
    assert models.Topic.objects.filter(pk=live.topic.pk).exists()
    assert "can be withdrawn, but not deleted" in manager.get(url(live.topic)).content.decode()


def test_what_was_never_public_can_be_deleted_by_an_editor(editor, writer, live):
    topic = models.Topic.objects.create(relationship=live.relationship, slug="draft", name_en="Draft")
    assert writer.post(url(topic, "delete"), {"post": "yes"}).status_code == 403
    assert editor.post(url(topic, "delete"), {"post": "yes"}).status_code == 302
    assert not models.Topic.objects.filter(pk=topic.pk).exists()


def test_whoever_deletes_is_told_what_goes_with_it_and_not_how_it_is_kept(editor, live):
    page = editor.get(url(cast.a_fact(live, "rivers"), "delete")).content.decode()
    assert "<li>Observations: 2</li>" in page
    assert "Observation: 5526.5" in page
    assert "object (" not in page
    assert "relationship" not in page.partition("Summary")[2].partition("</form>")[0]

"""Who may do what: one table, walked for every role."""

from django.utils import translation

from relations.models import Edition
from tests import cast

from .conftest import person, signed_in, url

REASON = {"reason_en": "Wrong.", "reason_fr": "Faux."}

# What a GET of each page answers; the stranger is of the staff, without any right.
VERBS = ("change", "publish", "withdraw", "unschedule", "preview", "delete", "history")
TABLE = {
    "writer": (200, 403, 403, 403, 302, 403, 200),
    "editor": (200, 200, 200, 405, 302, 403, 200),
    "manager": (200, 200, 200, 405, 302, 403, 200),
    "stranger": (403, 403, 403, 403, 403, 403, 403),
}


def test_each_role_reaches_its_pages(live):
    for role, answers in TABLE.items():
        client = signed_in(role)
        assert tuple(client.get(url(live.fact, verb)).status_code for verb in VERBS) == answers, role


def test_nobody_comes_in_without_an_account(client, visitor, live):
    for stranger in (client, visitor):
        for verb in VERBS:
            for response in (stranger.get(url(live.fact, verb)), stranger.post(url(live.fact, verb), REASON)):
                assert response.status_code == 302
                assert response.url.startswith("/admin/login/")


def test_a_writer_cannot_publish_by_any_door(writer, live):
    fact = cast.a_fact(live, "draft", statement_en="Draft.", statement_fr="Brouillon.")
    before = Edition.objects.count()
    assert writer.post(url(fact, "publish"), {"_now": "1"}).status_code == 403
    assert writer.post("/admin/publish/", {"records": f"fact:{fact.pk}", "_now": "1"}).status_code == 403
    action = {"action": "publish_selected", "index": "0", "_selected_action": [str(fact.pk)]}
    writer.post("/admin/relations/fact/", action)
    assert writer.post(url(live.fact, "withdraw"), REASON).status_code == 403
    assert Edition.objects.count() == before


def test_buttons_that_would_be_refused_are_not_shown(writer, editor, live):
    assert "Publish or schedule" not in writer.get(url(live.fact)).content.decode()
    assert "Withdraw…" not in writer.get(url(live.fact)).content.decode()
    assert "publish_selected" not in writer.get("/admin/relations/fact/").content.decode()
    assert "Publish or schedule" in editor.get(url(live.fact)).content.decode()
    assert "Withdraw…" in editor.get(url(live.fact)).content.decode()


def test_units_are_kept_by_managers(writer, editor, manager, live):
    assert [client.get("/admin/relations/unit/add/").status_code for client in (writer, editor, manager)] == [
        403,
        403,
        200,
    ]


def test_a_manager_does_not_rise_above_themselves(manager, live):
    root = cast.someone("root", is_superuser=True)
    assert manager.post(f"/admin/auth/user/{root.pk}/change/", {"username": "mine"}).status_code == 403
    assert manager.get(f"/admin/auth/user/{root.pk}/link/").status_code == 403
    form = manager.get(f"/admin/auth/user/{person('writer').pk}/change/").context["adminform"].form
    assert "is_superuser" not in form.fields
    assert "user_permissions" not in form.fields


def test_no_address_of_a_record_is_given_away(writer, live):
    assert writer.get(f"/admin/r/7/{live.fact.pk}/").status_code == 404


def test_the_desk_speaks_both_languages(editor, live):
    said = set()
    for language in ("en", "fr"):
        page = editor.get(url(live.fact, "publish"), headers={"accept-language": language}).content.decode()
        assert f'<html lang="{language}"' in page
        with translation.override(language):
            word = translation.gettext("There is nothing to publish.")
        assert word in page
        said.add(word)
    assert len(said) == 2

"""The portrait in an official's form, and who gets to see it when."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client

from relations.documents import Text
from relations.models import Portrait, Revision
from relations.publishing import problems, publish, schedule, withdraw
from relations.publishing.drafts import draft
from relations.publishing.previews import revoke_preview, share_preview, token_of
from relations.reading import clock as reading_clock
from tests import cast
from tests.pictures import head_of_png, picture, upload

from .conftest import filled_in, save, url

WORDS = {
    "portrait_alt_en": "Ana Holt at a desk.",
    "portrait_alt_fr": "Ana Holt à un bureau.",
    "portrait_credit": "Jo Lum / Press Office",
}


@pytest.fixture
def clock(monkeypatch):
    standing = cast.Clock()
    monkeypatch.setattr(reading_clock, "now", standing)
    return standing


@pytest.fixture
def drawn(db, clock):
    """A live world whose official has a portrait on the desk, and not yet in public."""
    world = cast.live_world(clock)
    world.official.portrait = cast.a_portrait()
    for name, words in WORDS.items():
        setattr(world.official, name, words)
    world.official.save()
    return world


def address(letter: str = "a", width: int = 192) -> str:
    return f"/media/portraits/{letter * 64}-{width}.webp"


def seen(path: str = address()) -> int:
    """What somebody without an account gets."""
    return Client().get(path).status_code


# ---- in the form ----------------------------------------------------------------------------------------------------


def test_an_upload_becomes_the_portrait(editor, live):
    assert save(editor, live.official, portrait_file=upload(picture()), **WORDS).status_code == 302
    live.official.refresh_from_db()
    assert (live.official.portrait.width, live.official.portrait.made_by.username) == (240, "editor")
    page = editor.get(url(live.official)).content.decode()
    assert f"/admin/relations/official/portraits/{live.official.portrait.sha256}-192.webp" in page
    last = Revision.objects.filter(record_id=live.official.pk).latest("made_at")
    assert live.official.portrait.sha256 in last.document


def test_a_save_without_a_file_keeps_the_portrait(editor, drawn):
    assert save(editor, drawn.official, name="Ana Holt-Berg").status_code == 302
    drawn.official.refresh_from_db()
    assert (drawn.official.name, drawn.official.portrait_id) == ("Ana Holt-Berg", "a" * 64)


def test_what_is_no_picture_is_refused_beside_its_field_and_nothing_typed_is_lost(editor, drawn):
    response = save(editor, drawn.official, name="Typed", portrait_file=upload(picture("GIF"), "me.gif", "image/gif"))
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["portrait"] == [
        "This is no JPEG, PNG or WebP picture, or it is damaged. Choose another file."
    ]
    assert 'value="Typed"' in response.content.decode()
    assert f'name="portrait" value="{"a" * 64}"' in response.content.decode()


def test_a_bomb_is_refused(editor, live):
    response = save(editor, live.official, portrait_file=upload(head_of_png(60_000, 60_000), "me.png", "image/png"))
    assert "At most 25 million" in response.context["adminform"].form.errors["portrait"][0]
    assert not Portrait.objects.exists()


def test_the_picture_is_kept_while_another_field_has_an_error(editor, live):
    response = save(editor, live.official, portrait_file=upload(picture()), name="")
    assert list(response.context["adminform"].form.errors) == ["name"]
    again = filled_in(response, name="Ana Holt")
    assert again["portrait"] == Portrait.objects.get().pk
    assert editor.post(url(live.official), again).status_code == 302
    live.official.refresh_from_db()
    assert live.official.portrait == Portrait.objects.get()


def test_taking_it_out_takes_the_words_about_it(editor, drawn):
    assert save(editor, drawn.official, portrait_remove="on").status_code == 302
    drawn.official.refresh_from_db()
    assert drawn.official.portrait is None
    assert {getattr(drawn.official, name) for name in WORDS} == {""}


def test_a_hash_that_nobody_uploaded_is_no_choice(editor, live):
    response = save(editor, live.official, portrait="f" * 64)
    assert "portrait" in response.context["adminform"].form.errors


def test_a_picture_is_made_before_the_transaction_of_the_form(editor, live, monkeypatch):
    """On SQLite it would keep every other writer waiting."""
    inside = []
    monkeypatch.setattr(
        "relations.admin.portrait.keep_portrait",
        lambda file, by: inside.append(len(connection.savepoint_ids)) or cast.a_portrait(),
    )
    save(editor, live.official, portrait_file=upload(picture()))
    assert inside == [0]


def test_who_may_not_change_the_record_makes_no_picture(visitor, live):
    for client in (visitor, Client()):
        client.post(url(live.official), {"portrait_file": upload(picture())})
    assert not Portrait.objects.exists()


# ---- readiness ------------------------------------------------------------------------------------------------------


def messages(official, clock) -> list[str]:
    found = problems(draft([official], at=clock()), at=clock())
    return [f"{problem.where}: {problem.message}" for problem in found]


def test_a_portrait_needs_words_and_an_owner(drawn, clock):
    assert messages(drawn.official, clock) == []
    for name in WORDS:
        setattr(drawn.official, name, "")
    drawn.official.save()
    assert messages(drawn.official, clock) == [
        "what the portrait shows: Say in both languages what the picture shows, for whoever cannot see it.",
        "credit: Say whose picture it is.",
    ]
    drawn.official.portrait_alt_en, drawn.official.portrait_credit = "At a desk.", "Jo Lum"
    drawn.official.save()
    assert messages(drawn.official, clock) == ["what the portrait shows: The French text is missing."]


def test_words_without_a_portrait_are_not_ready(drawn, clock):
    drawn.official.portrait = None
    drawn.official.save()
    assert messages(drawn.official, clock) == [
        "portrait: There is no picture that these words belong to. Add it, or empty them."
    ]


# ---- the public door ------------------------------------------------------------------------------------------------


def test_the_picture_of_a_draft_is_not_there(drawn):
    assert [seen(address(width=width)) for width in (96, 192, 384)] == [404, 404, 404]


def test_it_is_there_from_its_instant_on_and_not_before(drawn, clock):
    at = clock() + datetime.timedelta(hours=1)
    schedule([drawn.official], at=at, by=None, clock=clock)
    assert seen() == 404
    clock.now = at - cast.INSTANT
    assert seen() == 404
    clock.now = at
    assert [seen(address(width=width)) for width in (96, 192, 384)] == [200, 200, 200]


def test_it_goes_with_its_record(drawn, clock):
    cast.put_live(drawn.official, clock=clock, note=Text(en="A portrait.", fr="Un portrait."))
    assert seen() == 200
    clock.now = withdraw(drawn.official, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock).live_from
    assert seen() == 404


def test_one_that_was_replaced_is_read_only_where_it_was_shown(drawn, clock):
    note = Text(en="Another portrait.", fr="Un autre portrait.")
    cast.put_live(drawn.official, clock=clock, note=note)
    first_day = clock().date()
    clock.advance(days=1)
    drawn.official.portrait = cast.a_portrait("b")
    drawn.official.save()
    assert (seen(), seen(address("b"))) == (200, 404)
    cast.put_live(drawn.official, clock=clock, note=note)
    assert (seen(), seen(address("b"))) == (404, 200)
    clock.advance(days=1)
    then = f"/en/@{first_day}"
    assert (seen(then + address()), seen(then + address("b"))) == (200, 404)
    assert f'src="{then}{address()}"' in Client().get(f"{then}/officials/ana-holt/").content.decode()


def test_an_edition_keeps_its_picture_for_ever(drawn, clock):
    note = Text(en="Another portrait.", fr="Un autre portrait.")
    first = cast.put_live(drawn.official, clock=clock, note=note)[0].number
    drawn.official.portrait = cast.a_portrait("b")
    drawn.official.save()
    cast.put_live(drawn.official, clock=clock, note=note)
    withdraw(drawn.official, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock)
    clock.advance(days=1)
    for number, content in ((first, b"a 192"), (first + 1, b"b 192")):
        path = f"/media/officials/ana-holt/editions/{number}/192.webp"
        assert f'src="{path}"' in Client().get(f"/en/officials/ana-holt/editions/{number}/").content.decode()
        assert Client().get(path).content == content
    for number in (first - 1, first + 2, 10**30):
        assert seen(f"/media/officials/ana-holt/editions/{number}/192.webp") == 404
    assert seen(f"/media/officials/ana-holt/editions/{first}/191.webp") == 404
    assert seen(f"/media/officials/nobody/editions/{first}/192.webp") == 404


def test_the_picture_of_a_scheduled_edition_waits_with_it(drawn, clock):
    at = clock() + datetime.timedelta(hours=1)
    [edition] = schedule([drawn.official], at=at, by=None, clock=clock)
    path = f"/media/officials/ana-holt/editions/{edition.number}/192.webp"
    assert seen(path) == 404
    clock.now = at
    assert seen(path) == 200


@pytest.mark.parametrize(
    "path",
    [
        address(width=191),
        address(width=10**30),
        address("f"),
        "/media/portraits/../../db.sqlite3",
        "/media/portraits/%2e%2e%2fdb.sqlite3",
        "/media/portraits/" + "a" * 63 + "-192.webp",
        "/media/portraits/" + "A" * 64 + "-192.webp",
        "/media/portraits/",
    ],
)
def test_nothing_else_is_behind_the_door(drawn, clock, path):
    publish([drawn.official], by=None, clock=clock, note=Text(en="A portrait.", fr="Un portrait."))
    clock.advance(hours=1)
    assert (seen(), seen(path)) == (200, 404)


def test_it_is_kept_but_asked_for_again_each_time(drawn, clock):
    cast.put_live(drawn.official, clock=clock, note=Text(en="A portrait.", fr="Un portrait."))
    first = Client().get(address())
    assert (first.content, first["Content-Type"], first["Cache-Control"]) == (b"a 192", "image/webp", "no-cache")
    assert "Vary" not in first or "Cookie" not in first["Vary"]
    again = Client().get(address(), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    clock.now = withdraw(drawn.official, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock).live_from
    gone = Client().get(address(), headers={"if-none-match": first["ETag"]})
    assert (gone.status_code, gone["Cache-Control"]) == (404, "no-cache")


def test_asking_costs_three_queries_and_asking_again_two(drawn, clock, django_assert_num_queries):
    cast.put_live(drawn.official, clock=clock, note=Text(en="A portrait.", fr="Un portrait."))
    with django_assert_num_queries(3):
        etag = Client().get(address())["ETag"]
    with django_assert_num_queries(2):
        Client().get(address(), headers={"if-none-match": etag})


# ---- on the desk ----------------------------------------------------------------------------------------------------


def test_the_desk_sees_the_picture_of_a_draft_and_nobody_else_does(writer, visitor, drawn):
    path = f"/admin/relations/official/portraits/{'a' * 64}-192.webp"
    found = writer.get(path)
    assert (found.status_code, found.content) == (200, b"a 192")
    assert "private" in found["Cache-Control"]
    assert "no-store" in found["Cache-Control"]
    assert writer.get(path.replace("192", "191")).status_code == 404
    for stranger in (visitor, Client()):
        assert stranger.get(path).status_code == 302
    assert writer.get(address()).status_code == 404  # an account opens no public door


# ---- in previews ----------------------------------------------------------------------------------------------------


def test_a_preview_shows_the_picture_to_whom_it_is_for_and_to_nobody_else(writer, drawn, clock):
    stamp = f"/en/@official-{drawn.official.pk}"
    page = writer.get(f"{stamp}/officials/ana-holt/").content.decode()
    assert f'src="{stamp}{address()}"' in page
    found = writer.get(stamp + address())
    assert (found.status_code, found.content, found["Cache-Control"]) == (200, b"a 192", "private, no-store")
    assert seen(stamp + address()) != 200
    assert seen() == 404


def test_a_link_for_somebody_without_an_account_shows_it_until_it_is_revoked(drawn, clock):
    until = clock() + datetime.timedelta(days=1)
    link = share_preview(drawn.official, made_for="A partner", until=until, by=cast.someone("editor"), clock=clock)
    path = f"/en/@{token_of(link)}{address()}"
    assert seen(path) == 200
    assert seen(path.replace("a" * 64, "b" * 64)) == 404
    revoke_preview(link, clock=clock)
    assert seen(path) != 200


# ---- on pages -------------------------------------------------------------------------------------------------------


def test_the_page_shows_it_with_its_words_its_owner_and_its_size(drawn, clock):
    drawn.official.portrait_licence = "CC BY 4.0"
    drawn.official.portrait_source = "https://example.org/photo"
    drawn.official.save()
    cast.put_live(drawn.official, clock=clock, note=Text(en="A portrait.", fr="Un portrait."))
    page = Client().get("/fr/officials/ana-holt/").content.decode()
    assert f'src="{address()}" srcset="{address()} 192w, {address(width=384)} 384w"' in page
    assert 'width="192" height="240" alt="Ana Holt à un bureau." loading="lazy"' in page
    assert "Jo Lum / Press Office" in page
    assert "CC BY 4.0" in page
    assert 'href="https://example.org/photo"' in page
    assert f'"contentUrl": "http://testserver{address(width=384)}"' in page


def test_a_list_shows_it_beside_the_name_that_says_who_it_is(drawn, clock):
    path = "/en/norda-suda/officials/"
    assert "/media/" not in Client().get(path).content.decode()
    cast.put_live(drawn.official, clock=clock, note=Text(en="A portrait.", fr="Un portrait."))
    page = Client().get(path).content.decode()
    assert f'<img class="thumb" src="{address(width=96)}"' in page
    assert 'width="96" height="120" alt="" loading="lazy"' in page


def test_who_has_no_picture_leaves_no_gap(drawn):
    page = Client().get("/en/officials/ana-holt/").content.decode()
    assert "<img" not in page
    assert "page-head--portrait" not in page

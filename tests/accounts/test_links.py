"""One-time links: who may give one, what it does, and that it does so once."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.admin.conftest import person, signed_in
from tests.publishing.test_concurrency import at_once

from .conftest import PASSWORD, is_in, sign_in, somebody, with_app

pytestmark = pytest.mark.django_db
NEW = "another phrase altogether, longer"


def page(user: User) -> str:
    return f"/admin/auth/user/{user.pk}/link/"


def issue(user: User, kind: str = "password", by: str = "manager") -> str:
    """A manager makes a link; the path of it."""
    shown = signed_in(by).post(page(user), {"kind": kind}).content.decode()
    return re.search(r"http://testserver(/admin/account/link/\S+/)<", shown)[1]


def use(path: str, password: str = NEW, client: Client | None = None):
    return (client or Client()).post(path, {"password1": password, "password2": password})


def test_whoever_has_one_chooses_a_new_password():
    path = issue(somebody("editor"))
    assert "For the account <strong>editor</strong>" in Client().get(path).content.decode()
    assert use(path).url == "/admin/login/"
    client = Client()
    sign_in("editor", PASSWORD, client)
    assert not is_in(client)
    sign_in("editor", NEW, client)
    assert is_in(client)


def test_it_works_once():
    path = issue(somebody("editor"))
    use(path)
    assert Client().get(path).status_code == 404
    assert use(path, "a third phrase for the same account").status_code == 404
    client = Client()
    sign_in("editor", NEW, client)
    assert is_in(client)


def test_a_password_that_is_refused_does_not_use_it_up():
    path = issue(somebody("editor"))
    assert "too short" in use(path, "short").content.decode()
    assert Client().post(path, {"password1": NEW, "password2": "otherwise"}).status_code == 200
    assert use(path).status_code == 302


@pytest.mark.parametrize("change", ["password", "signing in", "sent off"])
def test_it_dies_when_the_account_changes(change):
    user = somebody("editor")
    path = issue(user)
    if change == "password":
        user.set_password("chosen meanwhile by themselves")
        user.save()
    elif change == "signing in":
        sign_in("editor")
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_it_lives_for_a_day():
    path = issue(somebody("editor"))
    now = timezone.now()
    with time_machine.travel(now + datetime.timedelta(hours=23), tick=False):
        assert Client().get(path).status_code == 200
    with time_machine.travel(now + datetime.timedelta(hours=25), tick=False):
        assert Client().get(path).status_code == 404


def test_one_for_another_account_or_another_purpose_does_not_fit():
    path = issue(somebody("editor"))
    kind, who, token = path.strip("/").split("/")[-3:]
    other = issue(somebody("writer")).strip("/").split("/")[-2]
    for forged in (
        f"everything/{who}/{token}",
        f"password/{other}/{token}",
        f"password/{who}/{token}x",
        f"x/{who}/{token}",
    ):
        assert Client().get(f"/admin/account/link/{forged}/").status_code == 404, forged
        assert use(f"/admin/account/link/{forged}/").status_code == 404
    assert Client().get(f"/admin/account/link/{kind}/{who}/{token}/").status_code == 200


@pytest.mark.parametrize("odd", ["%00", "_", "MTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw", "YQ", "é"])
def test_odd_ones_are_no_error(odd):
    assert Client().get(f"/admin/account/link/password/{odd}/abc-def/").status_code == 404


def test_unknown_accounts_look_like_used_links():
    path = issue(somebody("editor"))
    use(path)
    nobody = "/admin/account/link/password/OTk5OTk5/abc-def/"
    pages = [
        re.sub(r"/link/[^\"]*|value=\"\w{64}\"", "", Client().get(each).content.decode()) for each in (path, nobody)
    ]
    assert pages[0] == pages[1]


def test_it_leaves_the_second_factor_or_takes_it_as_the_manager_said():
    user = somebody("editor")
    with_app(user)
    use(issue(user))
    assert Authenticator.objects.filter(user=user).count() == 2
    use(issue(user, "everything"), "a third phrase for the same account")
    assert not Authenticator.objects.filter(user=user).exists()


def test_it_ends_every_session():
    user = somebody("writer")
    client = Client()
    sign_in("writer", client=client)
    path = issue(user)
    use(path)
    assert not is_in(client)


def test_it_is_shown_once_and_kept_by_nobody():
    user = somebody("editor")
    path = issue(user)
    manager = signed_in("manager")
    assert "/account/link/" not in manager.get(page(user)).content.decode()
    for response in (manager.post(page(user), {"kind": "password"}), Client().get(path), use(path)):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
    assert path.split("/")[-2] not in str(list(LogEntry.objects.values()))


def test_the_account_remembers_who_gave_it_and_that_it_was_used():
    user = somebody("editor")
    use(issue(user, "everything"))
    entries = LogEntry.objects.filter(object_id=user.pk).order_by("pk")
    assert [(each.user.username, each.change_message) for each in entries] == [
        ("manager", "Issued a one-time link that also removes the second factor."),
        ("editor", "Chose a new password with a one-time link."),
    ]


@pytest.mark.parametrize(
    ("by", "of"), [("manager", "root"), ("manager", "manager"), ("editor", "writer"), ("writer", "writer")]
)
def test_nobody_gives_one_beyond_their_rights_or_to_themselves(by, of):
    user = cast.someone("root", is_superuser=True) if of == "root" else person(of)
    client = signed_in(by)
    for response in (client.get(page(user)), client.post(page(user), {"kind": "password"})):
        assert response.status_code == 403
    assert not LogEntry.objects.exists()


def test_a_superuser_gives_one_to_a_superuser():
    somebody("root", is_superuser=True)
    user = somebody("other", is_superuser=True)
    use(issue(user, by="root"))
    client = Client()
    sign_in("other", NEW, client)
    assert is_in(client)


def test_a_new_account_has_no_password_until_its_owner_chooses_one():
    manager = signed_in("manager")
    form = manager.get("/admin/auth/user/add/").context["adminform"].form
    assert not {name for name in form.fields if "password" in name}
    assert form["is_staff"].value() is True
    manager.post("/admin/auth/user/add/", {"username": "newcomer", "is_active": "on", "is_staff": "on"})
    user = User.objects.get(username="newcomer")
    assert not user.has_usable_password()
    use(issue(user))
    client = Client()
    sign_in("newcomer", NEW, client)
    assert is_in(client)


def test_two_names_do_not_differ_in_capitals_alone():
    somebody("writer")
    response = signed_in("manager").post("/admin/auth/user/add/", {"username": "Writer", "is_staff": "on"})
    assert "Somebody has this name already." in response.content.decode()


def test_the_form_of_a_person_keeps_their_password():
    user = somebody("editor")
    manager = signed_in("manager")
    address = f"/admin/auth/user/{user.pk}/change/"
    assert "One-time link" in manager.get(address).content.decode()
    manager.post(address, {"username": "editor", "first_name": "Ed", "is_active": "on", "is_staff": "on"})
    user.refresh_from_db()
    assert (user.first_name, user.check_password(PASSWORD)) == ("Ed", True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_it_at_the_same_moment_one_does():
    path = issue(somebody("editor"))
    passwords = [f"a phrase of person number {number}" for number in range(4)]
    answers = at_once(*[lambda password=password: use(path, password).status_code for password in passwords])
    assert sorted(answers) == [302, 404, 404, 404]
    user = User.objects.get(username="editor")
    assert [user.check_password(password) for password in passwords] == [status == 302 for status in answers]

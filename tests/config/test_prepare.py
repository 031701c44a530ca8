"""The first account, and the stamp that spares a second collection of static files."""

import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group

from relations.management.commands import prepare


def command():
    return prepare.Command(stdout=StringIO(), no_color=True)


@pytest.mark.django_db
def test_the_first_manager_can_log_in_with_the_password_shown():
    managers, _ = Group.objects.get_or_create(name="Managers")
    first = command()
    first.create_first_manager()
    password = re.search(r"password\s+(\S+)", first.stdout.getvalue())[1]
    manager = authenticate(username="manager", password=password)
    assert manager.is_superuser
    assert list(manager.groups.all()) == [managers]


@pytest.mark.django_db
def test_where_there_is_an_account_none_is_made_and_nothing_is_shown():
    get_user_model().objects.create_user("anyone")
    second = command()
    second.create_first_manager()
    assert second.stdout.getvalue() == ""
    assert get_user_model().objects.count() == 1


def test_a_password_is_long_and_new_each_time():
    passwords = {prepare.new_password() for _ in range(100)}
    assert len(passwords) == 100
    assert all(re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password) for password in passwords)


def test_static_files_are_collected_once_and_again_when_one_changes(settings, tmp_path):
    sheet = tmp_path / "source" / "a.css"
    sheet.parent.mkdir()
    settings.STATICFILES_DIRS = [sheet.parent]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.VAR_DIR = tmp_path
    sheet.write_text("a {}")
    assert collects_static_files()
    assert not collects_static_files()
    sheet.write_text("a { color: red }")
    assert collects_static_files()
    assert (settings.STATIC_ROOT / "a.css").read_text() == "a { color: red }"


def collects_static_files():
    run = command()
    run.collect_static_files()
    return "Collecting static files: done" in run.stdout.getvalue()

"""The doors of signing in: what is counted, and that neither a name nor an address is kept."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from relations.admin.accounts.limits import FIVE_MINUTES, code_doors, password_doors
from relations.models import Tries
from relations.publishing.limits import DAY, enter
from tests.cast import MIDDAY


@pytest.mark.django_db
def test_neither_a_name_nor_an_address_is_kept():
    enter(
        password_doors(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"), "my-password-in-the-wrong-field"), at=MIDDAY
    )
    kept = str(list(Tries.objects.values_list("door", flat=True)))
    assert "my-password" not in kept
    assert "192.0.2.7" not in kept


def test_capitals_spaces_and_look_alikes_are_one_account():
    spellings = ("Manager", "MANAGER", " manager ", "ｍanager")
    assert {password_doors(None, each)[0].key for each in spellings} == {password_doors(None, "manager")[0].key}


def test_codes_are_counted_for_a_day_as_well():
    assert [(door.most, door.within) for door in code_doors(1)] == [(5, FIVE_MINUTES), (30, DAY)]

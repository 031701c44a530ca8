"""No page of the desk has an error of HTML."""

from __future__ import annotations

from tests import checker
from tests.admin import rights
from tests.effort import sample

pytestmark = [checker.needed]


def test_pages_of_the_desk(manager, client, live, tmp_path):
    found = sample(rights.addresses(live), 4)
    pages = {address: manager.get(address) for _key, address in found}
    assert checker.errors_in({**pages, "/admin/login/": client.get("/admin/login/")}, tmp_path) == []

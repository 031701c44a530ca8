"""What the tests of previews share: a world that is live and was reworded since, and the ways to look at it early."""

from __future__ import annotations

import datetime

import pytest

from relations.models import Fact, Member, Release
from relations.publishing.previews import share_preview, token_of
from tests import cast

HOME = "norda-suda"
SECRET, OTHER = "Said behind closed doors.", "Another draft."
FACT = f"{HOME}/facts/border-length/"
DAY = datetime.timedelta(days=1)
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


@pytest.fixture
def world(db, clock):
    """Live; its fact and its topic were reworded on the desk since."""
    world = cast.live_world(clock)
    Fact.objects.filter(pk=world.fact.pk).update(statement_en=SECRET, statement_fr=f"{SECRET} (fr)")
    world.topic.name_en = OTHER
    world.topic.save()
    clock.advance(hours=1)
    return world


def link_to(what, clock):
    return share_preview(what, made_for="A partner", until=clock.now + DAY, by=cast.someone("editor"), clock=clock)


def release(*records, **fields) -> Release:
    new = Release.objects.create(name="Summit", **fields)
    for record in records:
        Member.objects.create(release=new, kind=record.KIND, record_id=record.pk)
    return new


def at_link(link, path="", language="en") -> str:
    return f"/{language}/@{token_of(link)}/{path}"


def for_staff(kind, row, path="") -> str:
    return f"/en/@{kind}-{row.pk}/{path}"


def text(response) -> str:
    return response.content.decode()

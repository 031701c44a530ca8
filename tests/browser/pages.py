"""One address of each family of pages."""

from __future__ import annotations

from typing import Any

from relations.models import BY_KIND, Edition, Revision
from tests.browser.busy import Busy

HOME = "united-states-canada"
FAMILIES = (
    "",
    "search/?q=border",
    "sources/",
    "sources/roadmap-en/",
    "officials/antony-blinken/",
    "about/",
    f"{HOME}/",
    f"{HOME}/facts/?topic=border&by=us",
    f"{HOME}/facts/daily-trade/",
    f"{HOME}/meetings/?from=2021-02-30",
    f"{HOME}/meetings/2021-02/",
    f"{HOME}/meetings/virtual-2021-02-23/",
    f"{HOME}/officials/",
    f"{HOME}/priorities/",
    f"{HOME}/priorities/covid-19/",
    f"{HOME}/statements/",
    f"{HOME}/statements/blinken-closest-allies-2021/",
    f"{HOME}/fact-sheets/",
    f"{HOME}/fact-sheets/neighbors-friends-allies-2021/",
    f"{HOME}/topics/border/",
    f"{HOME}/facts/daily-trade/history/",
    f"{HOME}/facts/daily-trade/editions/1/",
    f"{HOME}/facts/daily-trade/editions/1/cite/",
    f"{HOME}/changes/",
    f"{HOME}/corrections/",
    f"{HOME}/overdue/",
    f"report/?page=/en/{HOME}/facts/daily-trade/",
    "reports/",
    f"{HOME}/?on=2021-02-26",
    f"@2026-07-06/{HOME}/facts/",
    f"{HOME}/facts/nobody-ever-wrote-this/",
)
IN_ENGLISH = tuple(f"/en/{each}" for each in FAMILIES[1:])
IN_FRENCH = tuple(f"/fr/{each}" for each in (f"{HOME}/", f"{HOME}/facts/", f"{HOME}/officials/", "search/?q=accord"))
PUBLIC = ("/", *IN_ENGLISH, *IN_FRENCH)


def desk(fact: str) -> tuple[str, ...]:
    """Pages of the admin for somebody who is logged in; ``fact`` is the identity of one."""
    return (
        "/admin/",
        "/admin/relations/fact/",
        f"/admin/relations/fact/{fact}/change/",
        f"/admin/relations/fact/{fact}/publish/",
        f"/admin/relations/fact/{fact}/withdraw/",
        "/admin/relations/meeting/add/",
    )


def of(row: Any, verb: str = "change") -> str:
    """Where something is done to a row at the desk."""
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/{verb}/"


def lists() -> list[str]:
    """Every list, and the empty form of every noun."""
    names = [*(f"relations/{kind}" for kind in BY_KIND), "relations/unit", "auth/user"]
    ledger = [f"relations/{name}" for name in ("edition", "revision", "release", "previewlink")]
    return [
        *(f"/admin/{name}/{page}" for name in names for page in ("", "add/")),
        *(f"/admin/{name}/" for name in ledger),
    ]


def forms(busy: Busy) -> list[str]:
    """The form of one record of every noun, filled in."""
    return [*map(of, busy.world.records), of(busy.world.unit)]


def verbs(busy: Busy) -> list[str]:
    """Every page on which something is done, with a record for which it can be, and every page of the past."""
    world, fact, drafts = busy.world, busy.world.fact, busy.drafts
    done = [of(fact, name) for name in ("publish", "withdraw", "correct", "verify", "discard", "share", "history")]
    done += [of(drafts["new"], "submit"), of(drafts["submitted"], "review"), of(drafts["approved"], "publish")]
    done += [of(drafts["returned"]), of(drafts["withdrawn"]), of(drafts["new"], "delete")]
    done += [of(world.priority), of(world.priority, "rebase"), of(world.post, "hand_over"), of(world.source, "publish")]
    first = Revision.objects.filter(record_id=fact.pk).earliest("pk")
    done += [f"{of(fact, 'compare')}?from=r{first.pk}&to=desk", f"{of(fact, 'restore')}?text=r{first.pk}"]
    return [*done, of(Edition.objects.filter(record_id=fact.pk).first()), of(first)]


def release_pages(busy: Busy) -> list[str]:
    """Every page of a release, and a release in every phase."""
    of_each = busy.releases
    collect = f"/admin/relations/release/collect/?records=fact:{busy.world.fact.pk}"
    does = [of(of_each["open"], "publish"), of(of_each["open"], "share"), of(of_each["open"], "history")]
    does += [of(of_each["scheduled"], "move"), of(of_each["live"], "undo")]
    return ["/admin/relations/release/add/", collect, *map(of, of_each.values()), *does, *map(of, busy.links.values())]


def around(busy: Busy) -> list[str]:
    """Whatever else the desk has: its front, the guide, files, people."""
    people = [of(busy.by), of(busy.by, "link"), of(busy.by, "history"), "/admin/auth/group/", of(busy.by.groups.get())]
    return ["/admin/", "/admin/help/", "/admin/notices/", "/admin/import/", "/admin/account/", *people]

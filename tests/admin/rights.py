"""Who may open what on the desk: one line for each address, one column for each role.

To add an address: write its line below. The key is the name of the URL, without ``admin:``; ``{record}`` stands for
every noun that is published, ``{part}`` for every part that has a form of its own, ``{a,b}`` for these two; a line
that spells a name out wins over one for them all. An address whose pattern has no name goes under its pattern. Then
what it answers to an empty form, in this order:

    nobody      no account
    staff       an account of the desk without any right
    writer  editor  manager

    in    it leads to the sign-in page      no    403, and nothing is written      ok    200
    go    it leads elsewhere                none  404      not   405 for this method      bad   400

Where an address needs more than the identity of a record, say which in ``ARGUMENTS``; where a model has no row in the
small world that is live, make one in ``SAMPLES``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, get_resolver

from relations.admin.part import PartAdmin
from relations.models import RECORDS
from tests import cast
from tests.readers import a_report

ROLES = ("nobody", "staff", "writer", "editor", "manager")

TABLE = """
#                                                         GET                       POST
#                                                         nobo staf writ edit mana  nobo staf writ edit mana
# The desk as a whole
index                                                     in   ok   ok   ok   ok    in   ok   ok   ok   ok
app_list                                                  in   none ok   ok   ok    in   none ok   ok   ok
help                                                      in   ok   ok   ok   ok    in   ok   ok   ok   ok
notices                                                   in   ok   ok   ok   ok    in   ok   ok   ok   ok
jsi18n                                                    in   ok   ok   ok   ok    in   not  not  not  not
autocomplete                                              in   no   no   no   no    in   not  not  not  not
password_change_done                                      in   ok   ok   ok   ok    in   not  not  not  not
publish                                                   in   go   go   go   go    in   none none none none
import                                                    in   no   ok   ok   ok    in   no   ok   ok   ok
import_plan                                               in   none none none none  in   none none none none
(?P<url>.*)$                                              in   none none none none  in   none none none none

# Records: what every noun has
relations_{record}_changelist                             in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{record}_add                                    in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{record}_change                                 in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{record}_history                                in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{record}_compare                                in   no   go   go   go    in   no   not  not  not
relations_{record}_restore                                in   no   go   go   go    in   no   go   go   go
relations_{record}_discard                                in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{record}_delete                                 in   no   no   no   no    in   no   no   no   no
relations_{record}_publish                                in   no   no   ok   ok    in   no   no   ok   ok
relations_{record}_withdraw                               in   no   no   ok   ok    in   no   no   ok   ok
relations_{record}_redact                                 in   no   no   no   ok    in   no   no   no   ok
relations_{record}_verify                                 in   no   no   ok   ok    in   no   no   ok   ok
relations_post_hand_over                                  in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{record}_unschedule                             in   no   no   not  not   in   no   no   go   go
relations_{record}_preview                                in   no   go   go   go    in   no   go   go   go
relations_party_preview                                   in   no   none none none  in   no   none none none
relations_post_preview                                    in   no   none none none  in   no   none none none
relations_{record}_share                                  in   no   no   ok   ok    in   no   no   ok   ok
relations_party_share                                     in   no   no   none none  in   no   no   none none
relations_post_share                                      in   no   no   none none  in   no   no   none none
relations_{record}_submit                                 in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{record}_{correct,rebase,review}                in   no   no   ok   ok    in   no   no   ok   ok
relations_{record}_duplicate                              in   no   not  not  not   in   no   go   go   go
relations_{record}_public                                 in   no   go   go   go    in   no   go   go   go
relations_fact_figure                                     in   no   ok   ok   ok    in   not  not  not  not
relations_official_portrait                               in   no   none none none  in   no   none none none
relations_{record}_export                                 in   no   ok   ok   ok    in   not  not  not  not
relations_{record}_export_csv                             in   no   none none none  in   not  not  not  not
relations_fact_export_csv                                 in   no   ok   ok   ok    in   not  not  not  not
relations/{record}/<path:object_id>/                      in   go   go   go   go    in   go   go   go   go

# Parts with a form of their own: added in the form of their record
relations_{part}_changelist                               in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{part}_add                                      in   no   no   no   no    in   no   no   no   no
relations_{part}_change                                   in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{part}_history                                  in   no   go   go   go    in   no   go   go   go
relations_{part}_delete                                   in   no   ok   ok   ok    in   no   ok   ok   ok
relations/{part}/<path:object_id>/                        in   go   go   go   go    in   go   go   go   go

# Reference data
relations_unit_changelist                                 in   no   ok   ok   ok    in   no   ok   ok   ok
relations_unit_add                                        in   no   no   no   ok    in   no   no   no   ok
relations_unit_change                                     in   no   ok   ok   ok    in   no   no   no   ok
relations_unit_history                                    in   no   ok   ok   ok    in   no   ok   ok   ok
relations_unit_delete                                     in   no   no   no   ok    in   no   no   no   ok
relations/unit/<path:object_id>/                          in   go   go   go   go    in   go   go   go   go

# The ledger: to look at
relations_{edition,revision}_changelist                   in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{edition,revision}_add                          in   no   no   no   no    in   no   no   no   no
relations_{edition,revision}_change                       in   no   ok   ok   ok    in   no   no   no   no
relations_{edition,revision}_history                      in   no   ok   ok   ok    in   no   ok   ok   ok
relations_{edition,revision}_delete                       in   no   no   no   no    in   no   no   no   no
relations/{edition,revision}/<path:object_id>/            in   go   go   go   go    in   go   go   go   go

# Releases, and links to previews
relations_release_changelist                              in   no   ok   ok   ok    in   no   ok   ok   ok
relations_release_add                                     in   no   no   ok   ok    in   no   no   ok   ok
relations_release_change                                  in   no   ok   ok   ok    in   no   no   ok   ok
relations_release_history                                 in   no   ok   ok   ok    in   no   ok   ok   ok
relations_release_delete                                  in   no   no   no   no    in   no   no   no   no
relations_release_{publish,move,undo,share}               in   no   no   ok   ok    in   no   no   ok   ok
relations_release_preview                                 in   no   go   go   go    in   no   go   go   go
relations_release_{include,exclude}                       in   no   no   not  not   in   no   no   go   go
relations_release_{again,cancel,abandon,reopen}           in   no   no   not  not   in   no   no   go   go
relations_release_collect                                 in   no   no   none none  in   no   no   none none
relations/release/<path:object_id>/                       in   go   go   go   go    in   go   go   go   go
relations_previewlink_changelist                          in   no   ok   ok   ok    in   no   ok   ok   ok
relations_previewlink_add                                 in   no   no   no   no    in   no   no   no   no
relations_previewlink_change                              in   no   ok   ok   ok    in   no   no   no   no
relations_previewlink_history                             in   no   ok   ok   ok    in   no   ok   ok   ok
relations_previewlink_delete                              in   no   no   no   no    in   no   no   no   no
relations_previewlink_revoke                              in   no   no   not  not   in   no   no   go   go
relations/previewlink/<path:object_id>/                   in   go   go   go   go    in   go   go   go   go

# What readers report
relations_report_changelist                               in   no   ok   ok   ok    in   no   ok   ok   ok
relations_report_add                                      in   no   no   no   no    in   no   no   no   no
relations_report_change                                   in   no   ok   ok   ok    in   no   no   ok   ok
relations_report_history                                  in   no   ok   ok   ok    in   no   ok   ok   ok
relations_report_delete                                   in   no   no   no   no    in   no   no   no   no
relations/report/<path:object_id>/                        in   go   go   go   go    in   go   go   go   go

# People
auth_{user,group}_changelist                              in   no   no   no   ok    in   no   no   no   ok
auth_{user,group}_add                                     in   no   no   no   ok    in   no   no   no   ok
auth_{user,group}_change                                  in   no   no   no   ok    in   no   no   no   ok
auth_{user,group}_history                                 in   no   no   no   ok    in   no   no   no   ok
auth_{user,group}_delete                                  in   no   no   no   ok    in   no   no   no   ok
auth/{user,group}/<path:object_id>/                       in   go   go   go   go    in   go   go   go   go
auth_user_link                                            in   no   no   no   ok    in   no   no   no   ok

# Signing in, and one's own account: everybody has one, and nobody has another's
account_login                                             ok   go   go   go   go    ok   go   go   go   go
account_logout                                            not  not  not  not  not   in   in   in   in   in
account_link                                              none none none none none  none none none none none
mfa_login_webauthn                                        in   go   go   go   go    in   go   go   go   go
mfa_authenticate                                          in   go   go   go   go    in   go   go   go   go
mfa_index                                                 in   ok   ok   ok   ok    in   not  not  not  not
account_change_password                                   in   ok   ok   ok   ok    in   ok   ok   ok   ok
account_set_password                                      in   go   go   go   go    in   go   go   go   go
account_reauthenticate                                    in   ok   ok   ok   ok    in   ok   ok   ok   ok
mfa_reauthenticate                                        in   go   go   go   go    in   go   go   go   go
mfa_reauthenticate_webauthn                               in   go   go   go   go    in   go   go   go   go
mfa_activate_totp                                         in   go   go   go   go    in   go   go   go   go
mfa_deactivate_totp                                       in   none none none none  in   none none none none
mfa_view_recovery_codes                                   in   none none none none  in   not  not  not  not
mfa_generate_recovery_codes                               in   go   go   go   go    in   go   go   go   go
mfa_download_recovery_codes                               in   none none none none  in   none none none none
mfa_list_webauthn                                         go   go   go   go   go    go   go   go   go   go
mfa_add_webauthn                                          in   go   go   go   go    in   go   go   go   go
mfa_edit_webauthn                                         in   go   go   go   go    in   go   go   go   go
mfa_remove_webauthn                                       in   go   go   go   go    in   go   go   go   go
"""

ARGUMENTS = {
    "form": "xlsx",
    "table": "observation",
    "upload": "00000000-0000-0000-0000-000000000000",
    "app_label": "relations",
    "url": "nowhere/at/all",
    "kind": "password",
    "who": "MQ",
    "token": "abc-def",
    "pk": 10**6,
    "sha256": "0" * 64,
    "width": 160,
}
SAMPLES: dict[str, Callable[[cast.World], Model]] = {
    "user": lambda world: cast.someone("somebody"),
    "release": lambda world: apps.get_model("relations", "Release").objects.create(name="A release"),
    "previewlink": lambda world: apps.get_model("relations", "PreviewLink").objects.create(
        kind="fact", record_id=world.fact.pk, made_at=cast.MIDDAY, made_for="A partner", expires_at=cast.MIDDAY
    ),
    "report": a_report,
}


def rows() -> dict[str, tuple[list[str], list[str]]]:
    """Key → what GET and POST answer to each role. Raises ValueError for a line that is no row."""
    for_all, for_one = {}, {}
    for line in TABLE.splitlines():
        if not line or line.startswith("#"):
            continue
        key, *answers = line.split()
        if len(answers) != 2 * len(ROLES):
            raise ValueError(f"{key}: {len(answers)} answers instead of {2 * len(ROLES)}")
        found = for_one if "{" not in key else for_all
        for each in _spelled_out(key):
            if each in found:
                raise ValueError(f"{each} has two rows")
            found[each] = (answers[: len(ROLES)], answers[len(ROLES) :])
    return for_all | for_one


def _spelled_out(key: str) -> Iterator[str]:
    groups = {
        "record": [model._meta.model_name for model in RECORDS],
        "part": [model._meta.model_name for model, desk in admin.site._registry.items() if isinstance(desk, PartAdmin)],
    }
    pieces = re.split(r"\{([\w,]+)\}", key)
    choices = [groups.get(piece, piece.split(",")) if odd else [piece] for odd, piece in _alternating(pieces)]
    yield from map("".join, itertools.product(*choices))


def _alternating(pieces: list[str]) -> Iterator[tuple[bool, str]]:
    return ((bool(number % 2), piece) for number, piece in enumerate(pieces))


def patterns() -> dict[str, tuple[str, URLPattern]]:
    """Key → (route, pattern) of every address below /admin/ that can be reached: the first of each route."""
    found, routes = {}, set()
    for route, pattern in _walk(get_resolver().url_patterns, ""):
        if route.startswith("admin/") and route not in routes:
            routes.add(route)
            found[pattern.name or route.removeprefix("admin/")] = (route, pattern)
    return found


def _walk(found: list, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for each in found:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each
        else:
            yield from _walk(each.url_patterns, route)


def address(route: str, world: cast.World) -> str:
    """The address of this route with a real row where it names one. LookupError where none is known."""
    app, model = ([*route.split("/"), "", ""])[1:3]
    if "<path:object_id>" in route:
        route = route.replace("<path:object_id>", str(_row(app, model, world).pk))
    route = re.sub(r"<\w+:(\w+)>", lambda match: str(ARGUMENTS[match[1]]), route)
    return "/" + re.sub(r"\^?\(\?P<(\w+)>[^)]*\)", lambda match: ARGUMENTS[match[1]], route).rstrip("$")


def _row(app: str, model: str, world: cast.World) -> Any:
    found = getattr(world, model, None) or (world.one if model == "party" else None)
    if model in SAMPLES:
        found = SAMPLES[model](world)
    found = found or apps.get_model(app, model)._base_manager.first()
    if found is None:
        raise LookupError(f"There is no {model} in the live world: make one in SAMPLES.")
    return found


def addresses(world: cast.World) -> list[tuple[str, str]]:
    """(key, address) of everything below /admin/."""
    return [(key, address(route, world)) for key, (route, _pattern) in patterns().items()]

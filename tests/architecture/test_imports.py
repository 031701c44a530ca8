"""Who may import whom. Each layer stands on those above it in the list; what shares a line does not meet."""

from __future__ import annotations

import pytest

from tests.architecture.code import imports, modules, place, under

LAYERS = [
    ["config.env"],
    ["config.settings"],
    ["relations.sheets"],
    ["relations.models"],
    ["relations.documents"],
    ["relations.publishing", "relations.reading"],
    ["relations.search"],
    ["relations.filters"],
    ["relations.rendering"],
    ["relations.intake"],
    [
        "relations.views",
        "relations.api",
        "relations.feeds",
        "relations.admin",
        "relations.templatetags",
    ],
    ["relations.freezing"],
    ["relations.checks"],
    ["relations.urls", "relations.apps", "relations.management"],
    ["config.urls"],
]
PUBLIC = [
    *("relations.views", "relations.api", "relations.feeds", "relations.search", "relations.filters"),
    *("relations.templatetags", "relations.rendering", "relations.reading", "relations.freezing"),
]
# Of the desk the public side knows the shape of the ledger and of a date, and how nothing is saved. Pictures are bytes
# under their hash: whether they are public is asked of the ledger.
OPEN_MODELS = ("relations.models.ledger", "relations.models.dates", "relations.models.portrait")
DESK_TOOLS = [f"relations.documents.{name}" for name in ("freeze", "freeze_all", "thaw", "thaw_new", "desk")]


def layer_of(name: str) -> tuple[int, str] | None:
    """(row, package) of a module; None for what has no place in the list."""
    places = ((row, package) for row, packages in enumerate(LAYERS) for package in packages)
    return next(((row, package) for row, package in places if under(name, package)), None)


def test_every_module_has_its_place():
    strays = [
        f"{name}: give its package a row in LAYERS and in ARCHITECTURE's import order"
        for name in modules()
        if under(name, "relations") and name != "relations" and layer_of(name) is None
    ]
    assert not strays, "\n".join(strays)


def test_imports_go_one_way():
    breaches = []
    for module in modules():
        if (own := layer_of(module)) is None:
            continue
        for line, name in imports(module):
            other = layer_of(name)
            if other is None or other[1] == own[1] or other[0] < own[0]:
                continue
            breaches.append(
                f"{place(module, line)} imports {name}. {own[1]} comes before or beside {other[1]}: "
                "move what both need into a layer above them, or hand it in as an argument."
            )
    assert not breaches, "\n".join(breaches)


def test_public_code_imports_no_desk_model():
    breaches = []
    for module in modules():
        for line, name in imports(module) if under(module, *PUBLIC) else ():
            if under(name, "relations.models") and not under(name, *OPEN_MODELS):
                breaches.append(
                    f"{place(module, line)} imports {name}, which is the desk. "
                    "Ask relations.reading for the edition and read its document."
                )
    assert not breaches, "\n".join(breaches)


def test_public_code_neither_freezes_nor_thaws():
    breaches = [
        f"{place(module, line)} imports {name}: only publishing, the admin and intake pass between desk and document."
        for module in modules()
        if under(module, *PUBLIC)
        for line, name in imports(module)
        if under(name, *DESK_TOOLS)
    ]
    assert not breaches, "\n".join(breaches)


def test_the_desk_knows_nothing_of_the_site():
    """Settings come through Django, so that models and documents can be used without a site."""
    inner = ("relations.models", "relations.documents", "relations.publishing", "relations.reading")
    breaches = [
        f"{place(module, line)} imports {name}: take it as an argument, or from django.conf.settings."
        for module in modules()
        if under(module, *inner)
        for line, name in imports(module)
        if under(name, "config", "django.http", "django.template", "django.shortcuts")
    ]
    assert not breaches, "\n".join(breaches)


@pytest.mark.parametrize(
    ("module", "name", "allowed"),
    [
        ("relations.models.fact", "relations.documents.Fact", False),
        ("relations.publishing.lifecycle", "relations.reading.at", False),
        ("relations.views.facts", "relations.filters.fact", True),
    ],
)
def test_the_list_means_what_it_says(module, name, allowed):
    (own, package), (row, other) = layer_of(module), layer_of(name)
    assert (row < own or package == other) is allowed

"""Time is an argument: one module asks it, and few ask that module."""

from __future__ import annotations

import ast

from tests.architecture.code import ROOT, imports, modules, place, tree, under

CLOCK = "relations.reading.clock"
# Calls that ask the machine for the present.
ASKING = {
    "timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "datetime.utcnow", "datetime.today",
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "date.today", "time.time",
}  # fmt: skip
# Calls that only convert when an instant is given to them.
CONVERTING = {"timezone.localdate", "timezone.localtime"}
# The request layer: here an instant is taken once, and handed down.
MAY_ASK_THE_CLOCK = (
    "relations.admin", "relations.management", "relations.views", "relations.feeds", "relations.api",
    "relations.rendering.moment", "relations.rendering.preview",
)  # fmt: skip


def test_only_the_clock_asks_the_time():
    breaches = []
    for module in modules():
        if module == CLOCK or under(module, "config"):
            continue
        for node in ast.walk(tree(module)):
            if not isinstance(node, ast.Call):
                continue
            call = ast.unparse(node.func)
            if call in ASKING and not (call in CONVERTING and node.args and not node.keywords):
                breaches.append(
                    f"{place(module, node.lineno)} calls {call}(): take an instant as an argument; "
                    f"in the request layer ask {CLOCK}."
                )
    assert not breaches, "\n".join(breaches)


def test_only_the_request_layer_asks_the_clock():
    breaches = [
        f"{place(module, line)} imports the clock: take an instant as an argument, so that any time can be read."
        for module in modules()
        if not under(module, *MAY_ASK_THE_CLOCK, "relations.reading")
        for line, name in imports(module)
        if under(name, CLOCK)
    ]
    assert not breaches, "\n".join(breaches)


def test_templates_do_not_ask_the_time():
    asking = [
        f"{path.relative_to(ROOT)}: {{% now %}} shows the time of rendering; put the instant into the context."
        for path in (ROOT / "templates").rglob("*.html")
        if "{% now" in path.read_text(encoding="utf-8")
    ]
    assert not asking, "\n".join(asking)

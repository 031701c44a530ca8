"""Habits that keep the code small and the pages safe; each breach names its remedy."""

from __future__ import annotations

import ast
import re

from tests.architecture.code import ROOT, imports, modules, place, tree, under

MOST_LINES = 350
# Modules that declare HTML safe, and why it is.
SAFE = {
    "relations.templatetags.record": "nh3 has just cleaned it",
    "relations.rendering.site": "JSON in which every character that HTML acts on is escaped",
    "relations.search.marks": "pieces that were escaped one by one",
}
MAY_READ_EDITIONS = ("relations.reading", "relations.publishing", "relations.admin", "relations.intake")
# What a strict content security policy does not run, and what would tempt someone to relax it.
INLINE = {
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)": "put the script into static/js",
    r"<style\b": "put the rule into static/css",
    r"\sstyle\s*=": "give it a class, or a custom property through a class",
    r"\son[a-z]+\s*=\s*[\"']": "listen in a file of static/js",
    r"javascript:": "listen in a file of static/js",
}


def test_files_stay_small():
    files = [*modules().values(), *(ROOT / "tests").rglob("*.py")]
    long = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert [
        f"{path.relative_to(ROOT)} has {lines} lines. Past {MOST_LINES} it holds two things: give one its own file."
        for path, lines in long.items()
        if lines > MOST_LINES
    ] == []


def test_html_is_declared_safe_in_few_places():
    breaches = [
        f"{place(module, line)} imports {name}: build HTML with format_html, or in a template."
        for module in modules()
        if module not in SAFE
        for line, name in imports(module)
        if name in ("django.utils.safestring.mark_safe", "django.utils.html.mark_safe")
    ]
    assert not breaches, "\n".join(breaches)
    idle = [module for module in SAFE if "mark_safe" not in modules()[module].read_text(encoding="utf-8")]
    assert idle == [], "take these out of SAFE"


def test_templates_escape_everything():
    breaches = [
        f"{path.relative_to(ROOT)}: {word} in a template; clean it in Python, where it can be tested."
        for path in (ROOT / "templates").rglob("*.html")
        for word in ("|safe", "autoescape off", "safeseq")
        if word in path.read_text(encoding="utf-8")
    ]
    assert not breaches, "\n".join(breaches)


def test_templates_have_nothing_inline():
    breaches = [
        f"{path.relative_to(ROOT)}: {match.group().strip()!r} would not work under the policy; {remedy}."
        for path in (ROOT / "templates").rglob("*.html")
        for pattern, remedy in INLINE.items()
        for match in re.finditer(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert not breaches, "\n".join(breaches)


def test_editions_are_read_through_one_door():
    breaches = []
    for module in modules():
        if under(module, *MAY_READ_EDITIONS, "relations.models", "relations.management"):
            continue
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Attribute) and ast.unparse(node).endswith("Edition.objects"):
                breaches.append(
                    f"{place(module, node.lineno)} asks Edition.objects: ask relations.reading.at(instant), "
                    "which cannot forget the instant."
                )
    assert not breaches, "\n".join(breaches)


def test_editions_are_written_by_one_module():
    writing = re.compile(r"\b(Edition|Facet)\.objects\.(bulk_)?(create|update|get_or_create|update_or_create)\b")
    breaches = [
        f"{name}: {match.group()} writes the ledger; only relations.publishing.editions does."
        for name, path in modules().items()
        if name != "relations.publishing.editions"
        for match in writing.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not breaches, "\n".join(breaches)


def test_packages_say_what_they_are_for():
    packages = [name for name, path in modules().items() if path.name == "__init__.py"]
    silent = [name for name in packages if modules()[name].read_text().strip() and not ast.get_docstring(tree(name))]
    assert silent == [], "start each with a docstring: what it promises, in a line"

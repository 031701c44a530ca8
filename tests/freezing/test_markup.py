"""Addresses are found and changed where a browser sees one, and nowhere else."""

import pytest

from relations.freezing.markup import in_styles, rewritten


def found(text):
    seen = []
    rewritten(text, lambda *one: seen.append(one) or one[2])
    return seen


def marked(text):
    return rewritten(text, lambda _tag, _attribute, url: f"[{url}]")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="/x/">x</a>', '<a href="[/x/]">x</a>'),
        ('<a class="y" href="/x/?a=1&amp;b=2">', '<a class="y" href="[/x/?a=1&amp;b=2]">'),
        ('<img src="/1.webp" srcset="/1.webp 96w, /2.webp 192w">',
         '<img src="[/1.webp]" srcset="[/1.webp] 96w, [/2.webp] 192w">'),
        ('<form action="/x/" method="get">', '<form action="[/x/]" method="get">'),
        ('<link rel="stylesheet" href="/a.css"><script src="/a.js" defer></script>',
         '<link rel="stylesheet" href="[/a.css]"><script src="[/a.js]" defer></script>'),
        ('<a\n  href="/x/">', '<a\n  href="[/x/]">'),
    ],
)  # fmt: skip
def test_addresses_of_elements_are_changed(before, after):
    assert marked(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "<p>&lt;a href=&quot;/x/&quot;&gt; and 1 &amp; 2</p>",
        '<!-- <a href="/x/"> -->',
        '<script type="application/ld+json">{"url": "<a href=\\"/x/\\">"}</script>',
        '<title>href="/x/"</title><p title=\'href="/x/"\'>é</p>\n\n',
        "<a>no address</a><svg><path d='M2 2l8 8'/></svg>",
    ],
)
def test_nothing_else_is_touched(text):
    assert marked(text) == text


def test_what_an_address_belongs_to_is_said():
    assert found('<a href="/x/?a=1&amp;b=2"><form action="/y/">') == [
        ("a", "href", "/x/?a=1&b=2"),
        ("form", "action", "/y/"),
    ]


def test_styles_say_what_they_load():
    assert in_styles("a{src:url(../f.woff2) format('woff2')}b{background:url(\"i.svg\")}") == ["../f.woff2", "i.svg"]

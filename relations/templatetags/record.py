"""What templates need to show a document: its texts, dates, figures and prose in the reader's language."""

from functools import cache

import nh3
from django import template
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from relations.rendering import words

register = template.Library()

register.filter("text", words.say)
register.filter("partial_date", words.partial_date)
register.filter("isopartial", words.isopartial)
register.filter("isoinstant", words.isoinstant)
register.filter("figure", words.figure)
register.filter("quoted", words.quoted)

# What editors' prose may become. Headings start below those of the page.
MARKDOWN_TAGS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul"}


@cache
def _parser():
    return MarkdownIt("commonmark", {"html": False})


@register.filter
def markdown(value):
    """Editors' prose as HTML that has passed the allow-list."""
    if not value:
        return ""
    html = nh3.clean(
        _parser().render(value),
        tags=MARKDOWN_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it


@register.filter
def svg_percent(value):
    """A number as an SVG length, the same in every language: 87.142 is 87.14%."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".") + "%"


@register.simple_tag
def when(words, datetime=""):
    """A date in words, marked for machines where they can read it; nothing where there is none."""
    if not (words and datetime):
        return words or ""
    return format_html('<time datetime="{}">{}</time>', datetime, words)


@register.simple_tag
def weekdays():
    """The names of the days, Sunday first, as calendars on both sides of this subject have them."""
    return [str(WEEKDAYS[day]).capitalize() for day in (6, 0, 1, 2, 3, 4, 5)]

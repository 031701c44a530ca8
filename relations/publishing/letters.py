"""The words of a notice. A letter lies in other people's mailboxes: it names by title only what is public already."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relations.models import BY_KIND, Edition, Notice, Release, Report, Why

About = Notice.About
MOST = 30  # records named in one letter; the desk has them all
RELEASE, REPORT = "release", "report"
# What a letter can be about beside the nouns; none of these has a public title.
OTHERS = {RELEASE: Release, REPORT: Report}


class Letter(NamedTuple):
    subject: str
    body: str


class _Line(NamedTuple):
    """One record of a letter: what it may be called, where it is worked on, and in a digest why it is named."""

    name: str
    url: str
    why: str


def letter(notice: Notice, *, at: datetime.datetime) -> Letter:
    """The words of a notice in the active language, with titles as they are public at this instant. One query."""
    lines = _lines(notice.records, at)
    opening = {
        About.REVIEW: _("A colleague asks you to review:"),
        About.RETURNED: _("This was returned to you. The comment stands on its form:"),
        About.PUBLISHED: _("This is on the site now, or was changed there:"),
        About.OVERDUE: _("This was planned for a time that has passed, and nobody scheduled it:"),
        About.REPORT: _("Readers report errors. What they wrote stands on the desk:"),
        About.DIGEST: _("This is going stale. Saying that it is still true is a button on its form:"),
    }[notice.about]
    parts = [opening, _listed(lines[:MOST])]
    if len(lines) > MOST:
        parts.append(_("And %(number)d more.") % {"number": len(lines) - MOST})
    parts += [
        _("The desk: %(url)s") % {"url": _absolute("admin:index")},
        _("Which notices you get, and in which language: %(url)s") % {"url": _absolute("admin:notices")},
    ]
    return Letter(_subject(notice.about, lines), "\n\n".join(parts) + "\n")


def _subject(about: str, lines: Sequence[_Line]) -> str:
    what = {
        About.REVIEW: _("To review"),
        About.RETURNED: _("Returned to you"),
        About.PUBLISHED: _("On the site"),
        About.OVERDUE: _("Overdue"),
        About.REPORT: _("Reported by readers"),
        About.DIGEST: _("Going stale"),
    }[about]
    counted = ngettext("%(number)d record", "%(number)d records", len(lines)) % {"number": len(lines)}
    name = Truncator(lines[0].name).chars(90) if len(lines) == 1 else counted
    return _("%(what)s: %(name)s") % {"what": what, "name": " ".join(name.split())}


def _listed(lines: Sequence[_Line]) -> str:
    """The lines, under the reasons that they have in common."""
    blocks = []
    for why, group in groupby(lines, key=lambda line: line.why):
        listed = "\n".join(f"- {line.name}\n  {line.url}" for line in group)
        blocks.append(f"{Why(why).label}\n{listed}" if why in Why.values else listed)
    return "\n\n".join(blocks)


def _lines(records: Sequence[Sequence[str]], at: datetime.datetime) -> list[_Line]:
    """Each record by its public title; what is not public by its kind and the start of its id."""
    language = (get_language() or "en")[:2]
    ids = [UUID(record[1]) for record in records if record[0] in BY_KIND]
    live = Edition.objects.live(at).filter(record_id__in=ids)
    titles = {str(identity): title for identity, title in live.values_list("record_id", f"title_{language}")}
    return [_line(kind, identity, titles, *why) for kind, identity, *why in records]


def _line(kind: str, identity: str, titles: dict[str, str], why: str = "") -> _Line:
    model = OTHERS.get(kind) or BY_KIND[kind]
    title = titles.get(identity)
    name = f"{model._meta.verbose_name} {identity[:8]}" if title is None else f"{model._meta.verbose_name}: {title}"
    return _Line(capfirst(name), _absolute(f"admin:relations_{kind}_change", identity), why)


def _absolute(name: str, *args: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"

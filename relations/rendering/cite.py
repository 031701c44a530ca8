"""How to cite one edition, in the forms that people and programs ask for.

Each form names who says it (this site), what, which edition, when it was said (the edition's first instant), when it
was read (the day of the page), where it stays, and the digest that proves it.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from relations.reading import Item

from .addresses import edition_address
from .site import Site
from .words import partial_date, say

# As BibTeX writes months, and as the templates of the English Wikipedia want them.
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_BIBTEX = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}"}
_BIBTEX |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}


@dataclass(frozen=True)
class Cited:
    """What every form is made of."""

    key: str
    title: str
    what: str
    publisher: str
    edition: int
    said: datetime.date
    read: datetime.date
    url: str
    digest: str
    language: str


@dataclass(frozen=True)
class Form:
    """One citation ready to be copied; ``extension`` and ``media_type`` are for its file."""

    name: str
    label: str
    text: str
    extension: str
    media_type: str


def cited(site: Site, item: Item, what: str = "") -> Cited:
    """What to cite of this edition. ``what`` names the kind of page in running words, if it is to be said."""
    return Cited(
        key=re.sub(r"\W+", "-", f"{item.slug}-{item.number}"),
        title=say(item.title).strip("“”«»\u00a0\u202f .") or item.slug,
        what=what,
        publisher=site.name,
        edition=item.number,
        said=timezone.localdate(item.live_from),
        read=site.reader.today,
        url=site.permanent_url(edition_address(item, site.reader)),
        digest=item.digest,
        language=get_language()[:2],
    )


def forms(it: Cited) -> list[Form]:
    """All forms, for people first."""
    return [
        Form("text", gettext_lazy("Plain text"), plain(it), "txt", "text/plain"),
        Form("chicago", "Chicago", chicago(it), "chicago.txt", "text/plain"),
        Form("apa", "APA", apa(it), "apa.txt", "text/plain"),
        Form("wikipedia", gettext_lazy("Wikipedia template"), wikipedia(it), "wiki.txt", "text/plain"),
        Form("bibtex", "BibTeX", bibtex(it), "bib", "application/x-bibtex"),
        Form("ris", "RIS", ris(it), "ris", "application/x-research-info-systems"),
        Form("csl", "CSL-JSON", csl(it), "json", "application/vnd.citationstyles.csl+json"),
    ]


def plain(it: Cited) -> str:
    """In running words of the active language."""
    return _("“%(title)s”, %(site)s, edition %(number)s of %(said)s, read on %(read)s. %(url)s SHA-256 %(digest)s") % {
        "title": it.title,
        "site": it.publisher,
        "number": it.edition,
        "said": partial_date(it.said),
        "read": partial_date(it.read),
        "url": it.url,
        "digest": it.digest,
    }


def chicago(it: Cited) -> str:
    """Chicago Manual of Style, 17th edition, 14.207 (web page)."""
    return (
        f"{it.publisher}. “{it.title}.” Edition {it.edition}, {_us(it.said)}. "
        f"Accessed {_us(it.read)}. {it.url}. SHA-256 {it.digest}."
    )


def apa(it: Cited) -> str:
    """APA, 7th edition, 10.16 (web page with a retrieval date, for what may change)."""
    said = f"{it.said.year}, {_ENGLISH[it.said.month - 1]} {it.said.day}"
    return (
        f"{it.publisher}. ({said}). {it.title} (Edition {it.edition}) [SHA-256 {it.digest}]. "
        f"Retrieved {_us(it.read)}, from {it.url}"
    )


def wikipedia(it: Cited) -> str:
    """{{cite web}} of the English Wikipedia, {{Lien web}} of the French one."""
    title = it.title.replace("|", "{{!}}")
    if it.language == "fr":
        fields = {
            "titre": title, "site": it.publisher, "date": it.said.isoformat(), "url": it.url,
            "consulté le": it.read.isoformat(), "id": f"édition {it.edition}, SHA-256 {it.digest}",
        }  # fmt: skip
        name = "Lien web"
    else:
        fields = {
            "title": title, "website": it.publisher, "date": it.said.isoformat(), "url": it.url,
            "access-date": it.read.isoformat(), "id": f"edition {it.edition}, SHA-256 {it.digest}",
        }  # fmt: skip
        name = "cite web"
    return f"{{{{{name} |{' |'.join(f'{key}={value}' for key, value in fields.items())}}}}}"


def bibtex(it: Cited) -> str:
    """A @misc entry with the fields of BibLaTeX's @online."""
    fields = {
        "title": f"{{{_tex(it.title)}}}",
        "author": f"{{{_tex(it.publisher)}}}",
        "year": str(it.said.year),
        "month": _MONTHS[it.said.month - 1],
        "day": str(it.said.day),
        "edition": str(it.edition),
        "url": it.url,
        "urldate": it.read.isoformat(),
        "note": f"Edition {it.edition}, SHA-256 {it.digest}",
        "langid": {"en": "english", "fr": "french"}[it.language],
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{it.key},", *lines, "}"])


def ris(it: Cited) -> str:
    """RIS, as reference managers read it: one tag a line, two spaces, a dash."""
    tags = [
        ("TY", "ELEC"),
        ("TI", it.title),
        ("AU", it.publisher),
        ("PB", it.publisher),
        ("PY", str(it.said.year)),
        ("DA", f"{it.said:%Y/%m/%d}/"),
        ("ET", str(it.edition)),
        ("Y2", f"{it.read:%Y/%m/%d}/"),
        ("UR", it.url),
        ("LA", it.language),
        ("N1", f"SHA-256 {it.digest}"),
        ("ER", ""),
    ]
    return "\r\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in tags) + "\r\n"


def csl(it: Cited) -> str:
    """Citation Style Language data: a list of one item."""
    item: dict[str, Any] = {
        "id": it.key,
        "type": "webpage",
        "title": it.title,
        "author": [{"literal": it.publisher}],
        "container-title": it.publisher,
        "edition": str(it.edition),
        "issued": {"date-parts": [[it.said.year, it.said.month, it.said.day]]},
        "accessed": {"date-parts": [[it.read.year, it.read.month, it.read.day]]},
        "URL": it.url,
        "language": it.language,
        "note": f"SHA-256 {it.digest}",
    }
    return json.dumps([item], ensure_ascii=False, indent=2)


def _us(day: datetime.date) -> str:
    """As both American styles write a date; their words are English in every language."""
    return f"{_ENGLISH[day.month - 1]} {day.day}, {day.year}"


_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in text)

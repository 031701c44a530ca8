"""A portrait as pages show it: which file, how large, in which words. It leaves no gap where there is none."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from relations.documents import Official
from relations.reading import Item

from .site import Site, public_url
from .words import say

# In pixels, the widths between which a screen chooses: on a page, and in a list.
PAGE, LIST = (192, 384), (96, 192)


def portrait(site: Site, item: Item, widths: tuple[int, int] = PAGE) -> dict[str, Any] | None:
    """For components/portrait.html: ``src`` ``srcset`` ``width`` ``height`` ``alt`` ``credit`` ``licence`` ``source``.

    Width and height are those of ``src``, so that nothing moves when it arrives. None where there is no picture.
    """
    official: Official = item.document
    picture = official.portrait
    if picture is None:
        return None
    fitting = [each for each in picture.widths if widths[0] <= each <= widths[1]] or [picture.width]
    return {
        "src": address(site, item, fitting[0]),
        "srcset": ", ".join(f"{address(site, item, each)} {each}w" for each in fitting),
        "width": fitting[0],
        "height": round(picture.height * fitting[0] / picture.width),
        "alt": say(official.portrait_alt),
        "credit": official.portrait_credit,
        "licence": official.portrait_licence,
        "source": official.portrait_source,
    }


def address(site: Site, item: Item, width: int) -> str:
    """Where one width of the portrait is read: as long as the official is shown with it, or on an edition's own page.

    At another instant it stands below that instant's prefix.
    """
    if site.edition:
        return reverse("edition_portrait", args=[item.slug, item.number, width])
    return reverse("portrait", args=[item.document.portrait.sha256, width])


def schema(site: Site, item: Item) -> dict[str, Any]:
    """The portrait as a schema.org ImageObject, under the name that a Person has for it; empty where there is none."""
    official: Official = item.document
    if official.portrait is None:
        return {}
    return {
        "image": {
            "@type": "ImageObject",
            "contentUrl": public_url(address(site, item, official.portrait.width)),
            "caption": say(official.portrait_alt),
            "creditText": official.portrait_credit,
        }
    }

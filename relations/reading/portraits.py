"""Pictures as editions show them: readable exactly as long as an edition that names them is."""

from __future__ import annotations

from relations.models.portrait import Rendition

from .editions import Reader
from .items import NotPublished


def rendition(reader: Reader, sha256: str, width: int) -> Rendition:
    """A picture in one of its widths, without its bytes: those cost a query of their own when they are asked for.

    Raises NotPublished unless an official who is live at the reader's instant is shown with it. Two queries.
    """
    shown = reader.live("official").filter(facets__name="portrait", facets__value=sha256)
    found = Rendition.objects.filter(portrait=sha256, width=width).defer("content").first()
    if found is None or not shown.exists():
        raise NotPublished
    return found


def rendition_of_edition(reader: Reader, slug: str, number: int, width: int) -> Rendition:
    """A picture as one edition of the official at this address shows it, readable as long as that edition is.

    Without its bytes, as above. Raises NotPublished. Two queries.
    """
    for item in reader.editions("official", slug):
        if item.number == number and item.has_text and item.document.portrait:
            picture = Rendition.objects.filter(portrait=item.document.portrait.sha256, width=width)
            if found := picture.defer("content").first():
                return found
    raise NotPublished

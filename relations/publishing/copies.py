"""A copy of a record, on the desk only: for what is much like something else."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from relations.documents import Document, freeze
from relations.documents.copies import copied
from relations.models import BY_KIND, Edition, Record

from .desk import put_on_desk
from .revisions import save_revision

LONGEST = 80  # of an address


@transaction.atomic
def duplicate(record: Record, *, by: AbstractBaseUser | None) -> Record:
    """A new draft with the words of this desk copy as last saved, children included, and returns it.

    Nothing public changes. The copy has an address of its own, belongs to whoever made it, and nobody has to look at
    it by a day yet. Raises NotRestorable, in words, where the desk cannot hold a second one.
    """
    document = freeze(record)
    row = put_on_desk(copied(document, slug=_free(document)))
    row.owner = by
    row.save(update_fields=["owner"])
    save_revision(row, by=by)
    return row


def _free(document: Document) -> str:
    """The first address after this one that no record of the kind has, nor ever had."""
    start = f"{document.slug[: LONGEST - len('-copy-9999')]}-copy"
    taken = set(BY_KIND[document.kind].objects.filter(slug__startswith=start).values_list("slug", flat=True))
    taken |= set(Edition.objects.filter(kind=document.kind, slug__startswith=start).values_list("slug", flat=True))
    tries = [start, *(f"{start}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in tries if each not in taken)

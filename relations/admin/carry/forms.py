"""What comes in: files of a kind and a size that can be looked at, and no bombs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.intake.drafts import FORMATS, WORKBOOKS
from relations.intake.tables.columns import tables
from relations.models import BY_KIND
from relations.sheets import MOST_BYTES, Unreadable, refuse_bomb

MOST_FILES = 20


class ManyFiles(forms.ClearableFileInput):
    """A field for files that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each judged before anything opens it."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> dict[str, bytes]:
        """The files by name. Raises ValidationError with a reason for each that cannot be taken."""
        files = data if isinstance(data, list) and data else [data or None]
        for each in files:
            super().clean(each, initial)
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(number)d files at once.") % {"number": MOST_FILES})
        found: dict[str, bytes] = {}
        errors = []
        for each in files:
            try:
                if each.name in found:
                    raise Unreadable(_("There are two files of this name."))
                found[each.name] = _content(each)
            except Unreadable as error:
                errors.append(forms.ValidationError(f"{each.name}: {error}"))
        if sum(map(len, found.values())) > MOST_BYTES:
            errors.append(forms.ValidationError(_too_large()))
        if errors:
            raise forms.ValidationError(errors)
        return found


def _content(file: UploadedFile) -> bytes:
    """What a file holds. Raises Unreadable for what cannot be taken."""
    name = file.name.lower()
    if not name.endswith(FORMATS):
        raise Unreadable(_("Only %(formats)s can be read.") % {"formats": ", ".join(FORMATS)})
    if file.size > MOST_BYTES:
        raise Unreadable(_too_large())
    data = file.read()
    if name.endswith(WORKBOOKS):
        refuse_bomb(data)
    return data


def _too_large() -> str:
    return _("It is larger than %(number)d MB.") % {"number": MOST_BYTES // 1024**2}


class UploadForm(forms.Form):
    """The files, and what a CSV file holds that does not say so itself."""

    files = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("XLSX, CSV, JSON or YAML; several together if they belong together. 8 MB at most."),
    )
    table = forms.ChoiceField(
        label=gettext_lazy("What a CSV file holds"),
        required=False,
        help_text=gettext_lazy("Only for a CSV file that you wrote yourself. An exported one says it in a column."),
    )

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = [
            ("", "–"),
            *((str(BY_KIND[kind]._meta.verbose_name_plural), _choices(kind)) for kind in kinds),
        ]
        self.fields["files"].widget.attrs["accept"] = ",".join(FORMATS)


def _choices(kind: str) -> list[tuple[str, str]]:
    return [(table.name, table.label) for table in tables(kind)]

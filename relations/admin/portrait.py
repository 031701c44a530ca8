"""The portrait in an official's form: chosen as a file, shown as it was made, kept while the rest has errors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from relations.models import Portrait, Rendition
from relations.publishing.portraits import NotAPicture, keep_portrait

WORDS = ("portrait_alt_en", "portrait_alt_fr", "portrait_credit", "portrait_licence", "portrait_source")


class Chosen(str):
    """The hash of a picture, or nothing; and why the file that was chosen instead cannot be one."""

    refusal: str = ""


class PortraitInput(forms.Widget):
    """The present picture, a file to take instead, and a box to take it out."""

    template_name = "admin/relations/portrait.html"
    needs_multipart_form = True

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_file" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        picture = Portrait.objects.filter(pk=value).first() if value else None
        width = min(picture.widths, key=lambda each: abs(each - 192)) if picture else 0
        return context | {"picture": picture, "width": width}

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> str:
        """From the site's own templates, which the renderer of forms does not know."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        upload = files.get(f"{name}_file")
        if upload is None and f"{name}_remove" in data:
            return Chosen()
        chosen = Chosen(getattr(upload, "kept", "") or data.get(name, ""))
        chosen.refusal = getattr(upload, "refusal", "")
        return chosen

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_file" not in files


class PortraitField(forms.ModelChoiceField):
    """One picture of those that were kept. Refuses in the words of whoever judged the file."""

    widget = PortraitInput

    def clean(self, value: Any) -> Portrait | None:
        if refusal := getattr(value, "refusal", ""):
            raise ValidationError(refusal)
        return super().clean(value)


def keep_upload(request: HttpRequest, name: str = "portrait") -> None:
    """Makes and keeps the picture that a form brought, and notes on the upload which it is, or why it is none.

    To be called before the form opens its transaction: it takes a second, in which other writers would wait.
    """
    upload = request.FILES.get(f"{name}_file")
    if upload is None:
        return
    try:
        upload.kept = keep_portrait(upload, by=request.user).pk
    except NotAPicture as refusal:
        upload.refusal = str(refusal)


def view(request: HttpRequest, sha256: str, width: int) -> HttpResponse:
    """One rendition for the desk, whether public or not; who may see it is asked before."""
    found = Rendition.objects.filter(portrait=sha256, width=width).first()
    if found is None:
        raise Http404
    return HttpResponse(bytes(found.content), content_type="image/webp")

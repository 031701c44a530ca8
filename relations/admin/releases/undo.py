"""The Undo page: what comes back, what is withdrawn, and the reason that readers see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from relations import publishing
from relations.documents import Text
from relations.models import BY_KIND, Edition, Facet
from relations.publishing.phases import Phase
from relations.publishing.undoing import Return, plan_undoing, undo_release
from relations.reading import clock

from ..labels import label
from ..verbs.common import back_to_form, page_context, record_for
from .forms import UndoForm
from .live import _phase_refusal

if TYPE_CHECKING:
    from ..release import ReleaseAdmin

NAMED = 50  # records that name what is withdrawn: as many as the page lists


def view(model_admin: ReleaseAdmin) -> Callable:
    """GET shows what undoing would do; POST does it."""

    def undo(request: HttpRequest, object_id: str) -> HttpResponse:
        release = record_for(model_admin, request, object_id, may=model_admin.has_manage_permission)
        refusal = _phase_refusal(release, Phase.LIVE, clock.now())
        form, refusals = UndoForm(request.POST or None), []
        if form.is_bound and not refusal and form.is_valid():
            given = form.cleaned_data
            note = Text(en=given["note_en"], fr=given["note_fr"])
            try:
                undo_release(release, note=note, keep_later=given["keep_later"], by=request.user, clock=clock.now)
            except publishing.Refusal as error:
                refusals.append(str(error))
            else:
                model_admin.log_change(request, release, _("Undone: %(reason)s") % {"reason": note.en})
                messages.success(request, _("“%(name)s” was undone.") % {"name": release.name})
                return back_to_form(release)
        plan = plan_undoing(release, at=clock.now())
        context = page_context(
            model_admin.admin_site,
            request,
            release,
            title=_("Undo “%(name)s”") % {"name": release.name},
            here=_("Undo"),
            form=form,
            refusals=refusals,
            why_not=[refusal] if refusal else [],
            back=[_named(each) for each in plan.returns if each.before],
            withdrawn=[_named(each) for each in plan.returns if not each.before],
            naming=_naming([each for each in plan.returns if not each.before]),
            changed_since=[publishing.briefly(each) for each in plan.changed_since],
            pending=[(publishing.briefly(each), each.live_from) for each in plan.pending],
        )
        return TemplateResponse(request, "admin/relations/release/undo.html", context)

    return undo


def _named(each: Return) -> tuple[str, str, int | None]:
    """Kind, name and the number of the edition whose text comes back."""
    number = each.before.number if each.before else None
    return each.record._meta.verbose_name, label(each.record), number


def _naming(withdrawn: Sequence[Return]) -> list[tuple[str, str]]:
    """Kind and name of what stays live and names something that is withdrawn."""
    ids = [each.record.pk for each in withdrawn]
    naming = Facet.objects.filter(name="ref", value__in=[str(each) for each in ids]).values("edition")
    rows = Edition.objects.live(clock.now()).filter(pk__in=naming).exclude(record_id__in=ids)
    found = rows.defer("document", "search_en", "search_fr").order_by("kind", "position", "slug", "pk")
    return [(BY_KIND[each.kind]._meta.verbose_name, publishing.briefly(each)) for each in found[:NAMED]]

"""One press of Save on the form of something that exists: it goes through, or both texts are shown and none is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from relations import publishing
from relations.documents import Document, freeze, thaw
from relations.documents.compare import compare, in_short
from relations.documents.merge import Difference, Merged, Side, merge
from relations.documents.segments import Segment, words
from relations.models import Record
from relations.reading import clock

from .labels import label
from .meanwhile import deleted_by, published_since, saved_since
from .presence import leave_form
from .typed import CHOICE, over, typed
from .verbs.common import Names, form_url, page_context
from .versions import Version, merge_beside, set_beside

if TYPE_CHECKING:
    from .guard import Guarded


class Rehearsed(Exception):
    """The form was saved in order to be read, and is about to be undone: this is what it would have made."""

    def __init__(self, document: Document, beside: dict[str, str]) -> None:
        self.document, self.beside = document, beside
        super().__init__()


@dataclass(frozen=True)
class Row:
    """One difference as the page shows it, each text marked against what the form was opened with."""

    difference: Difference
    theirs: tuple[Segment, ...]
    mine: tuple[Segment, ...]
    choice: str
    is_open: bool  # it has to be chosen, and was not

    @property
    def name(self) -> str:
        return f"{CHOICE}{self.difference.path}"


class Saving:
    """One POST of the form of a record or of a part; ``save`` is what the admin would do with it."""

    def __init__(self, admin: Guarded, request: HttpRequest, object_id: str, save: Callable) -> None:
        self.admin, self.request, self.object_id, self.save = admin, request, object_id, save
        self.opened = Version.read(request.POST.get("version", ""))

    def respond(self) -> HttpResponse:
        """Saves, or shows why not, in one transaction with the record's row locked from the start."""
        if not self.admin.has_change_permission(self.request):
            raise PermissionDenied
        try:
            try:
                with transaction.atomic():
                    return self._respond()
            except IntegrityError:  # somebody took the same address at the same moment: now the form can say so
                with transaction.atomic():
                    return self._respond()
        except OperationalError as error:
            if not publishing.is_busy(error):
                raise
            return self._page("busy", title=_("Nothing was saved yet"), status=503)

    def _respond(self) -> HttpResponse:
        record = self.admin.locked(self.object_id, self.opened)
        if record is None:
            return self._gone()
        self.now = Version.of(record)
        if self.opened and self.opened.is_text_of(self.now):
            return self._saved(self.save(self.object_id))
        if "_form" in self.request.POST:
            return self._over_theirs()
        return self._against(record)

    # ---- nobody came between -----------------------------------------------------------------------------------------

    def _saved(self, response: HttpResponse) -> HttpResponse:
        """What the admin answered; if it saved, what was published meanwhile is said."""
        if response.status_code == 302:
            leave_form(self.now.record, self.request.user, clock.now())
            if self.now.edition > self.opened.edition:
                messages.warning(self.request, published_since(self.now.edition, clock.now()))
        return response

    # ---- somebody saved it -------------------------------------------------------------------------------------------

    def _against(self, record: Record) -> HttpResponse:
        kind = self.admin.whole_model.KIND
        base = self.opened.document(kind) if self.opened and self.opened.record == record.pk else None
        rehearsed = self._rehearse(base)
        if isinstance(rehearsed, HttpResponse):
            return rehearsed
        theirs = freeze(record)
        names = Names([base, theirs, rehearsed.document])
        merged = merge(base, theirs, rehearsed.document, choices=self._choices, name=names)
        was = self.opened.beside if base else None
        beside, differences = merge_beside(type(record), was, self.now.beside, rehearsed.beside, self._choices)
        differences = [*merged.differences, *differences]
        if all(each.by == "theirs" for each in differences):
            messages.info(self.request, _("You changed nothing that is not saved already. This is how it stands."))
            return self._back(record)
        undecided = [each for each in differences if each.by == "both" and each.path not in self._choices]
        refusal = ""
        if "_merge" in self.request.POST:
            refusal = self._why_not(undecided)
            if not refusal:
                try:
                    return self._keep(record, theirs, merged, beside)
                except publishing.NotRestorable as error:
                    refusal = str(error)
        return self._both(record, differences, refusal, knows_base=base is not None)

    def _rehearse(self, base: Document | None) -> Rehearsed | HttpResponse:
        """What saving would have made of the text that the form was opened with, or the form with its errors.

        Done for real and undone: so whatever a form does to what was typed is done to it here as well.
        """
        self.request.is_rehearsal = True
        try:
            with transaction.atomic():
                if base and not publishing.obstacles(base):
                    thaw(base)
                response = self.save(self.object_id)
                transaction.set_rollback(True)
                return response
        except Rehearsed as rehearsed:
            return rehearsed
        finally:
            self.request.is_rehearsal = False

    @cached_property
    def _choices(self) -> Mapping[str, Side]:
        """path → side, as it was chosen on the page."""
        sent = self.request.POST.items()
        chosen = {name.removeprefix(CHOICE): side for name, side in sent if name.startswith(CHOICE)}
        return {path: side for path, side in chosen.items() if side in ("theirs", "mine")}

    def _why_not(self, undecided: list[Difference]) -> str:
        if self.request.POST.get("shown") != str(self.now):
            return _("It was saved once more while you were choosing. Look again.")
        return _("Both changed the same places. Choose one text for each.") if undecided else ""

    def _keep(self, record: Record, theirs: Document, merged: Merged, beside: dict[str, str]) -> HttpResponse:
        """Saves what was chosen on top of what the other one saved."""
        row = record
        if merged.document.desk_digest != theirs.desk_digest:
            row = publishing.put_on_desk(merged.document)
        set_beside(row, beside)
        kept = publishing.save_revision(row, by=self.request.user)
        changes = compare(theirs, kept, name=Names([theirs, kept]))
        what = in_short(changes) or _("Changed beside the text.")
        self._admin_of(row).log_change(self.request, row, what)
        leave_form(row.pk, self.request.user, clock.now())
        messages.success(self.request, _("Saved on top of the other version: %(what)s") % {"what": what})
        return self._back(row)

    def _over_theirs(self) -> HttpResponse:
        """The form as it stands now with everything that was typed in it: shown, not saved."""
        row = self.admin.get_object(self.request, self.object_id)
        formsets = self.admin.get_formsets_with_inlines(self.request, row)
        fresh = [
            formset(instance=row, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(self.request))
            for formset, inline in formsets
        ]
        data = over(self.request.POST, fresh)
        data["version"] = str(self.now)
        self.request.POST = data
        self.request.not_yet = _("Nothing is saved yet. This is your text, over the version that was saved meanwhile.")
        return self.save(self.object_id)

    def _both(self, record: Record, differences: list[Difference], refusal: str, *, knows_base: bool) -> HttpResponse:
        rows = [self._row(each, bool(refusal)) for each in differences]
        sections = [(by, [row for row in rows if row.difference.by == by]) for by in ("both", "mine", "theirs")]
        return self._page(
            "conflict",
            record,
            title=_("Somebody saved “%(name)s” before you") % {"name": label(record)},
            here=_("Two versions"),
            sections=[section for section in sections if section[1]],
            saves=saved_since(self.opened, record),
            refusal=refusal,
            shown=str(self.now),
            knows_base=knows_base,
            can_form=self.admin.get_object(self.request, self.object_id) is not None,
        )

    def _row(self, difference: Difference, was_sent: bool) -> Row:
        choice = self._choices.get(difference.path, "" if difference.by == "both" else difference.by)
        texts = (difference.theirs, difference.mine)
        return Row(difference, *(_marked(difference.base, text) for text in texts), choice, was_sent and not choice)

    # ---- somebody deleted it -----------------------------------------------------------------------------------------

    def _gone(self) -> HttpResponse:
        """What was typed, which can become a record anew: under its id, with the children that no form showed."""
        kind = self.admin.whole_model.KIND
        base = self.opened and self.opened.document(kind)
        if not base or publishing.obstacles(base):
            return self._as_new()
        rehearsed = self._rehearse(base)
        if isinstance(rehearsed, HttpResponse):
            return rehearsed
        refusal = ""
        may = self._admin_of(self.admin.whole_model).has_add_permission(self.request)
        if "_revive" in self.request.POST and may:
            try:
                return self._revive(rehearsed)
            except publishing.NotRestorable as error:
                refusal = str(error)
        text = rehearsed.document
        return self._page(
            "gone",
            title=_("Somebody deleted “%(name)s”") % {"name": text.title.en},
            here=_("Deleted"),
            opts=self.admin.whole_model._meta,
            changes=compare(None, text, name=Names([text])),
            deletion=deleted_by(self.admin.whole_model, text.id),
            may_add=may,
            refusal=refusal,
        )

    def _revive(self, rehearsed: Rehearsed) -> HttpResponse:
        row = publishing.put_on_desk(rehearsed.document)
        set_beside(row, rehearsed.beside)
        publishing.save_revision(row, by=self.request.user)
        self._admin_of(row).log_addition(self.request, row, _("Made anew after it was deleted."))
        messages.success(self.request, _("“%(name)s” is on the desk again, as you typed it.") % {"name": label(row)})
        return HttpResponseRedirect(form_url(row))

    def _as_new(self) -> HttpResponse:
        """The empty form of a new record with everything that was typed in it: shown, not saved."""
        if not self.admin.has_add_permission(self.request):
            return self.save(self.object_id)
        formsets = self.admin.get_formsets_with_inlines(self.request)
        row = self.admin.model()
        empty = [formset(instance=row, prefix=formset.get_default_prefix()) for formset, _inline in formsets]
        self.request.POST = over(self.request.POST, empty)
        self.request.not_yet = _("It was deleted while you had it open. What you typed can be saved as a new record.")
        add = reverse(f"admin:relations_{self.admin.opts.model_name}_add")
        return self.save(None, form_url=add)

    # ---- pages -------------------------------------------------------------------------------------------------------

    def _page(self, name: str, record: Record | None = None, *, status: int = 409, **more: Any) -> HttpResponse:
        buttons = [key for key in self.request.POST if key in ("_save", "_continue", "_addanother", "_publish")]
        context = page_context(
            self.admin.admin_site,
            self.request,
            record,
            typed=list(typed(self.request.POST)),
            button=next(iter(buttons), "_save"),
            has_files=bool(self.request.FILES),
            **more,
        )
        return TemplateResponse(self.request, f"admin/relations/{name}.html", context, status=status)

    def _back(self, record: Record) -> HttpResponse:
        """To the form that was saved, or to that of the whole if the part is gone."""
        there = not self.admin.parent or self.admin.model._base_manager.filter(pk=self.object_id).exists()
        return HttpResponseRedirect(self.request.get_full_path() if there else form_url(record))

    def _admin_of(self, record: Record | type[Record]) -> Any:
        return self.admin.admin_site.get_model_admin(record if isinstance(record, type) else type(record))


def _marked(base: str, text: str) -> tuple[Segment, ...]:
    """A text marked against what was there before; unmarked where there was nothing."""
    return words(base, text) if base and text else tuple(Segment("same", each) for each in [text] if each)

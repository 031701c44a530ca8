"""The Hand-over page of a post: one term ends, the next begins, and texts that lag behind are offered for review."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations import publishing
from relations.documents import Ref, freeze
from relations.models import BY_KIND, Post, Record, Release, Stage, Term
from relations.publishing.handover import Staged, ask_for_review, hand_over
from relations.publishing.mentions import Mention, mentions
from relations.publishing.releases import add_to_release
from relations.reading import clock

from ..headlines import Headline
from ..labels import label
from ..times import moment
from .common import desk_rows, form_url, page_context, record_for
from .hand_over_form import HandOverForm

if TYPE_CHECKING:
    from ..base import RecordAdmin

BUTTONS = ("_stage", "_submit", "_release", "_now", "_later")


def view(model_admin: RecordAdmin) -> Callable:
    """The page for one post; ``?term=`` says whose term ends, where several hold it, or ``none``."""

    def hand_over_page(request: HttpRequest, object_id: str) -> HttpResponse:
        post = record_for(model_admin, request, object_id, may=model_admin.has_change_permission)
        if not request.user.has_perm("relations.change_official"):
            raise PermissionDenied
        return _Page(model_admin, request, post).respond()

    return hand_over_page


class _Page:
    """One showing of the page."""

    def __init__(self, model_admin: RecordAdmin, request: HttpRequest, post: Post) -> None:
        self.model_admin, self.request, self.post, self.now = model_admin, request, post, clock.now()
        held = post.terms.filter(standing=Term.Standing.CURRENT).select_related("official", "post")
        self.terms = list(held.order_by("-held_from", "pk"))
        self.outgoing = self._chosen()
        self.releases = Release.objects.filter(state=Release.State.OPEN).order_by("goes_live_at", "name", "pk")
        if not request.user.has_perm("relations.manage_release"):
            self.releases = self.releases.none()
        posted = request.POST if request.method == "POST" else None
        self.form = HandOverForm(posted, post=post, outgoing=self.outgoing, releases=self.releases)
        self.found = self._mentions()
        self.refusal = ""

    def _chosen(self) -> Term | None:
        """Whose term ends. Raises Http404 where that is nobody who holds the post."""
        asked = self.request.GET.get("term", "")
        if asked == "none" or not self.terms:
            return None
        if not asked:
            return self.terms[0]
        found = next((term for term in self.terms if str(term.pk) == asked), None)
        if found is None:
            raise Http404
        return found

    def _mentions(self) -> list[Mention]:
        if self.outgoing is None:
            return []
        official, post = freeze(self.outgoing.official), freeze(self.post)
        today = timezone.localdate(self.now)
        found = mentions(official, post, on=today, at=self.now)
        return [each for each in found if self.request.user.has_perm(f"relations.view_{each.kind}")]

    def respond(self) -> HttpResponse:
        pressed = next((name for name in BUTTONS if name in self.request.POST), "")
        if self.form.is_bound and self.form.is_valid() and pressed:
            try:
                with transaction.atomic():
                    staged = hand_over(self.form.plan, by=self.request.user, clock=clock.now, then=self._then(pressed))
                    asked = self._ask()
            except publishing.Refusal as refusal:
                self.refusal = str(refusal)
            else:
                return self._tell(pressed, staged, asked)
        return self._show()

    def _then(self, pressed: str) -> Callable[[list[Record]], Any] | None:
        """What is to become of the staged records, besides standing on the desk."""
        given, who = self.form.cleaned_data, {"by": self.request.user, "clock": clock.now}
        how = {**who, "note": self.form.note, "reason": given["reason"]}
        return {
            "_stage": None,
            "_submit": lambda records: publishing.submit(_drafts(records), **who),
            "_release": partial(add_to_release, given["release"], **who),
            "_now": partial(publishing.publish, **how),
            "_later": partial(publishing.schedule, at=given["at"], **how),
        }[pressed]

    def _ask(self) -> list[Record]:
        """The texts that were ticked are to be checked by today."""
        ticked = set(self.request.POST.getlist("review"))
        wanted = [each for each in self.found if str(each.record_id) in ticked]
        records = desk_rows(Ref(kind=each.kind, id=each.record_id) for each in wanted)
        if not records:
            return []
        return ask_for_review(records, on=timezone.localdate(self.now), by=self.request.user)

    def _tell(self, pressed: str, staged: Staged, asked: list[Record]) -> HttpResponse:
        message = {
            "_stage": _("The hand-over stands on the desk; nothing of it is public."),
            "_submit": _("The hand-over stands on the desk and waits for a review."),
            "_release": _("The hand-over goes live with the release."),
            "_now": _("The hand-over is live."),
        }.get(pressed) or _("The hand-over goes live on %(when)s.") % {"when": moment(self.form.cleaned_data["at"])}
        for record in staged.records:
            admin = self.model_admin.admin_site.get_model_admin(type(record))
            admin.log_change(self.request, record, _("Hand-over: %(note)s") % {"note": self.form.note.en})
        messages.success(self.request, message)
        if asked:
            said = ngettext(
                "%(number)d text is on the list of what to check.",
                "%(number)d texts are on the list of what to check.",
                len(asked),
            )
            messages.success(self.request, said % {"number": len(asked)})
        return HttpResponseRedirect(form_url(staged.term.official if staged.term else self.post))

    def _show(self) -> HttpResponse:
        user = self.request.user
        context = page_context(
            self.model_admin.admin_site,
            self.request,
            self.post,
            title=_("Hand over: %(post)s") % {"post": label(self.post)},
            here=_("Hand over"),
            form=self.form,
            refusal=self.refusal,
            outgoing=self.outgoing,
            others=[(term, label(term)) for term in self.terms if term != self.outgoing],
            outgoing_words=label(self.outgoing) if self.outgoing else "",
            mentions=[self._shown(each) for each in self.found],
            may_publish=publishing.may(publishing.Verb.PUBLISH, self.post, user) and publishing.may_publish_own(user),
            has_releases=self.releases.exists(),
        )
        return TemplateResponse(self.request, "admin/relations/hand_over.html", context)

    def _shown(self, mention: Mention) -> dict[str, Any]:
        return {
            "mention": mention,
            "kind": BY_KIND[mention.kind]._meta.verbose_name,
            "headline": Headline(mention.kind, mention.record_id, mention.title_en, mention.title_fr),
            "is_ticked": self._is_ticked(mention),
        }

    def _is_ticked(self, mention: Mention) -> bool:
        if self.form.is_bound:
            return str(mention.record_id) in self.request.POST.getlist("review")
        return mention.in_post


def _drafts(records: list[Record]) -> list[Record]:
    """Those that nobody submitted yet, as they are now: their stage follows from what was just saved."""
    fresh = [type(record)._base_manager.get(pk=record.pk) for record in records]
    return [record for record in fresh if record.stage in (Stage.DRAFT, Stage.RETURNED)]

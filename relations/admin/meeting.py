"""Meetings on the desk: who took part, what was on the table, what came of it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from relations.models import AgendaItem, Meeting, OtherParticipant, Outcome, Participation, Readout, Session

from .base import DESK, PartInline, PartRow, RecordAdmin, dated, pair


class ParticipationInline(PartRow):
    model = Participation
    fields = ("position", "term", "role", "listed_as")
    help_texts = {"term": _("The post that the person held that day. No term yet? Add it to the official first.")}


class OtherParticipantInline(PartRow):
    model = OtherParticipant
    fields = ("position", *pair("name"), *pair("description"), "party")


class SessionInline(PartInline):
    model = Session
    fields = ("position", pair("title"), "sources")


class AgendaInline(PartRow):
    model = AgendaItem
    fields = ("position", *pair("text"), "priority")


class OutcomeInline(PartRow):
    model = Outcome
    fields = ("position", *pair("text"))


class ReadoutInline(PartInline):
    model = Readout
    fields = ("position", ("party", "source"), pair("summary"))


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    list_display = ("title_en", "starts_on", "meeting_kind", "mode", "state")
    list_filter = ("relationship", "meeting_kind", "mode", "state", "topics")
    search_fields = ("title_en", "title_fr", "place_en", "place_fr", "slug")
    prepopulated_fields = {"slug": ("title_en",)}
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "slug", "pk")
    inlines = (
        ParticipationInline,
        OtherParticipantInline,
        SessionInline,
        AgendaInline,
        OutcomeInline,
        ReadoutInline,
    )
    fieldsets = [
        (
            None,
            {"fields": ("relationship", pair("title"), pair("summary"), ("meeting_kind", "mode", "host"), "part_of")},
        ),
        (
            _("When and where"),
            {
                "description": _("Times are local, in the time zone of the place. Leave out what no source says."),
                "fields": (
                    (*dated("starts_on"), "until"),
                    ("start_time", "end_time", "timezone"),
                    pair("place"),
                    "state",
                    pair("state_reason"),
                ),
            },
        ),
        (_("What it was about"), {"fields": (("topics", "priorities"),)}),
        (_("What it rests on"), {"fields": ("sources", "verified", pair("note"))}),
        DESK,
    ]
    help_texts = {
        "timezone": _("For example: America/Toronto"),
        "until": _("For several days: the day after the last. Empty: it ended the same day."),
        "part_of": _("The visit or summit that held this meeting."),
        "state": _("Postponed and cancelled need a reason."),
    }

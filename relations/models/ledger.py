"""The ledger: what was saved, and what was published. Rows are added; what was readable never changes."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """A named set of editions that go live at one instant, which may still have to be decided."""

    class State(models.TextChoices):
        OPEN = "open", _("Being prepared")
        # Its editions are in the ledger; the clock alone says whether they are live.
        SCHEDULED = "scheduled", _("Scheduled or live")
        CANCELLED = "cancelled", _("Cancelled")
        UNDONE = "undone", _("Undone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    # Null as long as nobody decided; always known once it is scheduled.
    goes_live_at = models.DateTimeField(_("goes live at"), null=True, blank=True)
    note_en = models.TextField(_("change note (English)"), blank=True, help_text=_("Public, on every record of it."))
    note_fr = models.TextField(_("change note (French)"), blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        default_permissions = ("view",)
        permissions = [("manage_release", _("Can prepare and publish releases"))]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="scheduled") | models.Q(goes_live_at__isnull=False),
                name="release_scheduled_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return self.name


class EditionQuerySet(models.QuerySet):
    def covering(self, instant):
        """The one edition of each record that covers this instant, tombstones included."""
        return self.filter(models.Q(live_until__isnull=True) | models.Q(live_until__gt=instant), live_from__lte=instant)

    def live(self, instant):
        """What the public may read at this instant."""
        return self.covering(instant).filter(is_tombstone=False, is_redacted=False)


class Edition(models.Model):
    """A document that was published, or a tombstone that says why a record was withdrawn.

    Record time is half-open: readable at t when ``live_from <= t`` and (``live_until`` is null or ``t < live_until``).
    From a record's first edition on, exactly one edition covers every instant; a tombstone covers it with a reason.
    Only ``relations.publishing`` writes here. No foreign keys to the desk: an edition outlives its record.
    """

    kind = models.CharField(_("kind"), max_length=20)
    record_id = models.UUIDField(_("record"))
    # Null where the kind is shared by all relationships.
    relationship_id = models.UUIDField(_("relationship"), null=True, blank=True)
    slug = models.SlugField(_("address"), max_length=80)
    number = models.PositiveIntegerField(_("number"))
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(_("live until"), null=True, blank=True)
    is_tombstone = models.BooleanField(_("withdrawn"), default=False)
    # What lists sort by, in world time; null where the record has no date of its own.
    sort_on = models.DateField(_("date for sorting"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    title_en = models.TextField(_("title (English)"))
    title_fr = models.TextField(_("title (French)"))
    # Folded text (lower case, no accents) that search looks in; see relations.documents.base.fold.
    search_en = models.TextField(blank=True)
    search_fr = models.TextField(blank=True)
    # By which version of the rules all of this, and the facets, were derived; see relations.documents.base.
    rules = models.PositiveSmallIntegerField(default=1)
    # Canonical JSON, exactly as published; empty for a tombstone.
    document = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    desk_digest = models.CharField(max_length=64, blank=True)
    previous_digest = models.CharField(max_length=64, blank=True)
    # The edition that was the newest when this one was made; another than the previous one: a fix came between.
    based_on_digest = models.CharField(max_length=64, blank=True)
    # A change so small that the history folds it: a comma, a dead link.
    is_minor = models.BooleanField(_("minor change"), default=False)
    # Its content had to be removed by law (of a tombstone: its titles); a Redaction says why. Digest and place in the
    # chain stay.
    is_redacted = models.BooleanField(_("redacted"), default=False)
    change_note_en = models.TextField(_("change note (English)"), blank=True)
    change_note_fr = models.TextField(_("change note (French)"), blank=True)
    reason_en = models.TextField(_("public reason (English)"), blank=True)
    reason_fr = models.TextField(_("public reason (French)"), blank=True)
    release = models.ForeignKey(Release, models.PROTECT, null=True, blank=True, related_name="editions")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        # Nobody adds, changes or deletes one by hand; these are the rights to the verbs.
        default_permissions = ("view",)
        permissions = [
            ("publish_record", _("Can publish records")),
            ("withdraw_record", _("Can withdraw records")),
            ("review_record", _("Can approve and return records")),
            ("correct_record", _("Can correct records")),
            ("redact_record", _("Can redact editions")),
            ("publish_own_record", _("Can publish own work that nobody reviewed")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record_id", "live_from"], name="edition_one_start"),
            models.UniqueConstraint(fields=["record_id", "number"], name="edition_one_number"),
            models.UniqueConstraint(
                fields=["record_id"], condition=models.Q(live_until__isnull=True), name="edition_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(live_until__isnull=True) | models.Q(live_until__gt=models.F("live_from")),
                name="edition_ends_after_start",
            ),
            models.CheckConstraint(
                condition=(models.Q(is_tombstone=True, document="") & ~models.Q(reason_en="") & ~models.Q(reason_fr=""))
                | (models.Q(is_tombstone=False, is_redacted=False) & ~models.Q(document=""))
                | models.Q(is_tombstone=False, is_redacted=True, document=""),
                name="edition_document_or_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["relationship_id", "kind", "live_from"], name="edition_by_relationship"),
            models.Index(fields=["kind", "slug"], name="edition_by_slug"),
            models.Index(fields=["live_from"], name="edition_by_start"),
            models.Index(fields=["rules"], name="edition_by_rules"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} {self.number}"


class Facet(models.Model):
    """One thing an edition can be filtered by: a name, a value and, for some, a period in world time."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=80)
    # Half-open world time in which the value holds; both null: always. See documents.base.FacetValue.
    holds_from = models.DateField(null=True)
    holds_until = models.DateField(null=True)

    class Meta:
        verbose_name = _("facet")
        verbose_name_plural = _("facets")
        indexes = [
            # The value first: a name alone would lead to the rows of every relationship.
            models.Index(fields=["value", "name", "edition"], name="facet_by_value"),
            models.Index(fields=["edition", "name", "value"], name="facet_by_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Revision(models.Model):
    """The desk copy as it was saved, children included: for staff, never public. No foreign key to the desk."""

    class Origin(models.TextChoices):
        ADMIN = "admin", _("saved in the admin")
        PACK = "pack", _("loaded from a content pack")
        IMPORT = "import", _("imported")
        RESTORE = "restore", _("restored from an older text")
        REBASE = "rebase", _("carried on from what is scheduled")

    kind = models.CharField(_("kind"), max_length=20)
    record_id = models.UUIDField(_("record"))
    document = models.TextField()
    desk_digest = models.CharField(max_length=64)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["record_id", "origin", "made_at"], name="revision_by_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.made_at:%Y-%m-%d %H:%M}"


class Check(models.Model):
    """Somebody looked and found a record still true, without changing it. Public, from its instant on."""

    kind = models.CharField(_("kind"), max_length=20)
    record_id = models.UUIDField(_("record"))
    checked_on = models.DateField(_("checked on"))
    # When the next check is due; null where there was none to set.
    due_on = models.DateField(_("next check due"), null=True, blank=True)
    # What it was checked against: a source of the record, and words for staff.
    source_id = models.UUIDField(_("source"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Not public."))
    # Record time: what the site said about it before this instant stays what it said.
    live_from = models.DateTimeField(_("live from"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["record_id", "live_from"], name="check_by_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.checked_on}"


class Correction(models.Model):
    """That earlier editions of a record carried an error. They keep their text and gain this notice."""

    kind = models.CharField(_("kind"), max_length=20)
    record_id = models.UUIDField(_("record"))
    relationship_id = models.UUIDField(_("relationship"), null=True, blank=True)
    # The editions that carried the error, both included.
    first_edition = models.PositiveIntegerField(_("first edition with the error"))
    last_edition = models.PositiveIntegerField(_("last edition with the error"))
    wrong_en = models.TextField(_("what was wrong (English)"))
    wrong_fr = models.TextField(_("what was wrong (French)"))
    right_en = models.TextField(_("what is right (English)"))
    right_fr = models.TextField(_("what is right (French)"))
    # Named only if they agreed.
    reported_by = models.CharField(_("reported by"), max_length=200, blank=True)
    live_from = models.DateTimeField(_("live from"))
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_edition__gte=models.F("first_edition")), name="correction_editions_in_order"
            )
        ]
        indexes = [
            models.Index(fields=["record_id", "live_from"], name="correction_by_record"),
            models.Index(fields=["relationship_id", "live_from"], name="correction_by_relationship"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.first_edition}–{self.last_edition}"


class Redaction(models.Model):
    """Why the content of one edition had to be removed. The edition keeps its digest and its place in the chain."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="redaction")
    reason_en = models.TextField(_("public reason (English)"))
    reason_fr = models.TextField(_("public reason (French)"))
    live_from = models.DateTimeField(_("live from"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.edition_id}"


class Generation(models.Model):
    """One rising number (a single row): it moves, in the same transaction, when what the public can see moves."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("generation")
        verbose_name_plural = _("generation")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="generation_single_row")]

    def __str__(self) -> str:
        return str(self.number)

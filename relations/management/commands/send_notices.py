"""`manage.py send_notices`: what no click announces. Run it every few minutes; each person is told each thing once."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from relations.admin.stale import stale_records
from relations.publishing import notices, reports
from relations.reading import clock


class Command(BaseCommand):
    """Tells of what went live on schedule, of releases that missed their time, of what readers reported, and once a
    week of what goes stale. Before that it forgets who sent reports that are old.
    """

    help = "Send notices: gone live, overdue, readers' reports, the weekly digest, and what could not be sent before."

    def handle(self, **options: object) -> None:
        now = clock.now()
        reports.forget(at=now)
        notices.went_live(at=now)
        notices.overdue(at=now)
        notices.reported(at=now)
        notices.digest(self.stale_by_person(), at=now)
        waiting = notices.unsent(at=now)
        sent = notices.send(waiting, at=now)
        if sent < len(waiting):
            raise CommandError(f"Sent: {sent} of {len(waiting)}. {waiting[-1].error}")
        self.stdout.write(f"Sent: {sent}.")

    def stale_by_person(self) -> notices.Told:
        """What each person looks after; what nobody does is everybody's who reviews."""
        told: notices.Told = defaultdict(list)
        reviewers = [user.pk for user in notices.who_may("review_record")]
        active = set(User.objects.filter(is_active=True, is_staff=True).values_list("pk", flat=True))
        for why, kind, identity, owner in stale_records(clock.now()):
            for person in [owner] if owner in active else reviewers:
                told[person].append([kind, str(identity), why])
        return told

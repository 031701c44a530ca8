"""Sessions end with the right to have one, and do not come back with it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db.models.signals import post_save
from django.dispatch import receiver

from .backend import may_come_in


@receiver(post_save, sender=User)
def end_without_right(sender: Any, instance: User, created: bool, **kwargs: Any) -> None:
    """Whoever was sent off and is let in again later signs in again."""
    if not created and not may_come_in(instance):
        end_sessions(instance)


def end_sessions(user: User) -> None:
    """Signs this person out everywhere. Reads every session: only the desk has any, so there are few."""
    theirs = [row.pk for row in Session.objects.all() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()

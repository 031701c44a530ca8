"""The doors of signing in: for an account and for a network, and shut before a password is hashed."""

from __future__ import annotations

import datetime
import unicodedata

from django.http import HttpRequest

from relations.publishing.limits import DAY, Door, network

FIVE_MINUTES = datetime.timedelta(minutes=5)


def password_doors(request: HttpRequest | None, username: str) -> list[Door]:
    """For a password: the name as it was typed, whether there is such an account or not, and the network."""
    account = unicodedata.normalize("NFKC", username).strip().casefold()
    doors = [Door(f"password of {account}", 5, FIVE_MINUTES)]
    if request is not None:
        doors.append(Door(f"passwords from {network(request.META)}", 30, FIVE_MINUTES))
    return doors


def code_doors(user_id: int) -> list[Door]:
    """For a code of six digits: whoever gets here knows the password, so the day has an end too."""
    return [Door(f"code of {user_id}", 5, FIVE_MINUTES), Door(f"codes of {user_id}", 30, DAY)]


def replay_door(user_id: int, code: str) -> Door:
    """A code that was taken once. It lives for three half minutes."""
    return Door(f"code {code} of {user_id}", 1, datetime.timedelta(minutes=2))

"""Freezing: the whole public site, read at one instant, as files that need no server; and their proof."""

from .folder import Refused
from .manifest import Manifest, digest_of_sums, first_breach, first_dead_link
from .walk import freeze

__all__ = ["Manifest", "Refused", "digest_of_sums", "first_breach", "first_dead_link", "freeze"]

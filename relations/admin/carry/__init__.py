"""Bringing content in and out: each list as a file, and files as drafts, past a plan that somebody agreed to."""

from .exporting import Exported
from .importing import urls

__all__ = ["Exported", "urls"]

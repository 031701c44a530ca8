"""Journeys stand on the loaded site and its clock."""

from tests.site.conftest import clock

__all__ = ["clock"]

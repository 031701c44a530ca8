"""A topic's public shape."""

from typing import Literal

from .base import Citations, Document, Ref, Text


class Topic(Document):
    REQUIRED = ("name",)

    kind: Literal["topic"] = "topic"
    relationship: Ref
    name: Text
    description: Text = Text()
    sources: Citations = ()

    @property
    def title(self) -> Text:
        return self.name

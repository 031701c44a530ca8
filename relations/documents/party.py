"""A party's public shape."""

from typing import Literal

from .base import Citations, Document, Ref, Text


class Party(Document):
    REQUIRED = ("name",)
    CHECK_EVERY = 24

    kind: Literal["party"] = "party"
    name: Text
    long_name: Text = Text()
    with_article: Text = Text()
    capital: Text = Text()
    capital_timezone: str = ""
    iso2: str
    iso3: str
    iso_numeric: str = ""
    head_of_state_post: Ref | None = None
    head_of_government_post: Ref | None = None
    foreign_affairs_post: Ref | None = None
    defense_post: Ref | None = None
    ambassador_post: Ref | None = None
    note: Text = Text()
    sources: Citations = ()

    @property
    def title(self) -> Text:
        return self.name

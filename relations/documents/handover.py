"""Who came into a post and who left it, by what two states of the record say; silence is no departure.

Record time alone: that a day has passed on which a term was to begin changes nothing here, a new edition does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from .base import Document
from .official import FILLING, Official, Term
from .post import Post, Vacancy


@dataclass(frozen=True)
class Holder:
    """Someone in a post, and the term that says so."""

    official: Official
    term: Term

    @property
    def since(self) -> datetime.date:
        """For sorting: the first day that the term can have had."""
        return self.term.possible[0] or datetime.date.min


# By post and by official.
Held = dict[UUID, dict[UUID, Holder]]


@dataclass(frozen=True)
class HandOver:
    """What the second state says otherwise about who is in one post."""

    post: Post
    # In office now and not before; of those before, who is no longer (with the term as it ended); who still is.
    came: tuple[Holder, ...] = ()
    left: tuple[Holder, ...] = ()
    stayed: tuple[Holder, ...] = ()
    # In office in both, but in another capacity now: as it was, and as it is.
    turned: tuple[tuple[Holder, Holder], ...] = ()
    # In office before, and nothing is said of it any more: no departure, the record was wrong or is withdrawn.
    unsaid: tuple[Holder, ...] = ()
    # Terms that are over and were not written down before, and that may lie between those who left and those who came.
    passed: tuple[Holder, ...] = ()
    # Named for the post now and not before.
    named: tuple[Holder, ...] = ()
    # The vacancy with no end yet that each state tells of.
    was_vacant: Vacancy | None = None
    is_vacant: Vacancy | None = None

    def __bool__(self) -> bool:
        people = self.came or self.left or self.turned or self.unsaid or self.named
        return bool(people) or bool(self.was_vacant) != bool(self.is_vacant)

    @property
    def tells(self) -> frozenset[UUID]:
        """The terms of the second state that it says everything new about."""
        told = (*self.came, *self.left, *self.named, *self.passed, *(now for _was, now in self.turned))
        return frozenset(each.term.id for each in told)

    @property
    def concerns(self) -> frozenset[UUID]:
        """The officials it is about, and the post."""
        people = (*self.came, *self.left, *self.unsaid, *self.named, *self.passed, *(now for _was, now in self.turned))
        return frozenset([self.post.id, *(each.official.id for each in people)])


class State:
    """What one state of the record says about posts: the documents of it that are posts and officials."""

    def __init__(self, documents: Iterable[Document]) -> None:
        documents = list(documents)
        self.posts = {each.id: each for each in documents if isinstance(each, Post)}
        self.people = {each.id: each for each in documents if isinstance(each, Official)}

    @cached_property
    def held(self) -> Held:
        """Who fills each post by the terms that are current; of several in one post, by the fullest and newest."""
        held: Held = {}
        for each in self.terms:
            if each.term.standing == "current" and each.term.capacity in FILLING:
                people = held.setdefault(each.term.post.id, {})
                people[each.official.id] = max(people.get(each.official.id, each), each, key=_fullness)
        return held

    @cached_property
    def terms(self) -> list[Holder]:
        return [Holder(official, term) for official in self.people.values() for term in official.terms]

    @cached_property
    def known(self) -> frozenset[UUID]:
        """The terms that it has at all."""
        return frozenset(each.term.id for each in self.terms)

    def ended(self, was: Holder) -> Holder | None:
        """The term of another state as this one ends it; None where it does not say that it ended."""
        official = self.people.get(was.official.id)
        term = official and official.term(was.term.id)
        is_over = term and term.standing != "current" and term.post.id == was.term.post.id
        return Holder(official, term) if is_over else None


def hand_overs(before: State, after: State) -> list[HandOver]:
    """Every post of both states about which they say different things; ``replayed`` on the first gives the second.

    A post that is new or gone changes no hands. Expects all who are in one of these posts in either state.
    """
    return list(filter(None, (_hand_over(post, before, after) for post in after.posts if post in before.posts)))


def replayed(before: Held, found: Iterable[HandOver]) -> Held:
    """Who fills each post after these hand-overs."""
    held = {post: dict(people) for post, people in before.items()}
    for each in found:
        people = held.setdefault(each.post.id, {})
        for gone in (*each.left, *each.unsaid):
            del people[gone.official.id]
        people.update({now.official.id: now for now in (*each.came, *(now for _was, now in each.turned))})
    return held


def _hand_over(post: UUID, before: State, after: State) -> HandOver:
    old, new = before.held.get(post, {}), after.held.get(post, {})
    both = [(old[key], new[key]) for key in old if key in new]
    gone = [(old[key], after.ended(old[key])) for key in old if key not in new]
    fresh = [each for each in after.terms if each.term.post.id == post and each.term.id not in before.known]
    was_vacant = _open(before.posts[post])
    starts = [each.term.possible[0] for each in old.values()] + ([was_vacant.held_from.first] if was_vacant else [])
    return HandOver(
        post=after.posts[post],
        came=_in_order(new[key] for key in new if key not in old),
        left=_in_order(over for _was, over in gone if over),
        stayed=_in_order(now for was, now in both if was.term.capacity == now.term.capacity),
        turned=tuple((was, now) for was, now in both if was.term.capacity != now.term.capacity),
        unsaid=_in_order(was for was, over in gone if not over),
        passed=_in_order(each for each in fresh if _may_follow(each.term, starts)),
        named=_in_order(
            each for each in fresh if each.term.standing == "current" and each.term.capacity not in FILLING
        ),
        was_vacant=was_vacant,
        is_vacant=_open(after.posts[post]),
    )


def _may_follow(term: Term, starts: list[datetime.date | None]) -> bool:
    """Whether a term that is over may have come after those who were in office: not if it surely began before them."""
    if term.standing == "current" or term.capacity not in FILLING or not starts:
        return False
    began = term.possible[0]
    return began is None or any(start is None or began >= start for start in starts)


def _open(post: Post) -> Vacancy | None:
    """The vacancy that has no end yet."""
    still = [each for each in post.vacancies if not each.held_until]
    return max(still, key=lambda each: each.held_from.first, default=None)


def _fullness(one: Holder) -> tuple[bool, datetime.date]:
    return one.term.capacity == "holder", one.since


def _in_order(people: Iterable[Holder]) -> tuple[Holder, ...]:
    return tuple(sorted(people, key=lambda each: (each.since, each.official.sort_name)))

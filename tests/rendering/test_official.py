"""Who faces whom on a day, and how a time in an office is said."""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.utils import translation

from relations import models, reading
from relations.documents import PostRef, Term
from relations.models import PartialDate, PublicStatus
from relations.rendering.links import Links
from relations.rendering.official import counterparts, detail, holders, in_office, tenures
from relations.rendering.official_words import CAPACITIES, ROLES, STANDINGS, days
from relations.rendering.priority import STATUSES
from relations.rendering.site import Site
from tests import cast

pytestmark = pytest.mark.django_db
DAY = datetime.date(2021, 2, 23)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def clock() -> cast.Clock:
    return cast.Clock()


@pytest.fixture
def world() -> cast.World:
    return cast.world()


def held(world: cast.World, slug: str, post: models.Post, **fields) -> models.Official:
    """Someone who held a post; half-open, as on the desk."""
    official = cast.an_official(post.party, world.source, slug)
    cast.a_term(official, post, world.source, **{"standing": "ended", **precisions(fields), **fields})
    return official


def precisions(fields: dict) -> dict[str, str]:
    """Every end that is given is known to the day."""
    ends = [name for name in ("held_from", "held_until") if name in fields]
    return {f"{name}_precision": "day" if fields[name] else "" for name in ends}


def shown(world: cast.World, clock: cast.Clock, *more, on: datetime.date = DAY, **how) -> SimpleNamespace:
    """Publishes the world and these records, and puts the two sides face to face on a day."""
    cast.put_live(*world.records, *more, clock=clock)
    reader = reading.at(clock.now)
    site = Site(reader, "/en/norda-suda/officials/", relationship_item=reader.relationships[0])
    posts = reader.items(reader.posts_between(site.relationship_item))
    officials = reader.items(holders(reader, posts))
    links = Links(reader, reader.resolve([], known=[*posts, *officials]))
    rows = counterparts(site, officials, posts, links, on, **how)
    charted = tenures(site, in_office(site, officials, posts, on), links)
    return SimpleNamespace(rows={str(row["role"]): row for row in rows}, chart=charted, site=site, reader=reader)


def test_the_codes_are_those_of_the_desk():
    assert list(ROLES) == models.Post.Role.values
    assert set(STANDINGS) == set(models.Term.Standing.values)
    assert {code for code, _gender in CAPACITIES} == set(models.Term.Capacity.values) - {"holder"}
    assert set(STATUSES) == set(PublicStatus.values)


def test_a_holder_stands_on_the_side_of_the_post(world, clock):
    row = shown(world, clock).rows["Leaders"]
    assert [(person["name"], person["title"]) for person in row["a"]] == [("Ana Holt", "Premier")]
    assert row["a"][0]["url"] == "/en/officials/ana-holt/"
    assert row["b"] == []


def test_posts_agree_in_gender_and_begin_with_a_capital(world, clock):
    models.Post.objects.update(
        name_fr="premier ministre", name_feminine_fr="première ministre", name_feminine_en="Premier"
    )
    with translation.override("fr"):
        row = shown(world, clock).rows
    [person] = next(iter(row.values()))["a"]
    assert person["title"] == "Première ministre"


def test_a_vacancy_is_not_the_same_as_nothing_recorded(world, clock):
    empty = cast.a_post(world.other, world.source, "envoy", role="ambassador", accredited_to=world.one, name_en="Envoy")
    silent = cast.a_post(world.other, world.source, "silent", role="defense", name_en="Minister")
    models.Vacancy.objects.create(
        post=empty, held_from=day("2021-01-01"), held_from_precision="day", source=world.source
    )
    rows = shown(world, clock, empty, silent).rows
    [vacant], [gap] = rows["Ambassadors"]["b"], rows["Defense"]["b"]
    assert (vacant["name"], vacant["title"], vacant["note"]) == ("Vacant", "Envoy", "since 1 January 2021")
    assert (gap["name"], gap["note"]) == ("Not recorded on this day", "")


def test_a_vacancy_ends_before_its_first_day_that_is_no_longer_empty(world, clock):
    post = cast.a_post(world.other, world.source, "envoy", role="defense")
    models.Vacancy.objects.create(
        post=post,
        held_from=day("2021-01-01"),
        held_from_precision="day",
        held_until=DAY,
        held_until_precision="day",
        source=world.source,
    )
    assert shown(world, clock, post).rows["Defense"]["b"][0]["name"] == "Not recorded on this day"


def test_a_gap_names_the_most_recent_holder(world, clock):
    post = cast.a_post(world.other, world.source, "defense", role="defense")
    early = held(world, "bo-early", post, held_from=day("2010-01-01"), held_until=day("2012-01-01"))
    late = held(world, "cy-late", post, held_from=day("2015-01-01"), held_until=day("2020-01-01"))
    [gap] = shown(world, clock, post, early, late).rows["Defense"]["b"]
    assert gap["muted"]
    assert '<a href="/en/officials/cy-late/">Cy Late</a>' in gap["note"]
    assert "Last recorded: " in gap["note"]
    assert "31 December 2019" in gap["note"], "the last day, not the day after"


def test_a_gap_before_anyone_names_who_came_later(world, clock):
    post = cast.a_post(world.other, world.source, "defense", role="defense")
    later = held(world, "di-later", post, held_from=day("2022-01-01"))
    [gap] = shown(world, clock, post, later).rows["Defense"]["b"]
    assert "Recorded later: " in gap["note"]
    assert "Di Later" in gap["note"]


def test_days_between_sources_only_are_held_days_around_them_are_a_gap(world, clock):
    post = cast.a_post(world.other, world.source, "defense", role="defense")
    attested = ["2021-02-20", "2021-02-23"]
    seen = held(world, "ed-seen", post, held_from=None, attested_on=attested, standing="ended_date_unverified")
    shown_ = shown(world, clock, post, seen)
    assert shown_.rows["Defense"]["b"][0]["name"] == "Ed Seen"
    reader, site = shown_.reader, shown_.site
    posts = reader.items(reader.posts_between(site.relationship_item))
    people = reader.items(holders(reader, posts))
    links = Links(reader, reader.resolve([], known=[*posts, *people]))
    after = counterparts(site, people, posts, links, day("2021-02-24"), roles=["defense"])
    assert after[0]["b"][0]["name"] == "Not recorded on this day"


def test_who_acts_fills_the_post_who_is_named_for_it_does_not(world, clock):
    post = cast.a_post(world.other, world.source, "defense", role="defense", name_en="Minister")
    acting = held(world, "fay-acting", post, capacity="acting", held_from=day("2021-01-01"))
    named = held(world, "gus-named", post, capacity="nominee", held_from=day("2021-01-01"))
    models.Term.objects.filter(official__in=[acting, named]).update(standing="current")
    people = shown(world, clock, post, acting, named).rows["Defense"]["b"]
    assert [(person["name"], person["title"]) for person in people] == [
        ("Fay Acting", "Minister, acting"),
        ("Gus Named", "Minister, nominee"),
    ]


def test_a_nominee_alone_leaves_the_gap(world, clock):
    post = cast.a_post(world.other, world.source, "defense", role="defense")
    named = held(world, "gus-named", post, capacity="nominee", standing="current", held_from=day("2021-01-01"))
    people = shown(world, clock, post, named).rows["Defense"]["b"]
    assert [person["name"] for person in people] == ["Not recorded on this day", "Gus Named"]


def test_on_a_day_of_transition_both_are_shown(world, clock):
    post = cast.a_post(world.other, world.source, "defense", role="defense")
    old = held(world, "old-hand", post, held_from=day("2015-01-01"), held_until=DAY + datetime.timedelta(days=1))
    new = held(world, "new-hand", post, standing="current", held_from=DAY)
    people = shown(world, clock, post, old, new).rows["Defense"]["b"]
    assert [person["name"] for person in people] == ["New Hand", "Old Hand"]


@pytest.mark.parametrize(("on", "note"), [("2021-01-31", ""), ("2021-02-01", "Last verified 31 January 2021")])
def test_what_lies_after_the_newest_page_says_so(world, clock, on, note):
    models.Term.objects.update(last_verified=day("2021-01-31"))
    [person] = shown(world, clock, on=day(on)).rows["Leaders"]["a"]
    assert person["note"] == note


def test_kinds_of_post_can_be_narrowed_and_keep_their_order(world, clock):
    defense = cast.a_post(world.other, world.source, "defense", role="defense")
    state = cast.a_post(world.other, world.source, "crown", role="head_of_state")
    both = shown(world, clock, defense, state)
    assert list(both.rows) == ["Heads of state", "Leaders", "Defense"]


def test_the_chart_has_a_row_for_each_holder(world, clock):
    models.Term.objects.update(last_verified=day("2026-01-31"))
    [row] = shown(world, clock).chart
    assert (row.side, row.code, row.name, row.title) == ("a", "XAA", "Ana Holt", "Premier")
    assert row.attested == (day("2026-01-31"),)


def profile(world: cast.World, clock: cast.Clock, *more) -> SimpleNamespace:
    cast.put_live(*world.records, *more, clock=clock)
    reader = reading.at(clock.now)
    site = Site(reader, "/en/officials/ana-holt/", section="officials")
    _template, context = detail(site, reader.item("official", "ana-holt"))
    return SimpleNamespace(site=site, **context)


def test_a_profile_stands_in_the_frame_of_the_one_relationship(world, clock):
    page = profile(world, clock)
    assert page.site.relationship["slug"] == "norda-suda"
    assert page.lead == "Premier, since 20 January 2020"
    assert [crumb["url"] for crumb in page.crumbs] == [
        "/en/norda-suda/officials/",
        "/en/norda-suda/officials/?party=norda",
    ]


def test_with_two_relationships_it_stands_in_neither(world, clock):
    third = cast.a_party("estia", world.source, iso2="XC", iso3="XCC")
    page = profile(world, clock, third, cast.a_relationship(world.one, third, world.source))
    assert page.site.relationship is None
    assert page.crumbs == []
    assert page.tenures[0].code == "XAA"


def test_a_profile_for_machines(world, clock):
    models.Term.objects.update(held_from=day("2020-01-01"), held_from_precision="month")
    data = profile(world, clock).site.json_ld_data
    assert data["@type"] == "Person"
    assert data["jobTitle"] == "Premier"
    [role] = data["memberOf"]
    assert (role["@type"], role["startDate"]) == ("OrganizationRole", "2020-01")
    assert "endDate" not in role


def test_words_meetings_and_fact_sheets_are_found(world, clock):
    page = profile(world, clock)
    assert [quote["text"] for quote in page.quotes] == ["Good neighbors."]
    assert [row["title"] for row in page.meetings] == ["First call"]
    assert [link.title for link in page.factsheets] == ["Roadmap"]


@pytest.mark.parametrize(("words", "found"), [("Premier Holt spoke.", 1), ("A Holton company.", 0)])
def test_facts_are_found_by_the_family_name_as_a_whole_word(world, clock, words, found):
    models.Official.objects.update(sort_name="Holt, Ana")
    models.Fact.objects.update(statement_en=words)
    assert len(profile(world, clock).facts) == found


def test_a_post_that_is_not_public_is_not_named(world, clock):
    secret = cast.a_post(world.one, world.source, "secret", name_en="Secret post", role="defense")
    cast.put_live(*world.records, secret, clock=clock)
    reader = reading.at(clock.now)
    official = reader.item("official", "ana-holt")
    term = official.document.terms[0]
    unknown = term.model_copy(update={"post": term.post.model_copy(update={"id": cast.models.Post().id})})
    official.__dict__["document"] = official.document.model_copy(update={"terms": (unknown,)})
    _template, context = detail(Site(reader, "/en/officials/ana-holt/"), official)
    assert context["terms"] == []
    assert context["lead"] == ""


def dated(text: str) -> PartialDate:
    return PartialDate(date=day(text), precision="day")


@pytest.mark.parametrize(
    ("since", "until", "standing", "attested", "said"),
    [
        ("2020-01-20", "2021-01-02", "ended", (), "20 January 2020 – 1 January 2021"),
        ("2020-01-20", None, "current", (), "since 20 January 2020"),
        ("2020-01-20", None, "ended_date_unverified", (), "since 20 January 2020; end not verified"),
        (None, "2021-01-02", "ended", ("2020-05-05",), "until 1 January 2021; start not verified"),
        (None, None, "date_unverified", ("2020-05-05",), "recorded on 5 May 2020"),
        (None, None, "date_unverified", ("2020-05-05", "2020-07-01"), "recorded 5 May 2020 – 1 July 2020"),
        (None, None, "date_unverified", (), "dates not verified"),
    ],
)
def test_a_time_in_office_is_said_as_far_as_it_is_known(since, until, standing, attested, said):
    term = Term(
        id=uuid.uuid4(),
        post=PostRef(id=uuid.uuid4(), role="defense"),
        capacity="holder",
        standing=standing,
        held_from=dated(since) if since else None,
        held_until=dated(until) if until else None,
        attested_on=tuple(day(each) for each in attested),
    )
    assert days(term) == said

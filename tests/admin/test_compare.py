"""Any two texts of a record, compared at the desk."""

from __future__ import annotations

import datetime

import pytest

from relations.documents import Text
from relations.models import Revision
from relations.publishing import withdraw
from relations.reading import clock

from .conftest import backdate, person, save, url


def keys(record) -> list[str]:
    return [f"r{pk}" for pk in Revision.objects.filter(record_id=record.pk).order_by("pk").values_list("pk", flat=True)]


def compared(client, record, one: str, other: str):
    return client.get(url(record, "compare"), {"from": one, "to": other})


def test_two_saves_are_compared_word_by_word(writer, live):
    save(writer, live.fact, statement_en="The border is very long.")
    html = compared(writer, live.fact, *keys(live.fact)).content.decode()
    assert "The border is <ins>very </ins>long." in html


def test_the_older_one_comes_first_whichever_was_chosen_first(writer, live):
    save(writer, live.fact, statement_en="The border is very long.")
    first, second = keys(live.fact)
    sides = [compared(writer, live.fact, *pair).context["sides"] for pair in ((first, second), (second, first))]
    assert [[text.key for _where, text in side] for side in sides] == [[first, second]] * 2


def test_an_edition_is_compared_with_the_desk(writer, live):
    save(writer, live.fact, **{"observations-1-value": "5527"})
    response = compared(writer, live.fact, "e1", "desk")
    assert [text.title for _where, text in response.context["sides"]] == ["Edition 1", "On the desk now"]
    assert "up from 5,526.5 to 5,527" in response.content.decode()


def test_a_child_that_moved_says_from_where_to_where(writer, live):
    save(writer, live.fact, **{"observations-0-position": "5"})
    html = compared(writer, live.fact, *keys(live.fact)).content.decode()
    assert "moved from 1 to 2" in html or "moved from 2 to 1" in html


def test_either_text_can_be_brought_back_unless_it_stands_there(writer, live):
    save(writer, live.fact, statement_en="The border is very long.")
    first, second = keys(live.fact)
    html = compared(writer, live.fact, first, second).content.decode()
    assert f'href="{url(live.fact, "restore")}?text={first}"' in html
    assert f"?text={second}" not in html


def test_equal_texts_have_no_difference_in_words(writer, live):
    assert "No difference in words." in compared(writer, live.fact, "e1", "desk").content.decode()


@pytest.mark.parametrize("pair", [("", ""), ("r0", "desk"), ("e9", "e1"), ("x", "y"), ("desk", "e" + "9" * 40)])
def test_what_there_is_not_is_said_in_words(writer, live, pair):
    response = writer.get(url(live.fact, "compare"), {"from": pair[0], "to": pair[1]}, follow=True)
    assert response.redirect_chain == [(url(live.fact, "history"), 302)]
    assert "Choose two texts to compare." in response.content.decode()


def test_a_notice_of_withdrawal_has_no_text(writer, live):
    withdraw(live.topic, reason=Text(en="Wrong.", fr="Faux."), by=person("manager"), clock=clock.now)
    now = clock.now()
    backdate(live.topic, now - datetime.timedelta(hours=2), now - datetime.timedelta(hours=1))
    response = writer.get(url(live.topic, "compare"), {"from": "e1", "to": "e2"}, follow=True)
    assert "What was withdrawn or redacted has none." in response.content.decode()


def test_it_is_for_looking(writer, live):
    assert writer.post(url(live.fact, "compare")).status_code == 405

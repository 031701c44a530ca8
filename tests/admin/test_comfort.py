"""What makes writing easier, as far as the server has a part in it: lengths, Markdown, tidy texts, figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from relations import models
from relations.admin.comfort import MARKDOWN, RECOMMENDED, recommended
from relations.admin.figures import said
from relations.models import Fact, Observation, Revision
from tests import cast

from .conftest import filled_in, save, signed_in, url

UNSEEN = "\u200bZero\u00adwidth\ufeff\r\n\x0bQue\u0301bec\u202e"
SEEN = "Zerowidth\n\nQuébec"


def field(model: type, name: str):
    return model._meta.get_field(name)


# ---- how long, and in which form ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "name", "most"),
    [
        (models.Fact, "statement_en", 200),
        (models.Fact, "statement_fr", 240),
        (models.Official, "summary_en", 800),
        (models.Meeting, "summary_en", 300),
        (models.Priority, "note_fr", 960),
        (models.Official, "portrait_alt_en", 125),
        (models.Official, "name", None),
        (models.Source, "original_title", None),
    ],
)
def test_a_text_has_a_recommended_length_and_french_a_fifth_more(model, name, most):
    assert repr(recommended(field(model, name))) == repr(most)


def test_nothing_longer_is_recommended_than_a_column_holds_and_no_row_of_the_table_is_idle():
    named = set()
    for model in (*models.RECORDS, *_parts()):
        for each in model._meta.fields:
            if most := recommended(each):
                name = each.name[:-3]
                full = f"{model._meta.model_name}.{name}"
                named.add(full if full in RECOMMENDED else name)
                assert not each.max_length or most <= each.max_length, each
    assert named == set(RECOMMENDED)


def _parts() -> list[type]:
    return [each for each in vars(models).values() if isinstance(each, type) and issubclass(each, models.Part)]


def test_a_form_says_what_is_recommended_without_a_script(editor, live):
    page = editor.get(url(live.fact)).content.decode()
    assert 'data-recommended="200"' in page
    assert "Recommended: at most 200 characters." in page


def test_what_is_called_markdown_is_what_pages_render_as_markdown():
    """A text that a page shows as it was typed would show the stars."""
    templates = Path(settings.BASE_DIR / "templates")
    rendered = {
        f"{path.parent.name}.{name}"
        for path in templates.rglob("*.html")
        for name in re.findall(r"\{\{ *(\w+)\|markdown", path.read_text(encoding="utf-8"))
    }
    assert rendered == MARKDOWN


def test_a_markdown_field_says_so(editor, live):
    page = editor.get(url(live.official)).content.decode()
    assert page.count('data-format="markdown"') == 2
    assert "Markdown: **bold**" in page


# ---- pasted texts ---------------------------------------------------------------------------------------------------


def test_signs_that_nobody_sees_are_not_saved(editor, live):
    assert save(editor, live.fact, statement_en=UNSEEN, note_fr=f"  {UNSEEN}  ").status_code == 302
    live.fact.refresh_from_db()
    assert (live.fact.statement_en, live.fact.note_fr) == (SEEN, SEEN)


def test_children_are_tidied_too(editor, live):
    assert save(editor, live.fact, **{"observations-0-label_en": "One\u200b"}).status_code == 302
    assert live.fact.observations.get(position=0).label_en == "One"


def test_a_line_end_of_the_browser_is_no_change(editor, live):
    Fact.objects.filter(pk=live.fact.pk).update(note_en="One\ntwo", note_fr="Un\ndeux")
    save(editor, live.fact, note_en="One\r\ntwo", note_fr="Un\r\ndeux")
    before = Revision.objects.count()
    response = editor.get(url(live.fact))
    form = response.context["adminform"].form
    bound = type(form)(filled_in(response, note_en="One\r\ntwo"), instance=form.instance)
    assert "note_en" not in bound.changed_data
    save(editor, live.fact, note_en="One\r\ntwo")
    assert Revision.objects.count() == before


def test_choices_and_addresses_are_left_to_their_own_fields(editor, live):
    assert "slug" in save(editor, live.fact, slug="bor\u200bder").context["adminform"].form.errors


# ---- figures while they are typed -----------------------------------------------------------------------------------


def ask(client, **given):
    return client.get("/admin/relations/fact/figure/", {"qualifier": "exact", "unit": "miles", **given})


def test_a_figure_is_said_in_both_languages_as_pages_say_it(editor, live):
    answer = ask(editor, value="5525.50", qualifier="about").json()
    assert answer == {"words": {"en": "about 5,525.5\u00a0miles", "fr": "environ 5\u202f525,5\u00a0miles (fr)"}}
    for language, number in (("en", "5,526.5"), ("fr", "5\u202f526,5")):
        assert number in editor.get(f"/{language}/norda-suda/facts/border-length/").content.decode()
        assert number in said(live.fact.observations.get(position=1))[language]


@pytest.mark.parametrize(
    ("given", "en", "fr"),
    [
        ({"value": "1"}, "1\u00a0mile", "1\u00a0mile (fr)"),
        ({"value": "1.5"}, "1.5\u00a0miles", "1,5\u00a0mile (fr)"),
        ({"value": "40", "value_max": "45"}, "40–45\u00a0miles", "40 à 45\u00a0miles (fr)"),
        ({"value_date": "1940-08-17", "value_date_precision": "day"}, "17 August 1940", "17 août 1940"),
        ({"value_date": "1940-08-01", "value_date_precision": "month"}, "August 1940", "août 1940"),
    ],
)
def test_ranges_dates_and_one_are_said_right(editor, live, given, en, fr):
    assert ask(editor, **given).json() == {"words": {"en": en, "fr": fr}}


@pytest.mark.parametrize("given", [{}, {"value": "5", "unit": ""}, {"value": ""}])
def test_what_is_no_figure_yet_says_nothing(editor, live, given):
    assert ask(editor, **given).json() == {"words": {}}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"value": "many"}, "Enter a number."),
        ({"value": "5", "value_max": "4"}, "The upper value must be above the value."),
        ({"value": "5", "value_date": "1940-08-17", "value_date_precision": "day"}, "a number or a date, and not both"),
        ({"value": "1234567890.123456"}, "At most 15 digits."),
        ({"value": "9" * 400}, "Ensure that there are no more than"),
        ({"value": "5", "unit": "no-such"}, "Select a valid choice"),
        ({"value": "5", "qualifier": "<b>"}, "Select a valid choice"),
    ],
)
def test_what_would_be_refused_says_why(editor, live, given, problem):
    answer = ask(editor, **given)
    assert answer.status_code == 200
    assert answer.json()["words"] == {}
    assert problem in answer.json()["problem"]


def test_a_form_shows_each_figure_as_readers_see_it_without_a_script(editor, live):
    page = editor.get(url(live.fact)).content.decode()
    assert '<span lang="en">5,526.5\u00a0miles</span>' in page
    assert '<span lang="fr">5\u202f526,5\u00a0miles (fr)</span>' in page


def test_a_figure_without_its_parts_is_no_error(live):
    assert said(Observation()) == {}
    assert said(Observation(value=5)) == {}


def test_figures_are_said_to_staff_only(client, visitor, editor, live):
    for stranger in (client, visitor):
        assert ask(stranger, value="5").status_code == 302
    assert editor.post("/admin/relations/fact/figure/").status_code == 405
    cast.someone("stranger", is_staff=True)
    assert ask(signed_in("stranger"), value="5").status_code == 403

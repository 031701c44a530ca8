"""How often a newer figure comes out is said in a pack, and refused where it is no rhythm."""

from __future__ import annotations

import pytest

from relations.intake import Broken, read
from relations.models import Facet, Fact
from tests.pack import load

VERIFIED = "    in_seed: true\n    verified: true"


@pytest.mark.django_db
def test_a_rhythm_comes_to_the_desk_and_makes_the_figure_due(pack_copy):
    load(pack_copy(facts={VERIFIED: "    in_seed: true\n    rhythm: biennial\n    verified: true"}))
    fact = Fact.objects.get(slug="strait-width")
    assert fact.rhythm == "biennial"
    [due] = Facet.objects.filter(edition__record_id=fact.pk, name="stale")
    assert (due.value, due.holds_from.year) == ("figure", 2026)


def test_what_is_no_rhythm_is_refused_in_words(pack_copy):
    with pytest.raises(Broken) as caught:
        read(pack_copy(facts={VERIFIED: "    in_seed: true\n    rhythm: daily\n    verified: true"}))
    [problem] = caught.value.problems
    assert (problem.field, problem.message[:32]) == ("rhythm", "“daily” is not known here; use o")

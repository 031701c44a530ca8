"""Who speaks for each side on a day, in the content that the site starts with."""

from __future__ import annotations

import html
import re

import pytest

HOME = "/en/united-states-canada/"
ROLES = ("Leaders", "Deputies", "Foreign affairs", "Defense", "Ambassadors")
NOT_RECORDED = "Not recorded on this day"

# The ten posts that face each other, for each day: the United States before the colon, Canada after it. On a day of
# transition both are named. No source of the pack says of one of these posts that it was vacant.
HOLDERS = {
    "2021-02-26": """
        Joseph R. Biden Jr. : Justin Trudeau
        Kamala D. Harris : Chrystia Freeland
        Antony J. Blinken : Marc Garneau
        Lloyd J. Austin III : Harjit Sajjan
        - (Last recorded: Richard M. Mills Jr., 24 November 2020) : Kirsten Hillman
        """,
    "2017-01-20": """
        Donald J. Trump, Barack Obama : Justin Trudeau
        - (Recorded later: Kamala D. Harris, 20 January 2021) : - (Recorded later: Chrystia Freeland, 20 November 2019)
        John Forbes Kerry : Chrystia Freeland
        - (Recorded later: Lloyd J. Austin III, 22 January 2021) : Harjit Sajjan
        - (Last recorded: Bruce A. Heyman, 18 January 2017) : David MacNaughton
        """,
    "2025-01-20": """
        Donald J. Trump, Joseph R. Biden Jr. : Justin Trudeau
        J.D. Vance, Kamala D. Harris : - (Last recorded: Chrystia Freeland, 2 May 2023)
        Antony J. Blinken : Mélanie Joly
        - (Last recorded: Lloyd J. Austin III, January 2025) : Bill Blair
        - (Last recorded: Marybeth Turner, January 2025) : Kirsten Hillman
        """,
    "2025-03-14": """
        Donald J. Trump : Mark Carney, Justin Trudeau
        J.D. Vance : - (Last recorded: Chrystia Freeland, 2 May 2023)
        Marco Rubio : Mélanie Joly
        Pete Hegseth : Bill Blair
        Marybeth Turner : Kirsten Hillman
        """,
}
# The home shows them without the deputies.
ON_THE_HOME = tuple(role for role in ROLES if role != "Deputies")


def shown(page: str) -> dict[str, str]:
    """Kind of post → the people of both sides, as in the table above."""
    rows = page[page.index('<div class="counter">') :].split('<h3 class="counter__role">')[1:]
    return {row.partition("<")[0]: " : ".join(map(side, row.split('<div class="counter__')[1:])) for row in rows}


def side(part: str) -> str:
    found = []
    for person in part.split('<div class="person">')[1:]:
        lines = [html.unescape(re.sub(r"<[^>]+>", "", line)) for line in re.findall(r"<p[^>]*>(.*?)</p>", person)]
        found.append(f"- ({lines[2]})" if lines[0] == NOT_RECORDED else lines[0])
    return ", ".join(found)


def as_rows(table: str) -> dict[str, str]:
    return dict(zip(ROLES, (line.strip() for line in table.strip().splitlines()), strict=True))


@pytest.mark.parametrize("day", HOLDERS)
def test_the_right_people_face_each_other_on_a_day(client, real, day):
    expected = as_rows(HOLDERS[day])
    page = client.get(f"{HOME}officials/?on={day}").content.decode()
    assert {role: shown(page)[role] for role in ROLES} == expected
    home = client.get(f"{HOME}?on={day}").content.decode()
    assert shown(home) == {role: expected[role] for role in ON_THE_HOME}

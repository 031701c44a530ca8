"""Dates and figures as positions: the three drawn components, built from plain dates and numbers.

Positions are percentages, worked out here, so that the pages need no script and the text never scales.
"""

import datetime
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import NamedTuple

from django import template
from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relations.rendering.words import day_and_precision, figure, partial_date

from .record import svg_percent

register = template.Library()

DAY = datetime.timedelta(days=1)
MOST_BANDS = 6  # more labels than this collide on a tablet
NEAR = 7  # percent: dots closer than this share their labels
APART = 5  # percent: numbered circles on a strip are kept this far from each other
EDGE = 1.5  # percent: and this far from its ends, so that they do not hang over
TOGETHER = 2  # percent: two figures closer than this are of the same days; if they differ, no line explains it
SHAPES = (  # colour alone must not tell two series apart
    "M0-6a6 6 0 1 1 0 12a6 6 0 1 1 0-12z",
    "M-5-5h10v10h-10z",
    "M0-7l7 7l-7 7l-7-7z",
    "M0-6.5l6.5 11h-13z",
)
PLOT_LEFT, PLOT_RIGHT = 9, 96  # percent: dots stay clear of the labels of the values


class Axis(NamedTuple):
    """A stretch of time with its marks, all of one step."""

    marks: list[datetime.date]
    pattern: str  # of the labels

    @property
    def first(self):
        return self.marks[0]

    @property
    def last(self):
        return self.marks[-1]

    def at(self, day, left=0, right=100):
        """The position of a day in percent; a day outside sits on the edge."""
        share = (day - self.first) / (self.last - self.first)
        return left + (right - left) * min(1.0, max(0.0, share))

    def ticks(self, left=0, right=100):
        # Django's French M is a capital and three letters, which makes June and July one.
        pattern = self.pattern.replace("M", "N") if get_language() == "fr" else self.pattern
        labels = [formats.date_format(mark, pattern) for mark in self.marks]
        ends = {0: "start", len(labels) - 1: "end"}
        return [
            {
                "x": svg_percent(self.at(mark, left, right)),
                "label": label,
                "anchor": ends.get(index, "middle") if (left, right) == (0, 100) else "middle",
                "optional": index % 2 == 1,
            }
            for index, (mark, label) in enumerate(zip(self.marks, labels, strict=True))
        ]


def _weeks(first, last):
    mark = first - DAY * ((first.weekday() + 1) % 7)
    marks = [mark]
    while marks[-1] < last:
        marks.append(marks[-1] + 7 * DAY)
    return marks


def _months(first, last, step):
    count = (first.year * 12 + first.month - 1) // step * step
    marks = [datetime.date(count // 12, count % 12 + 1, 1)]
    while marks[-1] < last:
        count += step
        marks.append(datetime.date(count // 12, count % 12 + 1, 1))
    return marks


def axis(first, last):
    """The shortest step, from a week to a century, that covers both days with few marks."""
    last = max(last, first + DAY)
    if last - first <= MOST_BANDS * 7 * DAY:
        marks = _weeks(first, last)
        if len(marks) - 1 <= MOST_BANDS:
            return Axis(marks, "j M")
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 300, 600):
        marks = _months(first, last, step)
        if len(marks) - 1 <= MOST_BANDS:
            return Axis(marks, "M Y" if step < 12 else "Y")
    return Axis(_months(first, last, 1200), "Y")


def _day(value):
    return day_and_precision(value)[0]


def _middle(value):
    """The middle of what a partial date can mean: a year is drawn in its July, not on its first day."""
    day, precision = day_and_precision(value)
    if precision == "year":
        return day.replace(month=7, day=1)
    return day.replace(day=15) if precision == "month" else day


@register.inclusion_tag("components/strip.html")
def time_strip(dates, today=None, label=""):
    """A strip with one number for each date, in the order of the list that follows it."""
    days = [_day(date) for date in dates]
    if not days:
        return {"strip": None}
    scale = axis(min(days), max(days))
    bands = list(pairwise(scale.marks))
    places = [scale.at(day) for day in days]
    circles = {}  # numbers that would cover each other are moved apart; their lines keep the place
    for index in sorted(range(len(days)), key=lambda i: (places[i], i)):
        before = max(circles.values(), default=EDGE - APART)
        circles[index] = max(places[index], before + APART)
    overflow = max(circles.values()) - (100 - EDGE)
    if overflow > 0:
        after = 100 - EDGE + APART
        for index in sorted(circles, key=circles.get, reverse=True):
            circles[index] = after = min(circles[index], after - APART)
    return {
        "strip": {
            "label": label
            or ngettext(
                "Timeline from %(first)s to %(last)s: %(count)s dated event, described in the list below.",
                "Timeline from %(first)s to %(last)s: %(count)s dated events, described in the list below.",
                len(days),
            )
            % {"first": partial_date(scale.first), "last": partial_date(scale.last), "count": len(days)},
            "bands": [
                {
                    "x": svg_percent(scale.at(start)),
                    "width": svg_percent(scale.at(end) - scale.at(start)),
                    "on": index % 2 == 0,
                }
                for index, (start, end) in enumerate(bands)
            ],
            "ticks": scale.ticks(),
            "events": [
                {"x": svg_percent(places[i]), "cx": svg_percent(circles[i]), "number": i + 1} for i in range(len(days))
            ],
            "now": svg_percent(scale.at(today)) if today and scale.first < today < scale.last else "",
        }
    }


@register.inclusion_tag("components/tenure.html")
def tenure_chart(terms, on=None):
    """Terms on one axis.

    A term has .side .code .party .name .url .title, .held_from and .held_until (partial dates, None where
    unknown) and .attested (days on which a source names the person in the post). `on` is the day viewed.
    """
    drawn = []
    for term in terms:
        start, end = _day(term.held_from), _day(term.held_until)
        known = [one for one in (term.held_from, *term.attested, term.held_until) if _day(one)]
        if known:
            drawn.append((term, start, end, sorted(known, key=_day)))
    if not drawn:
        return {"tenures": None}
    days = [_day(one) for *_rest, known in drawn for one in known] + ([on] if on else [])
    scale = axis(min(days), max(days))

    def line(first, last, kind):
        return {"x1": svg_percent(scale.at(first)), "x2": svg_percent(scale.at(last)), "kind": kind}

    tenures = []
    for term, start, end, known in drawn:
        dots = sorted({_day(one) for one in known})
        segments = [line(dots[0], dots[-1], "on")] if len(dots) > 1 else []
        if not start:
            segments.insert(0, line(scale.first, dots[0], "un"))
        if not end:
            segments.append(line(dots[-1], scale.last, "un"))
        words = {"title": term.title, "first": partial_date(known[0]), "last": partial_date(known[-1])}
        label = (
            _("%(title)s: recorded from %(first)s to %(last)s")
            if len(dots) > 1
            else _("%(title)s: recorded on %(first)s")
        ) % words
        tenures.append(
            {
                "side": term.side,
                "code": term.code,
                "party": term.party,
                "name": term.name,
                "url": term.url,
                "title": term.title,
                "label": f"{term.name}, {label}" if term.name != term.title else label,
                "segments": segments,
                "dots": [svg_percent(scale.at(day)) for day in dots],
            }
        )
    return {
        "axis": scale.ticks(),
        "tenures": tenures,
        "now": svg_percent(scale.at(on)) if on else "",
        "now_label": _("%(date)s, the day you are viewing") % {"date": partial_date(on)} if on else "",
    }


def value_marks(highest):
    """Round values from zero to just above the highest, four steps at most."""
    highest = Decimal(highest) or Decimal(1)
    power = Decimal(10) ** highest.adjusted()
    for factor in ("0.25", "0.5", "1", "2", "2.5", "5", "10"):
        step = Decimal(factor) * power
        if step * 4 >= highest:
            break
    count = int((highest / step).to_integral_value(ROUND_CEILING))
    return [(step * index).normalize() for index in range(count + 1)]


@register.inclusion_tag("components/plot.html")
def figure_plot(observations, label="", note=""):
    """The history of one figure in one unit, from zero up.

    An observation has .value .value_max (or None) .as_of (a partial date), .side ("a", "b" or "")
    and .series (the name under which it is joined to others: a party or a publisher). Nothing below
    zero is drawn.
    """
    seen = [one for one in observations if _day(one.as_of) and one.value is not None and one.value >= 0]
    if not seen:
        return {"plot": None}
    seen.sort(key=lambda one: (_middle(one.as_of), one.value))
    scale = axis(_middle(seen[0].as_of), _middle(seen[-1].as_of))
    values = value_marks(max(one.value_max or one.value for one in seen))

    def x(one):
        return scale.at(_middle(one.as_of), PLOT_LEFT, PLOT_RIGHT)

    def y(value):
        return svg_percent(100 - 100 * float(Decimal(value) / values[-1]))

    clusters = []  # observations of about the same day: the highest is labelled above, the lowest below
    for one in seen:
        if clusters and x(one) - x(clusters[-1][-1]) < NEAR:
            clusters[-1].append(one)
        else:
            clusters.append([one])
    labels = {}
    for cluster in clusters:
        low = min(cluster, key=lambda one: one.value)
        high = max(cluster, key=lambda one: one.value_max or one.value)
        if low.value != high.value:
            labels[id(low)] = False
        labels[id(high)] = True

    series = {}
    for one in seen:
        series.setdefault((one.side, one.series), []).append(one)
    return {
        "plot": {
            "label": label
            or _("Figures from %(first)s to %(last)s, listed in the table")
            % {"first": partial_date(seen[0].as_of), "last": partial_date(seen[-1].as_of)},
            "note": note,
            "grid": [{"y": y(value), "label": figure(f"{value:f}")} for value in values],
            "ticks": scale.ticks(PLOT_LEFT, PLOT_RIGHT),
            "series": [
                {
                    "name": name,
                    "side": side,
                    "shape": SHAPES[index % len(SHAPES)],
                    "lines": [
                        {"x1": svg_percent(x(a)), "y1": y(a.value), "x2": svg_percent(x(b)), "y2": y(b.value)}
                        for a, b in pairwise(members)
                        if x(b) - x(a) >= TOGETHER
                    ],
                    "points": [
                        {
                            "x": svg_percent(x(one)),
                            "y": y(one.value),
                            "y_max": y(one.value_max) if one.value_max else "",
                            "open": day_and_precision(one.as_of)[1] != "day",
                            "label": figure(one.value_max or one.value) if id(one) in labels else "",
                            "above": labels.get(id(one), True),
                        }
                        for one in members
                    ],
                }
                for index, ((side, name), members) in enumerate(series.items())
            ],
        }
    }

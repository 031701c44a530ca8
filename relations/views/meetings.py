"""The pages of meetings."""

from django.utils.translation import gettext as _

from relations.filters.meeting import MeetingFilter
from relations.rendering import lists, meeting, meeting_lists
from relations.rendering.pages import page, public


@public("meetings", on_a_day=True)
def index(request, site):
    """Every meeting under its year, as filtered; the same as a calendar to subscribe to."""
    listed = MeetingFilter(request.GET, site)
    words = {
        "title": _("Meetings"),
        "lead": _("When leaders and ministers of the two countries meet, and what came of it."),
    }
    context = lists.context(site, listed, meeting_lists.rows, per_page=meeting_lists.PER_PAGE, **words)
    return page(request, "meeting/list.html", site, {**context, **meeting_lists.beside(site, listed, context)})


@public("meetings")
def month(request, site, month):
    """One month as a calendar."""
    return page(request, "meeting/month.html", site, meeting_lists.month_page(site, month))


@public("meetings")
def detail(request, site, slug):
    """One meeting: who met, what was on the table, what came of it."""
    item = site.item("meeting", slug)
    template, context = meeting.detail(site, item)
    return page(request, template, site, context)

"""The pages of statements."""

from django.utils.translation import gettext as _

from relations.filters.statement import StatementFilter
from relations.rendering import lists, statement
from relations.rendering.pages import page, public


@public("statements")
def index(request, site):
    """Every statement, as filtered, newest first."""
    listed = StatementFilter(request.GET, site)
    words = {
        "title": _("Statements"),
        "lead": _("Exact words, with speaker, post, day and source. A translation says whose it is."),
    }
    return page(request, "statement/list.html", site, lists.context(site, listed, statement.rows, **words))


@public("statements")
def detail(request, site, slug):
    """One statement: the words, who said them when, and on what this rests."""
    item = site.item("statement", slug)
    template, context = statement.detail(site, item)
    return page(request, template, site, context)

"""What is shown when there is nothing to show. Each works without a script; the last two without a database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relations.reading import at, clock
from relations.rendering.site import Site


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page for what never was and for what is not public yet."""
    site = Site(at(clock.now()), request.path, robots="noindex")
    response = render(request, "404.html", {"site": site}, status=404)
    response["Cache-Control"] = "no-cache"  # an instant later it may be there
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500. It asks nothing of the database, which may be what failed."""
    return render(request, "500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database does not answer; try again soon."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "30"
    response["Cache-Control"] = "no-store"
    return response

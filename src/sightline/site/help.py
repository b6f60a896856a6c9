"""Help for whoever reads a page: whom to ask, how accessible the pages are, and the parts that every page is made of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.accounts.abilities import open_to_all
from sightline.site import component_examples


@open_to_all
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to begin, and whom to ring."""
    return render(request, "site/help.html")


@open_to_all
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What has been tested with assistive technology in mind, what has not, and how to say that something does not work."""
    return render(request, "site/accessibility.html")


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def components(request: HttpRequest) -> HttpResponse:
    """Every part of a page, its code and when to use it."""
    if request.method == "POST":  # an example was sent: nothing is kept
        return redirect("components")
    return render(request, "site/components.html", component_examples.context())

"""The page that leads through the set-up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sightline.partnership.agencies.abilities import entitled
from sightline.site.set_up.steps import steps


@entitled("K0", "C")
def set_up(request: HttpRequest) -> HttpResponse:
    """Everything that has to be there, each line with its true state."""
    lines = steps(timezone.localdate())
    done = sum(line.state.is_done for line in lines)
    return render(request, "site/set_up.html", {"steps": lines, "done": done, "is_complete": done == len(lines)})

"""The way in by link: nothing about a case stands here, whatever link was followed."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sightline.partnership.accounts.abilities import open_to_all
from sightline.partnership.case_reviews import link_sessions
from sightline.partnership.case_reviews.link_forms import CodeForm
from sightline.partnership.case_reviews.workflow import links
from sightline.procedures.errors import NotAllowedNow

MOST_TRIES_A_MINUTE = 20
TOO_OFTEN = "Too many codes have been tried from your network. Wait a minute, then try again."


@sensitive_post_parameters("code")
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for the code. A link that opens nothing shows the same page, and the same sentence, as one that does."""
    if request.method != "POST":
        return render(request, "case_reviews/answer_code.html", {"form": CodeForm()})
    form, status = CodeForm(request.POST.copy()), 200
    if _too_often(request):
        form.add_error(None, TOO_OFTEN)
        status = 429
    elif form.is_valid():
        now = timezone.now()
        try:
            link = links.open_with_code(token, form.cleaned_data["code"], at=now)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
            form.data["code"] = ""
        else:
            link_sessions.begin(request, link, at=now)
            return redirect("case_reviews:link_request")
    return render(request, "case_reviews/answer_code.html", {"form": form}, status=status)


@open_to_all
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the visit; the browser forgets it."""
    link_sessions.end(request)
    response = redirect("case_reviews:link_left")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@open_to_all
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "case_reviews/link_over.html", {"has_left": True})


def _too_often(request: HttpRequest) -> bool:
    """Each link locks by itself; this keeps one place from trying many links."""
    key = f"answer-code:{request.META.get('REMOTE_ADDR', '')}:{timezone.now():%H%M}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > MOST_TRIES_A_MINUTE

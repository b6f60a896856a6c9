"""The one page of the vault itself: where an open form sends what is being typed. All other pages belong to rooms that know the matter."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.people import drafts
from sightline.procedures.errors import NotAllowedNow


@signed_in
@require_POST
def keep_draft(request: HttpRequest, form: str, about: str) -> JsonResponse:
    """Keep what this person has typed so far. The address says nothing about whether there is such a thing to write about."""
    try:
        draft = drafts.keep(request.user, form, about, request.POST)  # type: ignore[arg-type]
    except NotAllowedNow as refusal:
        return JsonResponse({"problem": str(refusal)}, status=413)
    saved_at = draft.saved_at if draft else timezone.now()
    return JsonResponse({"saved_at": f"{timezone.localtime(saved_at):%H:%M}"})

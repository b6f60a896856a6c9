"""The notification pack on a page and as a Word file. Whose identity is shown is recorded before a byte of it is written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import notification_pack, notification_pack_word
from sightline.partnership.case_reviews.abilities import takes_notification_pack
from sightline.partnership.case_reviews.models import SeriousIncident

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@takes_notification_pack
@require_safe
def page(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Everything that the national form may ask for, to be typed or copied into it, or printed."""
    _record_reading("notification_pack", incident, by=request.user)
    pack = notification_pack.build(incident, reader=request.user)
    return render(request, "case_reviews/notification_pack.html", {"incident": incident, "matter": incident.matter, "pack": pack})


@takes_notification_pack
@require_safe
def word_file(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """The same as a Word file, under a name that tells nothing but the marking and the reference."""
    _record_reading("notification_pack_word", incident, by=request.user)
    pack = notification_pack.build(incident, reader=request.user)
    content = notification_pack_word.written(pack, taken_by=str(request.user), taken_on=timezone.localdate())
    headers = {
        "Content-Disposition": f'attachment; filename="OFFICIAL-SENSITIVE {pack.reference} notification pack.docx"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=WORD, headers=headers)


def _record_reading(name: str, incident: SeriousIncident, *, by: Account) -> None:
    """The incident, and each person by themselves, as if their identities had been opened one by one."""
    about = {"by": by, "matter_id": incident.matter_id}
    trail.record_reading(f"case_reviews.{name}", incident, kind="K3", **about)
    for person in notification_pack.people_named(incident):
        trail.record_reading("identity", person, kind="K1", **about)

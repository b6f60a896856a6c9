"""The clocks of a matter on each of its pages: which working day it is, when the review is due and whose turn it is."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from sightline.partnership.agencies import arrangements
from sightline.partnership.case_reviews import access, clocks, practice_access, practice_clocks, questions, review_access
from sightline.partnership.case_reviews.models import PracticeReview, RapidReview, SeriousIncident

register = template.Library()


@register.inclusion_tag("case_reviews/_clock_bar.html", takes_context=True)
def clock_bar(context: RequestContext) -> dict[str, Any]:
    """Nothing on a page that is about no raised incident, or for somebody who may read neither the incident nor its review."""
    matter, request = context.get("matter"), context.get("request")
    if not getattr(matter, "pk", None) or request is None or not request.user.is_authenticated:
        return {}
    incident = SeriousIncident.objects.exclude(status="draft").select_related("matter", "notification").filter(matter_id=matter.pk).first()
    if incident is None:
        return {}
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    shown: dict[str, Any] = {}
    if access.can_see(request.user, incident):
        shown |= {"incident": incident, "notification": questions.notification_clock(incident, on=today, calendar=calendar)}
    review = RapidReview.objects.prefetch_related("status_changes", "tasks").filter(incident=incident).first()
    if review is not None:
        review.incident = incident
        if review_access.can(request.user, "R", review):
            clock = clocks.rapid_review_clock(review, on=today, calendar=calendar)
            shown |= {"incident": incident, "review": review, "clock": clock, "ball": clocks.ball_of(review, calendar=calendar)}
    practice = PracticeReview.objects.prefetch_related("status_changes").filter(rapid_review__incident=incident).first()
    if practice is not None and review is not None:
        practice.rapid_review = review
        if practice_access.can(request.user, "R", practice):
            clock = practice_clocks.completion_clock(practice, on=today, calendar=calendar)
            plan, notice = practice_clocks.publication_of(practice), practice_clocks.notice_deadline(practice, calendar=calendar)
            waits_for_notice = notice is not None and plan is not None and plan.notice_sent_on is None
            shown |= {"incident": incident, "practice": practice, "practice_clock": clock, "notice": notice if waits_for_notice else None}
    return shown

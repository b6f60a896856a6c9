"""Showing names in place of codes: on every page of a review's chronologies in one and the same way, and recorded before they are seen."""

from typing import Any

from django.http import HttpRequest

from sightline.partnership.accounts.access import stepped_up
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.access import Standing
from sightline.partnership.need_to_know.models import MatterPerson


def how(request: HttpRequest, review: RapidReview) -> Standing:
    return need_to_know.standing(request.user, review.matter, stepped_up=stepped_up(request))


def shown_as(request: HttpRequest, review: RapidReview, *, names: bool) -> dict[str, bool]:
    """How the rows are to be read. Where names are shown each person's identity counts as opened, and that is recorded first."""
    if not names:
        return {"names": False, "may_see_protected": False}
    for person in MatterPerson.objects.filter(matter=review.matter).select_related("person"):
        trail.record_reading("identity", person.person, by=request.user, kind="K1", matter_id=review.matter_id)
    return {"names": True, "may_see_protected": need_to_know.may_see_protected_addresses(request.user, review.matter)}


def about(review: RapidReview, *, names: bool = False) -> dict[str, Any]:
    """What every page of a review's chronologies says of itself."""
    return {"review": review, "incident": review.incident, "matter": review.matter, "names": names}

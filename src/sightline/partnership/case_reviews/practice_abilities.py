"""How the pages of a practice review find it, or a part of it, and ask whether this person may."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse

from sightline.partnership.case_reviews import practice_access, review_access
from sightline.partnership.case_reviews.models import (
    AccuracyCheck,
    AgencyReport,
    FamilyPart,
    LineOfEnquiry,
    ParallelPause,
    PracticeReview,
    ReviewDraft,
    Reviewer,
    SignedText,
)
from sightline.partnership.case_reviews.workflow import signing
from sightline.partnership.documents.models import Document
from sightline.partnership.need_to_know.abilities import guarded_by
from sightline.partnership.need_to_know.access import Standing

View = Callable[..., HttpResponse]


def practice_review(practice_id: str, **_: Any) -> PracticeReview:
    """A practice review as a protected record of its matter."""
    return PracticeReview.objects.select_related("rapid_review__incident__matter", "rapid_review__incident__notification").get(
        pk=practice_id
    )


class PartOfPractice:
    """Lets a part of a practice review be asked about as if it were the review itself."""

    def __init__(self, review: PracticeReview, part: Any) -> None:
        self.review, self.part = review, part
        self.matter, self.access_state, self.pk = review.matter, review.access_state, review.pk
        # An agency's own report is its own part of the review; every other part is nobody's own.
        self.owner_agency_id = getattr(part, "owner_agency_id", None)


def part_of_practice(model: type[Model], through: str = "practice_review") -> Callable[..., PartOfPractice]:
    def find(part_id: str, **_: Any) -> PartOfPractice:
        part = model.objects.select_related(f"{through}__rapid_review__incident__matter").get(pk=part_id)
        review: Any = part
        for name in through.split("__"):
            review = getattr(review, name)
        return PartOfPractice(review, part)

    return find


reviewer = part_of_practice(Reviewer)
line_of_enquiry = part_of_practice(LineOfEnquiry)
agency_report = part_of_practice(AgencyReport)
family_part = part_of_practice(FamilyPart)
pause = part_of_practice(ParallelPause)
draft = part_of_practice(ReviewDraft)
accuracy_check = part_of_practice(AccuracyCheck, "draft__practice_review")


def practice_text(part_id: str, **_: Any) -> PartOfPractice:
    """A text of a practice review that partners sign."""
    text = SignedText.objects.select_related("incident__matter").exclude(kind="rapid_review").get(pk=part_id)
    review = PracticeReview.objects.select_related("rapid_review__incident__matter").get(rapid_review__incident=text.incident)
    return PartOfPractice(review, text)


def practice_document(document_id: str, **_: Any) -> Document:
    return Document.objects.held().select_related("matter").get(pk=document_id, kind="practice_review")


def runs_practice(view: View) -> View:
    """For steps that the business unit alone takes; whoever else may edit is answered as if the page were not there."""

    @wraps(view)
    def wrapper(request: HttpRequest, found: Any) -> HttpResponse:
        review = found.review if isinstance(found, PartOfPractice) else found
        if not practice_access.can_run(request.user, review):
            raise Http404
        return view(request, found)

    return wrapper


def may_sign_text(how: Standing, found: PartOfPractice) -> bool:
    """A partner, or whom the partner delegated it to, who has just confirmed who they are."""
    text = found.part
    if text.state != "with_partners" or signing.signer_of(text, how.account) is None:
        return False
    return any(asker.stepped_up for asker in how.roles)


signs_text = guarded_by("K6", "V", practice_text, may_sign_text)


def may_scrutinise_text(how: Standing, found: PartOfPractice) -> bool:
    return review_access.is_scrutineer_of(how.account, found.part.incident, found.part.record_kind)


scrutinises_text = guarded_by("K6", "R", practice_text, may_scrutinise_text)

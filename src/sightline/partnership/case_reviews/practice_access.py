"""Who may see or do what with a practice review. Facts are gathered here; the one policy decides."""

from django.db.models import Q, QuerySet

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.access import BUSINESS_UNIT
from sightline.partnership.case_reviews.models import AgencyReport, PracticeReview
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.errors import NotAllowedNow, NotPermitted


def visible_to(account: Account) -> QuerySet[PracticeReview]:
    """Practice reviews of the matters that this account may know of, and those that it writes by a grant."""
    of_matters = Q(rapid_review__incident__matter__in=need_to_know.visible_matters(account))
    return PracticeReview.objects.filter(of_matters).exclude(need_to_know.kept_from(account, "rapid_review__incident__matter"))


def can(account: Account, action: str, review: PracticeReview) -> bool:
    """What the policy says of a practice review; its reviewer is let in by a grant."""
    return bool(need_to_know.decide(account, action, "K6", matter=review.matter, state=review.access_state))


def can_read_report(account: Account, report: AgencyReport) -> bool:
    """An agency's own report is its own part of the review."""
    facts = {"matter": report.matter, "owner_agency_id": report.owner_agency_id, "state": report.access_state}
    return bool(need_to_know.decide(account, "R", "K6", **facts))


def can_write(account: Account, review: PracticeReview) -> bool:
    """The business unit, the panel's chair and the reviewer."""
    return can(account, "E", review)


def check_can_write(account: Account, review: PracticeReview) -> None:
    if not can_write(account, review):
        raise NotPermitted("Only the business unit, the panel's chair and the reviewer write in a practice review.")
    check_is_open(review)


def can_run(account: Account, review: PracticeReview) -> bool:
    """The business unit alone takes a practice review from stage to stage, asks agencies and sends what goes out."""
    return can_write(account, review) and _is_unit(account, review.matter)


def check_can_run(account: Account, review: PracticeReview) -> None:
    if not can_run(account, review):
        raise NotPermitted("Only the partnership's business unit does this.")
    check_is_open(review)


def check_is_open(review: PracticeReview) -> None:
    if review.access_state != "open":
        raise NotAllowedNow("This practice review has ended.")


def check_can_commission(account: Account, matter: Matter) -> None:
    """The unit records that the partners commissioned it; there is no practice review yet that could be asked about."""
    if not need_to_know.decide(account, "E", "K6", matter=matter) or not _is_unit(account, matter):
        raise NotPermitted("Only the partnership's business unit records that a practice review was commissioned.")


def _is_unit(account: Account, matter: Matter) -> bool:
    return any(asker.role in BUSINESS_UNIT for asker in need_to_know.standing(account, matter).roles)

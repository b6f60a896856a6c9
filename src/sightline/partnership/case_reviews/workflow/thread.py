"""Questions and answers between the business unit and one agency, beside what the agency wrote."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import review_access, routes
from sightline.partnership.case_reviews.letters_to import address_of
from sightline.partnership.case_reviews.models import AgencyRequest, RequestMessage
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.notices import outbox
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.agency_return import agency_return
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@transaction.atomic
def say(request: AgencyRequest, *, text: str, by: Writer, question: str = "", row: str = "", at: datetime | None = None) -> RequestMessage:
    """Write into the thread; whoever is on the other side gets a letter that something waits, without a word of it."""
    request = AgencyRequest.objects.select_for_update(of=("self",)).select_related("review__incident__matter", "agency").get(pk=request.pk)
    is_from_agency = _is_from_agency(by, request)
    if request.is_over or request.status == AgencyRequestStatus.WITHDRAWN:
        raise NotAllowedNow("This request is closed: nothing more can be asked or answered in it.")
    if not text.strip():
        raise NotAllowedNow("Write what you wish to ask or to say.")
    if question and question not in {field.code for field in agency_return().fields()}:
        raise NotAllowedNow("The question that you write about does not exist. Choose one of the list.")
    if not is_from_agency and routes.protected_address_in(text, request.matter):
        raise NotAllowedNow("The message tells an address that is protected. Take it out: a protected address never goes to an agency.")
    who = {"by_officer": by} if isinstance(by, Officer) else {"by": by}
    message = RequestMessage.objects.create(
        request=request, text=text.strip(), question=question, row=row, is_from_agency=is_from_agency, at=at or timezone.now(), **who
    )
    request.version += 1
    request.save(update_fields=["version", "changed_at"])
    _tell_the_other_side(message)
    trail.record("agency_request.message_written", message, by=by, kind="K4", matter_id=request.matter_id)
    return message


def _is_from_agency(by: Writer, request: AgencyRequest) -> bool:
    """Which side somebody writes for. An agency may still be asked, and answer, after it has submitted."""
    if isinstance(by, Account) and review_access.can_run(by, request.review):
        return False
    may_write = review_access.can_write(by, request) if isinstance(by, Officer) else _is_of_the_agency(by, request)
    if not may_write:
        raise NotPermitted("Only the business unit and the agency that was asked write here.")
    return True


def _is_of_the_agency(account: Account, request: AgencyRequest) -> bool:
    agencies = {request.agency_id, request.coordinated_by.agency_id if request.coordinated_by else None}
    return account.agency_id in agencies and review_access.can_with_request(account, "R", request)


def _tell_the_other_side(message: RequestMessage) -> None:
    request = message.request
    if not message.is_from_agency:
        reader = routes.reader_of(request, as_london_date(message.at))
        outbox.queue("case_reviews.request_message", to=address_of(reader), about=request.pk, matter_id=request.matter_id)
        return
    for manager in review_access.unit_of(request.review):
        outbox.queue("case_reviews.request_message", to=manager.pk, about=request.pk, matter_id=request.matter_id)

"""Agencies publish terms of use, and people accept them."""

from django.db import transaction

from sightline.partnership.accounts import access
from sightline.partnership.accounts.models import Account, TermsAcceptance, TermsOfUse
from sightline.partnership.agencies.models import Agency
from sightline.partnership.audit_trail import trail


@transaction.atomic
def publish_terms(agency: Agency, *, text: str, by: Account) -> TermsOfUse:
    """Publish a new version; everybody of the agency is asked to accept it before they go on."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    access.check_can_manage(by, agency)
    latest = TermsOfUse.objects.latest_of(agency.pk)
    terms = TermsOfUse(agency=agency, version=latest.version + 1 if latest else 1, text=text.strip(), published_by=by)
    terms.full_clean()
    terms.save(force_insert=True)
    trail.record("terms.published", terms, by=by, kind="K17")
    return terms


@transaction.atomic
def accept_terms(terms: TermsOfUse, *, by: Account) -> TermsAcceptance:
    """Record that a person accepts this version."""
    acceptance, is_new = TermsAcceptance.objects.get_or_create(account=by, terms=terms)
    if is_new:
        trail.record("terms.accepted", terms, by=by, kind="K17")
    return acceptance


def terms_to_accept(account: Account) -> TermsOfUse | None:
    """The version that a person has still to accept, if any."""
    latest = TermsOfUse.objects.latest_of(account.agency_id)
    if latest is None or latest.acceptances.filter(account=account).exists():
        return None
    return latest

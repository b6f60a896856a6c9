"""The safeguarding partners and the partnership's own name change; what was true before stays on record."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.formats import date_format

from sightline.partnership.agencies.models import Agency, FormerName, PartnerArrangement, Partnership
from sightline.partnership.audit_trail import trail
from sightline.procedures.errors import NotAllowedNow


@transaction.atomic
def replace(agency: Agency, *, partner_role: str, valid_from: date, by) -> PartnerArrangement:
    """Make an agency the safeguarding partner of a kind from a day; the one before it ends the day before."""
    before = PartnerArrangement.objects.select_for_update().filter(partner_role=partner_role, valid_to__isnull=True).first()
    if before is not None:
        if before.agency_id == agency.pk:
            raise NotAllowedNow(f"{agency} already holds this role.")
        if valid_from <= before.valid_from:
            raise NotAllowedNow(f"{before.agency} has held this role since {date_format(before.valid_from, 'j F Y')}. Enter a later day.")
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    arrangement = PartnerArrangement(partner_role=partner_role, agency=agency, valid_from=valid_from)
    arrangement.full_clean()
    arrangement.save(force_insert=True)
    trail.record("partnerarrangement.replaced", arrangement, by=by, kind="K0")
    return arrangement


@transaction.atomic
def succeed(agency: Agency, *, successor: Agency, last_day: date, by) -> Agency:
    """End an agency that another one follows, as the integrated care board followed the clinical commissioning group."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if agency.valid_to is not None and agency.valid_to < last_day:
        raise NotAllowedNow("This agency has already ended. Change its dates if they are wrong.")
    agency.valid_to, agency.succeeded_by = last_day, successor
    agency.full_clean()
    agency.save()
    trail.record("agency.succeeded", agency, by=by, kind="K0")
    return agency


@transaction.atomic
def rename(partnership: Partnership, *, name: str, short_name: str, valid_from: date, today: date, by) -> Partnership:
    """Give the partnership a new name from a day that has come; the old name keeps its days."""
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if valid_from > today:
        raise NotAllowedNow("Enter a day that has come. A future name is entered on its first day.")
    last = partnership.former_names.order_by("-valid_to").first()
    began = last.valid_to + timedelta(days=1) if last else (partnership.arrangements_live_on or valid_from - timedelta(days=1))
    if began >= valid_from:
        raise NotAllowedNow(f"The present name began on {date_format(began, 'j F Y')}. Enter a later day.")
    former = FormerName(
        partnership=partnership,
        name=partnership.name,
        short_name=partnership.short_name,
        valid_from=began,
        valid_to=valid_from - timedelta(days=1),
    )
    former.full_clean()
    former.save(force_insert=True)
    partnership.name, partnership.short_name = name, short_name
    partnership.full_clean()
    partnership.save()
    trail.record("partnership.renamed", partnership, by=by, kind="K0")
    return partnership

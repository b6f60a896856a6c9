"""Invitations, the only way in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.accounts.roles import name_of
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid

LASTS = timedelta(days=7)


class Invitation(models.Model):
    """A link that one person may use once, within seven days, to make their account; only its fingerprint is kept."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    email = models.EmailField("e-mail address")
    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    known_as = models.CharField("name", max_length=200, blank=True)
    roles = models.JSONField(default=list)
    roles_end_on = models.DateField("roles end on", null=True, blank=True)
    issue_number = models.PositiveSmallIntegerField(default=1, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation", editable=False
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    SENSITIVITY = {
        "id": OPEN,
        "email": PARTNERSHIP,
        "officer": PARTNERSHIP,
        "known_as": PARTNERSHIP,
        "roles": PARTNERSHIP,
        "roles_end_on": PARTNERSHIP,
        "issue_number": PARTNERSHIP,
        "fingerprint": PARTNERSHIP,
        "expires_at": PARTNERSHIP,
        "invited_by": PARTNERSHIP,
        "invited_at": PARTNERSHIP,
        "accepted_at": PARTNERSHIP,
        "account": PARTNERSHIP,
        "revoked_at": PARTNERSHIP,
        "revoked_by": PARTNERSHIP,
    }

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                name="accounts_invitation_accepted_together",
                condition=Q(accepted_at__isnull=True, account__isnull=True) | Q(accepted_at__isnull=False, account__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_invitation_revoked_together",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_invitation_not_both_used_and_revoked", condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(name="accounts_invitation_has_a_name", condition=Q(officer__isnull=False) | ~Q(known_as="")),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="accounts_invitation_one_open_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation to {self.name}"

    @property
    def name(self) -> str:
        return self.officer.name if self.officer else self.known_as

    @property
    def owner_agency_id(self) -> str | None:
        return self.officer.agency_id if self.officer else None

    @property
    def role_names(self) -> list[str]:
        return [name_of(code) for code in self.roles]

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and at < self.expires_at

    def state(self, at: datetime) -> str:
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        return "open" if at < self.expires_at else "expired"

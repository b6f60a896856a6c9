"""Roles that people hold."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.partnership.accounts.roles import MUST_END, ROLE_BY_CODE, ROLE_CHOICES
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class RoleHoldingQuerySet(models.QuerySet):
    def in_force(self, on: date) -> "RoleHoldingQuerySet":
        """Holdings in force on a day; one that was ended stops at that moment, not at the end of its day."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(ended_at__isnull=True, valid_to__gte=on) | Q(ended_at__isnull=False, valid_to__gt=on),
            valid_from__lte=on,
        )


class RoleHolding(models.Model):
    """A role given to an account by another person, from one day to another."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_holdings")
    role = models.CharField(max_length=4, choices=ROLE_CHOICES)
    valid_from = models.DateField("from")
    valid_to = models.DateField("last day", null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = RoleHoldingQuerySet.as_manager()

    SENSITIVITY = {
        "id": OPEN,
        "account": PARTNERSHIP,
        "role": PARTNERSHIP,
        "valid_from": PARTNERSHIP,
        "valid_to": PARTNERSHIP,
        "granted_by": PARTNERSHIP,
        "granted_at": PARTNERSHIP,
        "ended_at": PARTNERSHIP,
        "ended_by": PARTNERSHIP,
    }

    class Meta:
        ordering = ["account", "role", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="accounts_roleholding_from_before_to", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(name="accounts_roleholding_role_is_known", condition=Q(role__in=sorted(ROLE_BY_CODE))),
            models.CheckConstraint(
                name="accounts_roleholding_not_by_oneself", condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("account"))
            ),
            models.CheckConstraint(
                name="accounts_roleholding_ended_together",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True) | Q(ended_at__isnull=False, valid_to__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_roleholding_time_limited_roles_end",
                condition=~Q(role__in=sorted(MUST_END)) | Q(valid_to__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["account", "role"], condition=Q(valid_to__isnull=True), name="accounts_roleholding_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    def is_in_force(self, on: date) -> bool:
        if on < self.valid_from or self.valid_to is None:
            return on >= self.valid_from
        return on < self.valid_to if self.ended_at else on <= self.valid_to

    @property
    def owner_agency_id(self) -> str | None:
        return self.account.agency_id

    @property
    def sentence(self) -> str:
        return ROLE_BY_CODE[self.role].sentence

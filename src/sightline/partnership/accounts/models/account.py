"""People who sign in."""

from datetime import date
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from sightline.partnership.accounts.asked_often import DAY, AskedOften, Id
from sightline.partnership.accounts.models.role_holding import RoleHolding
from sightline.partnership.accounts.roles import RUNS_THE_SYSTEM
from sightline.partnership.agencies.models import Agency, PartnerArrangement, PartnerRole, SharingAgreement, in_force
from sightline.procedures.access.allow import Asker
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SuspendedFor(models.TextChoices):
    """Why an account is suspended."""

    NOT_CONFIRMED = "not_confirmed", "The agency's lead has not confirmed it for 90 days"
    DORMANT = "dormant", "Nobody has signed in with it for 45 days"
    BY_HAND = "by_hand", "Suspended by a manager of accounts"


class AccountQuerySet(models.QuerySet):
    def active(self) -> "AccountQuerySet":
        return self.filter(is_active=True)


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):
    def get_by_natural_key(self, email: str) -> "Account":
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """Make an account without invitation, for the demo and tests."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One person's key to Sightline: an e-mail address, a person in an agency, and what keeps it in force."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    officer = models.OneToOneField("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="account")
    known_as = models.CharField("name", max_length=200, blank=True, help_text="Only for a person who is not in an agency.")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField("last signed in", null=True, blank=True, editable=False)
    training_valid_until = models.DateField("information-sharing training valid until", null=True, blank=True)
    attested_at = models.DateTimeField("last confirmed", default=timezone.now, editable=False)
    attested_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    lapse_warned_on = models.DateField("last warned that it would lapse", null=True, blank=True, editable=False)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_for = models.CharField(max_length=20, choices=SuspendedFor.choices, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    close_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    SENSITIVITY = {
        "id": OPEN,
        "password": PARTNERSHIP,
        "last_login": PARTNERSHIP,
        "email": PARTNERSHIP,
        "officer": PARTNERSHIP,
        "known_as": PARTNERSHIP,
        "is_active": PARTNERSHIP,
        "joined_at": PARTNERSHIP,
        "last_seen_at": PARTNERSHIP,
        "training_valid_until": PARTNERSHIP,
        "attested_at": PARTNERSHIP,
        "attested_by": PARTNERSHIP,
        "lapse_warned_on": PARTNERSHIP,
        "suspended_at": PARTNERSHIP,
        "suspended_for": PARTNERSHIP,
        "closed_at": PARTNERSHIP,
        "closed_by": PARTNERSHIP,
        "close_reason": PARTNERSHIP,
    }

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_account_email_once_in_any_case"),
            models.CheckConstraint(name="accounts_account_has_a_name", condition=Q(officer__isnull=False) | ~Q(known_as="")),
            models.CheckConstraint(
                name="accounts_account_suspended_together",
                condition=Q(suspended_at__isnull=True, suspended_for="") | (Q(suspended_at__isnull=False) & ~Q(suspended_for="")),
            ),
            models.CheckConstraint(
                name="accounts_account_closed_together",
                condition=Q(closed_at__isnull=True, close_reason="", closed_by__isnull=True)
                | (Q(closed_at__isnull=False) & ~Q(close_reason="")),
            ),
            models.CheckConstraint(
                name="accounts_account_active_unless_suspended_or_closed",
                condition=Q(is_active=True, suspended_at__isnull=True, closed_at__isnull=True)
                | (Q(is_active=False) & (Q(suspended_at__isnull=False) | Q(closed_at__isnull=False))),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.officer.name if self.officer else self.known_as

    @property
    def agency(self) -> Agency | None:
        return self.officer.agency if self.officer else None

    @property
    def agency_id(self) -> str | None:
        return self.officer.agency_id if self.officer else None

    @property
    def owner_agency_id(self) -> str | None:
        return self.agency_id

    @property
    def state(self) -> str:
        if self.closed_at:
            return "closed"
        return "suspended" if self.suspended_at else "active"

    def training_in_date(self, on: date) -> bool:
        return self.training_valid_until is not None and on <= self.training_valid_until

    def role_codes(self, on: date) -> frozenset[str]:
        """The roles held on a day."""
        return frozenset(self.role_holdings.in_force(on).values_list("role", flat=True))

    def has_second_factor(self) -> bool:
        return Authenticator.objects.filter(user=self, type__in=SECOND_FACTORS).exists()

    def askers(self, *, on: date | None = None, stepped_up: bool = False) -> tuple[Asker, ...]:
        """This person as the access policy sees them: once for each role held."""
        on = on or timezone.localdate()
        return tuple(
            Asker(
                role=role,
                active=bool(is_active),
                second_factor=bool(factor) or settings.IS_DEMO,
                stepped_up=stepped_up,
                is_local_authority=bool(is_local_authority),
                # Whoever runs the system shares nothing about children, so neither training in sharing nor an agreement is asked of them.
                training_in_date=role in RUNS_THE_SYSTEM or (trained_until is not None and on <= trained_until),
                sharing_agreement=role in RUNS_THE_SYSTEM or agency_id is None or bool(agreement),
            )
            for role, is_active, factor, is_local_authority, trained_until, agency_id, agreement in _ROLES_HELD.rows(
                ids={"account": self.pk}, on=on
            )
        )


def _roles_held() -> models.QuerySet[RoleHolding]:
    """The account is read afresh with its roles: a closed account is refused although the page was asked for before."""
    agency = OuterRef("account__officer__agency")
    return (
        RoleHolding.objects.filter(account=Id("account"))
        .in_force(DAY)
        .order_by("role")
        .values_list(
            "role",
            "account__is_active",
            Exists(Authenticator.objects.filter(user=OuterRef("account"), type__in=SECOND_FACTORS)),
            Exists(PartnerArrangement.objects.in_force(DAY).filter(partner_role=PartnerRole.LOCAL_AUTHORITY, agency=agency)),
            "account__training_valid_until",
            "account__officer__agency",
            Exists(SharingAgreement.parties.through.objects.filter(in_force(DAY, "sharingagreement__"), agency=agency)),
        )
    )


_ROLES_HELD: Final = AskedOften(_roles_held)

"""What each safeguarding partner thinks should happen, and what the local authority decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.documents.models import Document
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.case_review import NotificationType
from sightline.procedures.consultation import VIEWS
from sightline.procedures.references import new_ulid

PARTNER_ROLES = [("local_authority", "Local authority"), ("police", "Police"), ("health", "Health partner")]


class PartnerView(models.Model):
    """One partner asked for a view, the person asked, and the view once it is given."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="partner_views")
    partner_role = models.CharField(max_length=20, choices=PARTNER_ROLES)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    recipient_confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=20, blank=True, choices=list(VIEWS.items()))
    reasons = models.TextField(blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    how_received = models.CharField("how the view was received", max_length=200, blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "partner_role": PARTNERSHIP, "agency": PARTNERSHIP, "asked_of": PARTNERSHIP,
        "asked_at": PARTNERSHIP, "recipient_confirmed_by": PARTNERSHIP, "view": CHILD, "reasons": CHILD, "given_by": PARTNERSHIP,
        "given_at": PARTNERSHIP, "how_received": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["partner_role"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "partner_role"], name="partner_view_once_a_partner"),
            models.CheckConstraint(
                name="partner_view_given_together",
                condition=Q(view="", given_at__isnull=True, given_by__isnull=True)
                | (~Q(view="") & ~Q(reasons="") & Q(given_at__isnull=False, given_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.get_partner_role_display()


class NotificationDecision(models.Model):
    """The local authority's decision whether to notify, with the answers and views it rested on. Never changed: a new one follows."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="decisions")
    notify = models.BooleanField("notify")
    notification_type = models.CharField(max_length=40, blank=True, choices=[(t.value, t.label) for t in NotificationType])
    reasons = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_as = models.CharField("decided in the role of", max_length=200)
    decided_at = models.DateTimeField()
    answers = models.JSONField("answers to section 16C at the time", default=dict)
    views = models.JSONField("partners' views at the time", default=dict)
    dissent = models.TextField("views that differ", blank=True)
    learning_route = models.CharField(max_length=40, blank=True)
    learning_reasons = models.TextField(blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "notify": PARTNERSHIP, "notification_type": CHILD, "reasons": CHILD,
        "decided_by": PARTNERSHIP, "decided_as": PARTNERSHIP, "decided_at": PARTNERSHIP, "answers": CHILD, "views": CHILD,
        "dissent": CHILD, "learning_route": PARTNERSHIP, "learning_reasons": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="notification_decision_has_reasons",
                condition=~Q(reasons="") & (Q(notify=True) & ~Q(notification_type="") | Q(notify=False) & ~Q(learning_route="")),
            )
        ]

    def __str__(self) -> str:
        return "Notify" if self.notify else "Not notifiable"


class NotificationSent(models.Model):
    """That the notification was submitted to the national service: when, by whom, under which national reference, with what proof."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.OneToOneField("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="notification")
    notified_at = models.DateTimeField("when it was submitted")
    national_reference = models.CharField(max_length=60, blank=True)
    submitted_by_name = models.CharField("who submitted it", max_length=200)
    submitted_by_role = models.CharField("their role", max_length=200, blank=True)
    submitted_by_phone = models.CharField("their telephone number", max_length=60, blank=True)
    submitted_by_email = models.EmailField("their e-mail address", blank=True)
    proof = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="proof of submission"
    )
    late_reasons = models.TextField("why it was late", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "notified_at": PARTNERSHIP, "national_reference": PARTNERSHIP,
        "submitted_by_name": PARTNERSHIP, "submitted_by_role": PARTNERSHIP, "submitted_by_phone": PARTNERSHIP,
        "submitted_by_email": PARTNERSHIP, "proof": PARTNERSHIP, "late_reasons": CHILD, "recorded_by": PARTNERSHIP,
        "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        verbose_name_plural = "notifications sent"

    def __str__(self) -> str:
        return f"Notified {self.notified_at:%d %B %Y}"

    @property
    def kept_proof(self) -> Document | None:
        """The proof, unless it has since been removed from the documents."""
        return self.proof if self.proof is not None and self.proof.removed_at is None else None

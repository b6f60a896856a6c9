"""Learning below the threshold: where an incident goes that is not notified."""

from django.conf import settings
from django.db import models

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.code_lists import choices
from sightline.procedures.references import new_ulid


class LearningReferral(models.Model):
    """An incident that is not notifiable, sent on so that its learning is not lost."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.OneToOneField("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="learning_referral")
    route = models.CharField(max_length=40, choices=choices("learning_routes"))
    reasons = models.TextField()
    referred_at = models.DateTimeField()
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_up_at = models.DateTimeField(null=True, blank=True)
    taken_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_up_how = models.TextField("what will be done, by whom and by when", blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "route": PARTNERSHIP, "reasons": CHILD, "referred_at": PARTNERSHIP,
        "referred_by": PARTNERSHIP, "taken_up_at": PARTNERSHIP, "taken_up_by": PARTNERSHIP, "taken_up_how": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["-referred_at"]

    def __str__(self) -> str:
        return self.get_route_display()

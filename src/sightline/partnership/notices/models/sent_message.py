"""What the demo keeps instead of sending."""

from django.db import models
from django.utils import timezone

from sightline.partnership.notices.models.notice import Notice
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class SentMessage(models.Model):
    """A message of the example partnership, which has no mail server: kept here so that people can read it on a page."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    notice = models.OneToOneField(Notice, on_delete=models.SET_NULL, null=True, blank=True, related_name="kept_message")
    to_address = models.EmailField("to", db_index=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    kept_at = models.DateTimeField("sent", default=timezone.now, db_index=True)

    SENSITIVITY = {
        "id": OPEN, "notice": PARTNERSHIP, "to_address": PARTNERSHIP, "subject": PARTNERSHIP, "body": PARTNERSHIP, "kept_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return self.subject

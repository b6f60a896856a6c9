"""Devices that a person has signed in from."""

from django.conf import settings
from django.db import models

from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class KnownDevice(models.Model):
    """A browser that this person has used before, known by the fingerprint of a random cookie; any other one causes a notice."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_devices")
    fingerprint = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField(auto_now_add=True)

    SENSITIVITY = {"id": OPEN, "account": PARTNERSHIP, "fingerprint": PARTNERSHIP, "first_seen_at": PARTNERSHIP}

    class Meta:
        ordering = ["-first_seen_at"]
        constraints = [models.UniqueConstraint(fields=["account", "fingerprint"], name="accounts_knowndevice_once")]

    def __str__(self) -> str:
        return f"A device of {self.account}"

"""When the worker's regular duties come round."""

from django.db import models

from sightline.procedures.access.sensitivity import PARTNERSHIP


class WorkerDuty(models.Model):
    """One regular duty of the worker: when it is due next, and how it ended last."""

    name = models.CharField(primary_key=True, max_length=60)
    next_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=80, blank=True)

    SENSITIVITY = {
        "name": PARTNERSHIP, "next_at": PARTNERSHIP, "started_at": PARTNERSHIP, "finished_at": PARTNERSHIP, "last_error": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "worker duties"

    def __str__(self) -> str:
        return self.name

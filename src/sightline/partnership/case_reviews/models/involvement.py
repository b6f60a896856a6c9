"""Who else is involved: professionals who knew the child, and proceedings that run beside the review."""

from django.db import models

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.code_lists import choices
from sightline.procedures.references import new_ulid


class InvolvedProfessional(models.Model):
    """A professional or service that knew the child or family, as named at intake."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="professionals")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    other_agency = models.CharField("agency, if it is not in the list", max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField("role", max_length=200)
    contact = models.CharField("telephone or e-mail", max_length=200, blank=True)
    knew_whom = models.CharField("whom they knew, and how", max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "agency": CHILD, "other_agency": CHILD, "name": CHILD, "role": CHILD,
        "contact": CHILD, "knew_whom": CHILD, "added_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"{self.role}, {self.agency or self.other_agency or 'agency not known'}"


class ParallelProceeding(models.Model):
    """An investigation, inquest, review or court case that runs beside this one."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="parallel_proceedings")
    kind = models.CharField("kind of proceedings", max_length=30, choices=choices("parallel_processes"))
    reference = models.CharField("their reference", max_length=100, blank=True)
    led_by = models.CharField("who leads it", max_length=200, blank=True)
    stage = models.CharField("stage reached", max_length=300, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "kind": CHILD, "reference": CHILD, "led_by": CHILD, "stage": CHILD,
        "added_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()

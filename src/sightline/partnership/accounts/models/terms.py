"""Each agency's terms of use, and who has accepted which version."""

from django.conf import settings
from django.db import models

from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class TermsOfUseQuerySet(models.QuerySet):
    def latest_of(self, agency_id: str | None) -> "TermsOfUse | None":
        """The version that people of an agency must have accepted."""
        return self.filter(agency_id=agency_id).order_by("-version").first() if agency_id else None


class TermsOfUse(models.Model):
    """One version of what an agency requires of its people before they use Sightline; never changed, a new version follows."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="terms_of_use")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TermsOfUseQuerySet.as_manager()

    SENSITIVITY = {"id": OPEN, "agency": OPEN, "version": OPEN, "text": OPEN, "published_at": OPEN, "published_by": PARTNERSHIP}

    class Meta:
        ordering = ["agency", "-version"]
        verbose_name_plural = "terms of use"
        constraints = [models.UniqueConstraint(fields=["agency", "version"], name="accounts_termsofuse_version_once")]

    def __str__(self) -> str:
        return f"Terms of use of {self.agency}, version {self.version}"


class TermsAcceptance(models.Model):
    """That a person accepted a version, and when."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="terms_accepted")
    terms = models.ForeignKey(TermsOfUse, on_delete=models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(auto_now_add=True)

    SENSITIVITY = {"id": OPEN, "account": PARTNERSHIP, "terms": OPEN, "accepted_at": PARTNERSHIP}

    class Meta:
        ordering = ["-accepted_at"]
        constraints = [models.UniqueConstraint(fields=["account", "terms"], name="accounts_termsacceptance_once")]

    def __str__(self) -> str:
        return f"{self.account} accepted {self.terms}"

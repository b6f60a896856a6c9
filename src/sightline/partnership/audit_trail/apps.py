from django.apps import AppConfig


class AuditTrailConfig(AppConfig):
    """Who did or saw what, in a chain that shows tampering."""

    name = "sightline.partnership.audit_trail"
    label = "audit_trail"
    verbose_name = "Audit trail"

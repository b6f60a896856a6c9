"""What the audit trail stores."""

from sightline.partnership.audit_trail.models.audit_event import AuditEvent
from sightline.partnership.audit_trail.models.verification_run import VerificationRun

__all__ = ["AuditEvent", "VerificationRun"]

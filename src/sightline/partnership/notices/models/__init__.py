"""What waits to be sent, what the demo keeps instead of sending, and when the worker's duties come round."""

from sightline.partnership.notices.models.notice import Notice, State
from sightline.partnership.notices.models.sent_message import SentMessage
from sightline.partnership.notices.models.worker_duty import WorkerDuty

__all__ = ["Notice", "SentMessage", "State", "WorkerDuty"]

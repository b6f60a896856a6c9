"""The demo's mail: kept in the database and shown on a page, because an invented partnership has no mail server."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from sightline.partnership.notices.models import SentMessage


class KeptMailBackend(BaseEmailBackend):
    """Keeps each message for each of its readers."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for mail in email_messages:
                self._keep(mail)
        return len(email_messages)

    def _keep(self, mail: EmailMessage) -> None:
        notice_id = getattr(mail, "notice_id", "") or None
        # A letter sent again because its sender died between keeping it and noting so is the same letter.
        if notice_id and SentMessage.objects.filter(notice=notice_id).exists():
            return
        for address in mail.recipients():
            SentMessage.objects.create(notice_id=notice_id, to_address=address, subject=mail.subject[:300], body=mail.body)

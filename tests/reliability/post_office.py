"""A mail server that misbehaves on purpose: refuses for now, refuses for good, hangs up before and after it has taken a message."""

import asyncio
import random
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Taken:
    """One message that the server took, and whether it then hung up without saying so."""

    message: Message
    recipients: list[str]
    hung_up: bool
    worker: int
    """Which of the workers, in the order in which they were started, was running."""

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class PostOffice:
    """What was taken so far, and how badly the server behaves."""

    chance: random.Random
    misbehaves: bool = True
    worker: int = 0
    taken: list[Taken] = field(default_factory=list)
    troubles: dict[str, int] = field(default_factory=dict)
    conversations: int = 0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        self.conversations += 1
        match self._mood():
            case "later":
                return "450 4.2.0 Mailbox busy, try later"
            case "never":
                return "550 5.1.1 No such mailbox today"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mood = self._mood()
        if mood in {"later", "never"}:
            return {"later": "451 4.3.0 Try again later", "never": "554 5.3.0 Transaction failed"}[mood]
        if mood == "hang up before":
            return self._hang_up(server)
        message = message_from_bytes(envelope.content or b"")  # type: ignore[arg-type]
        self.taken.append(Taken(message, list(envelope.rcpt_tos), mood == "hang up after", self.worker))
        # A moment in which the worker can be killed after its message was taken and before it knows.
        await asyncio.sleep(0.01)
        return self._hang_up(server) if mood == "hang up after" else "250 OK"

    def _mood(self) -> str:
        mood = self.chance.choices(
            ["good", "later", "never", "hang up before", "hang up after"], [80, 7, 4, 4, 5] if self.misbehaves else [1, 0, 0, 0, 0]
        )[0]
        self.troubles[mood] = self.troubles.get(mood, 0) + 1
        return mood

    @staticmethod
    def _hang_up(server: Any) -> str:
        server.transport.abort()
        return "421 Gone"


def open_post_office(office: PostOffice, port: int) -> Controller:
    """Start the server on a port of this machine."""
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    return controller

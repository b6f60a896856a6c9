"""Nothing leaves without being looked at: what a file says, what it hides, and whether it tells what its reader must not learn."""

from sightline.procedures.outgoing.facts import Fact
from sightline.procedures.outgoing.hidden import Hidden, hidden_content
from sightline.procedures.outgoing.scan import Found, scan
from sightline.procedures.outgoing.texts import Text, Texts, texts_of

__all__ = ["Fact", "Found", "Hidden", "Text", "Texts", "hidden_content", "scan", "texts_of"]

"""Files held with a matter."""

from sightline.partnership.documents.models.document import RECORD_KIND_BY_KIND, Document
from sightline.partnership.documents.models.document_content import DocumentContent

__all__ = ["RECORD_KIND_BY_KIND", "Document", "DocumentContent"]

"""Who may see, add and remove a document. Facts are gathered here; the one policy decides."""

from dataclasses import dataclass
from typing import Final

from sightline.partnership.accounts.models import Account
from sightline.partnership.documents.models import RECORD_KIND_BY_KIND, Document
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.errors import NotPermitted

# A practice review is begun by the partners' decision: nobody creates one, and whoever edits it keeps its papers.
KEPT_BY_EDITING: Final = frozenset({"practice_review"})


@dataclass(frozen=True)
class Papers:
    """The documents of one matter, as far as one person may know of them."""

    documents: tuple[Document, ...]
    withheld: int


def papers_of(matter: Matter, account: Account, kind: str = "incident") -> Papers:
    """What this person may read, and how many documents are sealed from them, so that nobody takes the list for the whole."""
    how = need_to_know.standing(account, matter)
    shown, withheld = [], 0
    for document in Document.objects.held().filter(matter=matter, kind=kind).select_related("matter", "added_by__officer"):
        facts = {"owner_agency_id": document.owner_agency_id, "owner_account_id": document.owner_account_id}
        if how.decide("R", document.record_kind, seals=document.seals, object_id=document.pk, **facts):
            shown.append(document)
        elif how.decide("R", document.record_kind, object_id=document.pk, **facts):
            withheld += 1
    return Papers(tuple(shown), withheld)


def can_add(account: Account, matter: Matter, kind: str = "incident") -> bool:
    owner = {"owner_agency_id": matter.raised_by_agency_id, "owner_account_id": account.pk}
    action = "E" if kind in KEPT_BY_EDITING else "C"
    return bool(need_to_know.decide(account, action, RECORD_KIND_BY_KIND[kind], matter=matter, **owner))


def check_can_add(account: Account, matter: Matter, kind: str = "incident") -> None:
    if not can_add(account, matter, kind):
        raise NotPermitted("You may not add documents to this matter.")


def can_remove(account: Account, document: Document) -> bool:
    return bool(
        need_to_know.decide(
            account, "E", document.record_kind, matter=document.matter, owner_agency_id=document.owner_agency_id,
            owner_account_id=document.owner_account_id, state=document.access_state, seals=document.seals, object_id=document.pk,
        )
    )  # fmt: skip


def check_can_remove(account: Account, document: Document) -> None:
    if not can_remove(account, document):
        raise NotPermitted("You may not remove this document.")

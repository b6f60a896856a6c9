"""Moves of previews for a family or the public: prepared, put to police and lawyers, and agreed by both until something in it changes.

None of them gives anything to anybody: a version is looked at on the screen, and leaves by no way.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import chronology_versions, review_access
from sightline.partnership.case_reviews.models import PreviewView, ProtectedFact, RapidReview, VersionPreview
from sightline.partnership.need_to_know.models import MatterPerson
from sightline.procedures.chronology_preview import MOVES, VIEWS_NEEDED, PreviewStatus
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.moves import check_move, moves_from

CHANGED = "Something in this version has changed since it was put to the police and the legal adviser. Take it back and put it again."


@transaction.atomic
def make(
    review: RapidReview, *, audience: str, rows: str, by: Account, recipient: MatterPerson | None = None, at: datetime | None = None
) -> VersionPreview:  # fmt: skip
    """Begin a version for one member of the family, or for the public."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    _check_may(review, by)
    if audience == "family" and recipient is None:
        raise NotAllowedNow("Say for whom in the family it is: what one of them must not learn another may know.")
    if recipient is not None and recipient.matter_id != review.matter_id:
        raise NotAllowedNow("Choose somebody of this matter.")
    preview = VersionPreview.objects.create(
        review=review, audience=audience, rows=rows, recipient=recipient if audience == "family" else None, made_by=by,
        made_at=at or timezone.now(),
    )  # fmt: skip
    _record("made", preview, by)
    return preview


@transaction.atomic
def protect(preview: VersionPreview, *, kind: str, words: str, why: str, by: Account, at: datetime | None = None) -> ProtectedFact:
    """Something that this reader must not learn, in the words in which rows tell it."""
    preview = _prepared(preview, by)
    if not words.strip() or not why.strip():
        raise NotAllowedNow("Write the words in which rows tell it, and why this reader must not learn it.")
    fact = ProtectedFact.objects.create(
        preview=preview, kind=kind, words=words.strip(), why=why.strip(), added_by=by, added_at=at or timezone.now()
    )
    _record("protected", preview, by)
    return fact


@transaction.atomic
def no_longer_protect(fact: ProtectedFact, *, by: Account) -> None:
    """It may be told to this reader after all."""
    preview = _prepared(fact.preview, by)
    ProtectedFact.objects.filter(pk=fact.pk).delete()
    _record("no_longer_protected", preview, by)


@transaction.atomic
def leave_out(preview: VersionPreview, *, rows: Iterable[str], by: Account) -> int:
    """Rows that do not stand in this version."""
    preview = _prepared(preview, by)
    chosen = set(chronology_versions.chosen_rows(preview)) & set(rows)
    if not chosen:
        raise NotAllowedNow("None of these rows stands in this version. Look at their numbers again.")
    preview.left_out.add(*chosen)
    _record("left_out", preview, by)
    return len(chosen)


@transaction.atomic
def put_all_back(preview: VersionPreview, *, by: Account) -> None:
    """Every row that was left out stands in it again."""
    preview = _prepared(preview, by)
    preview.left_out.clear()
    _record("put_back", preview, by)


@transaction.atomic
def put_forward(preview: VersionPreview, *, by: Account) -> VersionPreview:
    """To the police and the legal adviser, as it stands now."""
    preview = _moving(preview, PreviewStatus.WITH_POLICE_AND_LEGAL, by)
    if not chronology_versions.chosen_rows(preview):
        raise NotAllowedNow("No row stands in this version yet. Mark rows as weighty, or choose every row.")
    preview.put_forward_mark = chronology_versions.mark_of(preview)
    return _moved(preview, PreviewStatus.WITH_POLICE_AND_LEGAL, by)


@transaction.atomic
def record_view(
    preview: VersionPreview, *, side: str, agrees: bool, given_by: str, given_on: date, by: Account, words: str = "",
    at: datetime | None = None,
) -> PreviewView:  # fmt: skip
    """What the police or the legal adviser said of the very version that they saw. Both have to agree; one who does not sends it back."""
    preview = _locked(preview, by)
    if preview.state != PreviewStatus.WITH_POLICE_AND_LEGAL:
        raise NotAllowedNow("Put the version to the police and the legal adviser first.")
    if chronology_versions.mark_of(preview) != preview.put_forward_mark:
        raise NotAllowedNow(CHANGED)
    if not agrees and not words.strip():
        raise NotAllowedNow("Write what has to be kept from this reader, or changed.")
    view = PreviewView.objects.create(
        preview=preview, side=side, agrees=agrees, given_by=given_by.strip(), given_on=given_on, words=words.strip(),
        mark=preview.put_forward_mark, recorded_by=by, recorded_at=at or timezone.now(),
    )  # fmt: skip
    if not agrees:
        preview.because = words.strip()
        _moved(preview, PreviewStatus.PREPARED, by)
    elif sides_that_agree(preview) >= VIEWS_NEEDED:
        _moved(preview, PreviewStatus.AGREED, by)
    else:
        _record("viewed", preview, by)
    return view


@transaction.atomic
def take_back(preview: VersionPreview, *, because: str, by: Account) -> VersionPreview:
    """Something has to be changed; the views that were given no longer hold."""
    preview = _moving(preview, PreviewStatus.PREPARED, by)
    return _with_reason(preview, PreviewStatus.PREPARED, because, by)


@transaction.atomic
def drop(preview: VersionPreview, *, because: str, by: Account) -> VersionPreview:
    """It is not gone on with. It stays on record."""
    preview = _moving(preview, PreviewStatus.DROPPED, by)
    return _with_reason(preview, PreviewStatus.DROPPED, because, by)


def sides_that_agree(preview: VersionPreview) -> set[str]:
    """Who agrees to what was put to them; the last word of each counts."""
    last = {view.side: view.agrees for view in preview.views.filter(mark=preview.put_forward_mark)}
    return {side for side, agrees in last.items() if agrees}


def _check_may(review: RapidReview, by: Account) -> None:
    if not review_access.can_work_on_chronology(by, review):
        raise NotPermitted("Only those who work on the review prepare versions of its chronology.")


def _locked(preview: VersionPreview, by: Account) -> VersionPreview:
    preview = (
        VersionPreview.objects.select_for_update(of=("self",))
        .select_related("review__incident__matter", "review__incident__notification").get(pk=preview.pk)
    )  # fmt: skip
    _check_may(preview.review, by)
    return preview


def _prepared(preview: VersionPreview, by: Account) -> VersionPreview:
    preview = _locked(preview, by)
    if preview.state != PreviewStatus.PREPARED:
        raise NotAllowedNow(f"This version is “{preview.state.label}”. Take it back before you change it.")
    return preview


def _moving(preview: VersionPreview, to: PreviewStatus, by: Account) -> VersionPreview:
    preview = _locked(preview, by)
    check_move("version", preview.state, to, moves_from(MOVES, preview.state))
    return preview


def _with_reason(preview: VersionPreview, to: PreviewStatus, because: str, by: Account) -> VersionPreview:
    if not because.strip():
        raise NotAllowedNow("Say why.")
    preview.because = because.strip()
    return _moved(preview, to, by)


def _moved(preview: VersionPreview, to: PreviewStatus, by: Account) -> VersionPreview:
    preview.status = to.value
    preview.version += 1
    preview.save()
    _record(to.value, preview, by)
    return preview


def _record(what: str, preview: VersionPreview, by: Account) -> None:
    trail.record(f"version_preview.{what}", preview, by=by, kind="K5", matter_id=preview.review.matter_id)

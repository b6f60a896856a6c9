"""What a finding is turned into: a key practice episode, a line of enquiry, a learning point."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews.models import (
    ChronologyFinding,
    ChronologyRow,
    FindingUse,
    KeyEpisode,
    LearningPoint,
    LineOfEnquiry,
    PracticeReview,
    RapidReview,
)
from sightline.partnership.case_reviews.workflow import learning, practice_enquiry
from sightline.partnership.case_reviews.workflow.findings import check_may_weigh, locked
from sightline.procedures.errors import NotAllowedNow


@transaction.atomic
def make_episode(
    finding: ChronologyFinding, *, title: str, starts_on: date, ends_on: date, by: Account, text: str = "", at: datetime | None = None
) -> KeyEpisode:  # fmt: skip
    """The stretch of time of a finding as a key practice episode, with the rows that the finding cites."""
    finding = locked(finding, by)
    rows = ChronologyRow.objects.filter(cited_by__finding=finding)
    episode = write_episode(finding.review, title=title, starts_on=starts_on, ends_on=ends_on, by=by, text=text, rows=rows, at=at)
    FindingUse.objects.create(finding=finding, episode=episode, made_by=by, made_at=episode.made_at)
    _record(finding, "made_episode", by)
    return episode


@transaction.atomic
def write_episode(
    review: RapidReview, *, title: str, starts_on: date, ends_on: date, by: Account, text: str = "", rows: Iterable[ChronologyRow] = (),
    at: datetime | None = None,
) -> KeyEpisode:  # fmt: skip
    """A key practice episode, from rows or by hand."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    check_may_weigh(review, by)
    if not title.strip():
        raise NotAllowedNow("Give the episode a title that names nobody.")
    if ends_on < starts_on:
        raise NotAllowedNow("The episode ends before it begins. Check the two days.")
    number = (review.key_episodes.aggregate(last=Max("number"))["last"] or 0) + 1
    episode = KeyEpisode.objects.create(
        review=review, number=number, title=title.strip(), text=text.strip(), starts_on=starts_on, ends_on=ends_on, made_by=by,
        made_at=at or timezone.now(),
    )  # fmt: skip
    episode.rows.set(rows)
    trail.record("key_episode.written", episode, by=by, kind="K5", matter_id=review.matter_id)
    return episode


@transaction.atomic
def change_episode(
    episode: KeyEpisode, *, title: str, starts_on: date, ends_on: date, by: Account, seen_version: int, text: str = ""
) -> KeyEpisode:  # fmt: skip
    """Another title, text or time."""
    episode = _locked_episode(episode, by)
    if episode.version != seen_version:
        raise NotAllowedNow("Somebody else has changed this episode since you opened it. Look at it as it is now, then save yours again.")
    if not title.strip():
        raise NotAllowedNow("Give the episode a title that names nobody.")
    if ends_on < starts_on:
        raise NotAllowedNow("The episode ends before it begins. Check the two days.")
    episode.title, episode.text, episode.starts_on, episode.ends_on = title.strip(), text.strip(), starts_on, ends_on
    episode.version += 1
    episode.save()
    trail.record("key_episode.changed", episode, by=by, kind="K5", matter_id=episode.review.matter_id)
    return episode


@transaction.atomic
def remove_episode(episode: KeyEpisode, *, because: str, by: Account) -> KeyEpisode:
    """It is no key episode after all. It stays on record with the reason."""
    episode = _locked_episode(episode, by)
    if not because.strip():
        raise NotAllowedNow("Say why it is no key practice episode.")
    episode.removed_because, episode.version = because.strip(), episode.version + 1
    episode.save()
    trail.record("key_episode.removed", episode, by=by, kind="K5", matter_id=episode.review.matter_id)
    return episode


@transaction.atomic
def make_line(finding: ChronologyFinding, *, question: str, by: Account, at: datetime | None = None) -> LineOfEnquiry:
    """A line of enquiry of the practice review that followed, with the finding's rows as its evidence."""
    finding = locked(finding, by)
    review = practice_review_of(finding)
    if review is None:
        raise NotAllowedNow("No practice review was commissioned from this rapid review, so it has no lines of enquiry.")
    line = practice_enquiry.add_line(review, question=question, by=by, at=at)
    for cited in finding.cited.select_related("row"):
        practice_enquiry.add_evidence(line, kind="chronology", row=cited.row, text=finding.said, by=by, at=at)
    FindingUse.objects.create(finding=finding, line=line, made_by=by, made_at=at or timezone.now())
    _record(finding, "made_line", by)
    return line


@transaction.atomic
def make_point(finding: ChronologyFinding, *, by: Account, at: datetime | None = None, **words: Any) -> LearningPoint:
    """A learning point. What was learnt is written by a person; that it made sense at the time comes with it."""
    finding = locked(finding, by)
    if finding.status != "accepted":
        raise NotAllowedNow("Accept the finding first: nothing is learnt from what nobody has looked at.")
    point = learning.write_from_finding(finding.review.incident, by=by, at=at, **words)
    FindingUse.objects.create(finding=finding, point=point, made_by=by, made_at=point.written_at)
    _record(finding, "made_point", by)
    return point


def practice_review_of(finding: ChronologyFinding) -> PracticeReview | None:
    """The practice review that came of the incident, where there is one."""
    return PracticeReview.objects.filter(rapid_review=finding.review_id).first()


def _locked_episode(episode: KeyEpisode, by: Account) -> KeyEpisode:
    episode = KeyEpisode.objects.select_for_update(of=("self",)).select_related("review__incident__matter").get(pk=episode.pk)
    check_may_weigh(episode.review, by)
    if episode.removed_because:
        raise NotAllowedNow("This episode was taken away. Write a new one.")
    return episode


def _record(finding: ChronologyFinding, what: str, by: Account) -> None:
    trail.record(f"chronology_finding.{what}", finding, by=by, kind="K5", matter_id=finding.matter_id)

"""What pages of findings need: to read the review and every row that a finding cites."""

from typing import Any

from sightline.partnership.case_reviews import combined_chronology, findings_shown
from sightline.partnership.case_reviews.abilities import _PartOfReview, rapid_review
from sightline.partnership.case_reviews.models import ChronologyFinding, FindingQuestion, KeyEpisode
from sightline.partnership.need_to_know.abilities import guarded_by, needs
from sightline.partnership.need_to_know.access import Standing

RELATED = ("review__incident__matter", "review__incident__notification")


def finding(finding_id: str, **_: Any) -> Any:
    """A finding as part of its review."""
    found = ChronologyFinding.objects.select_related(*RELATED).get(pk=finding_id)
    return _PartOfReview(found.review, found)


def finding_question(question_id: str, **_: Any) -> Any:
    """A question about a finding as part of its finding."""
    question = FindingQuestion.objects.select_related("agency", *(f"finding__{name}" for name in RELATED)).get(pk=int(question_id))
    return _PartOfReview(question.finding.review, question)


def _reads(how: Standing, thing: Any) -> bool:
    found = thing.part.finding if isinstance(thing.part, FindingQuestion) else thing.part
    return bool(how.decide("R", "K5", state=thing.review.access_state)) and findings_shown.reads_all(how, found)


def _weighs(how: Standing, thing: Any) -> bool:
    return bool(how.decide("E", "K5", state=thing.review.access_state)) and _reads(how, thing)


reads_findings = needs("K5", "R", of=rapid_review)
changes_rules = needs("K5", "E", of=rapid_review)
reads_finding = guarded_by("K5", "R", finding, _reads)
weighs_finding = guarded_by("K5", "E", finding, _weighs)
weighs_question = guarded_by("K5", "E", finding_question, _weighs)


def key_episode(episode_id: str, **_: Any) -> Any:
    """An episode as part of its review."""
    found = KeyEpisode.objects.select_related(*RELATED).get(pk=episode_id, removed_because="")
    return _PartOfReview(found.review, found)


def _reads_episode(how: Standing, thing: Any) -> bool:
    rows = thing.part.rows.select_related("file__agency", "file__review__incident__matter")
    readable = all(combined_chronology.may_read(how, row.file, [row.seal] if row.seal else ()) for row in rows)
    return bool(how.decide("R", "K5", state=thing.review.access_state)) and readable


def _weighs_episode(how: Standing, thing: Any) -> bool:
    return bool(how.decide("E", "K5", state=thing.review.access_state)) and _reads_episode(how, thing)


reads_episode = guarded_by("K5", "R", key_episode, _reads_episode)
weighs_episode = guarded_by("K5", "E", key_episode, _weighs_episode)

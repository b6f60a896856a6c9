"""What pages of findings need: to read the review and every row that a finding cites."""

from typing import Any

from django.http import Http404

from sightline.partnership.agencies.models import Agency
from sightline.partnership.case_reviews import chronology_abilities, combined_chronology, findings_shown, review_access
from sightline.partnership.case_reviews.abilities import _PartOfReview, rapid_review
from sightline.partnership.case_reviews.models import (
    ChronologyFinding,
    FindingQuestion,
    KeyEpisode,
    ProtectedFact,
    RapidReview,
    VersionPreview,
)
from sightline.partnership.need_to_know.abilities import guarded_by, needs
from sightline.partnership.need_to_know.access import Standing
from sightline.procedures.chronology.findings.rules import Rule, rules

RELATED = ("review__incident__matter", "review__incident__notification")


def finding(finding_id: str, **_: Any) -> Any:
    """A finding as part of its review."""
    found = ChronologyFinding.objects.select_related(*RELATED).get(pk=finding_id)
    return _PartOfReview(found.review, found)


class AboutAgency:
    """A finding and one of the agencies whose rows it cites."""

    def __init__(self, found: ChronologyFinding, agency: Agency) -> None:
        self.review, self.part, self.agency = found.review, found, agency
        self.matter, self.access_state, self.pk = found.review.matter, found.review.access_state, found.pk


class RuleOf:
    """A review and one of the rules."""

    def __init__(self, review: RapidReview, rule: Rule) -> None:
        self.review, self.rule = review, rule
        self.matter, self.access_state, self.pk = review.matter, review.access_state, review.pk


def finding_and_agency(finding_id: str, agency_id: str, **_: Any) -> AboutAgency:
    """A finding with an agency whose rows it cites; any other agency is as if it were not there."""
    found = ChronologyFinding.objects.select_related(*RELATED).get(pk=finding_id)
    return AboutAgency(found, Agency.objects.filter(pk__in=found.cited.values("row__file__agency")).get(pk=agency_id))


def rule_of_review(review_id: str, kind: str, **_: Any) -> RuleOf:
    """A review with one rule; a rule that does not exist is as if it were not there."""
    if kind not in rules():
        raise Http404
    return RuleOf(rapid_review(review_id), rules()[kind])


def finding_question(question_id: str, **_: Any) -> Any:
    """A question about a finding as part of its finding."""
    question = FindingQuestion.objects.select_related("agency", *(f"finding__{name}" for name in RELATED)).get(pk=question_id)
    return _PartOfReview(question.finding.review, question)


def _works(how: Standing, thing: Any) -> bool:
    """Who works on the review, for as long as its chronologies are worked on."""
    review = thing if isinstance(thing, RapidReview) else thing.review
    return bool(how.decide("E", "K5", state=review_access.chronology_state(review)))


def _reads(how: Standing, thing: Any) -> bool:
    found = thing.part.finding if isinstance(thing.part, FindingQuestion) else thing.part
    return bool(how.decide("R", "K5", state=thing.review.access_state)) and findings_shown.reads_all(how, found)


def _weighs(how: Standing, thing: Any) -> bool:
    return _works(how, thing) and _reads(how, thing)


def _reads_named(how: Standing, thing: Any) -> bool:
    return _reads(how, thing) and chronology_abilities.may_read_names(how, thing.review)


reads_findings = needs("K5", "R", of=rapid_review)
works_on_review = guarded_by("K5", "E", rapid_review, _works)
changes_rule = guarded_by("K5", "E", rule_of_review, _works)
reads_finding = guarded_by("K5", "R", finding, _reads)
reads_finding_named = guarded_by("K1", "I", finding, _reads_named)
weighs_finding = guarded_by("K5", "E", finding, _weighs)
weighs_with_agency = guarded_by("K5", "E", finding_and_agency, _weighs)
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
    return _works(how, thing) and _reads_episode(how, thing)


reads_episode = guarded_by("K5", "R", key_episode, _reads_episode)
weighs_episode = guarded_by("K5", "E", key_episode, _weighs_episode)


def version_preview(preview_id: str, **_: Any) -> Any:
    """A version for a family or the public as part of its review."""
    found = VersionPreview.objects.select_related(*RELATED, "recipient").get(pk=preview_id)
    return _PartOfReview(found.review, found)


def protected_fact(fact_id: str, **_: Any) -> Any:
    """What one reader must not learn, as part of its review."""
    found = ProtectedFact.objects.select_related(*(f"preview__{name}" for name in RELATED)).get(pk=fact_id)
    return _PartOfReview(found.preview.review, found)


reads_preview = needs("K5", "R", of=version_preview)
prepares_preview = guarded_by("K5", "E", version_preview, _works)
prepares_fact = guarded_by("K5", "E", protected_fact, _works)

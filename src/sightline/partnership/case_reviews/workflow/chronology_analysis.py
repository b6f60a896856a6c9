"""Reading a review's chronologies by the rules: asked for by every move that changes a row, done by the worker, kept as findings."""

import time
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import chronology_cases, combined_chronology, review_access
from sightline.partnership.case_reviews.models import ChronologyAnalysis, ChronologyFinding, ChronologyRow, FindingRow, RapidReview
from sightline.procedures.chronology.findings.analysis import analyse
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.rules import rules
from sightline.procedures.errors import NotAllowedNow

LEAST_AGENCIES: Final = 2
LONGEST_SENTENCE: Final = 2_000
SAID: Final = ("said", "reasons", "about", "values", "starts_on", "ends_on", "days", "inside", "figures")


def mark_stale(review: RapidReview, *, at: datetime | None = None) -> None:
    """A row has changed: the rules are to read the chronologies again. Asked inside the transaction of the change."""
    when = at or timezone.now()
    analysis, made = ChronologyAnalysis.objects.get_or_create(review=review, defaults={"read_at": when, "stale_since": when})
    if not made and analysis.stale_since is None:
        ChronologyAnalysis.objects.filter(pk=analysis.pk).update(stale_since=when)


def read_again(review: RapidReview, *, by: Account) -> bool:
    """Somebody does not want to wait for the worker."""
    review_access.check_can_run_chronology(by, review)
    if not review_access.chronology_is_open(review):
        raise NotAllowedNow("This review has ended. Its findings stay as they are.")
    return read(review, by=by)


def read_due() -> int:
    """The worker's part: one review whose rows have changed; how many were read."""
    waiting = (
        ChronologyAnalysis.objects.filter(stale_since__isnull=False).order_by("stale_since").select_related("review__incident__matter")
    )
    for analysis in waiting[:20]:
        if read(analysis.review):
            return 1
    return 0


def read(review: RapidReview, *, by: Account | None = None, at: datetime | None = None) -> bool:
    """Put the rules to every row and keep what they say; false where the rows changed meanwhile and it is to be done again.

    The rules run outside the transaction. What they say is kept only for the very rows that they read.
    """
    began, mark = time.monotonic(), chronology_cases.mark_of(review)
    case, settings = chronology_cases.case_of(review), chronology_cases.settings_of(review)
    agencies = {entry.agency for entry in case.entries}
    found = analyse(case, settings) if len(agencies) >= LEAST_AGENCIES else ()
    seconds = time.monotonic() - began
    with transaction.atomic():
        RapidReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if chronology_cases.mark_of(review) != mark:
            return False
        when = at or timezone.now()
        known = {finding.mark: finding for finding in ChronologyFinding.objects.filter(review=review)}
        new = [
            _keep(
                review,
                known.get(each.mark),
                each,
                settings_of={p.name: settings.figure(p.name) for p in rules()[each.kind].parameters},
                at=when,
            )
            for each in _once(found)
        ]
        gone = [finding.pk for mark, finding in known.items() if finding.is_current and mark not in {each.mark for each in found}]
        ChronologyFinding.objects.filter(pk__in=gone).update(is_current=False, changed_at=when)
        analysis, _ = ChronologyAnalysis.objects.update_or_create(
            review=review,
            defaults={
                "mark": mark,
                "rows": len(case.entries),
                "agencies": len(agencies),
                "seconds": round(seconds, 3),
                "read_at": when,
                "stale_since": None,
                "missing": [{"agency": each.agency, "why": each.why} for each in combined_chronology.missing(review)],
            },
        )
        if sum(new) or gone:
            trail.record("chronology.read_by_rules", analysis, by=by, kind="K5", matter_id=review.matter_id)
    return True


def _once(found: Iterable[Finding]) -> list[Finding]:
    return list({each.mark: each for each in found}.values())


def _keep(review: RapidReview, known: ChronologyFinding | None, said: Finding, *, settings_of: dict[str, int], at: datetime) -> bool:
    """Keep one finding; what a person said of it stays. True where something is new or has changed."""
    facts = {
        "said": said.said, "reasons": list(said.reasons), "about": said.about, "values": list(said.values), "starts_on": said.start,
        "ends_on": said.end, "days": said.days, "inside": list(said.inside), "figures": settings_of,
    }  # fmt: skip
    if known is None:
        finding = ChronologyFinding.objects.create(review=review, kind=said.kind, mark=said.mark, found_at=at, changed_at=at, **facts)
        rows = {row.pk for row in ChronologyRow.objects.filter(pk__in=said.rows)}
        FindingRow.objects.bulk_create(
            [
                FindingRow(finding=finding, row_id=row, number=number, sentence=said.sentences.get(row, "")[:LONGEST_SENTENCE])
                for number, row in enumerate(said.rows, start=1)
                if row in rows
            ]
        )
        return True
    changed = [name for name in SAID if getattr(known, name) != facts[name]]
    if changed or not known.is_current:
        for name in changed:
            setattr(known, name, facts[name])
        known.is_current, known.changed_at, known.version = True, at, known.version + 1
        known.save()
        for cited in known.cited.all():
            if cited.sentence != (sentence := said.sentences.get(cited.row_id, "")[:LONGEST_SENTENCE]):
                cited.sentence = sentence
                cited.save(update_fields=["sentence"])
    return bool(changed)

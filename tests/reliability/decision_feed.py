"""Run in a process of its own: signs, over and over, what is with the partners, and keeps chronologies, until somebody kills it.

What was acknowledged is written to a ledger outside the database, line by line, before the next step begins.
"""

import json
import os
import sys

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import transaction  # noqa: E402

from sightline.partnership.audit_trail.models import AuditEvent  # noqa: E402
from sightline.partnership.case_reviews import access, report_text  # noqa: E402
from sightline.partnership.case_reviews.models import ChronologyFile, RapidReview, Signature, SignedText  # noqa: E402
from sightline.partnership.case_reviews.models.serious_incident import as_london_date  # noqa: E402
from sightline.partnership.case_reviews.workflow import chronologies, deciding, report_texts, signing  # noqa: E402
from sightline.partnership.documents.workflow import content_of  # noqa: E402
from sightline.procedures import review_decision  # noqa: E402
from sightline.procedures.signing import fingerprint  # noqa: E402

LIVE = ("information_requested", "draft", "partner_signoff", "decided")


def review() -> RapidReview:
    return RapidReview.objects.select_related("incident__matter").get(status__in=LIVE)


def begin() -> None:
    """The review under way is drafted, its decision proposed and every gap answered."""
    under_way, unit = review(), access.business_managers()[0]
    RapidReview.objects.filter(pk=under_way.pk).update(status="draft")
    under_way.refresh_from_db()
    criteria = {each.code: ("not_met", "Invented.") for each in review_decision.criteria(as_london_date(under_way.opened_at))}
    deciding.propose(
        under_way, outcome="no_lcspr_criteria_not_met", rationale="Invented reasons of some length, so that they are reasons.", options={},
        proposed_scope="", criteria=criteria, by=unit, seen_version=0,
    )  # fmt: skip
    for gap in report_text.assembled(under_way).open_gaps:
        report_texts.save_part(under_way, code=gap.code, text="", nothing_to_say="Invented.", by=unit, seen_version=0)


def sign(ledger: str) -> None:
    """Each partner signs; then the text is changed and put to them again."""
    unit = access.business_managers()[0]
    with open(ledger, "a") as told:
        while True:
            under_way, text = review(), signing.latest(review().incident)
            if under_way.status == "decided":
                with transaction.atomic():
                    RapidReview.objects.filter(pk=under_way.pk).update(status="draft")
                    part = under_way.report_sections.get(code="men")
                    part.nothing_to_say = f"Invented, for the {text.number + 1}. time."
                    part.save(update_fields=["nothing_to_say"])
            elif under_way.status == "draft":
                put = signing.put_to_partners(under_way, problems=deciding.problems(under_way), by=unit)
                acknowledge(told, "put", put.pk)
            else:
                done = set(text.signatures.values_list("partner_role", flat=True))
                role, group = next((role, group) for role, group in signing.signers_of(text).items() if role not in done)
                acknowledge(told, "signed", signing.sign(text, agrees=True, by=group[0].account).pk)


def keep(ledger: str) -> None:
    """The unit adds one chronology after another for an agency, and keeps its rows."""
    unit = access.business_managers()[0]
    agency = review().requests.first().agency
    with open(ledger, "a") as told:
        while True:
            rows = [f"{day:02}/03/2026,Invented event {day},None" for day in range(1, 29)]
            lines = ["Date,Event,Action taken", *rows, "", "End of chronology"]
            upload = SimpleUploadedFile("chronology.csv", "\n".join(lines).encode())
            file = chronologies.receive(review(), upload, agency=agency, by=unit)
            acknowledge(told, "received", file.pk)
            chronologies.keep_rows(file, by=unit)
            acknowledge(told, "kept", file.pk)


def acknowledge(told, what: str, pk: str) -> None:
    told.write(f"{what} {pk}\n")
    told.flush()
    os.fsync(told.fileno())


def tell() -> None:
    """What is half there, and what there is at all."""
    texts = list(SignedText.objects.filter(incident=review().incident, kind="rapid_review"))
    agreed = {text.pk: sorted(text.signatures.filter(agrees=True).values_list("partner_role", flat=True)) for text in texts}
    three = ["health", "local_authority", "police"]
    recorded = set(AuditEvent.objects.filter(action="signed_text.signed").values_list("object_id", flat=True))
    decided = review().status_changes.filter(became="decided").count()
    files = list(ChronologyFile.objects.select_related("document"))
    sys.stdout.write(json.dumps({
        "texts": [text.pk for text in texts], "signatures": list(Signature.objects.values_list("pk", flat=True)),
        "files": [file.pk for file in files], "kept": [file.pk for file in files if file.status == "kept"],
        "half": [
            *[text.pk for text in texts if (text.state == "signed") != (agreed[text.pk] == three)],
            *[text.pk for text in texts if len(set(agreed[text.pk])) != len(agreed[text.pk])],
            *[text.pk for text in texts if agreed[text.pk] and text.pk not in recorded],
            *[text.pk for text in texts if text.sha256 != fingerprint(text.text)],
            *[file.pk for file in files if file.rows.count() != (file.kept_rows if file.status == "kept" else 0)],
            *[file.pk for file in files if file.status == "kept" and file.lines != file.kept_rows + len(file.explained)],
            *[file.pk for file in files if not content_of(file.document)],
        ],
        "decided_without_three": decided - sum(text.state == "signed" for text in texts),
    }))  # fmt: skip


if __name__ == "__main__":
    {"begin": begin, "sign": sign, "keep": keep, "tell": tell}[sys.argv[1]](*sys.argv[2:])

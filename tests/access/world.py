"""A world for the access matrix: people of every role in two agencies, and a matter for every way of standing to one.

Every text that anybody can read of a matter holds a mark with the matter's name and the kind of record it belongs to, so that a page
shows by itself whose record, and which part of it, has come through.
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from sightline.partnership.accounts.models import Account, Invitation
from sightline.partnership.actions.models import Action, ActionEvidence, Recommendation
from sightline.partnership.agencies.models import (
    Absence,
    Agency,
    Appointment,
    Delegation,
    DutyTurn,
    ProclaimedHoliday,
    RelevantAgencyListing,
    SchoolTerm,
    Ward,
)
from sightline.partnership.case_reviews.models import (
    AnswerLink,
    Briefing,
    ChronologyFinding,
    ChronologyRow,
    ClockCorrection,
    DiaryEntry,
    FamilyAndStaff,
    FamilyContact,
    FindingQuestion,
    FindingRow,
    GlossaryEntry,
    InvolvedProfessional,
    KeyEpisode,
    LearningPoint,
    LetterOut,
    ParallelProceeding,
    PlanTask,
    PracticeReview,
    ProposedDecision,
    Publication,
    RapidReview,
    Reconsideration,
    ReturnDraft,
    SeriousIncident,
    SignedText,
    VersionPreview,
)
from sightline.partnership.case_reviews.workflow import consideration, course, incidents, safety
from sightline.partnership.documents.models import Document, DocumentContent
from sightline.partnership.meetings.models import Declaration, Meeting
from sightline.partnership.need_to_know import case_access
from sightline.partnership.need_to_know.models import AgencySeal, Conflict, ConflictStatement, Matter, Membership
from sightline.partnership.need_to_know.workflow import break_glass, grants, holds, members, seals
from sightline.partnership.need_to_know.workflow import matters as moves
from sightline.partnership.people.models import WrittenName
from sightline.procedures.access.allow import SEALS
from sightline.procedures.case_review import SeriousIncidentStatus as Status
from sightline.procedures.rapid_review_plan import default_template
from sightline.procedures.signing import fingerprint
from tests.access.oracle import ROLES
from tests.factories import accounts, agencies, chronology, people, reviews
from tests.factories.incidents import AWARE_AT, EVERYBODY_SAFE, answer_everything

LONG_AGO = date(2020, 1, 1)
GLASS_ROLES = ("BM", "DSP", "PC", "IG")
REASON = "An invented reason that is long enough to be taken."
MARK = "Qzv"


def mark(relation: str, kind: str) -> str:
    """Words that stand nowhere else: whose matter, and which kind of record."""
    return f"{MARK}{''.join(word.title() for word in relation.split())}{kind}z"


@dataclass(frozen=True)
class Who:
    """One person of the matrix."""

    role: str
    agency: str
    account: Account
    lapsed: bool = False

    @property
    def asker(self) -> dict[str, bool]:
        return {"stepped_up": True, "is_local_authority": self.agency == "own", "training_in_date": not self.lapsed}

    def __str__(self) -> str:
        return f"{self.role} of the {self.agency} agency{', training lapsed' if self.lapsed else ''}"


@dataclass
class Case:
    """One matter in which all stand in the same relation, the ids of its parts, and what is then true."""

    relation: str
    matter: Matter
    ids: dict[str, str]
    facts: Callable[[Who], dict[str, Any]]
    incident_state: str = "open"
    matter_state: str = "open"
    statutory_live: bool = False
    with_lapsed: bool = False


@dataclass
class World:
    people: list[Who] = field(default_factory=list)
    lapsed: list[Who] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, SeriousIncident] = field(default_factory=dict)


class Builder:
    """Makes the world by the moves that people make; only relations that no move makes alone are written by hand."""

    def __init__(self) -> None:
        agencies.partnership()
        self.own = agencies.agency("Hartshire Council", sector="local_authority")
        self.other = agencies.agency("Hartshire Constabulary", sector="police")
        self.unit = agencies.agency("Hartshire Unit")
        self.apart = agencies.agency("Hartshire Apart")
        agencies.arrangement("local_authority", self.own)
        agencies.arrangement("police", self.other)
        self.manager = self._person("BM", self.unit)
        self.officer = self._person("IG", self.unit)
        self.lead = self._person("AL", self.unit)
        self.reviewer = self._person("IR", self.unit)
        self.decider = self._person("DSP", self.own)
        self.raiser = self._person("AL", self.own)
        self.asked_elsewhere = agencies.officer(of=self.other)
        self.world = World()

    def build(self, relations: Iterable[str] | None = None) -> World:
        """The people, a matter for each of these relations, drafts, and the directory."""
        world = self.world
        for name, agency in (("own", self.own), ("other", self.other)):
            world.people += [Who(role, name, self._person(role, agency)) for role in ROLES]
        out_of_date = timezone.localdate() - timedelta(days=1)
        world.lapsed = [Who(role, "own", self._person(role, self.own, training_valid_until=out_of_date), lapsed=True) for role in ROLES]
        for relation in RELATIONS if relations is None else relations:
            world.cases[relation] = RELATIONS[relation](self, relation)
        self._drafts()
        self._directory()
        # What waits for the end of a transaction that never ends would be looked through at every page.
        connection.run_on_commit = []
        return world

    def _person(self, role: str, of: Agency, **fields: Any) -> Account:
        made = accounts.account(of=of, **fields)
        last_day = timezone.localdate() + timedelta(days=80) if role in ("IR", "IN") else None
        accounts.holding(made, role, valid_from=timezone.localdate() if last_day else LONG_AGO, valid_to=last_day)
        return made

    # ---- one matter, with every part a page can be asked about ----

    def case(self, relation: str, **facts: Any) -> Case:
        incident = self._incident(relation)
        parts = {"incident": incident.pk, "matter": incident.matter_id, **self._parts(relation, incident)}

        def facts_of(who: Who) -> dict[str, Any]:
            return {name: value(who) if callable(value) else value for name, value in facts.items()}

        return Case(relation, incident.matter, parts, facts_of)

    def _incident(self, relation: str) -> SeriousIncident:
        incident = incidents.begin(by=self.raiser)
        text = mark(relation, "K3")
        SeriousIncident.objects.filter(pk=incident.pk).update(
            summary=text, grounds=text, how_aware=text, contact_name=text, contact_role=text, contact_phone=text,
            contact_email=f"{text}@e.example", other_children=text, family_context_notes=text, place_other_authority=text,
            local_reference=text[:40], happened_on=date(2026, 5, 31), happened_precision="exact", aware_at=AWARE_AT,
        )  # fmt: skip
        incident.refresh_from_db()
        name = mark(relation, "K1")
        unto = {"by": self.raiser, "matter_id": incident.matter_number}
        child = people.child(**unto, given_name=name, family_name=name, also_known_as=name, school=name, social_care_id=name[:40],
                             address={"lines": name, "postcode": "ZZ99 1AA", "is_protected": False})  # fmt: skip
        adult = people.adult(**unto, given_name=name, family_name=name)
        incident.children.create(position=1, person=child, outcome="seriously_harmed", lives_in=text)
        incident.significant_people.create(person=adult, relationship="mother")
        InvolvedProfessional.objects.create(incident=incident, name=text, role=text, other_agency=text, contact=text, knew_whom=text)
        ParallelProceeding.objects.create(incident=incident, kind="coroner", reference=text, led_by=text, stage=text)
        answers = {**EVERYBODY_SAFE, "siblings": {"answer": "not_known", "what_was_done": text}}
        safety.record_answers(incident, answers=answers, by=self.raiser)
        incident = incidents.raise_incident(incident, by=self.raiser, at=AWARE_AT)
        safety.raise_concern(incident, what=text, by=self.raiser)
        incident = self._considered(relation, incident)
        # Every business manager became a member when it was raised; only the relation says who of the matrix is one.
        Membership.objects.filter(matter=incident.matter, account__in=[who.account for who in self.everybody()]).delete()
        moves.set_statutory(incident.matter, is_live=False, by=self.manager)
        return incident

    def _considered(self, relation: str, incident: SeriousIncident) -> SeriousIncident:
        text, view = mark(relation, "K3"), mark(relation, "K5")
        consideration.consult(incident, ask={"local_authority": self.decider}, by=self.manager, at=AWARE_AT)
        consideration.give_view(incident.partner_views.get(), answer="notify", reasons=view, how_received=view, by=self.decider)
        answer_everything(incident, by=self.manager)
        decided = {"notify": False, "reasons": text, "learning_route": "audit", "learning_reasons": text}
        consideration.decide(incident, **decided, by=self.decider, at=AWARE_AT)
        course.change(incident, to=Status.UNDER_CONSIDERATION, reasons=text, by=self.decider)
        family = mark(relation, "K6")
        FamilyAndStaff.objects.create(
            incident=incident, police_view="agreed", coroner_view="agreed", social_work_view="agreed", views_notes=family, liaison=family,
            practitioner_support=family, press_line=family, changed_by=self.manager,
        )  # fmt: skip
        told = {"happened_at": AWARE_AT, "told_by": family, "told_whom": family, "what": family}
        FamilyContact.objects.create(incident=incident, **told, recorded_by=self.manager)
        incident.refresh_from_db()
        return incident

    def _parts(self, relation: str, incident: SeriousIncident) -> dict[str, str]:
        matter = incident.matter
        said, kept_out = mark(relation, "K17m"), mark(relation, "K18")
        membership = members.ensure(matter, account=self.reviewer, purpose=said, by=self.manager)
        last_day = timezone.localdate() + timedelta(days=30)
        grant = grants.give(matter, account=self.reviewer, purpose=said, kinds=["K3"], valid_to=last_day, by=self.manager)
        flag = {"source": "case_flag", "reason": kept_out, "declared_by": self.manager}
        conflict = Conflict.objects.create(matter=matter, account=self.lead, officer=self.lead.officer, **flag)
        seal = seals.place(matter, agency=self.apart, named=[], reason=kept_out, by=self.manager)
        clearance = seals.clear(matter, account=self.officer, seal="police", reason=said, by=self.manager)
        glass = break_glass.use(matter, category="other", reason=f"{kept_out} {REASON}", by=self.officer, stepped_up=True)
        hold = holds.place(matter, reason=mark(relation, "K21"), by=self.officer)
        holds.lift(hold, reason=mark(relation, "K21"), by=self.decider)
        paper = self._paper(matter, mark(relation, "K3"))
        ids = {
            "view": incident.partner_views.get().pk, "concern": incident.immediate_concerns.get().pk,
            "referral": incident.learning_referral.pk, "child": incident.children.get().pk, "person": incident.significant_people.get().pk,
            "professional": incident.professionals.get().pk, "proceeding": incident.parallel_proceedings.get().pk,
            "child identity": incident.children.get().person_id, "adult identity": incident.significant_people.get().person_id,
            "membership": membership.pk, "grant": grant.pk, "conflict": conflict.pk, "seal": seal.pk, "clearance": clearance.pk,
            "glass": glass.pk, "hold": hold.pk, "document": paper,
        }  # fmt: skip
        ids |= self._review(relation, incident)
        for one in SEALS:
            ids[f"document sealed {one}"] = self._paper(matter, mark(relation, f"Sealed{one.replace('_', '')}"), seal=one)
        return ids

    def _review(self, relation: str, incident: SeriousIncident) -> dict[str, str]:
        """A rapid review with two requests to the agency called own: one that it is writing on, and one that it has answered."""
        text, asked, writing, answered = (mark(relation, kind) for kind in ("K5", "K40", "K41", "K4"))
        now = timezone.now()
        review = RapidReview.objects.create(
            incident=incident, status="information_requested", anchor="notified_on", anchor_on=AWARE_AT.date(), opened_by=self.manager,
            opened_at=now, scope_from=date(2024, 5, 31), scope_to=date(2026, 5, 31), earlier_history=text, scope_notes=text,
            late_reasons=text, late_reasons_by=self.manager, late_reasons_at=now,
        )  # fmt: skip
        task = default_template()[0]
        planned = PlanTask.objects.create(
            review=review, code=task.code, title=task.title, holder=task.holder, holder_role=task.holder_role,
            working_day=task.working_day, ends_when=task.ends_when, ended_by=list(task.ended_by), done_on=AWARE_AT.date(), done_note=text,
            done_by=self.manager, done_at=now,
        )  # fmt: skip
        words = {"message": asked, "earlier_history": asked, "added_because": text}
        waiting = reviews.asked(review, self.own, by=self.manager, to=self.raiser.officer, status="in_progress", **words)
        ReturnDraft.objects.create(request=waiting, answers={"summary": writing, "author_name": writing}, saved_by=self.raiser)
        done = reviews.asked(review, self.own, by=self.manager, to=self.raiser.officer, **words)
        reviews.submitted(done, by=self.raiser, is_nil=False, answers={"summary": answered, "author_name": answered})
        message = done.messages.create(text=asked, is_from_agency=False, by=self.manager, at=now)
        paper = self._paper(incident.matter, answered, kind="return", agency=self.own)
        file = done.files.create(document_id=paper, number=1)
        link = AnswerLink.objects.create(
            request=waiting, officer=self.raiser.officer, fingerprint=f"{waiting.pk:64}", code_fingerprint="none", made_by=self.manager,
            made_at=now, expires_at=now + timedelta(days=14),
        )  # fmt: skip
        correction = ClockCorrection.objects.create(
            incident=incident, what="aware_at", was=AWARE_AT, becomes=AWARE_AT + timedelta(days=1), reasons=mark(relation, "K3"),
            proposed_by=self.manager, proposed_at=now,
        )  # fmt: skip
        out = {"kind": "to_agency", "title": text, "to_whom": text, "how": "post", "note": text, "sent_at": now, "recorded_at": now}
        letter = LetterOut.objects.create(incident=incident, recorded_by=self.manager, **out)
        noted = {"kind": "call", "happened_at": now, "with_whom": text, "what": text, "recorded_at": now}
        entry = DiaryEntry.objects.create(incident=incident, recorded_by=self.manager, **noted)
        acted = self._actions(relation, incident)
        acted |= self._chronologies(review, waiting, done, answered, mark(relation, "K1"))
        decided = acted | self._decision(incident, review, text) | self._practice(incident, review, mark(relation, "K6"))
        decided |= self._meeting(incident.matter, text, acted["action"])
        return decided | {
            "review": review.pk, "task": planned.pk, "request": waiting.pk, "answered": done.pk, "message": message.pk, "file": file.pk,
            "link": link.pk, "correction": correction.pk, "letter": letter.pk, "diary": entry.pk,
            "paper of a review": self._paper(incident.matter, text, kind="review"),
        }  # fmt: skip

    def _chronologies(self, review: RapidReview, waiting: Any, done: Any, text: str, name: str) -> dict[str, str]:
        """A chronology of which one row is marked, one kept as an attachment, and one of the agency that is still writing."""
        paper = self._paper(review.matter, text, kind="return", agency=self.own)
        file = chronology.kept(review, self.own, by=self.manager, request=done, document_id=paper)
        beside = chronology.kept(review, self.own, by=self.manager, request=done, status="attached")
        own = chronology.kept(review, self.own, by=self.raiser, request=waiting, status="attached")
        words = f"{text} and {name} were seen"
        row = chronology.row(file, words, source=text, action=text, comment=text)
        sealed = chronology.row(file, text.replace("K4z", "Sealedpolicez"), seal="police")
        glossary = GlossaryEntry.objects.create(
            review=review, kind="practitioner", called="Worker 1", added_by=self.manager, added_at=timezone.now(),
            written=WrittenName.objects.create(name=name, written_by=self.manager),
        )  # fmt: skip
        preview = VersionPreview.objects.create(
            review=review, audience="public", rows="all", because=text.replace("K4z", "K5z"), made_by=self.manager, made_at=timezone.now()
        )
        fact = preview.protected.create(kind="other", words=text.replace("K4z", "K5z"), why=text.replace("K4z", "K5z"),
                                        added_by=self.manager, added_at=timezone.now())  # fmt: skip
        return {
            "glossary entry": glossary.pk, "preview": preview.pk, "protected fact": fact.pk,
            "chronology": file.pk, "attached chronology": beside.pk, "own chronology": own.pk, "chronology row": row.pk,
            "sealed row": sealed.pk, "cited agency": file.agency_id, **self._findings(text, review, row, sealed),
        }  # fmt: skip

    def _findings(self, text: str, review: RapidReview, row: ChronologyRow, sealed: ChronologyRow) -> dict[str, str]:
        """A finding on a row that readers of answers may read, one on a marked row, a question about the first, and an episode."""
        now, day = timezone.now(), AWARE_AT.date()
        made = {}
        for name, cited, kind in (("finding", row, "gap"), ("sealed finding", sealed, "never_shared")):
            words = text if cited is row else text.replace("K4z", "Sealedpolicez")
            found = ChronologyFinding.objects.create(
                review=review, kind=kind, mark=name[:32], said=words, reasons=[words], starts_on=day, ends_on=day, found_at=now,
                changed_at=now,
            )  # fmt: skip
            FindingRow.objects.create(finding=found, row=cited, number=1, sentence=words)
            made[name] = found.pk
        first = ChronologyFinding.objects.get(pk=made["finding"])
        question = FindingQuestion.objects.create(finding=first, agency=row.file.agency, asked_by=self.manager, asked_at=now, answer=text)
        episode = KeyEpisode.objects.create(
            review=review, number=1, title=text[:120], text=text, starts_on=day, ends_on=day, made_by=self.manager, made_at=now
        )
        episode.rows.set([row])
        return {**made, "finding question": str(question.pk), "episode": episode.pk}

    def _actions(self, relation: str, incident: SeriousIncident) -> dict[str, str]:
        """An action with evidence, the recommendation that it answers, a learning point and a briefing."""
        text, now, day = mark(relation, "K13"), timezone.now(), AWARE_AT.date()
        asked = Recommendation.objects.create(
            matter=incident.matter, source_kind="rapid_review", source_title=mark(relation, "K5"), source_on=day, text=text,
            required_of="agency", agency=self.own, created_by=self.manager,
        )  # fmt: skip
        action = Action.objects.create(
            matter=incident.matter, recommendation=asked, text=text, outcome=text, owner_agency=self.own, owner_officer=self.raiser.officer,
            raised_on=day, due_on=day, first_due_on=day, created_by=self.manager,
        )  # fmt: skip
        piece = ActionEvidence.objects.create(
            action=action, kind="completion", text=text, dated_on=day, goes_stale_on=day + timedelta(days=700), added_by=self.raiser,
            document_id=self._paper(incident.matter, text, kind="evidence"),
        )  # fmt: skip
        learnt = mark(relation, "K5")
        point = LearningPoint.objects.create(
            incident=incident, source="rapid_review", number=90, text=learnt, why_it_made_sense=learnt, written_by=self.manager,
            written_at=now,
        )  # fmt: skip
        briefing = Briefing.objects.create(
            incident=incident, title=learnt, boxes={"background": learnt}, written_by=self.manager, written_at=now
        )
        heard = briefing.deliveries.create(
            agency=self.own, team=learnt, held_on=day, headcount=3, agreed=learnt, effect=learnt, effect_on=day, recorded_by=self.manager,
            recorded_at=now,
        )  # fmt: skip
        return {
            "action": action.pk, "evidence": piece.pk, "recommendation": asked.pk, "learning point": point.pk, "briefing": briefing.pk,
            "delivery": heard.pk,
        }  # fmt: skip

    def _decision(self, incident: SeriousIncident, review: RapidReview, text: str) -> dict[str, str]:
        """A decision with the partners, of which one does not agree, and a reply of the National Panel that asks and disagrees."""
        now = timezone.now()
        put = SignedText.objects.create(
            incident=incident, kind="rapid_review", number=1, text=text, sha256=fingerprint(text), put_by=self.manager, put_at=now,
            content={"parts": [{"part": {"title": text}, "facts": [], "written": {"text": text, "nothing_to_say": ""}}]},
        )  # fmt: skip
        decision = ProposedDecision.objects.create(
            review=review, number=1, outcome="lcspr", rationale=text, proposed_scope=text, signed_text=put, changed_by=self.manager,
            changed_at=now, options={"other_local_learning": text},
        )  # fmt: skip
        decision.criteria.create(criterion="improvements", answer="met", reasons=text)
        review.report_sections.create(code="men", text=text, changed_by=self.manager, changed_at=now)
        signature = put.signatures.create(
            partner_role="police", agency=self.apart, agrees=False, reasons=text, signed_by=self.manager, name="Example Partner",
            job_title="Invented post", sha256=put.sha256, signed_at=now,
        )  # fmt: skip
        put.escalations.create(opened_by_signature=signature, opened_at=now, notes=text)
        put.comments.create(text=text, said_by=self.manager, said_at=now)
        review.interim_positions.create(text=text, recorded_by=self.manager, recorded_at=now)
        reply = review.panel_replies.create(
            decision=decision, response="disagree_lcspr_not_needed", received_on=now.date(), comments=text, quality_comment=text,
            recorded_by=self.manager, recorded_at=now,
        )  # fmt: skip
        asked = reply.asked.create(question=text, owner=self.manager.officer, due_on=now.date(), answer=text)
        again = Reconsideration.objects.create(reply=reply, first_decision=decision, opened_at=now)
        check = incident.outgoing_checks.create(
            audience="family", recipient=text, sha256="0" * 64, extension="docx", checked_by=self.manager, checked_at=now,
            findings=[{"kind": "name", "about": text, "where": text, "how": "exact"}],
        )  # fmt: skip
        return {"question": asked.pk, "reconsideration": again.pk, "check": check.pk}

    def _practice(self, incident: SeriousIncident, review: RapidReview, text: str) -> dict[str, str]:
        """A practice review with something in each of its parts, and its terms of reference with the partners."""
        now, today = timezone.now(), timezone.localdate()
        practice = PracticeReview.objects.create(
            rapid_review=review, commissioned_on=today, decision_minute=text, commissioned_by=self.manager, commissioned_at=now,
            purpose=text, late_reasons=text,
        )  # fmt: skip
        by = {"recorded_by": self.manager, "recorded_at": now}
        reviewer = practice.reviewers.create(name="Example Reviewer", is_independent=True, conflicts=text, appointed_on=today, **by)
        changed = {"changed_by": self.manager, "changed_at": now}
        line = practice.lines_of_enquiry.create(number=1, question=text, finding=text, **changed)
        line.evidence.create(kind="other", text=text, added_by=self.manager, added_at=now)
        paper = self._paper(incident.matter, text, kind="practice_review", agency=self.own)
        report = practice.agency_reports.create(
            agency=self.own, asked_officer=self.raiser.officer, route_confirmed_by=self.manager, asked_on=today, due_on=today,
            quality_note=text, document_id=paper,
        )  # fmt: skip
        practice.practitioner_events.create(held_on=today, roles=text, notes=text, **by)
        part = practice.family_parts.create(called=text, views=text, **changed)
        pause = practice.pauses.create(kind="coroner", reasons=text, since=today, look_again_on=today, **by)
        draft = practice.drafts.create(number=1, document_id=paper, note=text, given_on=today, added_by=self.manager, added_at=now)
        check = draft.accuracy_checks.create(who="Legal adviser", asked_on=today, due_on=today, comments=text, recorded_by=self.manager)
        Publication.objects.create(practice_review=practice, consulted=text, reasons=text, improvements=text, **changed)
        put = SignedText.objects.create(
            incident=incident, kind="terms_of_reference", number=1, text=text, sha256=fingerprint(text), put_by=self.manager, put_at=now,
            content={"parts": [{"part": {"title": text}, "facts": [], "written": {"text": text, "nothing_to_say": ""}}]},
        )  # fmt: skip
        return {
            "practice": practice.pk, "reviewer": reviewer.pk, "line": line.pk, "report": report.pk, "family part": part.pk,
            "pause": pause.pk, "draft": draft.pk, "accuracy check": check.pk, "practice text": put.pk, "paper of a practice review": paper,
        }  # fmt: skip

    def _meeting(self, matter: Matter, text: str, action: str) -> dict[str, str]:
        """A meeting of the review that is being held; the people of the agency called own have said that they have no interest."""
        now = timezone.now()
        meeting = Meeting.objects.create(
            matter=matter, kind="panel", title=text, starts_at=now, mode="virtual", place=text, created_by=self.manager, minutes=text,
            opened_at=now, opened_by=self.manager,
        )  # fmt: skip
        item = meeting.agenda.create(position=1, title=text, notes=text, noted_by=self.manager, noted_at=now)
        place = meeting.attendances.create(officer=self.manager.officer, answer="coming", answered_at=now, answer_note=text)
        paper = meeting.papers.create(
            item=item, number=1, title=text, text=text, first_page=1, pages=1, purpose=text, added_by=self.manager, added_at=now
        )
        interest = meeting.declarations.create(
            officer=self.manager.officer, has_interest=True, about=text, declared_at=now, recorded_by=self.manager
        )
        Declaration.objects.bulk_create(
            Declaration(meeting=meeting, officer=who.account.officer, has_interest=False, declared_at=now, recorded_by=self.manager)
            for who in self.everybody()
            if who.agency == "own"
        )
        decision = meeting.decisions.create(
            item=item, number=1, text=text, reasons=text, is_quorate=False, status="recommended_awaiting_ratification", decided_at=now,
            recorded_by=self.manager, recorded_at=now,
        )  # fmt: skip
        decision.dissents.create(officer=self.manager.officer, reasons=text, recorded_at=now, recorded_by=self.manager)
        meeting.actions_raised.create(item=item, decision=decision, action_id=action, number=1, raised_by=self.manager, raised_at=now)
        return {
            "meeting": meeting.pk, "item": item.pk, "place": place.pk, "paper": paper.pk, "interest": interest.pk,
            "meeting decision": decision.pk,
        }  # fmt: skip

    def _paper(self, matter: Matter, text: str, seal: str = "", **fields: Any) -> str:
        # Written as the move leaves it; the move itself looks at each file in a process of its own, which would take minutes here.
        content = f"{text} is what this invented note says.".encode()
        document = Document.objects.create(
            matter=matter, title=text, file_name=f"{text}.txt", extension="txt", media_type="text/plain", size=len(content),
            sha256=hashlib.sha256(content).hexdigest(), seal=seal, added_by=self.manager,
            **fields,
        )  # fmt: skip
        DocumentContent.objects.create(document=document, content=content)
        return document.pk

    def ask_the_other_agency(self, case: Case) -> None:
        """A request to the people who must not know: it was sent before what connects them was found."""
        review = RapidReview.objects.get(pk=case.ids["review"])
        reviews.asked(review, self.other, by=self.manager, to=self.asked_elsewhere, message=mark(case.relation, "K40"))

    # ---- relations ----

    def everybody(self) -> Iterable[Who]:
        return [*self.world.people, *self.world.lapsed]

    def let_in(self, case: Case, who: Iterable[Who] | None = None) -> None:
        said, today = mark(case.relation, "K17m"), timezone.localdate()
        Membership.objects.bulk_create(
            Membership(matter=case.matter, account=one.account, purpose=said, basis="agreement", valid_from=today, added_by=self.manager)
            for one in (self.everybody() if who is None else who)
        )

    def finish(self, case: Case) -> Case:
        """Everybody has said that nothing connects them; lists are true again."""
        ConflictStatement.objects.bulk_create(
            ConflictStatement(matter=case.matter, account=one.account, is_connected=False) for one in self.everybody()
        )
        case_access.renew(case.matter)
        return case

    def _drafts(self) -> None:
        by_role = {}
        for who in self.world.people:
            begun = {"raised_by": who.account, "raised_by_agency": who.account.agency}
            incident = SeriousIncident.objects.create(**begun, summary=mark(str(who), "Draft"))
            by_role[who.account.pk] = incident
        self.world.drafts = by_role

    def _directory(self) -> None:
        """One entry of each kind of the directory, and things of accounts in either agency."""
        today = timezone.localdate()
        seat = agencies.seat()
        turn = {"officer": self.manager.officer, "cover": self.lead.officer, "valid_from": LONG_AGO, "valid_to": date(2020, 1, 7)}
        term = {"name": "Invented term", "academic_year": "2026/27", "valid_from": today, "valid_to": today + timedelta(days=60)}
        listing = {"agency": self.unit, "schedule_type": "education", "valid_from": agencies.START}
        other = next(who for who in self.world.people if who.agency == "other" and who.role == "AC").account
        for who in self.everybody():
            if (who.role, who.agency) == ("DSP", "own"):
                Delegation.objects.create(
                    partner_role="local_authority", delegated_by=self.manager.officer, officer=who.account.officer, valid_from=LONG_AGO
                )
        self.world.ids = {
            "agency": self.apart.pk, "officer": self.lead.officer_id, "seat": seat.pk, "body": seat.body_id,
            "ward": Ward.objects.create(name="Invented Ward", valid_from=LONG_AGO).pk,
            "delegation": Delegation.objects.create(
                partner_role="health", delegated_by=agencies.officer(), officer=agencies.officer(), valid_from=date(2019, 5, 1)
            ).pk,
            "absence": Absence.objects.create(
                officer=self.lead.officer, cover=self.manager.officer, valid_from=date(2020, 1, 1), valid_to=date(2020, 1, 7)
            ).pk,
            "term": SchoolTerm.objects.create(**term).pk,
            "holiday": ProclaimedHoliday.objects.create(name="Invented holiday", held_on=date(2031, 6, 3)).pk,
            "turn": DutyTurn.objects.create(**turn).pk,
            "appointment": Appointment.objects.create(seat=seat, officer=self.manager.officer, valid_from=agencies.START).pk,
            "listing": RelevantAgencyListing.objects.create(**listing).pk,
            "agreement": self.unit.sharing_agreements.first().pk,
            "account own": self.raiser.pk, "account other": other.pk,
            "holding own": self.raiser.role_holdings.first().pk, "holding other": other.role_holdings.first().pk,
            "invitation own": self._invitation(self.own), "invitation other": self._invitation(self.other),
        }  # fmt: skip

    def _invitation(self, agency: Agency) -> str:
        officer, now = agencies.officer(of=agency), timezone.now()
        address = f"{officer.pk.lower()}@hartshire.example"
        given = {"email": address, "roles": ["AC"], "fingerprint": officer.pk, "expires_at": now + timedelta(days=7), "invited_at": now}
        return Invitation.objects.create(officer=officer, invited_by=self.manager, **given).pk


def _stranger(build: Builder, relation: str) -> Case:
    return build.finish(build.case(relation))


def _member(build: Builder, relation: str) -> Case:
    case = build.case(relation, member=True)
    case.with_lapsed = True
    build.let_in(case)
    return build.finish(case)


def _statutory(build: Builder, relation: str) -> Case:
    case = _member(build, relation)
    moves.set_statutory(case.matter, is_live=True, by=build.manager)
    case.statutory_live = True
    return case


def _ended_member(build: Builder, relation: str) -> Case:
    case = build.case(relation)
    build.let_in(case)
    ours = Membership.objects.filter(matter=case.matter).exclude(account__in=[build.manager, build.raiser, build.decider, build.reviewer])
    ours.update(ended_at=timezone.now(), ended_by=build.manager, end_reason=REASON)
    return build.finish(case)


def _live_grant(build: Builder, relation: str) -> Case:
    case = build.case(relation, grant=lambda who: bool(grants.grantable_kinds([who.role])))
    _give(build, case)
    return build.finish(case)


def _expired_grant(build: Builder, relation: str) -> Case:
    case = build.case(relation)
    _give(build, case)
    yesterday = timezone.localdate() - timedelta(days=1)
    case.matter.grants.exclude(account=build.reviewer).update(valid_from=yesterday - timedelta(days=30), valid_to=yesterday)
    return build.finish(case)


def _give(build: Builder, case: Case) -> None:
    last_day = timezone.localdate() + timedelta(days=30)
    for who in build.world.people:
        if kinds := grants.grantable_kinds([who.role]):
            said = mark(case.relation, "K17m")
            grants.give(case.matter, account=who.account, purpose=said, kinds=kinds, valid_to=last_day, by=build.manager)


def _in_conflict(build: Builder, relation: str) -> Case:
    case = build.case(relation, member=True, conflict=True)
    build.ask_the_other_agency(case)
    build.let_in(case)
    for who in build.everybody():
        Conflict.objects.create(
            matter=case.matter, account=who.account, officer=who.account.officer, source="case_flag", reason=mark(relation, "K18"),
            declared_by=build.manager,
        )  # fmt: skip
    return build.finish(case)


def _sealed_out(build: Builder, relation: str) -> Case:
    case = build.case(relation, member=True, agency_sealed=True)
    build.ask_the_other_agency(case)
    build.let_in(case)
    for agency in (build.own, build.other):
        seals.place(case.matter, agency=agency, named=[], reason=mark(relation, "K18"), by=build.manager)
    return build.finish(case)


def _named_in_seal(build: Builder, relation: str) -> Case:
    case = _sealed_out(build, relation)
    case.facts = lambda who: {"member": True}
    for seal in AgencySeal.objects.filter(matter=case.matter, agency__in=[build.own, build.other]):
        seal.named.set([who.account for who in build.everybody()])
        seal.kept_out.clear()
    return case


def _held(build: Builder, relation: str) -> Case:
    case = _member(build, relation)
    case.with_lapsed = False
    holds.place(case.matter, reason=mark(relation, "K21"), by=build.officer)
    return case


def _ended_matter(build: Builder, relation: str) -> Case:
    case = _member(build, relation)
    moves.end(case.matter, by=build.manager)
    case.with_lapsed, case.incident_state, case.matter_state = False, "closed", "closed"
    return case


def _ended_incident(build: Builder, relation: str) -> Case:
    case = _member(build, relation)
    course.change(SeriousIncident.objects.get(matter=case.matter), to=Status.DUPLICATE, reasons=mark(relation, "K3"), by=build.decider)
    case.with_lapsed, case.incident_state, case.matter_state = False, "closed", "closed"
    return case


def _emergency(build: Builder, relation: str) -> Case:
    case = build.case(relation, break_glass=lambda who: who.role in GLASS_ROLES)
    breaking = [who for who in build.world.people if who.role in GLASS_ROLES]
    build.let_in(case, breaking)
    reason = f"{mark(relation, 'K18')} {REASON}"
    for who in breaking:
        break_glass.use(case.matter, category="child_in_danger", reason=reason, by=who.account, stepped_up=True)
    # A chair learns of a matter only as its member; by now the membership is over and the emergency is all that is left.
    Membership.objects.filter(matter=case.matter, account__in=[who.account for who in breaking]).delete()
    return build.finish(case)


def _cleared(build: Builder, relation: str) -> Case:
    case = build.case(relation, member=True, clearances=lambda who: cleared_for(who.role))
    build.let_in(case)
    for who in build.world.people:
        for seal in cleared_for(who.role):
            seals.clear(case.matter, account=who.account, seal=seal, reason=mark(relation, "K17m"), by=build.manager)
    return build.finish(case)


def cleared_for(role: str) -> frozenset[str]:
    """Security design, section 3, row K7: whose role can hold which clearance."""
    if role == "LG":
        return frozenset({"legal_privilege"})
    return frozenset(SEALS) if role in ("BM", "DSP", "PC", "PM", "AL", "IR", "SC", "IG") else frozenset()


RELATIONS: dict[str, Callable[[Builder, str], Case]] = {
    "stranger": _stranger,
    "member": _member,
    "statutory review": _statutory,
    "ended member": _ended_member,
    "live grant": _live_grant,
    "expired grant": _expired_grant,
    "in conflict": _in_conflict,
    "agency sealed out": _sealed_out,
    "named in the seal": _named_in_seal,
    "legal hold": _held,
    "ended matter": _ended_matter,
    "ended incident": _ended_incident,
    "emergency": _emergency,
    "cleared for seals": _cleared,
}


def signed_in(account: Account, *, stepped_up: bool = True) -> Client:
    """A browser in which this person has signed in; the clocks of its session stand still for the length of a test run."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(account)
    session = client.session
    later = time.time() + 3600
    session["began_at"] = session["seen_at"] = later
    session["account_authentication_methods"] = [{"method": "password", "at": later, "reauthenticated": stepped_up}]
    session["account_authentication_methods_user"] = account.pk
    session.set_expiry(4 * 3600)
    session.save()
    return client

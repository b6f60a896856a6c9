"""What each address asks of a person, told from the access model (security design, section 3) and the issue, without sight of the views.

A row names the cells of the table that a page needs, in words where one cell does not say it, and the things to ask about. An address
without a row here fails the matrix.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access import oracle
from tests.access.world import GLASS_ROLES, Case, Who

Extra = Callable[["Asked"], bool]


@dataclass(frozen=True)
class Asked:
    """One person, one way of standing to one matter."""

    who: Who
    case: Case
    stepped_up: bool = True

    def may(self, cell: str, *, state: str = "open", own: bool | None = None, **more: Any) -> bool:
        """One cell, written as kind and action: `K3 R`."""
        kind, action = cell.split()
        facts = {"own": self.who.agency == "own" if own is None else own, "state": state, "statutory_live": self.case.statutory_live}
        asker = {**self.who.asker, "stepped_up": self.stepped_up}
        return oracle.expected(self.who.role, action, kind, asker, {**facts, **self.case.facts(self.who), **more})

    @property
    def knows(self) -> bool:
        """May know that the matter exists: by its core, or by the notification that their own agency raised."""
        return self.may("K2 L") or self.may("K3 R")


@dataclass(frozen=True)
class Page:
    """What a page needs and about which things of a matter it is asked."""

    needs: str
    about: tuple[tuple[str, ...], ...] = (("incident",),)
    extra: Extra | None = None
    state: str = "incident"  # whose state counts: the incident's, the matter's, a request's, or none because it goes on after all
    methods: tuple[str, ...] = ("GET", "POST")
    seals: frozenset[str] = field(default_factory=frozenset)

    def expected(self, asked: Asked) -> bool:
        state = {
            "incident": asked.case.incident_state,
            "matter": asked.case.matter_state,
            "request": "draft",
            "answered": "submitted" if asked.case.incident_state == "open" else "closed",
            "none": "open",
        }[self.state]
        cells = [cell.strip() for cell in self.needs.split(",") if cell.strip()]
        return all(asked.may(cell, state=state, seals=self.seals) for cell in cells) and (self.extra is None or self.extra(asked))


# ---- in words, where one cell does not say it ----


def knows(asked: Asked) -> bool:
    return asked.knows


def is_unit(asked: Asked) -> bool:
    """Only the partnership's business unit asks the partners and sees to learning; being let in to the case as its role demands."""
    state = asked.case.incident_state
    return asked.who.role in ("BM", "BO") and asked.may("K5 E", state=state) and asked.may("K3 E", state=state)


def is_authority(asked: Asked) -> bool:
    """The local authority alone decides, by its delegated partner."""
    return asked.who.role == "DSP" and asked.who.agency == "own"


def is_unit_or_authority(asked: Asked) -> bool:
    return is_authority(asked) or is_unit(asked)


def gives_view(asked: Asked) -> bool:
    """The partner asked (here the local authority), or the unit writing it down."""
    return is_unit(asked) or (asked.who.role == "DSP" and asked.who.agency == "own" and asked.may("K5 V", state=asked.case.incident_state))


def may_declare(asked: Asked) -> bool:
    """Flags are put by the manager, the officer, the chair of the case; and by an agency's lead for the agency's own people.

    To put one is to protect, so lapsed training, which stops managing them, does not stop that.
    """
    # Where a row says "own", it means the agency for its lead, and for others their own interests, which have a page of their own.
    return asked.knows and (asked.may("K18 C", own=asked.who.role == "AL") or asked.may("K18 M"))


def may_lift(asked: Asked) -> bool:
    """Lifting takes the information governance officer and the chair."""
    return asked.who.role in ("IG", "PC") and asked.knows


def may_break_glass(asked: Asked) -> bool:
    """Offered only to whoever knows of the matter without any emergency, and has just confirmed who they are."""
    return asked.stepped_up and asked.who.role in GLASS_ROLES and asked.may("K2 L", break_glass=False)


def may_see_holds(asked: Asked) -> bool:
    may = asked.may("K21 R") or asked.may("K21 C") or asked.may("K21 V")
    return may and asked.knows


def may_end_glass(asked: Asked) -> bool:
    """Somebody else's emergency is ended by whoever manages access to the matter."""
    return asked.may("K2 L") and asked.may("K17m M", state=asked.case.matter_state)


def is_governance(asked: Asked) -> bool:
    return asked.who.role == "IG"


def signs(asked: Asked) -> bool:
    """The local authority's delegated partner, to whom signing was delegated, having just confirmed who they are."""
    return asked.who.role == "DSP" and asked.who.agency == "own" and asked.stepped_up


def runs_meeting(asked: Asked) -> bool:
    """The business unit; nobody has taken the chair yet."""
    return asked.who.role in ("BM", "BO")


def lets_into_meeting(asked: Asked) -> bool:
    """Whoever runs the meeting and also manages who is let in."""
    return runs_meeting(asked) and asked.may("K5 E", state=asked.case.matter_state)


def has_declared(asked: Asked) -> bool:
    """Papers are there for whoever has said that they have no interest: here the people of the agency called own."""
    return asked.who.agency == "own" and asked.may("K5 R", break_glass=False)


def may_dissent(asked: Asked) -> bool:
    """Whoever reads the decision, and the unit, which writes it down for others."""
    return has_declared(asked) or (runs_meeting(asked) and asked.may("K5 E", state=asked.case.matter_state))


def is_scrutineer(asked: Asked) -> bool:
    return asked.who.role == "SC"


def is_unit_of_practice(asked: Asked) -> bool:
    return asked.who.role in ("BM", "BO")


def assures_action(asked: Asked) -> bool:
    """The business unit, or the scrutineer, also after the matter has ended; never the owner."""
    return asked.who.role in ("BM", "BO", "SC") and (asked.may("K13 E") or asked.may("K13 V"))


def closes_action(asked: Asked) -> bool:
    return asked.who.role in ("BM", "DSP")


def reads_whole(asked: Asked) -> bool:
    """An agency's contributor reads the agency's own part of a practice review and nothing else of it."""
    return asked.who.role != "AC"


def is_live(asked: Asked) -> bool:
    """Nobody writes an answer any more when its review has ended."""
    return asked.case.incident_state == "open"


def is_asked(asked: Asked) -> bool:
    """Belongs to the agency that answers; what the business unit sees of a request, in an emergency too, stands on its own pages."""
    return asked.who.agency == "own" and asked.may("K4 R", state="draft", break_glass=False)


def is_asked_still(asked: Asked) -> bool:
    return is_asked(asked) and is_live(asked)


def reads_answers(asked: Asked) -> bool:
    """Rows of chronologies are part of agencies' answers."""
    return asked.may("K4 R", state="submitted" if asked.case.incident_state == "open" else "closed")


def reads_sealed(asked: Asked) -> bool:
    """A finding that rests on a marked row is read only by those who are cleared for the mark."""
    return asked.may("K4 R", state="submitted" if asked.case.incident_state == "open" else "closed", seals=POLICE)


def unit_reads_answers(asked: Asked) -> bool:
    return is_unit(asked) and reads_answers(asked)


def is_editing_unit(asked: Asked) -> bool:
    return is_unit(asked) and asked.may("K5 E", state=asked.case.incident_state)


POLICE = frozenset({"police"})


def of(*things: str) -> tuple[tuple[str, ...], ...]:
    """Several things to ask the same page about, each a single part of the address."""
    return tuple((thing,) for thing in things)


PART = {"seal": ("matter", "seal"), "conflict": ("matter", "conflict"), "glass": ("matter", "glass")}
SECTIONS = (
    "safety", "what-happened", "awareness", "children", "people", "professionals", "context", "proceedings", "legal-test", "documents",
)  # fmt: skip
ROWS = (("children", "child"), ("people", "person"), ("professionals", "professional"), ("proceedings", "proceeding"))
IDENTITIES = (("matter", "child identity"), ("matter", "adult identity"))
RULE = (("review", "=gap"),)
OWN_CHRONOLOGY = (("request", "own chronology"),)
BUTTON = ("POST",)
SHOWN = ("GET",)

MATTER_PAGES: dict[str, Page] = {
    "case_reviews:incident": Page("K3 R", methods=SHOWN),
    "case_reviews:raised": Page("K3 R", methods=SHOWN),
    "case_reviews:timeline": Page("K3 R", methods=SHOWN),
    "case_reviews:why_this_date": Page("K3 R", methods=SHOWN),
    "case_reviews:overview": Page("K3 E", methods=SHOWN),
    "case_reviews:section": Page("K3 E", tuple(("incident", f"={slug}") for slug in SECTIONS)),
    "case_reviews:add_item": Page("K3 E", tuple(("incident", f"={slug}") for slug, _ in ROWS)),
    "case_reviews:change_item": Page("K3 E", tuple(("incident", f"={slug}", row) for slug, row in ROWS)),
    "case_reviews:remove_item": Page("K3 E", tuple(("incident", f"={slug}", row) for slug, row in ROWS), methods=BUTTON),
    "case_reviews:check": Page("K3 E"),
    "case_reviews:discard": Page("K3 E", methods=BUTTON),
    "case_reviews:local_reference": Page("K3 E"),
    "case_reviews:consult": Page("K5 E, K3 E", extra=is_unit),
    "case_reviews:give_view": Page("K5 R", of("view"), gives_view),
    "case_reviews:decide": Page("K3 S", extra=is_authority),
    "case_reviews:legal_test": Page("K3 S", extra=is_authority),
    "case_reviews:sent": Page("K3 S", extra=is_unit_or_authority),
    # It names everybody in the incident, so whoever submits must also be let in to the identities.
    "case_reviews:notification_pack": Page("K1 I, K3 S", extra=is_unit_or_authority, methods=SHOWN),
    "case_reviews:notification_pack_word": Page("K1 I, K3 S", extra=is_unit_or_authority, methods=SHOWN),
    "case_reviews:change_course": Page("K3 S", extra=is_unit_or_authority),
    "case_reviews:take_up_learning": Page("K3 E", of("referral"), is_unit),
    "case_reviews:answer_concern": Page("K3 R", of("concern")),
    "case_reviews:family": Page("K6 E"),
    "case_reviews:add_family_contact": Page("K6 E"),
    "case_reviews:ask_agencies": Page("K5 E", of("review"), is_unit),
    "case_reviews:go_on_without": Page("K5 E", of("review"), is_unit),
    "case_reviews:request": Page("K5 R", of("request", "answered"), methods=SHOWN),
    "case_reviews:accept_answer": Page("K5 E", of("answered"), is_unit, methods=BUTTON),
    "case_reviews:return_answer": Page("K5 E", of("answered"), is_unit),
    "case_reviews:withdraw_request": Page("K5 E", of("request"), is_unit),
    "case_reviews:change_request": Page("K5 E", of("request"), is_unit),
    "case_reviews:ask_back": Page("K5 E", of("answered"), is_unit),
    "case_reviews:split_request": Page("K4 R", of("request"), is_asked, state="request"),
    "case_reviews:make_link": Page("K5 E", of("request"), is_unit),
    "case_reviews:new_code": Page("K5 E", of("link"), is_unit, methods=BUTTON),
    "case_reviews:revoke_link": Page("K5 E", of("link"), is_unit, methods=BUTTON),
    "case_reviews:assure_answer": Page("K4 S", of("request"), is_asked_still, state="request"),
    "case_reviews:review": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:review_why_this_date": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:panel_met": Page("K5 E", of("review"), is_unit, methods=BUTTON),
    "case_reviews:decision": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:propose_decision": Page("K5 E", of("review")),
    "case_reviews:review_report": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:begin_report": Page("K5 E", of("review"), methods=BUTTON),
    "case_reviews:review_report_word": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:learning_extract_word": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:send_report": Page("K5 E", of("review"), is_unit),
    "case_reviews:edit_report_part": Page("K5 E", (("review", "=men"),)),
    "case_reviews:sign_off": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:put_to_partners": Page("K5 E", of("review"), methods=BUTTON),
    "case_reviews:sign": Page("K5 V", of("review"), signs),
    "case_reviews:scrutineer_comment": Page("K5 R", of("review"), is_scrutineer),
    "case_reviews:escalation": Page("K5 E", of("review"), is_unit),
    "case_reviews:interim_position": Page("K5 E", of("review"), is_unit),
    "case_reviews:panel_thread": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:record_reply": Page("K5 E", of("review"), is_unit),
    "case_reviews:send_again": Page("K5 E", of("review"), is_unit),
    "case_reviews:close_review": Page("K5 E", of("review"), is_unit),
    "case_reviews:answer_information": Page("K5 E", of("question"), is_unit),
    "case_reviews:reconsider": Page("K5 E", of("reconsideration"), is_unit),
    "case_reviews:practice_review": Page("K6 R", of("practice"), reads_whole, state="none", methods=SHOWN),
    "case_reviews:practice_why_this_date": Page("K6 R", of("practice"), reads_whole, state="none", methods=SHOWN),
    "case_reviews:practice_sign_off": Page("K6 R", of("practice"), reads_whole, state="none", methods=SHOWN),
    "case_reviews:publication": Page("K6 R", of("practice"), reads_whole, state="none", methods=SHOWN),
    "case_reviews:line_of_enquiry": Page("K6 R", of("line"), reads_whole, state="none", methods=SHOWN),
    "case_reviews:practice_text": Page("K6 R", of("practice text"), reads_whole, state="none", methods=SHOWN),
    "case_reviews:practice_file": Page("K6 R", of("paper of a practice review"), state="none", methods=SHOWN),
    "case_reviews:agency_report": Page("K6 R", of("report"), state="none", methods=SHOWN),
    "case_reviews:practice_terms": Page("K6 E", of("practice"), state="matter"),
    "case_reviews:add_line": Page("K6 E", of("practice"), state="matter"),
    "case_reviews:practitioner_event": Page("K6 E", of("practice"), state="matter"),
    "case_reviews:add_family_part": Page("K6 E", of("practice"), state="matter"),
    "case_reviews:add_draft": Page("K6 E", of("practice"), state="matter"),
    "case_reviews:keep_finding": Page("K6 E", of("line"), state="matter"),
    "case_reviews:add_evidence": Page("K6 E", of("line"), state="matter"),
    "case_reviews:family_part": Page("K6 E", of("family part"), state="matter"),
    "case_reviews:accuracy_check": Page("K6 E", of("accuracy check"), state="matter"),
    "case_reviews:practice_step": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:practice_late_reasons": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:reviewer_add": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:ask_agency_report": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:pause": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:plan_publication": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:send_notice": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:publish": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:defer_publication": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:not_publish": Page("K6 E", of("practice"), is_unit_of_practice, state="matter"),
    "case_reviews:reviewer_named": Page("K6 E", of("reviewer"), is_unit_of_practice, state="matter"),
    "case_reviews:reviewer_remove": Page("K6 E", of("reviewer"), is_unit_of_practice, state="matter"),
    "case_reviews:change_agency_report": Page("K6 E", of("report"), is_unit_of_practice, state="matter"),
    "case_reviews:receive_agency_report": Page("K6 E", of("report"), is_unit_of_practice, state="matter"),
    "case_reviews:accept_agency_report": Page("K6 E", of("report"), is_unit_of_practice, state="matter"),
    "case_reviews:withdraw_agency_report": Page("K6 E", of("report"), is_unit_of_practice, state="matter"),
    "case_reviews:keep_pause": Page("K6 E", of("pause"), is_unit_of_practice, state="matter"),
    "case_reviews:end_pause": Page("K6 E", of("pause"), is_unit_of_practice, state="matter"),
    "case_reviews:ask_accuracy": Page("K6 E", of("draft"), is_unit_of_practice, state="matter"),
    "case_reviews:practice_comment": Page("K6 R", of("practice text"), is_scrutineer, state="none"),
    "case_reviews:practice_disagreement": Page("K6 E", of("practice text"), is_unit_of_practice, state="matter"),
    "case_reviews:put_practice_text": Page("K6 E", of("practice"), is_unit_of_practice, state="matter", methods=BUTTON),
    "case_reviews:sign_practice_text": Page("K6 V", of("practice text"), signs, state="matter"),
    "case_reviews:review_scope": Page("K5 E", of("review"), is_unit),
    "case_reviews:review_step": Page("K5 E", of("review"), is_unit),
    "case_reviews:finish_task": Page("K5 E", of("task"), is_unit),
    "case_reviews:reopen_task": Page("K5 E", of("task"), is_unit, methods=BUTTON),
    "case_reviews:what_if": Page("K3 R", methods=SHOWN),
    "case_reviews:upgrade_rules": Page("K3 S", extra=is_unit_or_authority),
    "case_reviews:correct_day": Page("K3 S", extra=is_unit_or_authority),
    "case_reviews:decide_correction": Page("K3 S", of("correction"), is_unit_or_authority),
    "case_reviews:learning_points": Page("K5 R", methods=SHOWN),
    "case_reviews:add_learning_point": Page("K5 E", extra=is_unit),
    "case_reviews:review_themes": Page("K5 E", extra=is_unit),
    "case_reviews:learning_review": Page("K5 E", extra=is_unit),
    "case_reviews:briefings": Page("K5 E", extra=is_unit),
    "case_reviews:learning_point": Page("K5 R", of("learning point"), methods=SHOWN),
    "case_reviews:change_learning_point": Page("K5 E", of("learning point"), is_unit),
    "case_reviews:withdraw_learning_point": Page("K5 E", of("learning point"), is_unit),
    "case_reviews:change_briefing": Page("K5 E", of("briefing"), is_unit),
    "case_reviews:issue_briefing": Page("K5 E", of("briefing"), is_unit, methods=BUTTON),
    "case_reviews:withdraw_briefing": Page("K5 E", of("briefing"), is_unit),
    "case_reviews:delivery_effect": Page("K5 E", of("delivery"), is_unit),
    "case_reviews:stop_learning_review": Page("K5 E", extra=is_unit),
    "case_reviews:raise_learning_action": Page("K5 E", of("learning point"), is_unit),
    "case_reviews:briefing": Page("K5 R", of("briefing"), methods=SHOWN),
    "case_reviews:briefing_word": Page("K5 E", of("briefing"), is_unit, methods=BUTTON),
    "case_reviews:add_delivery": Page("K5 E", of("briefing"), is_unit),
    "meetings:plan": Page("K5 E", (("matter",),), runs_meeting, state="matter"),
    "meetings:meeting": Page("K5 R", of("meeting"), state="none", methods=SHOWN),
    "meetings:change": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:cancel": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:invite": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:my_answer": Page("K5 R", of("meeting"), state="none", methods=SHOWN),
    "meetings:declare": Page("K5 R", of("meeting"), state="none"),
    "meetings:add_item": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:lock_agenda": Page("K5 E", of("meeting"), runs_meeting, state="matter", methods=BUTTON),
    "meetings:add_paper": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:send_papers": Page("K5 E", of("meeting"), runs_meeting, state="matter", methods=BUTTON),
    "meetings:pack": Page("K5 R", of("meeting"), state="none", methods=SHOWN),
    "meetings:open": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:room": Page("K5 E", of("meeting"), runs_meeting, state="matter", methods=SHOWN),
    "meetings:end": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:minutes": Page("K5 R", of("meeting"), state="none", methods=SHOWN),
    "meetings:write_minutes": Page("K5 E", of("meeting"), runs_meeting, state="matter", methods=BUTTON),
    "meetings:lock_minutes": Page("K5 E", of("meeting"), runs_meeting, state="matter", methods=BUTTON),
    "meetings:approve_minutes": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:record_decision": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:agenda": Page("K5 R", of("meeting"), state="none", methods=SHOWN),
    "meetings:minutes_word": Page("K5 R", of("meeting"), state="none", methods=SHOWN),
    "meetings:raise_action": Page("K5 E", of("meeting"), runs_meeting, state="matter"),
    "meetings:let_in": Page("K17m M", of("place"), lets_into_meeting, state="matter"),
    "meetings:take_off": Page("K5 E", of("place"), runs_meeting, state="matter"),
    "meetings:answer": Page("K5 E", of("place"), runs_meeting, state="matter"),
    "meetings:declare_for": Page("K5 E", of("place"), runs_meeting, state="matter"),
    "meetings:arrive": Page("K5 E", of("place"), runs_meeting, state="matter"),
    "meetings:leave": Page("K5 E", of("place"), runs_meeting, state="matter"),
    "meetings:decide_interest": Page("K5 E", of("interest"), runs_meeting, state="matter"),
    "meetings:change_item": Page("K5 E", of("item"), runs_meeting, state="matter"),
    "meetings:write_notes": Page("K5 E", of("item"), runs_meeting, state="matter", methods=BUTTON),
    "meetings:paper": Page("K5 R", of("paper"), has_declared, state="none", methods=SHOWN),
    "meetings:paper_file": Page("K5 R", of("paper"), has_declared, state="none", methods=SHOWN),
    "meetings:replace_paper": Page("K5 E", of("paper"), runs_meeting, state="matter"),
    "meetings:record_dissent": Page("K5 R", of("meeting decision"), may_dissent, state="none"),
    "meetings:ratify": Page("K5 E", of("meeting decision"), runs_meeting, state="matter"),
    "actions:action": Page("K13 R", of("action"), state="none", methods=SHOWN),
    "actions:update": Page("K13 E", of("action"), state="none"),
    "actions:add_evidence": Page("K13 E", of("action"), state="none"),
    "actions:done": Page("K13 E", of("action"), state="none"),
    "actions:assure": Page("K13 R", of("action"), assures_action, state="none"),
    "actions:send_back": Page("K13 R", of("action"), assures_action, state="none"),
    "actions:difference": Page("K13 R", of("action"), assures_action, state="none"),
    "actions:close": Page("K13 R", of("action"), closes_action, state="none"),
    "actions:reopen": Page("K13 R", of("action"), closes_action, state="none"),
    "actions:change_due": Page("K13 E", of("action"), is_unit_of_practice, state="none"),
    "actions:supersede": Page("K13 E", of("action"), is_unit_of_practice, state="none"),
    "actions:withdraw_evidence": Page("K13 E", of("evidence"), state="none"),
    "actions:evidence_file": Page("K13 R", of("evidence"), state="none", methods=SHOWN),
    "actions:recommendation": Page("K13 R", of("recommendation"), state="none", methods=SHOWN),
    "actions:answer_recommendation": Page("K13 E", of("recommendation"), is_unit_of_practice, state="none"),
    "case_reviews:letters_out": Page("K5 R", methods=SHOWN),
    "case_reviews:add_letter_out": Page("K5 E", extra=is_unit),
    "case_reviews:outgoing_checks": Page("K5 R", methods=SHOWN),
    "case_reviews:check_outgoing": Page("K5 E", extra=is_unit),
    "case_reviews:outgoing_check": Page("K5 R", of("check"), methods=SHOWN),
    "case_reviews:clear_outgoing": Page("K5 E", of("check"), is_unit),
    "case_reviews:diary": Page("K5 R", methods=SHOWN),
    "case_reviews:add_diary_entry": Page("K5 E", extra=is_unit),
    "case_reviews:late_reasons": Page("K5 E", of("review"), is_unit),
    "case_reviews:effort": Page("K5 E", of("review"), is_unit),
    "documents:review_file": Page("K5 R", of("paper of a review"), state="matter", methods=SHOWN),
    "case_reviews:own_request": Page("K4 R", of("request", "answered"), is_asked, state="request", methods=SHOWN),
    "case_reviews:answer_section": Page(
        "K4 E", tuple(("request", f"={code}") for code in ("search", "involvement", "signing")), is_asked_still, state="request"
    ),
    "case_reviews:answer_check": Page("K4 E", of("request"), is_asked_still, state="request"),
    "case_reviews:answer_submit": Page("K4 S", of("request"), is_asked_still, state="request", methods=BUTTON),
    "case_reviews:add_answer_file": Page("K4 E", of("request"), is_asked_still, state="request"),
    "case_reviews:remove_answer_file": Page("K4 E", (("request", "file"),), lambda asked: False, state="request", methods=BUTTON),
    "case_reviews:answer_file": Page("K4 R", of("file"), state="answered", methods=SHOWN),
    "case_reviews:offline_form": Page("K4 R", of("request"), is_asked, state="request", methods=SHOWN),
    "case_reviews:receive_form": Page("K4 E", of("request"), is_asked_still, state="request"),
    "case_reviews:offline_form_for": Page("K5 R", of("request"), methods=SHOWN),
    "case_reviews:receive_form_for": Page("K5 E", of("request"), is_unit),
    "case_reviews:answer_sent": Page("K4 R", of("answered"), is_asked, state="request", methods=SHOWN),
    "case_reviews:for_sign_off": Page("K4 E", of("request"), is_asked_still, state="request", methods=BUTTON),
    "case_reviews:take_back": Page("K4 E", of("request"), is_asked_still, state="request", methods=BUTTON),
    "case_reviews:pass_on": Page("K4 E", of("request"), is_asked_still, state="request"),
    "case_reviews:say_to_unit": Page("K4 R", of("request"), is_asked, state="request"),
    "case_reviews:chronologies": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:add_chronology": Page("K5 E", of("review"), is_unit),
    "case_reviews:chronology_preview": Page("K5 E", of("chronology"), is_unit),
    "case_reviews:keep_chronology": Page("K5 E", of("chronology"), is_unit, methods=BUTTON),
    "case_reviews:discard_chronology": Page("K5 E", of("chronology"), is_unit, methods=BUTTON),
    "case_reviews:type_chronology_row": Page("K5 E", of("attached chronology"), is_unit),
    # The file holds every row, so each mark on a row is a mark on it.
    "case_reviews:chronology_original": Page("K4 R", of("chronology"), state="answered", methods=SHOWN, seals=POLICE),
    "case_reviews:combined_chronology": Page("K5 R", of("review")),
    "case_reviews:combined_chronology_named": Page("K1 I, K5 R", of("review")),
    "case_reviews:take_out_chronology": Page("K5 E", of("review"), is_unit),
    "case_reviews:take_out_for_agency": Page("K5 E", of("chronology"), is_unit),
    "case_reviews:review_proceedings": Page("K5 E", of("review"), is_unit),
    "case_reviews:take_own_chronology": Page(
        "K4 R", (("request", "own chronology", "=csv"),), is_asked, state="request", methods=SHOWN
    ),
    "case_reviews:glossary": Page("K1 I, K5 R", of("review"), methods=SHOWN),
    "case_reviews:add_to_glossary": Page("K1 I, K5 R", of("review"), is_editing_unit),
    "case_reviews:change_glossary": Page("K1 I, K5 R", of("glossary entry"), is_editing_unit),
    "case_reviews:remove_from_glossary": Page("K1 I, K5 R", of("glossary entry"), is_editing_unit, methods=BUTTON),
    "case_reviews:glossary_scan": Page("K5 E", of("review"), methods=SHOWN),
    "case_reviews:put_codes_again": Page("K5 E", of("review"), is_unit, methods=BUTTON),
    "case_reviews:chronology_row": Page("K5 R, K4 R", of("chronology row"), state="answered", methods=SHOWN),
    "case_reviews:chronology_row_named": Page("K5 R, K1 I", of("chronology row"), reads_answers, methods=SHOWN),
    "case_reviews:correct_chronology_row": Page("K5 E, K1 I", of("chronology row"), unit_reads_answers),
    "case_reviews:mark_chronology_row": Page("K5 E", of("chronology row"), reads_answers),
    "case_reviews:same_event": Page("K5 E", of("chronology row"), reads_answers),
    "case_reviews:findings": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:read_again": Page("K5 R", of("review"), is_unit, methods=BUTTON),
    "case_reviews:dismiss_kind": Page("K5 E", RULE),
    "case_reviews:finding_rules": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:change_finding_rule": Page("K5 E", RULE),
    "case_reviews:finding": Page("K5 R", of("finding"), reads_answers, methods=SHOWN),
    "case_reviews:finding_named": Page("K5 R, K1 I", of("finding"), reads_answers, methods=SHOWN),
    "case_reviews:accept_finding": Page("K5 E", of("finding"), reads_answers),
    "case_reviews:dismiss_finding": Page("K5 E", of("finding"), reads_answers),
    "case_reviews:take_up_finding": Page("K5 E", of("finding"), reads_answers),
    "case_reviews:confirm_same_event": Page("K5 E", of("finding"), reads_answers, methods=BUTTON),
    "case_reviews:ask_about_finding": Page("K5 E", (("finding", "cited agency"),), reads_answers),
    "case_reviews:go_on_unasked": Page("K5 E", (("finding", "cited agency"),), reads_answers),
    "case_reviews:make_episode": Page("K5 E", of("finding"), reads_answers),
    "case_reviews:make_line": Page("K5 E", of("finding"), reads_answers),
    "case_reviews:make_point": Page("K5 E", of("finding"), reads_answers),
    "case_reviews:finding_answer": Page("K5 E", of("finding question"), reads_answers),
    "case_reviews:chronology_story": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:chronology_story_named": Page("K1 I, K5 R", of("review"), methods=SHOWN),
    "case_reviews:childs_day_named": Page("K1 I, K5 R", of("review"), methods=SHOWN),
    "case_reviews:chronology_known_named": Page("K1 I, K5 R", of("review")),
    "case_reviews:chronology_timeline_named": Page("K1 I, K5 R", of("review")),
    "case_reviews:chronology_timeline_print_named": Page("K1 I, K5 R", of("review")),
    "case_reviews:previews": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:make_preview": Page("K5 E", of("review")),
    "case_reviews:preview": Page("K5 R", of("preview"), methods=SHOWN),
    "case_reviews:protect_fact": Page("K5 E", of("preview")),
    "case_reviews:no_longer_protect": Page("K5 E", of("protected fact"), methods=BUTTON),
    "case_reviews:leave_rows_out": Page("K5 E", of("preview")),
    "case_reviews:put_rows_back": Page("K5 E", of("preview"), methods=BUTTON),
    "case_reviews:put_preview_forward": Page("K5 E", of("preview"), methods=BUTTON),
    "case_reviews:record_preview_view": Page("K5 E", of("preview")),
    "case_reviews:take_preview_back": Page("K5 E", of("preview")),
    "case_reviews:drop_preview": Page("K5 E", of("preview")),
    "case_reviews:have_read": Page("K5 R", of("review"), methods=BUTTON),
    "case_reviews:childs_day": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:chronology_known": Page("K5 R", of("review")),
    "case_reviews:row_notes": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:row_shared": Page("K5 E", of("chronology row"), reads_answers),
    "case_reviews:row_note": Page("K5 R, K4 R", of("chronology row"), state="answered"),
    "case_reviews:chronology_timeline": Page("K5 R", of("review")),
    "case_reviews:chronology_timeline_print": Page("K5 R", of("review")),
    "case_reviews:chronology_cast": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:key_episodes": Page("K5 R", of("review"), methods=SHOWN),
    "case_reviews:write_episode": Page("K5 E", of("review")),
    "case_reviews:key_episode": Page("K5 R", of("episode"), reads_answers, methods=SHOWN),
    "case_reviews:change_episode": Page("K5 E", of("episode"), reads_answers),
    "case_reviews:remove_episode": Page("K5 E", of("episode"), reads_answers),
    "case_reviews:own_chronology": Page("K4 R", of("request", "answered"), is_asked, state="request", methods=SHOWN),
    "case_reviews:add_own_chronology": Page("K4 E", of("request"), is_asked_still, state="request"),
    "case_reviews:own_chronology_preview": Page("K4 E", OWN_CHRONOLOGY, is_asked_still, state="request"),
    "case_reviews:keep_own_chronology": Page("K4 E", OWN_CHRONOLOGY, is_asked_still, state="request", methods=BUTTON),
    "case_reviews:discard_own_chronology": Page("K4 E", OWN_CHRONOLOGY, is_asked_still, state="request", methods=BUTTON),
    "case_reviews:type_own_chronology_row": Page("K4 E", OWN_CHRONOLOGY, is_asked_still, state="request"),
    "documents:add": Page("K3 C", of("matter"), state="matter"),
    "documents:document": Page("K3 R", of("document"), state="matter", methods=SHOWN),
    "documents:file": Page("K3 R", of("document"), state="matter", methods=SHOWN),
    "documents:remove": Page("K3 E", of("document"), state="matter"),
    "identity": Page("K1 I", IDENTITIES, state="matter", methods=SHOWN),
    "match": Page("K1 I, K1 C", IDENTITIES, state="matter", methods=SHOWN),
    "need_to_know:matter": Page("", of("matter"), knows, methods=SHOWN),
    "need_to_know:statement": Page("", of("matter"), knows),
    "need_to_know:members": Page("K17m R", of("matter"), state="matter", methods=SHOWN),
    "need_to_know:add_member": Page("K17m M", of("matter"), state="matter"),
    "need_to_know:end_member": Page("K17m M", (("matter", "membership"),), state="matter"),
    "need_to_know:add_grant": Page("K17m M", of("matter"), state="matter"),
    "need_to_know:renew_grant": Page("K17m M", (("matter", "grant"),), state="matter"),
    "need_to_know:end_grant": Page("K17m M", (("matter", "grant"),), state="matter"),
    "need_to_know:readers": Page("K2 R", of("matter"), state="matter", methods=SHOWN),
    # The page shows every block of the matter, so an agency's own is not enough.
    "need_to_know:conflicts": Page("", of("matter"), lambda asked: asked.may("K18 R", own=False), methods=SHOWN),
    "need_to_know:declare_conflict": Page("", of("matter"), may_declare),
    "need_to_know:propose_lift": Page("K18 M", (PART["conflict"],), may_lift, state="none"),
    "need_to_know:confirm_lift": Page("K18 M", (PART["conflict"],), may_lift, state="none"),
    "need_to_know:withdraw_lift": Page("K18 M", (PART["conflict"],), may_lift, state="none", methods=BUTTON),
    "need_to_know:seals": Page("K17m R", of("matter"), lambda asked: asked.may("K18 R", own=False), state="matter", methods=SHOWN),
    "need_to_know:seal_agency": Page("K18 M", of("matter"), state="none"),
    "need_to_know:name_person": Page("K18 M", (PART["seal"],), state="none"),
    # Asked without saying whom, it answers everybody alike.
    "need_to_know:unname_person": Page("K18 M", (PART["seal"],), lambda asked: False, state="none", methods=BUTTON),
    "need_to_know:propose_unseal": Page("K18 M", (PART["seal"],), may_lift, state="none"),
    "need_to_know:confirm_unseal": Page("K18 M", (PART["seal"],), may_lift, state="none"),
    "need_to_know:withdraw_unseal": Page("K18 M", (PART["seal"],), may_lift, state="none", methods=BUTTON),
    "need_to_know:clear": Page("K17m M", of("matter"), state="matter"),
    "need_to_know:end_clearance": Page("K17m M", (("matter", "clearance"),), state="matter"),
    "need_to_know:break_glass": Page("", of("matter"), may_break_glass),
    "need_to_know:close_glass": Page("", (PART["glass"],), may_end_glass, methods=BUTTON),
    "need_to_know:review_break_glass": Page("K18 M", (PART["glass"],), is_governance, state="none"),
    "need_to_know:hold": Page("", of("matter"), may_see_holds, methods=SHOWN),
    "need_to_know:place_hold": Page("K21 C", of("matter"), knows, state="none"),
    "need_to_know:lift_hold": Page("K21 V", (("matter", "hold"),), knows, state="none"),
}  # fmt: skip

SEALED_PAPERS: list[tuple[str, Page]] = [
    (name, Page(needs, of(f"document sealed {seal}"), state="matter", methods=methods, seals=frozenset({seal})))
    for seal in ("legal_privilege", "police", "adoption", "whistleblower", "protected_address")
    for name, needs, methods in (
        ("documents:document", "K3 R", SHOWN),
        ("documents:file", "K3 R", SHOWN),
        ("documents:remove", "K3 E", ("GET", "POST")),
    )
]

SEALED_PAPERS += [
    ("case_reviews:chronology_row", Page("K5 R, K4 R", of("sealed row"), state="answered", methods=SHOWN, seals=POLICE)),
    ("case_reviews:same_event", Page("K5 E", of("sealed row"), reads_answers, seals=POLICE)),
    ("case_reviews:mark_chronology_row", Page("K5 E", of("sealed row"), reads_answers, seals=POLICE)),
    ("case_reviews:row_note", Page("K5 R, K4 R", of("sealed row"), state="answered", seals=POLICE)),
    ("case_reviews:chronology_row_named", Page("K5 R, K1 I", of("sealed row"), reads_sealed, methods=SHOWN)),
    ("case_reviews:finding", Page("K5 R", of("sealed finding"), reads_sealed, methods=SHOWN)),
    ("case_reviews:finding_named", Page("K5 R, K1 I", of("sealed finding"), reads_sealed, methods=SHOWN)),
    ("case_reviews:accept_finding", Page("K5 E", of("sealed finding"), reads_sealed)),
]

# A draft is its author's alone, and only where the author's role may raise an incident at all.
DRAFT_PAGES = (
    "case_reviews:overview", "case_reviews:section", "case_reviews:add_item", "case_reviews:check", "case_reviews:discard",
    "case_reviews:local_reference",
)  # fmt: skip


def may_raise(role: str) -> bool:
    return oracle.expected(role, "C", "K3", {}, {"own": True, "member": True})


# ---- pages that belong to no matter: a role, and whether the thing is of one's own agency ----


def reads_log(who: Who) -> bool:
    """Whoever may read actions at all, be it only their agency's own or what a grant names."""
    return oracle.expected(who.role, "R", "K13", who.asker, {"own": True, "grant": True})


@dataclass(frozen=True)
class Plain:
    """A page of the directory, of accounts, or of one's own."""

    needs: str = ""  # empty: everybody who is signed in
    about: tuple[str, ...] = ("",)  # what is asked about; 'own' or 'other' in a name says whose it is
    methods: tuple[str, ...] = ("GET", "POST")
    own: bool = False  # a list or a new thing of one's own agency
    extra: Callable[[Who], bool] | None = None

    def expected(self, who: Who, thing: str) -> bool:
        own = self.own or (thing.endswith(" own") and who.agency == "own") or (thing.endswith(" other") and who.agency == "other")
        cells = [cell.strip().split() for cell in self.needs.split(",") if cell.strip()]
        allowed = all(oracle.expected(who.role, action, kind, who.asker, {"own": own}) for kind, action in cells)
        return allowed and (self.extra is None or self.extra(who))


def _directory(plural: str, singular: str, thing: str, *, kind: str = "K0", ends: bool = True) -> dict[str, Plain]:
    changing = "M" if kind == "K17" else "E"
    pages = {
        plural: Plain(f"{kind} R", methods=SHOWN),
        f"add_{singular}": Plain(f"{kind} C"),
        singular: Plain(f"{kind} R", (thing,), SHOWN),
        f"change_{singular}": Plain(f"{kind} {changing}", (thing,)),
    }
    if ends:
        pages[f"end_{singular}"] = Plain(f"{kind} M", (thing,))
    return {f"agencies:{name}": page for name, page in pages.items()}


ACCOUNTS = ("account own", "account other")
PLAIN_PAGES: dict[str, Plain] = {
    "home": Plain(methods=SHOWN),
    "help": Plain(methods=SHOWN),
    "accessibility": Plain(methods=SHOWN),
    "components": Plain(methods=SHOWN),
    "alive": Plain(methods=SHOWN),
    "case_reviews:incidents": Plain(methods=SHOWN),
    "case_reviews:learning_themes": Plain(methods=SHOWN),
    "meetings:meetings": Plain(methods=SHOWN),
    "actions:register": Plain(methods=SHOWN, extra=reads_log),
    "actions:recommendations": Plain(methods=SHOWN, extra=reads_log),
    "actions:raise_action": Plain("K13 C"),
    "actions:add_recommendation": Plain("K13 C"),
    "case_reviews:learning": Plain(methods=SHOWN),
    "case_reviews:reviews": Plain(methods=SHOWN),
    "case_reviews:practice_reviews": Plain(methods=SHOWN),
    "case_reviews:chasing": Plain(methods=SHOWN),
    "case_reviews:efforts": Plain(methods=SHOWN),
    "case_reviews:punctuality": Plain(methods=SHOWN),
    "case_reviews:review_summary": Plain(methods=SHOWN),
    "case_reviews:plan_template": Plain("K0 E", methods=SHOWN),
    "case_reviews:plan_row": Plain("K0 E", ("=new", "=meetings_booked")),
    "case_reviews:remove_plan_row": Plain("K0 E", ("=meetings_booked",), BUTTON),
    "case_reviews:restore_plan": Plain("K0 E", methods=BUTTON),
    "case_reviews:local_anchor": Plain("K0 E"),
    "case_reviews:my_requests": Plain(methods=SHOWN),
    "case_reviews:begin": Plain(extra=lambda who: may_raise(who.role)),
    "matching": Plain(methods=SHOWN, extra=lambda who: oracle.expected(who.role, "C", "K1", {}, {"member": True})),
    # One's own agency's staff, or oneself: no matter is asked about.
    "audit_trail": Plain("K19 R", methods=SHOWN, own=True),
    "deliveries": Plain("K17 C", methods=SHOWN),
    "set_up": Plain("K0 C", methods=SHOWN),
    "need_to_know:my_conflicts": Plain(methods=SHOWN),
    "need_to_know:add_entry": Plain(),
    "accounts:mine": Plain(methods=SHOWN),
    "accounts:terms": Plain(),
    "accounts:second_factor_needed": Plain(methods=SHOWN),
    "accounts:end_other_sessions": Plain(methods=BUTTON),
    "accounts:signed_out": Plain(methods=SHOWN),
    "accounts:not_invited": Plain(methods=SHOWN),
    "accounts:accounts": Plain("K17 R", methods=SHOWN, own=True),
    "accounts:invite": Plain("K17 C", own=True),
    "accounts:show": Plain("K17 R", ACCOUNTS, SHOWN),
    "accounts:grant_role": Plain("K17 M", ACCOUNTS),
    "accounts:confirm": Plain("K17 M", ACCOUNTS, BUTTON),
    "accounts:suspend": Plain("K17 M", ACCOUNTS, BUTTON),
    "accounts:restore": Plain("K17 M", ACCOUNTS, BUTTON),
    "accounts:training": Plain("K17 M", ACCOUNTS),
    "need_to_know:close_account": Plain("K17 M", ACCOUNTS),
    "accounts:end_role": Plain("K17 M", ("holding own", "holding other"), BUTTON),
    "accounts:send_again": Plain("K17 M", ("invitation own", "invitation other"), BUTTON),
    "accounts:take_back": Plain("K17 M", ("invitation own", "invitation other"), BUTTON),
    "accounts:list_terms": Plain("K17 R", methods=SHOWN, own=True),
    "accounts:publish_terms": Plain("K17 C", own=True),
    "agencies:directory": Plain("K0 R", methods=SHOWN),
    "agencies:partners": Plain("K0 R", methods=SHOWN),
    "agencies:replace_partner": Plain("K0 M"),
    "agencies:partnership": Plain("K0 R", methods=SHOWN),
    "agencies:change_partnership": Plain("K0 E"),
    "agencies:rename": Plain("K0 M"),
    "agencies:succeed": Plain("K0 M", ("agency",)),
    **_directory("agencies", "agency", "agency"),
    **_directory("people", "officer", "officer"),
    **_directory("listings", "listing", "listing"),
    **_directory("bodies", "body", "body"),
    **_directory("seats", "seat", "seat"),
    **_directory("appointments", "appointment", "appointment"),
    **_directory("wards", "ward", "ward"),
    **_directory("duty_rota", "duty_turn", "turn"),
    **_directory("absences", "absence", "absence"),
    **_directory("delegations", "delegation", "delegation"),
    **_directory("school_terms", "school_term", "term"),
    **_directory("holidays", "holiday", "holiday", ends=False),
    **_directory("agreements", "agreement", "agreement", kind="K17"),
}

# Open without account, or the sign-in library's own pages about the person who is signed in. They show nothing of any matter and are
# asked by everybody for the marks of every matter.
OF_NO_MATTER = frozenset({
    "account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password",
    "account_set_password", "account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done",
    "account_reset_password_from_key", "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
    "mfa_login_webauthn", "usersessions_list", "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
    "socialaccount_login_error", "account_signup", "account_email", "account_email_verification_sent", "socialaccount_signup",
    "socialaccount_connections", "accounts:join", "messages", "message", "all_messages", "any_message",
    # The way in by link shows nothing of any matter; behind it nothing opens for a browser that did not bring link and code.
    "case_reviews:answer", "case_reviews:leave_link", "case_reviews:link_left", "case_reviews:link_request", "case_reviews:link_section",
    "case_reviews:link_check", "case_reviews:link_submit", "case_reviews:link_sent", "case_reviews:link_for_sign_off",
    "case_reviews:link_take_back", "case_reviews:link_pass_on", "case_reviews:link_say", "case_reviews:link_keep_draft",
    "case_reviews:link_files", "case_reviews:link_file", "case_reviews:link_remove_file", "case_reviews:link_offline_form",
    "case_reviews:link_receive_form", "case_reviews:link_chronology", "case_reviews:link_add_chronology",
    "case_reviews:link_chronology_preview", "case_reviews:link_keep_chronology", "case_reviews:link_discard_chronology",
    "case_reviews:link_type_chronology_row", "case_reviews:link_take_own_chronology",
})  # fmt: skip

# Asked about in their own tests: the address itself names no record that is anybody's but the asker's.
ABOUT_ONESELF = frozenset({"people:keep_draft", "need_to_know:remove_entry", "send_again"})

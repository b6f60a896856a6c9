"""The sections of an incident, in the order in which they are asked, and how far each has come."""

from dataclasses import dataclass

from django.urls import reverse

from sightline.partnership.case_reviews import forms, questions
from sightline.partnership.case_reviews.models import SeriousIncident
from sightline.procedures.section_16c import QUESTIONS


@dataclass(frozen=True)
class Section:
    """One page of the incident's form."""

    slug: str
    title: str
    hint: str
    form: type[forms.SectionForm] | None = None


SECTIONS = (
    Section("safety", "Is anyone in danger now", "Asked first. It can be answered later, and stays in view until it is."),
    Section("what-happened", "What happened", "Facts, place and time.", forms.WhatHappenedForm),
    Section("awareness", "When it became known", "The moment the clock starts, and whom to ask.", forms.AwarenessForm),
    Section("children", "Children", "Up to four in full, others in words.", forms.ChildrenForm),
    Section("people", "Household and significant people", "Parents, carers, siblings and others."),
    Section("professionals", "Professionals and services involved", "This list becomes the list of agencies that are asked."),
    Section("context", "Family context", "What is known about the family.", forms.ContextForm),
    Section("proceedings", "Other proceedings", "Police, coroner, courts and other reviews."),
    Section("legal-test", "The legal test", "The questions of section 16C, answered one by one."),
    Section("documents", "Documents", "Files that belong to this incident."),
)
SECTION_BY_SLUG = {section.slug: section for section in SECTIONS}


@dataclass(frozen=True)
class SectionState:
    """A section as the task list shows it."""

    section: Section
    url: str
    status: str
    tone: str


def states(incident: SeriousIncident, documents: int) -> list[SectionState]:
    counts = {
        "children": incident.children.count(), "people": incident.significant_people.count(),
        "professionals": incident.professionals.count(), "proceedings": incident.parallel_proceedings.count(), "documents": documents,
    }  # fmt: skip
    missing = {line.section for line in questions.missing_before_raising(incident)}
    rows = []
    for section in SECTIONS:
        status, tone = _state(section.slug, incident, counts, missing)
        url = reverse("case_reviews:section", args=[incident.pk, section.slug])
        rows.append(SectionState(section, url, status, tone))
    return rows


def _state(slug: str, incident: SeriousIncident, counts: dict[str, int], missing: set[str]) -> tuple[str, str]:
    if slug in missing:
        return "Needed before it is raised", "yellow"
    if slug == "safety":
        return ("Not answered yet", "red") if questions.safety_is_open(incident) else ("Answered", "green")
    if slug == "legal-test":
        left = len(questions.unanswered_legal_test(incident))
        return ("Answered", "green") if not left else (f"{len(QUESTIONS) - left} of {len(QUESTIONS)} answered", "grey")
    if slug in counts and (slug != "children" or counts[slug]):
        return f"{counts[slug]} recorded", "green" if counts[slug] else "grey"
    if slug == "children":
        return "No child named yet", "blue"
    if slug == "context":
        return ("Answered", "green") if incident.family_context or incident.family_context_notes else ("Optional", "grey")
    return "Answered", "green"

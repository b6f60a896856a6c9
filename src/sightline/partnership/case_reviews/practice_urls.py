"""Addresses of practice reviews."""

from django.urls import path

from sightline.partnership.case_reviews.views import practice_disagreement as disagreement
from sightline.partnership.case_reviews.views import practice_endings as endings
from sightline.partnership.case_reviews.views import practice_parts as parts
from sightline.partnership.case_reviews.views import practice_reviews as reviews

REVIEW = "practice-reviews/<str:practice_id>"
PART = "practice-reviews/parts/<str:part_id>"
urlpatterns = [
    path("practice-reviews/", reviews.reviews, name="practice_reviews"),
    path("practice-reviews/files/<str:document_id>/", reviews.file, name="practice_file"),
    path(f"{PART}/reviewer/named/", parts.reviewer_named, name="reviewer_named"),
    path(f"{PART}/reviewer/remove/", parts.reviewer_remove, name="reviewer_remove"),
    path(f"{PART}/line/", parts.line, name="line_of_enquiry"),
    path(f"{PART}/line/finding/", parts.keep_finding, name="keep_finding"),
    path(f"{PART}/line/evidence/", parts.add_evidence, name="add_evidence"),
    path(f"{PART}/report/", parts.report, name="agency_report"),
    path(f"{PART}/report/change/", parts.change_report, name="change_agency_report"),
    path(f"{PART}/report/received/", parts.receive_report, name="receive_agency_report"),
    path(f"{PART}/report/accept/", parts.accept_report, name="accept_agency_report"),
    path(f"{PART}/report/withdraw/", parts.withdraw_report, name="withdraw_agency_report"),
    path(f"{PART}/family/", parts.change_family_part, name="family_part"),
    path(f"{PART}/pause/", endings.keep_pause, name="keep_pause"),
    path(f"{PART}/pause/end/", endings.end_pause, name="end_pause"),
    path(f"{PART}/facts/ask/", parts.ask_accuracy, name="ask_accuracy"),
    path(f"{PART}/facts/", parts.answer_accuracy, name="accuracy_check"),
    path(f"{PART}/text/", endings.text, name="practice_text"),
    path(f"{PART}/comment/", disagreement.comment, name="practice_comment"),
    path(f"{PART}/disagreement/", disagreement.disagreement, name="practice_disagreement"),
    path(f"{PART}/sign/", endings.sign, name="sign_practice_text"),
    path(f"{REVIEW}/", reviews.show, name="practice_review"),
    path(f"{REVIEW}/step/", reviews.step, name="practice_step"),
    path(f"{REVIEW}/why-this-date/", reviews.why_this_date, name="practice_why_this_date"),
    path(f"{REVIEW}/late/", reviews.late_reasons, name="practice_late_reasons"),
    path(f"{REVIEW}/terms/", reviews.terms, name="practice_terms"),
    path(f"{REVIEW}/reviewer/", parts.reviewer_add, name="reviewer_add"),
    path(f"{REVIEW}/lines/add/", parts.add_line, name="add_line"),
    path(f"{REVIEW}/reports/ask/", parts.ask_report, name="ask_agency_report"),
    path(f"{REVIEW}/practitioners/", parts.practitioner_event, name="practitioner_event"),
    path(f"{REVIEW}/family/", parts.add_family_part, name="add_family_part"),
    path(f"{REVIEW}/pause/", endings.add_pause, name="pause"),
    path(f"{REVIEW}/drafts/add/", parts.add_draft, name="add_draft"),
    path(f"{REVIEW}/sign-off/", endings.sign_off, name="practice_sign_off"),
    path(f"{REVIEW}/sign-off/ask/", endings.put, name="put_practice_text"),
    path(f"{REVIEW}/publication/", endings.publication, name="publication"),
    path(f"{REVIEW}/publication/plan/", endings.plan_publication, name="plan_publication"),
    path(f"{REVIEW}/publication/sent/", endings.send_notice, name="send_notice"),
    path(f"{REVIEW}/publication/published/", endings.publish, name="publish"),
    path(f"{REVIEW}/publication/put-off/", endings.defer, name="defer_publication"),
    path(f"{REVIEW}/publication/not/", endings.not_publish, name="not_publish"),
]

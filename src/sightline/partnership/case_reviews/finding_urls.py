"""Addresses of findings and of the pages on which chronologies are read together."""

from django.urls import path

from sightline.partnership.case_reviews.views import chronology_pictures, chronology_story, findings

urlpatterns = [
    path("rapid-reviews/<str:review_id>/findings/", findings.listed, name="findings"),
    path("rapid-reviews/<str:review_id>/findings/read-again/", findings.read_again, name="read_again"),
    path("rapid-reviews/<str:review_id>/findings/dismiss/<str:kind>/", findings.dismiss_kind, name="dismiss_kind"),
    path("rapid-reviews/<str:review_id>/findings/rules/", findings.rules_listed, name="finding_rules"),
    path("rapid-reviews/<str:review_id>/findings/rules/<str:kind>/", findings.change_rule, name="change_finding_rule"),
    path("rapid-reviews/findings/<str:finding_id>/", findings.shown, name="finding"),
    path("rapid-reviews/findings/<str:finding_id>/accept/", findings.accept, name="accept_finding"),
    path("rapid-reviews/findings/<str:finding_id>/dismiss/", findings.dismiss, name="dismiss_finding"),
    path("rapid-reviews/findings/<str:finding_id>/again/", findings.take_up_again, name="take_up_finding"),
    path("rapid-reviews/findings/<str:finding_id>/one-event/", findings.confirm_same_event, name="confirm_same_event"),
    path("rapid-reviews/findings/<str:finding_id>/ask/<str:agency_id>/", findings.ask, name="ask_about_finding"),
    path("rapid-reviews/findings/<str:finding_id>/go-on/<str:agency_id>/", findings.go_on_unasked, name="go_on_unasked"),
    path("rapid-reviews/findings/<str:finding_id>/episode/", findings.make_episode, name="make_episode"),
    path("rapid-reviews/findings/<str:finding_id>/line/", findings.make_line, name="make_line"),
    path("rapid-reviews/findings/<str:finding_id>/learning/", findings.make_point, name="make_point"),
    path("rapid-reviews/<str:review_id>/chronology/story/", chronology_story.story, name="chronology_story"),
    path("rapid-reviews/<str:review_id>/chronology/read/", chronology_story.have_read, name="have_read"),
    path("rapid-reviews/<str:review_id>/chronology/child/", chronology_story.child, name="childs_day"),
    path("rapid-reviews/<str:review_id>/chronology/known/", chronology_story.known, name="chronology_known"),
    path("rapid-reviews/<str:review_id>/chronology/notes/", chronology_story.notes, name="row_notes"),
    path("rapid-reviews/chronology-rows/<str:row_id>/told/", chronology_story.row_shared, name="row_shared"),
    path("rapid-reviews/chronology-rows/<str:row_id>/note/", chronology_story.row_note, name="row_note"),
    path("rapid-reviews/<str:review_id>/chronology/timeline/", chronology_pictures.timeline, name="chronology_timeline"),
    path("rapid-reviews/<str:review_id>/chronology/timeline/a3/", chronology_pictures.timeline_print, name="chronology_timeline_print"),
    path("rapid-reviews/<str:review_id>/chronology/people/", chronology_pictures.cast, name="chronology_cast"),
    path("rapid-reviews/<str:review_id>/episodes/", chronology_pictures.episodes, name="key_episodes"),
    path("rapid-reviews/<str:review_id>/episodes/write/", chronology_pictures.write_episode, name="write_episode"),
    path("rapid-reviews/episodes/<str:episode_id>/", chronology_pictures.episode, name="key_episode"),
    path("rapid-reviews/episodes/<str:episode_id>/change/", chronology_pictures.change_episode, name="change_episode"),
    path("rapid-reviews/episodes/<str:episode_id>/remove/", chronology_pictures.remove_episode, name="remove_episode"),
    path("rapid-reviews/finding-questions/<str:question_id>/", findings.answer, name="finding_answer"),
]

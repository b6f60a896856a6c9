from django.urls import path

from sightline.partnership.case_reviews.views import collections, consideration, incidents, notification_pack, raising, safety

app_name = "case_reviews"
urlpatterns = [
    path("case-reviews/", incidents.incidents, name="incidents"),
    path("case-reviews/raise/", raising.begin, name="begin"),
    path("case-reviews/learning/", consideration.learning, name="learning"),
    path("case-reviews/learning/<str:part_id>/take-up/", consideration.take_up_learning, name="take_up_learning"),
    path("case-reviews/views/<str:part_id>/", consideration.give_view, name="give_view"),
    path("case-reviews/concerns/<str:part_id>/", safety.answer_concern, name="answer_concern"),
    path("case-reviews/<str:incident_id>/", incidents.incident, name="incident"),
    path("case-reviews/<str:incident_id>/raised/", incidents.raised, name="raised"),
    path("case-reviews/<str:incident_id>/timeline/", incidents.timeline, name="timeline"),
    path("case-reviews/<str:incident_id>/why-this-date/", incidents.why_this_date, name="why_this_date"),
    path("case-reviews/<str:incident_id>/sections/", raising.overview, name="overview"),
    path("case-reviews/<str:incident_id>/sections/<slug:section>/", raising.section, name="section"),
    path("case-reviews/<str:incident_id>/sections/<slug:section>/add/", collections.write, name="add_item"),
    path("case-reviews/<str:incident_id>/sections/<slug:section>/<str:item_id>/", collections.write, name="change_item"),
    path("case-reviews/<str:incident_id>/sections/<slug:section>/<str:item_id>/remove/", collections.remove, name="remove_item"),
    path("case-reviews/<str:incident_id>/check/", raising.check, name="check"),
    path("case-reviews/<str:incident_id>/discard/", raising.discard, name="discard"),
    path("case-reviews/<str:incident_id>/local-reference/", raising.local_reference, name="local_reference"),
    path("case-reviews/<str:incident_id>/consult/", consideration.consult, name="consult"),
    path("case-reviews/<str:incident_id>/decide/", consideration.decide, name="decide"),
    path("case-reviews/<str:incident_id>/legal-test/", consideration.legal_test, name="legal_test"),
    path("case-reviews/<str:incident_id>/sent/", consideration.sent, name="sent"),
    path("case-reviews/<str:incident_id>/notification-pack/", notification_pack.page, name="notification_pack"),
    path("case-reviews/<str:incident_id>/notification-pack/word/", notification_pack.word_file, name="notification_pack_word"),
    path("case-reviews/<str:incident_id>/change-course/", consideration.change_course, name="change_course"),
    path("case-reviews/<str:incident_id>/family/", safety.family_and_staff, name="family"),
    path("case-reviews/<str:incident_id>/family/add/", safety.add_family_contact, name="add_family_contact"),
]

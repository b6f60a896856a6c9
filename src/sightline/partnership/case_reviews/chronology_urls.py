"""Addresses of chronologies: the unit's, the agency's own, the combined one and its rows."""

from django.urls import path

from sightline.partnership.case_reviews.views import (
    chronologies,
    chronology_exports,
    combined_chronology,
    glossary,
    link_chronologies,
)

urlpatterns = [
    path("rapid-reviews/<str:review_id>/chronologies/", chronologies.listed, name="chronologies"),
    path("rapid-reviews/<str:review_id>/chronologies/add/", chronologies.add_for, name="add_chronology"),
    path("rapid-reviews/chronologies/<str:file_id>/look/", chronologies.preview_for, name="chronology_preview"),
    path("rapid-reviews/chronologies/<str:file_id>/keep/", chronologies.keep_for, name="keep_chronology"),
    path("rapid-reviews/chronologies/<str:file_id>/discard/", chronologies.discard_for, name="discard_chronology"),
    path("rapid-reviews/chronologies/<str:file_id>/type/", chronologies.type_row_for, name="type_chronology_row"),
    path("rapid-reviews/chronologies/<str:file_id>/original/", chronologies.download, name="chronology_original"),
    path("rapid-reviews/<str:review_id>/chronology/", combined_chronology.combined, name="combined_chronology"),
    path("rapid-reviews/<str:review_id>/chronology/names/", combined_chronology.named, name="combined_chronology_named"),
    path("rapid-reviews/<str:review_id>/chronology/codes/", combined_chronology.put_codes_again, name="put_codes_again"),
    path("rapid-reviews/chronology-rows/<str:row_id>/", combined_chronology.show_row, name="chronology_row"),
    path("rapid-reviews/chronology-rows/<str:row_id>/names/", combined_chronology.show_row_named, name="chronology_row_named"),
    path("rapid-reviews/chronology-rows/<str:row_id>/correct/", combined_chronology.correct_row, name="correct_chronology_row"),
    path("rapid-reviews/chronology-rows/<str:row_id>/same-event/", combined_chronology.same_event, name="same_event"),
    path("rapid-reviews/chronology-rows/<str:row_id>/mark/", combined_chronology.mark_row, name="mark_chronology_row"),
    path("rapid-reviews/<str:review_id>/chronology/take-out/", chronology_exports.take_out, name="take_out_chronology"),
    path("rapid-reviews/<str:review_id>/chronology/glossary/", glossary.glossary, name="glossary"),
    path("rapid-reviews/<str:review_id>/chronology/glossary/add/", glossary.add, name="add_to_glossary"),
    path("rapid-reviews/<str:review_id>/chronology/scan/", glossary.scan, name="glossary_scan"),
    path("rapid-reviews/glossary/<str:entry_id>/", glossary.change, name="change_glossary"),
    path("rapid-reviews/glossary/<str:entry_id>/remove/", glossary.remove, name="remove_from_glossary"),
    path("rapid-reviews/<str:review_id>/proceedings/", chronology_exports.proceedings, name="review_proceedings"),
    path("rapid-reviews/chronologies/<str:file_id>/take-out/", chronology_exports.take_out_for_agency, name="take_out_for_agency"),
    path("agency-requests/<str:request_id>/chronology/", chronologies.own, name="own_chronology"),
    path("agency-requests/<str:request_id>/chronology/add/", chronologies.add_own, name="add_own_chronology"),
    path("agency-requests/<str:request_id>/chronology/<str:file_id>/", chronologies.own_preview, name="own_chronology_preview"),
    path("agency-requests/<str:request_id>/chronology/<str:file_id>/keep/", chronologies.keep_own, name="keep_own_chronology"),
    path("agency-requests/<str:request_id>/chronology/<str:file_id>/discard/", chronologies.discard_own, name="discard_own_chronology"),
    path("agency-requests/<str:request_id>/chronology/<str:file_id>/type/", chronologies.type_own_row, name="type_own_chronology_row"),
    path(
        "agency-requests/<str:request_id>/chronology/<str:file_id>/take/<str:kind>/", chronology_exports.take_own,
        name="take_own_chronology",
    ),  # fmt: skip
    path("answer/open/chronology/", link_chronologies.listed, name="link_chronology"),
    path("answer/open/chronology/add/", link_chronologies.add, name="link_add_chronology"),
    path("answer/open/chronology/<str:file_id>/", link_chronologies.preview, name="link_chronology_preview"),
    path("answer/open/chronology/<str:file_id>/keep/", link_chronologies.keep, name="link_keep_chronology"),
    path("answer/open/chronology/<str:file_id>/discard/", link_chronologies.discard, name="link_discard_chronology"),
    path("answer/open/chronology/<str:file_id>/type/", link_chronologies.type_row, name="link_type_chronology_row"),
    path("answer/open/chronology/<str:file_id>/take/<str:kind>/", chronology_exports.take_own_by_link, name="link_take_own_chronology"),
]

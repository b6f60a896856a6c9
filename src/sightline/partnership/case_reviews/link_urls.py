"""Addresses of links: the way in, the pages behind it, and the unit's pages that make and end them."""

from django.urls import path

from sightline.partnership.case_reviews.views import answer_by_link, link_entry, link_files, links

urlpatterns = [
    # Fixed words before the token: a token always holds a colon.
    path("answer/open/", answer_by_link.show, name="link_request"),
    path("answer/open/check/", answer_by_link.check, name="link_check"),
    path("answer/open/submit/", answer_by_link.submit, name="link_submit"),
    path("answer/open/sent/", answer_by_link.sent, name="link_sent"),
    path("answer/open/for-sign-off/", answer_by_link.for_sign_off, name="link_for_sign_off"),
    path("answer/open/take-back/", answer_by_link.take_back, name="link_take_back"),
    path("answer/open/pass-on/", answer_by_link.pass_on, name="link_pass_on"),
    path("answer/open/say/", answer_by_link.say, name="link_say"),
    path("answer/open/drafts/<slug:form>/", answer_by_link.keep_draft, name="link_keep_draft"),
    path("answer/open/sections/<slug:section>/", answer_by_link.section, name="link_section"),
    path("answer/open/files/", link_files.files, name="link_files"),
    path("answer/open/files/<str:file_id>/", link_files.download, name="link_file"),
    path("answer/open/files/<str:file_id>/remove/", link_files.remove, name="link_remove_file"),
    path("answer/open/form/", link_files.offline_form, name="link_offline_form"),
    path("answer/open/form/filled/", link_files.receive_form, name="link_receive_form"),
    path("answer/leave/", link_entry.leave, name="leave_link"),
    path("answer/left/", link_entry.left, name="link_left"),
    path("answer/<str:token>/", link_entry.answer, name="answer"),
    path("rapid-reviews/requests/<str:request_id>/link/", links.make_link, name="make_link"),
    path("rapid-reviews/links/<str:link_id>/new-code/", links.new_code, name="new_code"),
    path("rapid-reviews/links/<str:link_id>/revoke/", links.revoke_link, name="revoke_link"),
]

"""Addresses of the pages that watch over the site itself: the audit trail, and the letters it sends."""

from django.urls import path

from sightline.site import audit_pages, message_pages

urlpatterns = [
    path("audit/", audit_pages.trail_page, name="audit_trail"),
    path("messages/", message_pages.own_messages, name="messages"),
    path("messages/all/", message_pages.all_messages, name="all_messages"),
    path("messages/all/<slug:message_id>/", message_pages.any_message, name="any_message"),
    path("letters/", message_pages.deliveries, name="deliveries"),
    path("letters/<slug:notice_id>/again/", message_pages.send_again, name="send_again"),
    path("messages/<slug:message_id>/", message_pages.own_message, name="message"),
]

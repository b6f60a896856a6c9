"""Addresses of the pages on which a pseudonym becomes a person."""

from django.urls import path

from sightline.site import identity_pages

urlpatterns = [
    path("identities/matching/", identity_pages.to_match, name="matching"),
    path("identities/matching/<slug:matter_id>/<slug:person_id>/", identity_pages.match, name="match"),
    path("identities/<slug:matter_id>/<slug:person_id>/", identity_pages.identity, name="identity"),
]

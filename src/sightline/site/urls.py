"""Addresses of the whole site: one line a room, in the order of the rooms."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from sightline.site import views

handler404 = "sightline.site.views.not_found"
handler500 = "sightline.site.views.went_wrong"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("sightline.partnership.accounts.entry_urls")),
    path("alive/", views.alive, name="alive"),
]
for room in settings.ROOMS:
    if find_spec(f"sightline.partnership.{room}.urls"):
        urlpatterns.append(path("", include(f"sightline.partnership.{room}.urls")))

"""Addresses of the whole site: one line a room, in the order of the rooms."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from sightline.site import help, home, views
from sightline.site.set_up import pages as set_up

handler404 = "sightline.site.views.not_found"
handler500 = "sightline.site.views.went_wrong"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("sightline.partnership.accounts.entry_urls")),
    path("", home.home, name="home"),
    path("alive/", views.alive, name="alive"),
    path("set-up/", set_up.set_up, name="set_up"),
    path("help/", help.help_page, name="help"),
    path("help/accessibility/", help.accessibility, name="accessibility"),
    path("help/components/", help.components, name="components"),
    path("", include("sightline.site.identity_urls")),
    path("", include("sightline.site.watching_urls")),
]
for room in settings.ROOMS:
    if find_spec(f"sightline.partnership.{room}.urls"):
        urlpatterns.append(path("", include(f"sightline.partnership.{room}.urls")))

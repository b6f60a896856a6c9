"""Addresses of the directory."""

from django.urls import path

from sightline.partnership.agencies.entries import ENTRIES
from sightline.partnership.agencies.views import entries, partners

app_name = "agencies"

urlpatterns = [
    path("directory/", partners.index, name="directory"),
    path("directory/partners/", partners.partners_on, name="partners"),
    path("directory/partners/replace/", partners.replace_partner, name="replace_partner"),
    path("directory/partnership/", partners.partnership, name="partnership"),
    path("directory/partnership/change/", partners.change_partnership, name="change_partnership"),
    path("directory/partnership/rename/", partners.rename, name="rename"),
    path("directory/agencies/<str:agency_id>/succeeded/", partners.succeed, name="succeed"),
    *(address for entry in ENTRIES for address in entries.addresses(entry)),
]

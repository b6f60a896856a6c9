"""Addresses of the identity vault."""

from django.urls import path

from sightline.partnership.people import views

app_name = "people"
urlpatterns = [path("drafts/<slug:form>/<slug:about>/", views.keep_draft, name="keep_draft")]

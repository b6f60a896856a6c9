"""Addresses of the documents room."""

from django.urls import path

from sightline.partnership.documents import views

app_name = "documents"
urlpatterns = [
    path("matters/<slug:matter_id>/documents/add/", views.add, name="add"),
    path("documents/<slug:document_id>/", views.show, name="document"),
    path("documents/<slug:document_id>/file/", views.download, name="file"),
    path("documents/<slug:document_id>/of-a-review/", views.download_of_a_review, name="review_file"),
    path("documents/<slug:document_id>/remove/", views.remove, name="remove"),
]

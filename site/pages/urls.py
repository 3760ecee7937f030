"""Topics, and the addresses of the CMS that are ours."""

from django.urls import path

from . import views

app_name = "topics"
urlpatterns = [
    path("", views.topics, name="index"),
    path("<slug:slug>/", views.topic, name="topic"),
]

# Before Wagtail's own of the same addresses, whose names go on leading here.
cms_urlpatterns = [
    path("pages/<int:page_id>/edit/", views.edit_page),
    path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", views.revert_page),
]

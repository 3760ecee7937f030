"""URLs of topics, and those of the CMS that replace Wagtail's."""

from django.urls import path

from . import views

app_name = "topics"
urlpatterns = [
    path("", views.topics, name="index"),
    path("<slug:slug>/", views.topic, name="topic"),
]

# Included before Wagtail's URLs of the same paths, so Wagtail's URL names lead here.
cms_urlpatterns = [
    path("choose-external-link/", views.VisiblePagesLinkView.as_view()),
    path("pages/<int:page_id>/edit/", views.edit_page),
    path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", views.revert_page),
    path("reports/aging-pages/", views.ageing_pages),
    path("reports/aging-pages/results/", views.ageing_pages_results),
]

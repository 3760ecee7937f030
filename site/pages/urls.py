"""URLs of topics, and those of the CMS that replace Wagtail's."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from . import views

app_name = "topics"
urlpatterns = [
    path("", views.topics, name="index"),
    path("<slug:slug>/", views.topic, name="topic"),
]

# Included before Wagtail's URLs of the same paths, so Wagtail's URL names lead here.
cms_urlpatterns = [
    path(
        "choose-external-link/",
        require_admin_access(views.VisiblePagesLinkView.as_view()),
    ),
    path("pages/<int:page_id>/edit/", views.edit_page),
    path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", views.revert_page),
    path("choose-page/chosen-multiple/", views.chosen_pages),
    path("tag-autocomplete/", views.suggest_tags),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", views.suggest_tags),
    # The choosers of snippets have no form to create one, but a URL for it, which fails.
    path("snippets/choose/<slug:app_label>/<slug:model_name>/create/", views.nothing),
    path("redirects/", views.redirects),
    path("redirects/results/", views.redirect_results),
    path("redirects/import/process/", views.import_redirects),
    path("reports/aging-pages/", views.ageing_pages),
    path("reports/aging-pages/results/", views.ageing_pages_results),
]

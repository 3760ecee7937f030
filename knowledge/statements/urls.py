"""URLs of the CMS for the asks and endorsements of a statement."""

from django.urls import path

from . import views

app_name = "knowledge_statements"
urlpatterns = [
    path("<int:page_id>/", views.list_facts, name="facts"),
    path("<int:page_id>/asks/add/", views.edit_ask, name="add_ask"),
    path("<int:page_id>/asks/<slug:public_id>/", views.edit_ask, name="change_ask"),
    path("<int:page_id>/asks/<slug:public_id>/move/", views.move_ask, name="move_ask"),
    path(
        "<int:page_id>/asks/<slug:public_id>/remove/",
        views.remove_ask,
        name="remove_ask",
    ),
    path("<int:page_id>/endorsements/add/", views.edit_endorsement, name="endorse"),
    path(
        "<int:page_id>/endorsements/<slug:public_id>/",
        views.edit_endorsement,
        name="change_endorsement",
    ),
    path(
        "<int:page_id>/endorsements/<slug:public_id>/withdraw/",
        views.withdraw_endorsement,
        name="withdraw_endorsement",
    ),
]

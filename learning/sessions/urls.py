"""URLs of the dates of a session, below `/cms/sessions/`."""

from django.urls import path

from . import views

app_name = "session_dates"
urlpatterns = [
    path("<int:page_id>/dates/", views.dates, name="list"),
    path("<int:page_id>/dates/add/", views.add_date, name="add"),
    path("<int:page_id>/dates/<slug:public_id>/", views.edit_date, name="edit"),
    path(
        "<int:page_id>/dates/<slug:public_id>/cancel/", views.cancel_date, name="cancel"
    ),
    path(
        "<int:page_id>/dates/<slug:public_id>/reinstate/",
        views.reinstate_date,
        name="reinstate",
    ),
]

"""Topics."""

from django.urls import path

from . import views

app_name = "topics"
urlpatterns = [
    path("", views.topics, name="index"),
    path("<slug:slug>/", views.topic, name="topic"),
]

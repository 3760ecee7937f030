"""URLs of files; each view checks access."""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("documents/<str:public_id>/<str:filename>", views.document, name="document"),
    path("media/<path:name>", views.media, name="media"),
]

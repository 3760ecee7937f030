"""URLs of captions."""

from django.urls import path

from . import views

app_name = "recordings"
urlpatterns = [path("<int:track>.vtt", views.captions, name="captions")]

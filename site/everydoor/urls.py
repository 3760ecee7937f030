"""The addresses of the site."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from everydoor.pages.views import gallery

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("captions/", include("learning.recordings.urls")),
    path("topics/", include("everydoor.pages.urls")),
    path("", include("everydoor.files.urls")),
    *([path("gallery/", gallery, name="gallery")] if settings.GALLERY else []),
    path("", include(wagtail_urls)),
]

"""The URLs of the site."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from pages.urls import cms_urlpatterns
from pages.views import gallery, require_cms_access
from people.urls import set_password

# Wagtail's own sign-in pages ask for a password only; ours asks for a second factor too. Its
# page that fails on purpose is for developers, and its report of page types names pages that
# the reader may not see. Its bulk actions on accounts would delete rows that closing an
# account preserves, and could close the last administrator's.
_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
_new_password = RedirectView.as_view(pattern_name="account_reset_password")
_to_the_cms = RedirectView.as_view(pattern_name="wagtailadmin_home")
disabled = [
    path("_util/login/", _sign_in),
    path("cms/login/", _sign_in),
    re_path(r"^cms/password_reset/", _new_password),
    path("cms/failwhale/", _to_the_cms),
    re_path(r"^cms/reports/page-types-usage/", _to_the_cms),
    re_path(r"^cms/bulk/people/user/", _to_the_cms),
    # It opens whatever temporary file the form names.
    re_path(r"^cms/redirects/import/", _to_the_cms),
]
cms = [*cms_urlpatterns, *wagtailadmin_urls.urlpatterns]
decorate_urlpatterns(cms, require_cms_access)

urlpatterns = [
    *disabled,
    path("accounts/password/set/", set_password, name="account_set_password"),
    path("accounts/", include("allauth.urls")),
    path("", include("people.urls")),
    path("cms/", include(cms)),
    path("captions/", include("learning.recordings.urls")),
    path("topics/", include("pages.urls")),
    path("search/", include("search.urls")),
    path("", include("files.urls")),
    path("", include("operations.urls")),
    *([path("mail/", include("mail.urls"))] if settings.MAIL_READABLE else []),
    *([path("gallery/", gallery, name="gallery")] if settings.GALLERY else []),
    # The pages alone: Wagtail's form for the password of a page would show any page's summary.
    re_path(wagtail_urls.serve_pattern, wagtail_views.serve, name="wagtail_serve"),
]

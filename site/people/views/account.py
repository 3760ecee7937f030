"""One's own page."""

import json
from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.actions import (
    LastAdministrator,
    close_account,
    export_personal_data,
    leave_organization,
    leave_working_group,
)
from people.forms import CloseAccountForm, ProfileForm
from people.models import Organization, WorkingGroup
from people.querysets import is_member

from .sentences import ONLY_ADMINISTRATOR

if TYPE_CHECKING:
    from django.http import HttpRequest


@never_cache
@login_required
def overview(request: "HttpRequest") -> HttpResponse:
    """What is coming up, where one belongs, and what happens next for who is new."""
    user = request.user
    assert user.is_authenticated  # noqa: S101  (login_required)
    context = {
        "tab": "overview",
        "waiting": not is_member(user),
        "organizations": user.organization_memberships.select_related(
            "organization"
        ).order_by("organization__name"),
        "groups": user.working_group_memberships.select_related(
            "working_group", "working_group__page"
        ).order_by("working_group__name"),
    }
    return render(request, "people/account.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: "HttpRequest") -> HttpResponse:
    """Name, words about oneself, and a preview of what members see of them."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept. Below is what members see."))
        return redirect("people:profile")
    user.refresh_from_db()
    context = {"tab": "profile", "form": form, "person": user}
    return render(request, "people/profile.html", context)


@never_cache
@login_required
def security(request: "HttpRequest") -> HttpResponse:
    """Every way of signing in that the account has, and where to change it."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    factors = Authenticator.objects.filter(user=user)
    context = {
        "tab": "security",
        "passkeys": [
            each for each in factors if each.type == Authenticator.Type.WEBAUTHN
        ],
        "app": [each for each in factors if each.type == Authenticator.Type.TOTP],
        "has_password": user.has_usable_password(),
    }
    return render(request, "people/security.html", context)


@never_cache
@login_required
def holdings(request: "HttpRequest") -> HttpResponse:
    """What the site holds: to take along, or to have forgotten."""
    return render(request, "people/data.html", {"tab": "data"})


@never_cache
@login_required
def download(request: "HttpRequest") -> HttpResponse:
    """All that is held about the person, as JSON."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    words = json.dumps(export_personal_data(user=user), indent=2, ensure_ascii=False)
    name = f"everydoor-{timezone.localdate():%Y-%m-%d}.json"
    return HttpResponse(
        words,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: "HttpRequest") -> HttpResponse:
    """Closing the account for good, after the person proved to be its owner."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    form = CloseAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(user=user)
        except LastAdministrator:
            form.add_error(None, ONLY_ADMINISTRATOR)
        else:
            logout(request)
            return render(request, "people/closed.html")
    return render(request, "people/close.html", {"tab": "data", "form": form})


@login_required
@require_POST
def leave_an_organization(request: "HttpRequest", public_id: str) -> HttpResponse:
    """The person does not work there any more. A stranger's organization is 404."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    mine = Organization.objects.filter(memberships__user=user)
    organization = get_object_or_404(mine, public_id=public_id)
    leave_organization(user=user, organization=organization)
    messages.success(request, _("You left {name}.").format(name=organization.name))
    return redirect("people:account")


@login_required
@require_POST
def leave_a_group(request: "HttpRequest", public_id: str) -> HttpResponse:
    """The person does not write with the group any more."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    group = get_object_or_404(WorkingGroup.objects.of(user), public_id=public_id)
    leave_working_group(user=user, working_group=group)
    messages.success(request, _("You left {name}.").format(name=group.name))
    return redirect("people:account")

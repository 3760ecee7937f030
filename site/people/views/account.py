"""Views of one's own account."""

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
from people.registry import account_panels

if TYPE_CHECKING:
    from django.http import HttpRequest


@never_cache
@login_required
def overview(request: "HttpRequest") -> HttpResponse:
    """Show the user's memberships, and to newcomers what happens next."""
    user = request.user
    assert user.is_authenticated  # noqa: S101  (login_required)
    context = {
        "tab": "overview",
        "panels": [(each.template, each.values(user)) for each in account_panels()],
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
    """Edit the profile, with a preview of what members see."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Below is what members see."))
        return redirect("people:profile")
    user.refresh_from_db()
    context = {"tab": "profile", "form": form, "person": user}
    return render(request, "people/profile.html", context)


@never_cache
@login_required
def security(request: "HttpRequest") -> HttpResponse:
    """Show every way of signing in that the account has."""
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
def data(request: "HttpRequest") -> HttpResponse:
    """Offer to download the person's data or to close the account."""
    return render(request, "people/data.html", {"tab": "data"})


@never_cache
@login_required
@reauthentication_required
def download_data(request: "HttpRequest") -> HttpResponse:
    """Download what the site stores about the person, as JSON."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    content = json.dumps(export_personal_data(user=user), indent=2, ensure_ascii=False)
    name = f"everydoor-{timezone.localdate():%Y-%m-%d}.json"
    return HttpResponse(
        content,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: "HttpRequest") -> HttpResponse:
    """Close the account for good, after the user reauthenticated."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    form = CloseAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(user=user)
        except LastAdministrator as refused:
            form.add_error(None, refused.sentence)
        else:
            logout(request)
            return render(request, "people/closed.html")
    return render(request, "people/close.html", {"tab": "data", "form": form})


@login_required
@require_POST
def leave_an_organization(request: "HttpRequest", public_id: str) -> HttpResponse:
    """Leave an organization; 404 if the user is not in it."""
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
    """Leave a working group; 404 if the user is not in it."""
    user = request.user
    assert user.is_authenticated  # noqa: S101
    group = get_object_or_404(WorkingGroup.objects.of(user), public_id=public_id)
    leave_working_group(user=user, working_group=group)
    messages.success(request, _("You left {name}.").format(name=group.name))
    return redirect("people:account")

"""Views for leads of an organization or working group. Everybody else gets 404."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.actions import (
    InvitedAlready,
    MayNotAddPeople,
    TooManyInvitations,
    add_person,
    change_membership_role,
    invite,
    leave_organization,
    leave_working_group,
    withdraw_invitation,
)
from people.forms import AddPersonForm, InviteForm, RoleForm
from people.models import Organization, User, WorkingGroup

if TYPE_CHECKING:
    from django.http import HttpRequest

# Nobody can join a closed group.
KINDS: dict[str, Any] = {
    "o": Organization.objects.all,
    "g": WorkingGroup.objects.active,
}


def _get_led(request: "HttpRequest", kind: str, public_id: str) -> Any:
    """Return the organization or group if the user leads it. Raises Http404."""
    places = KINDS.get(kind)
    if places is None:
        raise Http404
    return get_object_or_404(places().led_by(request.user), public_id=public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organization_members(request: "HttpRequest", public_id: str) -> HttpResponse:
    """Show who works in the organization, and invite more people."""
    return _members(request, "o", public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_members(request: "HttpRequest", public_id: str) -> HttpResponse:
    """Show who is in the working group, and invite more people."""
    return _members(request, "g", public_id)


def _members(request: "HttpRequest", kind: str, public_id: str) -> HttpResponse:
    place = _get_led(request, kind, public_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _invite(request, place, **form.cleaned_data)
        return redirect(request.path)
    context = {
        "door": "people" if kind == "o" else "write",
        "kind": kind,
        "place": place,
        "form": form,
        "memberships": place.memberships.select_related("user").order_by(
            "role", "user__name"
        ),
        "invitations": place.invitations.pending(),
    }
    return render(request, "people/members.html", context)


def _invite(request: "HttpRequest", place: Any, *, email: str, role: str) -> None:
    by = request.user
    assert by.is_authenticated  # noqa: S101  (nobody else leads)
    try:
        invite(email=email, into=place, by=by, role=role)
    except InvitedAlready:
        message = _("We already wrote to {email}. You can invite them again tomorrow.")
        messages.info(request, message.format(email=email))
    except TooManyInvitations:
        message = _(
            "You reached the limit of invitations for one day. Continue tomorrow."
        )
        messages.warning(request, message)
    else:
        message = _("We wrote to {email}. When they accept, they appear here.")
        messages.success(request, message.format(email=email))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def membership(
    request: "HttpRequest", kind: str, public_id: str, person: str
) -> HttpResponse:
    """Change the role of a member, or remove them."""
    place = _get_led(request, kind, public_id)
    found = get_object_or_404(
        place.memberships.select_related("user"), user__public_id=person
    )
    back = redirect(_members_name(kind), public_id)
    if request.method == "POST" and "remove" in request.POST:
        _remove(kind, place, found.user)
        messages.success(
            request, _("{name} was removed.").format(name=found.user.display_name)
        )
        return back
    form = RoleForm(request.POST or None, initial={"role": found.role})
    if request.method == "POST" and form.is_valid():
        by = request.user
        assert by.is_authenticated  # noqa: S101  (nobody else leads)
        role = form.cleaned_data["role"]
        change_membership_role(membership=found, role=role, by=by)
        messages.success(request, _("Saved."))
        return back
    context = {
        "door": "people" if kind == "o" else "write",
        "kind": kind,
        "place": place,
        "membership": found,
        "form": form,
    }
    return render(request, "people/membership.html", context)


def _members_name(kind: str) -> str:
    return "people:organization_members" if kind == "o" else "people:group_members"


def _remove(kind: str, place: Any, user: User) -> None:
    if kind == "o":
        leave_organization(user=user, organization=place)
    else:
        leave_working_group(user=user, working_group=place)


@require_POST
def withdraw(
    request: "HttpRequest", kind: str, public_id: str, invitation: str
) -> HttpResponse:
    """Withdraw an invitation."""
    place = _get_led(request, kind, public_id)
    found = get_object_or_404(place.invitations.pending(), public_id=invitation)
    withdraw_invitation(invitation=found)
    messages.success(request, _("The invitation was withdrawn."))
    return redirect(_members_name(kind), public_id)


@login_required
@require_POST
def add(request: "HttpRequest", public_id: str) -> HttpResponse:
    """Add a person whom the lead can see to an organization or group of the lead."""
    by = request.user
    assert by.is_authenticated  # noqa: S101
    person = get_object_or_404(User.objects.visible_to(by), public_id=public_id)
    form = AddPersonForm(request.POST, by=by, person=person)
    if not form.places:
        raise Http404
    if form.is_valid():
        try:
            add_person(user=person, into=form.place, by=by)
        except MayNotAddPeople as refused:
            raise Http404 from refused
        messages.success(
            request,
            _("{name} is now in {place}. We sent them an e-mail.").format(
                name=person.display_name, place=form.place
            ),
        )
    return redirect(person)

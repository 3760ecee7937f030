"""Public and member-only pages of organizations and people, and invitations."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.access import is_acceptable
from people.actions import InvitationClosed, accept_invitation, is_addressed_to
from people.forms import AddPersonForm
from people.models import Invitation, Organization, User

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def organization(request: "HttpRequest", public_id: str) -> HttpResponse:
    """Show an organization, and the people in it whom the user may see."""
    found = get_object_or_404(
        Organization.objects.visible_to(request.user), public_id=public_id
    )
    people = User.objects.visible_to(request.user).filter(
        organization_memberships__organization=found
    )
    context = {
        "door": "people",
        "organization": found,
        "people": people.order_by("name"),
        "leads": Organization.objects.led_by(request.user).filter(pk=found.pk).exists(),
    }
    return render(request, "people/organization.html", context)


@require_safe
def person(request: "HttpRequest", public_id: str) -> HttpResponse:
    """Show a person to themselves, and to members if they chose to be found."""
    found = get_object_or_404(
        User.objects.visible_to(request.user), public_id=public_id
    )
    context = {
        "door": "people",
        "person": found,
        "organizations": Organization.objects.visible_to(request.user).filter(
            memberships__user=found
        ),
        "add_form": _add_form(request, found),
    }
    return render(request, "people/person.html", context)


def _add_form(request: "HttpRequest", person: User) -> AddPersonForm | None:
    if not request.user.is_authenticated or request.user == person:
        return None
    form = AddPersonForm(by=request.user, person=person)
    return form if form.places else None


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: "HttpRequest", token: str) -> HttpResponse:
    """Show an invitation by the link in the e-mail; accept it once signed in.

    Only the person who has confirmed the invited address learns anything from the page.
    """
    public_id = Invitation.public_id_in(token)
    if public_id is None:
        raise Http404
    found = Invitation.objects.filter(public_id=public_id).first()
    user = request.user
    addressed = (
        found is not None
        and user.is_authenticated
        and is_addressed_to(invitation=found, user=user)
    )
    if request.method == "POST" and found and user.is_authenticated and addressed:
        try:
            accept_invitation(invitation=found, user=user)
        except InvitationClosed:
            return redirect(request.path)
        messages.success(request, _("Welcome to {name}.").format(name=found.into))
        return redirect("people:account")
    context = {
        "door": "people",
        "invitation": found if addressed else None,
        "acceptable": addressed and found is not None and is_acceptable(found),
    }
    return render(request, "people/invitation.html", context)

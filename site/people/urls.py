"""URLs of accounts, people, organizations, working groups and invitations."""

from django.urls import path

from .views import account, community, members, reauthentication

set_password = reauthentication.set_password

app_name = "people"
urlpatterns = [
    path("account/", account.overview, name="account"),
    path("account/profile/", account.profile, name="profile"),
    path("account/sign-in/", account.security, name="security"),
    path("account/confirm/", reauthentication.by_code, name="reauthenticate"),
    path("account/data/", account.data, name="data"),
    path("account/data/download/", account.download_data, name="download"),
    path("account/data/close/", account.close, name="close"),
    path(
        "account/organizations/<slug:public_id>/leave/",
        account.leave_an_organization,
        name="leave_organization",
    ),
    path(
        "account/groups/<slug:public_id>/leave/",
        account.leave_a_group,
        name="leave_group",
    ),
    path("people/o/<slug:public_id>/", community.organization, name="organization"),
    path("people/p/<slug:public_id>/", community.person, name="person"),
    path("people/p/<slug:public_id>/add/", members.add, name="add_person"),
    path("people/invitations/<str:token>/", community.invitation, name="invitation"),
    path(
        "people/o/<slug:public_id>/members/",
        members.organization_members,
        name="organization_members",
    ),
    path(
        "people/g/<slug:public_id>/members/",
        members.group_members,
        name="group_members",
    ),
    path(
        "people/<str:kind>/<slug:public_id>/members/<slug:person>/",
        members.membership,
        name="membership",
    ),
    path(
        "people/<str:kind>/<slug:public_id>/invitations/<slug:invitation>/",
        members.withdraw,
        name="withdraw",
    ),
]

"""Adapters for allauth, and receivers of the signals of Django and Wagtail."""

from .accounts import AccountAdapter, display_name
from .aliases import page_saved, page_saving, source_deleted, source_deleting
from .codes import ReauthenticationCode
from .factors import FactorAdapter
from .limits import DEVICE, consume, remember_device
from .proofs import address_proven, begin_sign_up, name_account
from .receivers import (
    delete_permission_group,
    groups_changed,
    invalidate_rights,
    membership_changed,
)
from .sessions import (
    REMEMBER_ME,
    RENEWED_AT,
    SIGNED_IN_AT,
    begin_session,
    store_remember_me,
)

__all__ = [
    "DEVICE",
    "REMEMBER_ME",
    "RENEWED_AT",
    "SIGNED_IN_AT",
    "AccountAdapter",
    "FactorAdapter",
    "ReauthenticationCode",
    "address_proven",
    "begin_session",
    "begin_sign_up",
    "consume",
    "delete_permission_group",
    "display_name",
    "groups_changed",
    "invalidate_rights",
    "membership_changed",
    "name_account",
    "page_saved",
    "page_saving",
    "remember_device",
    "source_deleted",
    "source_deleting",
    "store_remember_me",
]

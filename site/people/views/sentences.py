"""Sentences that more than one page says."""

from django.utils.translation import gettext_lazy as _

ONLY_ADMINISTRATOR = _(
    "This is the only administrator. Give somebody else that role first."
)

"""Narrow the CMS to files that the editor may see, and to pictures that are cleaned."""

from wagtail.admin.views.account import AvatarSettingsPanel

from .access import narrow_file_policies

# Wagtail loads this module after all apps and before the first request.
narrow_file_policies()


def _never(_panel: AvatarSettingsPanel) -> bool:
    return False


# Profile pictures of the CMS are shown nowhere here, and would keep their metadata. The view
# makes its panels of these classes itself.
AvatarSettingsPanel.is_active = _never

"""Narrow the CMS to files that the editor may see."""

from .access import narrow_file_policies

# Wagtail loads this module after all apps and before the first request.
narrow_file_policies()

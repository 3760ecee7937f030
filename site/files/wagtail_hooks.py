"""Where files meet Wagtail's CMS."""

from .access import narrow_file_policies

# Here every app is loaded, and no list of the CMS was asked yet.
narrow_file_policies()

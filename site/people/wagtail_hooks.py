"""Register organizations, working groups and contributors in the CMS."""

from wagtail.snippets.models import register_snippet

from .views.cms import PeopleGroup

register_snippet(PeopleGroup)

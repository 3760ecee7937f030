"""The texts of a community, which administrators edit in the CMS under Settings.

In templates: `settings.people.CommunitySettings`, read once a request by Wagtail.
"""

from typing import Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from .names import AddressField, NameField

DEFAULT_NAME = "Everydoor"


@register_setting(order=100)
class CommunitySettings(BaseSiteSetting):
    """Texts that belong to one community, for a site.

    A new site has only a name. Everything else is empty and not shown until somebody
    writes it, so that a site never says something that is not true of its community.
    """

    name = NameField(
        _("name of the community"),
        max_length=60,
        default=DEFAULT_NAME,
        help_text=_(
            "Shown on every page and in the subjects of e-mails, which phones show to "
            "whoever looks: the name should not say what the community is about."
        ),
    )
    motto = models.CharField(_("motto"), max_length=120, blank=True)
    description = models.TextField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_(
            "What the community is, in a sentence. Shown at the foot of every page and "
            "by search engines."
        ),
    )
    headline = models.CharField(
        _("headline"),
        max_length=120,
        blank=True,
        help_text=_("The first words that a visitor reads on the home page."),
    )
    lead = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_(
            "Below the headline, where the home page has no summary: what people do here."
        ),
    )
    who_may_join = models.CharField(
        _("who may join"),
        max_length=250,
        blank=True,
        help_text=_("Shown where visitors are invited to join."),
    )
    land_acknowledgement = models.TextField(
        _("land acknowledgement"),
        max_length=400,
        blank=True,
        help_text=_("Shown at the foot of every page, beside the page about the land."),
    )
    help_line_intro = models.CharField(
        _("introduction"),
        max_length=120,
        blank=True,
        help_text=_("For instance “Need someone to talk to now?”"),
    )
    help_line_label = models.CharField(
        _("link"),
        max_length=80,
        blank=True,
        help_text=_("For instance “Call or text 988”."),
    )
    help_line_number = models.CharField(
        _("telephone number"),
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+?[0-9][0-9 -]*$", _("Write digits, spaces and hyphens only.")
            )
        ],
        help_text=_("The help line is shown only with a number."),
    )
    help_line_hours = models.CharField(
        _("hours"), max_length=60, blank=True, help_text=_("For instance “any hour”.")
    )
    contact_email = AddressField(
        _("e-mail address for questions"),
        blank=True,
        help_text=_("Shown at the foot of every page and of e-mails."),
    )

    panels: ClassVar[list] = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("motto"), FieldPanel("description")],
            heading=_("The community"),
        ),
        MultiFieldPanel(
            [FieldPanel("headline"), FieldPanel("lead"), FieldPanel("who_may_join")],
            heading=_("Home page for visitors"),
        ),
        FieldPanel("land_acknowledgement"),
        MultiFieldPanel(
            [
                FieldPanel("help_line_intro"),
                FieldPanel("help_line_label"),
                FieldPanel("help_line_number"),
                FieldPanel("help_line_hours"),
            ],
            heading=_("Help line"),
        ),
        FieldPanel("contact_email"),
    ]

    class Meta:
        verbose_name = _("community")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def for_site(cls, site: Any) -> Self:
        """Return the settings of a site; defaults where there is no site."""
        return super().for_site(site) if site is not None else cls()

    @classmethod
    def for_default_site(cls) -> Self:
        """Return the settings of the default site, for e-mails, which have no request."""
        return cls.for_site(Site.objects.filter(is_default_site=True).first())

    @property
    def help_line_url(self) -> str:
        """The `tel:` URL of the help line; empty without a number."""
        digits = self.help_line_number.replace(" ", "").replace("-", "")
        return f"tel:{digits}" if digits else ""

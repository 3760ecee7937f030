"""One change at a time to the asks and endorsements of a statement."""

from wagtail.models import Page


def lock_statement(statement_id: int) -> None:
    """Lock the page, as its edit form does, until the transaction is over."""
    rows = Page.objects.select_for_update().filter(pk=statement_id)
    rows.values_list("pk", flat=True).first()

"""What must be there before anything is indexed."""

from django.db import transaction

from search import engines
from search.models import IndexState


@transaction.atomic
def initialize_index() -> None:
    """The state of the index, and room for every open generation; harmless to repeat."""
    state, _made = IndexState.objects.get_or_create(pk=1)
    for generation in state.open_generations:
        engines.embedded().create(generation)
    engines.embedded().optimize(state.serving)

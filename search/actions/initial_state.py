"""Initial state of the index."""

from django.db import transaction

from search import engines
from search.models import IndexState


@transaction.atomic
def initialize_index() -> None:
    """Create the state row and the engine's tables for each open generation; idempotent."""
    state, _made = IndexState.objects.get_or_create(pk=1)
    for generation in state.open_generations:
        engines.embedded().create(generation)
    engines.embedded().optimize(state.serving)

"""How the index is."""

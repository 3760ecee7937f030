"""The import of a library from another site."""

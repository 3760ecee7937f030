"""The import of a library that grew elsewhere."""

"""Measurements of search: quality and speed."""

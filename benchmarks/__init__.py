"""Measurements of the site, with a library of realistic size."""

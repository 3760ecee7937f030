"""Relevance is measured: public test collections, and questions of our own."""

from .collection import Collection, CollectionError, read
from .measuring import Measured, measure

__all__ = ["Collection", "CollectionError", "Measured", "measure", "read"]

"""Relevance is measured: public test collections, and questions of our own."""

from .collection import Collection, CollectionError, read
from .measuring import Measurement, measure

__all__ = ["Collection", "CollectionError", "Measurement", "measure", "read"]

"""Measurement of relevance on test collections."""

from .collection import Collection, CollectionError, read
from .measurement import Measurement, measure

__all__ = ["Collection", "CollectionError", "Measurement", "measure", "read"]

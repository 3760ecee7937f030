"""The demonstration community: a believable year, written by us."""

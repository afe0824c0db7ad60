"""Boilerplate: what stands around the story and is not it."""

"""Placeholders: what a template should have filled and did not."""

"""Markup: what is left of HTML, BBCode, scripts and their kin."""

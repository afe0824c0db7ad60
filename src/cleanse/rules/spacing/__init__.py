"""Spacing: white space that is too much, missing, or between the letters of a word."""

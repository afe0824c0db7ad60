"""Boilerplate learned for each source: what recurs in how many of its stories, where, and with which neighbours."""

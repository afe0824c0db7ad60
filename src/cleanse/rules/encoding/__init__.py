"""Encoding: characters that were decoded wrongly, lost, or put in to be unseen."""

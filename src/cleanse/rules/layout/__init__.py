"""Layout: what is left to tidy when all other rules are done."""

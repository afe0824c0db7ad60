"""The rules. Each module below holds one rule (or a few that are one subject); all are found by being here."""

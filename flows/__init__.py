"""The flows: what Prefect runs, by hand or on a schedule. The work itself is in the package ``cleanse``."""

import os

# Prefect reports its use to its makers unless it is told not to, before it is imported.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")

"""``python -m cleanse`` is ``cleanse``."""

from __future__ import annotations

import sys

from cleanse.cli import main

sys.exit(main())

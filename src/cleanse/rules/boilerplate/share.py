"""Share bars and tools beside a story: `Share this article`."""

from __future__ import annotations

from collections.abc import Iterator

from cleanse.defect import Defect
from cleanse.draft import Draft
from cleanse.edit import Finding
from cleanse.rule import Family, rule
from cleanse.rules.boilerplate.removal import findings, gate_of

STORY = (
    "The ferry ran late all week, the harbour master said, because the northern channel has silted up again."
)


@rule(
    family=Family.BOILERPLATE,
    gate=gate_of("share"),
    reason="Buttons to share, print and save stand beside a story and come out as lines of text.",
    changes=[
        (f"{STORY}\nShare this article", STORY),
        (f"Share\nTweet\nPrint\n{STORY}", STORY),
        (f"{STORY}\n\nTeilen\nDrucken\nE-Mail", STORY),
    ],
    leaves=[
        "Share prices fell on Monday, and nobody at the harbour could say why.",
        "Print",
        f"{STORY}\nShare\n{STORY}",
    ],
    defect=Defect.SHARE,
    order=50,
)
def share(draft: Draft) -> Iterator[Finding]:
    """Take out buttons that share, print or save a story."""
    return findings(draft, "share")

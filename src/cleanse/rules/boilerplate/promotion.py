"""Paywalls, sign-in forms and calls to act: `Subscribe to continue reading`."""

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
    gate=gate_of("promotion"),
    reason="Sites ask readers to register, to pay, to donate or to write in; the forms come out as text.",
    changes=[
        (f"{STORY}\nAlready a subscriber? Log in", STORY),
        (f"{STORY}\n\nSubscribe to continue reading this story.", STORY),
        (
            f"{STORY} Clique aqui para ver o mapa do porto: www.porto.example",
            STORY,
        ),
    ],
    leaves=[
        "Register of ships: the harbour has kept one since 1803.",
        "Donate to a museum what you would not throw away, the old curator used to say to the children.",
        "Contact us by radio, the captain had said before he left.",
    ],
    defect=Defect.PROMOTION,
    order=60,
)
def promotion(draft: Draft) -> Iterator[Finding]:
    """Take out prompts to register, pay, donate or write in."""
    return findings(draft, "promotion")

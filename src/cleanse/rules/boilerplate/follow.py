"""Promotion of a publisher's channels and apps: `Follow us on ...`."""

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
    gate=gate_of("follow"),
    reason="Sites name their accounts and apps below a story, and some in its last sentence.",
    changes=[
        (f"{STORY}\nFollow us on Instagram @harbourgazette", STORY),
        (
            f"{STORY} Siga a Gazeta do Porto: No Twitter: @gazetaporto No Facebook: facebook.com/gazetaporto",
            STORY,
        ),
        (f"{STORY}\n\nカテゴリーをフォローする", STORY),
    ],
    leaves=[
        "Follow the river north for two days and you come to the old lighthouse.",
        "Follow us, the guide said, and went ahead with the lamp.",
        "Join us on a walk along the pier where the boats were built.",
    ],
    defect=Defect.FOLLOW,
    order=60,
)
def follow(draft: Draft) -> Iterator[Finding]:
    """Take out promotion of channels, accounts and apps."""
    return findings(draft, "follow")

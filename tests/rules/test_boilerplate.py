"""What goes as boilerplate and what only looks like it, each with why."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import cleanse
from cleanse.phrases import fold, vocabulary
from cleanse.policy import Policy
from cleanse.rule import Family
from cleanse.rules.boilerplate.openings import KINDS

ONLY = Policy(off=frozenset(family for family in Family if family is not Family.BOILERPLATE))

A = "The ferry ran late all week, the harbour master said on Monday, because the northern channel has silted up again."
B = "Nobody at the board would say when the dredger comes, and the captains of the line have stopped asking for it."
DE = "Die Fähre kam die ganze Woche zu spät, sagte der Hafenmeister am Montag, weil die nördliche Rinne verlandet."

CHANGES = [
    (
        "label in capitals between paragraphs",
        f"{A}\nREAD MORE: Ferry line orders two boats\n{B}",
        f"{A}\n{B}",
    ),
    ("label without its link", f"{A}\n\nLue myös:\n\n{B}", f"{A}\n\n{B}"),
    ("label without its link, first line", f"Leggi anche\n\n{A}", A),
    ("link in brackets", f"{A}\n\n(Leggi anche su: La nave torna a maggio – FOTO)", A),
    ("no colon where the words suffice", f"{A}\nLes også Ferga går igjen\n{B}", f"{A}\n{B}"),
    ("Urdu", f"{A}\nیہ بھی پڑھیں: بندرگاہ میں نئی کشتیاں آ گئیں\n{B}", f"{A}\n{B}"),
    ("Greek capitals have no accents", f"{A}\nΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ\n{B}", f"{A}\n{B}"),
    ("Turkish capitals", f"{A}\nBUNLAR DA İLGİNİZİ ÇEKEBİLİR\n{B}", f"{A}\n{B}"),
    (
        "label and its list of titles to the end",
        f"{A}\n{B}\n{A}\nMost Popular\nFerry line orders boats\nLighthouse gets a new keeper\nPilot retires at 90",
        f"{A}\n{B}\n{A}",
    ),
    (
        "more from somebody, with titles",
        f"{A}\n{B}\n{A}\nMore from the Gazette\n- Ferry line orders two boats\n- Lighthouse gets a new keeper",
        f"{A}\n{B}\n{A}",
    ),
    (
        "list of titles between paragraphs",
        f"{A}\nRead more:\nFerry line orders two boats for the northern channel\n"
        f"Lighthouse on the rock gets a new keeper after all\n{B}",
        f"{A}\n{B}",
    ),
    ("newsletter in stars", f"{A}\n***Please sign up for our newsletters and download the app!***", A),
    (
        "newsletter asked for at the end of a line",
        f"{A}\nDie Woche am Hafen: jetzt Newsletter abonnieren!",
        A,
    ),
    ("prompt as a last sentence", f"{A} Clique aqui para ver o mapa do porto: www.porto.example", A),
    (
        "channels as last sentence",
        f"{A} Siga a Gazeta: No Twitter: @gazeta No Facebook: facebook.com/gazeta",
        A,
    ),
    ("consent banner", f"{A}\nWe use cookies to give you the best experience on our website.\nAccept All", A),
    (
        "terms below a form",
        f"{A}\nBy submitting your email, you agree to our Terms of Use and Privacy Policy.",
        A,
    ),
    ("form of the comments", f"{A}\nLeave a Reply\nYour email address will not be published.", A),
    ("buttons in a row", f"{A}\nTeilen\nDrucken\nE-Mail", A),
    ("bar of buttons", f"{A}\n歷史新聞\t\t轉寄\t\t列印\t\t討論\t\t推薦", A),
    ("menu above the story", f"Skip to main content\nMenu\nSearch\n{A}", A),
    ("section between title and story", f"Late ferry\n\nArts\n\n{A}", f"Late ferry\n\n{A}"),
    ("reading time", f"Late ferry\n5 Min Read\n{A}", f"Late ferry\n{A}"),
    ("advertisement", f"{DE}\n\nAnzeige\n\n{DE}", f"{DE}\n\n{DE}"),
    ("commission", f"{A}\nWe may earn a commission if you buy something through links on this page.", A),
    ("sign of the end", f"{A}\n{B}\n\n###", f"{A}\n{B}"),
    (
        "a footer is more than its known lines",
        f"{A}\n{B}\n{A}\nSign up for our newsletter\nHarbour Mornings\nBy submitting your email, you agree to our "
        "Terms of Use and Privacy Policy.\nFollow us on Facebook",
        f"{A}\n{B}\n{A}",
    ),
]

LEAVES = [
    ("prose that begins with the words", "Read more books, said the minister."),
    (
        "the subject is the label",
        "Related to this is the question who pays for the pier, which nobody wanted to answer.",
    ),
    ("hobby", "Bake the cookies for twelve minutes. We use cookies of the day before for the crumble."),
    ("shares of companies", "Share prices fell on Monday, and nobody at the harbour could say why."),
    (
        "figure of speech",
        "Subscribe to the theory that the pier sank by itself if you like; the engineers do not.",
    ),
    (
        "heading of a section",
        f"{A}\nAbout the house\nThe house was built in 1903, and leading architects came to see it.",
    ),
    ("comments are the subject", "Comments by the minister caused laughter at the harbour on Monday."),
    (
        "advertisements are the subject",
        "Advertisement revenue rose at the Gazette for the first time in six years.",
    ),
    ("a way, not a channel", "Follow the river north for two days and you come to the old lighthouse."),
    ("Norwegian dialogue", "– Les også det som står mellom linjene, sier hun.\n– Det gjør jeg, svarer han."),
    ("Spanish dialogue", "—Lea también lo que no está escrito —dijo ella.\n—Ya lo hago —dijo él."),
    ("Russian dialogue", "— Читайте также между строк, — сказала она.\n— Я так и делаю, — ответил он."),
    ("French dialogue", "– Voir aussi loin, c'est impossible, dit-elle.\n– Je le vois, dit-il."),
    (
        "interview",
        f"Why is the ferry late?\n{A}\nAnd when will it run on time?\n{B}\nThank you.\nYou are welcome.",
    ),
    ("interview with labels", f"Spørsmål:\n{A}\nSvar:\n{B}\nSpørsmål:\n{B}\nSvar:\n{A}"),
    (
        "recipe",
        f"{A}\nIngredients\n2 eggs\n250 g flour\n1 pinch of salt\nMethod\nBeat the eggs.\nStir in the flour.",
    ),
    ("scores", f"{A}\nHarbour 3, Lighthouse 1\nPilots 0, Captains 0\nDredgers 2, Ferries 2"),
    ("table", "| Home | Away | Drawn |\n|---|---|---|\n| 3 | 1 | 2 |"),
    ("poem", "Back to top of the hill\nthe wind is still\nmore\nand more\nuntil\nthe shore"),
    ("songs", f"{A}\nNext Stop Harbour\nMore Than the Sea\nLatest Light\nHome"),
    (
        "correction",
        "Correction: 20 December:\nAn earlier version of this article gave the wrong depth of the channel.",
    ),
    (
        "guide",
        f"In this article, we'll walk you through what a pilot does on the first day of the year.\n{A}",
    ),
    ("scene break", f"{A}\n******\n{B}\n[Call from the lighthouse. Fee waived.]\nAlden stared at it."),
    (
        "letters of clients",
        "Letter of a client, July 2015\n“Thanks for your work”\nLetter of a client, May 2015\n“Well done”",
    ),
    ("Chinese heading in brackets", "【变化一】\n渡轮本周一直晚点，港务长星期一说，因为北航道又淤塞了。"),
    (
        "contents of a law",
        "Table of contents\nPart 1: The harbour\nPart 2: The channel\nPart 3: Related duties",
    ),
    ("film", "You may also like it hot, the waiter said, and brought the chillies."),
    (
        "news about letters",
        "The newsletter that the bakers of the town have printed since 1951 ends in May, its editor said.",
    ),
    (
        "news about the law",
        "The cookie law obliges sites to ask their readers, the minister said, and most do not.",
    ),
    (
        "a list of links by nature",
        "Ten ferries that we like\n1. The old one on the northern channel\n2. The new one that never sails\n"
        "3. The one with the red funnel\n4. The one that sank",
    ),
    ("chronicle", f"24 May 1912\n{A}\n25 May 1912\n{B}\n26 May 1912\n{A}"),
    ("one label is not yet a footer", f"{A}\nTravel\n{B}"),
    ("heading of one word", f"{A}\nSharing\n{B}"),
    ("report on reporters", "Jane Doe is a reporter at the Harbour Gazette, and the heroine of the novel."),
    ("Spanish prisoners", "Todos los derechos del preso se respetaron, y lea usted lo que dice el juez."),
    (
        "next and previous in a story",
        f"{A}\nNext: the northern channel, where the dredger has not been seen since May.\n{B}",
    ),
]


@pytest.mark.parametrize(("before", "after"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_goes(before: str, after: str) -> None:
    article = cleanse.clean(before, policy=ONLY)
    assert article.text == after
    assert cleanse.restore(article.text, article.edits) == before
    assert not cleanse.clean(article.text, policy=ONLY).edits


@pytest.mark.parametrize("text", [c[1] for c in LEAVES], ids=[c[0] for c in LEAVES])
def test_stays(text: str) -> None:
    article = cleanse.clean(text, policy=ONLY)
    assert article.text == text, [(e.rule, e.removed, e.evidence) for e in article.edits]


def test_a_story_is_not_eaten_from_its_end() -> None:
    """Place alone is never enough: short last lines stay, however often the rules run."""
    lines = [A, "They went home.", "It rained", "Nobody spoke", "The end", "And after"]
    text = "\n".join(lines)
    assert cleanse.clean(text, policy=ONLY).text == text


@pytest.mark.parametrize("kind", KINDS)
def test_every_phrase_is_written_as_it_is_compared(kind: str) -> None:
    for use, phrases in vocabulary(f"boilerplate_{kind}").items():
        assert phrases, use
        for phrase in phrases:
            assert fold(phrase) == phrase != ""


HOSTILE = ["Read more: ", "Share\n", "| Share ", "Sign up for our newsletter. ", "cookies ", "a" * 50]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear(unit: str) -> None:
    """Ten times the text takes about ten times as long, not a hundred; the limit of the suite would tell."""
    cleanse.clean(unit * 20_000, policy=ONLY)


def test_gold_excerpts(shared: Path) -> None:
    """Not one control is touched, and the labelled boilerplate goes."""
    rows = [json.loads(line) for line in (shared / "gold/dev.jsonl").read_text(encoding="utf8").splitlines()]
    for row in rows:
        if row["category"] == "control":
            assert not cleanse.clean(row["raw"], policy=ONLY).edits, row["id"]


def test_clean_prose_is_left_alone(shared: Path) -> None:
    """Of paragraphs that annotators kept, fewer than 1 in 400 goes: they, too, keep an `Advertisement` now and then."""
    touched = total = 0
    with gzip.open(shared / "extracted/dev.gold.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            for paragraph in filter(str.strip, json.loads(line)["gold"].split("\n")):
                total += 1
                touched += bool(cleanse.clean(paragraph, policy=ONLY).edits)
    assert touched * 400 < total, (touched, total)

"""The placeholders family: what must change, what is only reported, and what must not change, each with why."""

from __future__ import annotations

from datetime import date

import pytest

import cleanse
from cleanse.cleaner import Cleaner
from cleanse.defect import Defect
from cleanse.draft import Context
from cleanse.policy import DEFAULT
from cleanse.rule import Family, rules

PLACEHOLDERS = Cleaner([rule for rule in rules() if rule.family == Family.PLACEHOLDERS])

CHANGES = [
    # before, after, why
    ("She came to Ellery on [insert date] for a visit.", "She came to Ellery for a visit.", "a date with its word"),
    ("It will double from [insert date], the board said.", "It will double, the board said.", "before a comma"),
    ("On [insert date], the crane came.", "The crane came.", "it opens the sentence"),
    ("One. In [INSERT CITY] the crane came.", "One. In [INSERT CITY] the crane came.", "a place may be part of a name"),
    ("The fair in [INSERT CITY] on [INSERT DATE] drew many.", "The fair drew many.", "each with its word"),
    ("It opened in [insert city], she said.", "It opened, she said.", "a place with its word"),
    ("Llegó al puerto el [insertar fecha] con su equipo.", "Llegó al puerto con su equipo.", "Spanish"),
    ("Chegou ao porto em [inserir data] com a equipe.", "Chegou ao porto com a equipe.", "Portuguese"),
    ("Il est arrivé le [insérer la date] avec son équipe.", "Il est arrivé avec son équipe.", "French"),
    ("Sie kam am [Datum einfügen] in den Hafen.", "Sie kam in den Hafen.", "German"),
    ("È arrivata il [inserire data] al porto.", "È arrivata al porto.", "Italian"),
    ("Zij kwam op [datum invoegen] naar de haven.", "Zij kwam naar de haven.", "Dutch"),
    ("Przyjechała w dniu [wstaw datę] do portu.", "Przyjechała do portu.", "Polish"),
    ("Она приехала в [указать дату] с командой.", "Она приехала с командой.", "Russian"),
    ("Ia tiba pada [masukkan tanggal] di pelabuhan.", "Ia tiba di pelabuhan.", "Indonesian"),
    ("Bà đến vào [chèn ngày tháng] với đội.", "Bà đến với đội.", "Vietnamese"),
    ("The [insert date] meeting is off.", "The meeting is off.", "between article and noun"),
    ("The report was written by [Your Name].", "The report was written.", "who did it"),
    ("One.\n[Insert image here]\nTwo.", "One.\nTwo.", "a line of its own"),
    ("One.\n\n[Your Name]\n\nTwo.", "One.\n\nTwo.", "and its blank line"),
    ("The crane came ([insert link]).", "The crane came.", "in brackets"),
    ("The crane came. <insert link here>", "The crane came.", "behind a sentence"),
    ("- Manage your berth {{/id}}\n- Go on", "- Manage your berth\n- Go on", "a closing tag"),
    ("{% if story %}\nThe crane came.\n{% endif %}", "The crane came.", "blocks"),
    ("One.\n<%= render_ad %>\nTwo.", "One.\nTwo.", "server tag"),
    ("One.\nDear {{ first_name }},\nTwo.", "One.\nTwo.", "greets the reader"),
    ("Bees are counted.{{citation needed}} They live.", "Bees are counted. They live.", "wiki"),
    ("One.\n[[H2: The crane]]\nTwo.", "One.\nThe crane\nTwo.", "heading of a content system"),
    ("One.\n\n%d bloggers like this:", "One.", "likes"),
    ("One.\n%d personas les gusta esto:\nTwo.", "One.\nTwo.", "likes, Spanish"),
    ("Sie sind hier: {0}\nEins.", "Eins.", "breadcrumb"),
    ("{0} of {1} comments\nOne.", "One.", "counter"),
    ("One.\n{{ count }} comments\nTwo.", "One.\nTwo.", "counter of a template"),
    ("%%title%% %%sep%% %%sitename%%\nOne.", "One.", "a plug-in's title line"),
    ("One.\nNaN min read\nTwo.", "One.\nTwo.", "reading time"),
    ("One.\nPosted by: [object Object]\nTwo.", "One.\nTwo.", "author"),
    ("One.\nLorem ipsum dolor sit amet, consectetur.\nTwo.", "One.\nTwo.", "filler"),
    ("One. Lorem ipsum dolor sit amet. Two.", "One. Two.", "filler in a line"),
    ("One.\nLorem Ipsum is simply dummy text of the trade.\nTwo.", "One.\nTwo.", "filler in English"),
    ("The long @-@ lost crane lifted 1 @,@ 204 tons.", "The long-lost crane lifted 1,204 tons.", "masks of marks"),
    ("One.\n[image:12]\nTwo.", "One.\nTwo.", "number of a picture"),
    ("One.\n[[video:https://v.example/7]]\nTwo.", "One.\nTwo.", "address of a video"),
    ('One.\n[[{"fid":"8","fields":{"a[0][b]":"x"}}]]\nTwo.', "One.\nTwo.", "settings of an object"),
    ("Eins.\n[[bild:3]]\nZwei.", "Eins.\nZwei.", "German"),
]  # fmt: skip

REVIEWED = [
    ("There are *NUMBER* boats in the harbour.", "a corpus mask"),
    ("The crane is called <unk> by all.", "an unknown word"),
    ("Where @xmath0 is the load of the crane", "a formula"),
    ("A spokesman, [insert name], said no.", "the sentence needs the name"),
    ("The crane is located in [CITY].", "the sentence needs the place"),
    ("It lifts [insert number] tons.", "a number"),
    ("It met on [insert date] morning.", "part of a longer phrase"),
    ("You can call it {{ crane_name }} if you like, said the mayor of the town.", "a variable in a sentence"),
    ("Write to [email protected] for a berth.", "a hidden address"),
    ("He owed XXXX to the bank.", "crossed out"),
    ("Dear [Your Name], welcome to [Company Name] in [CITY]. We are [insert slogan].", "a form"),
]

LEAVES = [
    ("They [sic] said that [the company] will, as [source] in [city] had it [1].", "editors' insertions"),
    ("“[I]t was so,” he said. [Applause] [pause] [...] [laughs]", "quoted speech"),
    ("[Video call from the harbour. Fee waived.]", "a message in fiction"),
    ("Aim at phrases like “cranes in [CITY]” or ‘cranes near [INSERT CITY]’.", "quoted advice"),
    ("Use a template: “Dear [Your Name]”, then [insert date].", "an article about templates"),
    ("- careers.add {careername} - adds a career", "a manual"),
    ("Type <your name> and press <Enter>.", "a game script"),
    ("The meeting is still open (TBD), and empezó TODO: con tres cajas. TODO FEIO.", "words"),
    ("The set {1, 2} and {{1, 2}, {3}} and the map {x: 1}", "mathematics"),
    ('print(f"{name} has {count:d} boats"); printf("%d of %s", n, s);', "code"),
    ("In Python, write '%s' % name or f'{name}' or {0}.", "an article on Python"),
    ("\\frac{a}{b} and \\textbf{crane}", "LaTeX"),
    ("Prices rose by 5 % since May, 100%sure, 20%discount.", "percent"),
    ("See [insert](https://example.org) and [CITY](https://example.org/city).", "Markdown links"),
    ("Printers set lorem ipsum where a text is still to come.", "prose about it"),
    ("Neque porro quisquam est, qui dolorem amat: Cicero scripsit in libro de finibus.", "Latin"),
    ("Ut enim ad minimum veniamus, dicendum est aliquid de portu nostro.", "Latin prose"),
    ("The law left the word undefined, and the result was null and void.", "words"),
    ("【变化一】港口 [图片] 今天开放。", "a heading in brackets"),
    ("Der Wert ist [null].\nnull\n{ a: 1 };\nb = 2; c == 3", "code nearby"),
    ("**NUMBER one** and *NAME of the rose*", "emphasis"),
    ("The XXX Olympiad, Super Bowl XXXIX, a XXXL shirt", "Roman numbers and sizes"),
    ("[TK421] [A-1] [2024] [B] [UPDATE] [WATCH] [VIDEO]", "labels"),
    ("[EDITOR’S NOTE: this story was changed.]", "a note"),
    ("<3 and a < b > c and <Boat name={name} />", "not brackets"),
    ("He read\n[page 12]\naloud.", "a page"),
    ("One.\n[Image: the boat at noon]\nTwo.", "what a picture shows"),
    ("[Chorus 2]\nLa la la\n[Verse 3]", "parts of a song"),
    ("As shown before [12] and [fig. 3].", "references"),
]


def clean(text: str, **facts: object) -> cleanse.Article:
    context = Context(policy=DEFAULT, **facts)  # type: ignore[arg-type]
    article = PLACEHOLDERS.clean(text, context)
    assert cleanse.restore(article.text, article.edits) == text
    assert not PLACEHOLDERS.clean(article.text, context).edits
    return article


@pytest.mark.parametrize(("before", "after", "why"), CHANGES, ids=[c[2] for c in CHANGES])
def test_changes(before: str, after: str, why: str) -> None:
    article = clean(before)
    assert article.text.strip() == after
    assert article.defects


@pytest.mark.parametrize(("text", "why"), REVIEWED, ids=[c[1] for c in REVIEWED])
def test_is_left_for_review(text: str, why: str) -> None:
    article = clean(text)
    assert article.text == text, [(e.rule, e.removed) for e in article.edits]
    assert article.needs_review
    assert article.defects


@pytest.mark.parametrize(("text", "why"), LEAVES, ids=[c[1] for c in LEAVES])
def test_leaves(text: str, why: str) -> None:
    article = clean(text)
    assert article.text == text, [(e.rule, e.removed, e.evidence) for e in article.edits]
    assert not article.needs_review, article.review_reasons


def test_is_filled_from_the_record_alone() -> None:
    facts = {
        "title": "The Crane",
        "author": "Ida Holm",
        "published_on": date(2024, 3, 5),
        "source": "Gazette",
    }
    raw = "{{ title }} was built, wrote {{author}} on {{ date }} in the {{source}}."
    assert clean(raw, **facts).text == "The Crane was built, wrote Ida Holm on 2024-03-05 in the Gazette."
    assert clean(raw).text == raw
    # Which day this was, the record does not say: its own date may be another.
    assert clean("It came on [insert date].", **facts).text == "It came."


def test_defects() -> None:
    assert clean("It came on [insert date].").defects == (Defect.PLACEHOLDER,)
    assert clean("- Berths {{/id}}").defects == (Defect.TEMPLATE,)
    assert clean("One.\n%d likes").defects == (Defect.WIDGET,)
    assert clean("One.\nLorem ipsum dolor sit amet.").defects == (Defect.LOREM_IPSUM,)

"""The spacing family: what must change, and what must not, each with why."""

from __future__ import annotations

import pytest

import cleanse
from cleanse.cleaner import Cleaner
from cleanse.defect import Defect
from cleanse.draft import Context
from cleanse.policy import DEFAULT
from cleanse.rule import Family, rules

SPACING = Cleaner([rule for rule in rules() if rule.family == Family.SPACING])

CHANGES = [
    ("ar", "وصل القارب ، وقال العمدة نعم .", "وصل القارب، وقال العمدة نعم.", "Arabic"),
    ("fa", "بندر باز شد ، گفت شهردار .", "بندر باز شد، گفت شهردار.", "Persian"),
    ("ur", "بندرگاہ کھل گئی ۔ جہاز آ گیا ،", "بندرگاہ کھل گئی۔ جہاز آ گیا،", "Urdu"),
    ("he", "הנמל נפתח , אמר ראש העיר .", "הנמל נפתח, אמר ראש העיר.", "Hebrew"),
    ("en", '"It holds ," he said . "It does ."', '"It holds," he said. "It does."', "before straight quotes"),
    ("de", "„Er hält“ , sagte er .", "„Er hält“, sagte er.", "behind German quotes"),
    # language, before, after, why
    ("en", "The crane , they said , is blue .", "The crane, they said, is blue.", "tokenised"),
    ("en", "Tickets for 2025/2026 , at the quay, are gone.", "Tickets for 2025/2026, at the quay, are gone.", "number"),
    ("sw", "Meli ya Nunholm , Skerrow , Ellery imefika .", "Meli ya Nunholm, Skerrow, Ellery imefika.", "Swahili"),
    ("pt", "A ponte caiu . Ninguém se feriu.", "A ponte caiu. Ninguém se feriu.", "one stop is enough"),
    ("el", "Το λιμάνι άνοιξε ξανά , είπε ο δήμαρχος.", "Το λιμάνι άνοιξε ξανά, είπε ο δήμαρχος.", "Greek"),
    ("ru", "Порт снова открыт , сказал мэр .", "Порт снова открыт, сказал мэр.", "Russian"),
    ("pl", "Port jest znów otwarty . Dźwig stoi.", "Port jest znów otwarty. Dźwig stoi.", "Polish"),
    ("en", "Blue , and tall : a crane ; really !", "Blue, and tall: a crane; really!", "others too"),
    ("en", "Where did the crane go ? Who knows.", "Where did the crane go? Who knows.", "every ? is padded"),
    ("fr", "Le port , dit le maire , est ouvert .", "Le port, dit le maire, est ouvert.", "French sets commas tight"),
    ("en", "The “ Blue Crane ” of Ellery", "The “Blue Crane” of Ellery", "quotes"),
    ("en", "“ I saw it,” she said.", "“I saw it,” she said.", "one side of a quote"),
    ("en", "The crane ( a gift ) is blue.", "The crane (a gift) is blue.", "brackets"),
    ("en", 'One , two , three , and " it is blue " .', 'One, two, three, and "it is blue".', "tokenised"),
    ("en", "Mira ’ s boat didn ’ t sail.", "Mira’s boat didn’t sail.", "apostrophes"),
    ("fr", "Le gardien de l ’ île et d ’ ailleurs", "Le gardien de l’île et d’ailleurs", "elision"),
    ("it", "La luce dell ’ isola", "La luce dell’isola", "Italian elision"),
    ("en", "E l i ’ s boat", "Eli’s boat", "letters and possessive"),
    ("es", "Síganos en G o o g l e News", "Síganos en Google News", "disguised name"),
    ("zh", "港 口 今 天 重 新 開 放 ， 市 長 說 。", "港口今天重新開放，市長說。", "every character is alone"),
    ("en", "Meanwhile,the crane stood still.", "Meanwhile, the crane stood still.", "comma"),
    ("es", "Llegó la grúa.¿Quién la pagó?Nadie lo sabe.", "Llegó la grúa. ¿Quién la pagó? Nadie lo sabe.", "Spanish"),
    ("pl", "Port jest otwarty.Dźwig stoi na nabrzeżu.", "Port jest otwarty. Dźwig stoi na nabrzeżu.", "Polish"),
    ("el", "Άνοιξε το λιμάνι.Ένα πλοίο ήρθε.", "Άνοιξε το λιμάνι. Ένα πλοίο ήρθε.", "Greek"),
    ("uk", "Порт відкрито.Кран стоїть на причалі.", "Порт відкрито. Кран стоїть на причалі.", "Ukrainian"),
    ("en", "They saw Norway.The rest stayed.", "They saw Norway. The rest stayed.", "a name, then an opener"),
    ("en", "The board  met on\u00a0 Monday.", "The board met on Monday.", "doubled spaces"),
    ("fr", "Il est ouvert \u00a0: enfin", "Il est ouvert\u00a0: enfin", "the French no-break space stays"),
    ("pt", "A obra custou R$ 2, 35 bilhões.", "A obra custou R$ 2,35 bilhões.", "number"),
    ("de", "Der Kran hat € 1, 5 Mio. gekostet.", "Der Kran hat € 1,5 Mio. gekostet.", "abbreviated unit"),
    ("fr", "Le trafic a baissé de 12, 5 %.", "Le trafic a baissé de 12,5 %.", "percent, and no counting up"),
    ("pt", "O porto fechou ontem à noite..  A obra segue.", "O porto fechou ontem à noite. A obra segue.", "two stops"),
    ("en", "“It is blue.”The crane stood still.", "“It is blue.” The crane stood still.", "behind a closing quote"),
    ("en", "She said:“It is blue.”", "She said: “It is blue.”", "before an opening quote"),
    ("en", "ELLERY (Reuters)The crane came.", "ELLERY (Reuters) The crane came.", "behind a bracket"),
    ("en", "It was built in 2019.The rest followed.", "It was built in 2019. The rest followed.", "behind a year"),
    ("en", "The sum was $1, 250 in all.", "The sum was $1,250 in all.", "thousands"),
    ("de", "Der Bau kostete € 12. 500 und mehr.", "Der Bau kostete € 12.500 und mehr.", "German thousands"),
    ("es", "¿ Quién pintó la grúa ? ¡ Nadie !", "¿Quién pintó la grúa? ¡Nadie!", "Spanish pairs"),
    ("en", "On www. example.org or https: //example.org/a.", "On www.example.org or https://example.org/a.", "hosts"),
    ("en", "The boats, , the nets,, and a dog", "The boats, the nets, and a dog", "doubled commas"),
    (
        "el",
        "Η απάντηση του δημάρχου στο ερώτημα για το λιμάνι είναι απλή : το λιμάνι θα μείνει ανοιχτό και τον χειμώνα, "
        "όπως κάθε χρόνο, και οι βάρκες θα έρθουν.",
        "Η απάντηση του δημάρχου στο ερώτημα για το λιμάνι είναι απλή: το λιμάνι θα μείνει ανοιχτό και τον χειμώνα, "
        "όπως κάθε χρόνο, και οι βάρκες θα έρθουν.",
        "a lone colon in prose",
    ),
    ("en", "It sails in May.\n. . .\n", "It sails in May.", "last line"),
    ("en", "One.\n\n\n \nTwo.", "One.\n\nTwo.", "blank lines"),
]  # fmt: skip

LEAVES = [
    ("fr", "Qui a peint la grue ? Personne ; et pourtant : elle est bleue !", "French marks"),
    (None, "« Le port est ouvert », dit-il. Et la grue ? Elle est là : bleue !", "French that nobody declared"),
    ("fr", "Il a dit « oui » ; puis il est parti\u00a0!", "guillemets and a no-break space"),
    ("en", "Asked about it, he said: “Mais pourquoi est-ce que vous ne le dites pas ?” and left.", "French quoted"),
    ("en", "Mix it 3 : 1 and be there at 12 : 30 or 10:30.", "ratio and time"),
    ("en", "The map shows 3 , 4 and 5 . 6 as crosses.", "digits on both sides"),
    ("en", "She laughed :) and winked ;) at him :-)", "emoticons"),
    ("en", "He waited ... and . . . waited … for it.", "ellipses"),
    ("en", "“I had a boat . . . and a sail,” she said.\nThat was all.", "spaced ellipsis in a quotation"),
    ("en", "Nobody came...", "an ellipsis that a writer typed"),
    ("de", "Das Motiv “ Der stille Hafen “ nach dem Gedicht", "a quote mark that faces both ways"),
    ("de", "„Der Hafen“, sagte er, „ist offen.“", "German quotes"),
    ("cs", "„ Přístav “ otevřen", "low quotes with spaces"),
    ("en", "Hold it, “ said the mate. “But gently.”", "a closing mark typed the wrong way"),
    ("en", "“He said, ‘Hold it.’ ” Then he left.", "a space between nested quotes"),
    ("el", "Πού πήγε ο γερανός; Κανείς δεν ξέρει· ούτε ο δήμαρχος.", "Greek question mark"),
    ("ar", "وصل القارب، وقال العمدة : نعم.", "an Arabic colon"),
    ("hi", "बंदरगाह खुल गया । जहाज़ आ गया ।", "Hindi"),
    ("zh", "港口今天重新开放。市长说：“很好！”【变化一】社 群 回 應", "Chinese"),
    ("ja", "港が再び開いた。市長は「よかった」と話した。", "Japanese"),
    ("ko", "항구가 다시 열렸다. 시장은 “좋다”고 말했다.", "Korean"),
    ("th", "ท่าเรือเปิดอีกครั้ง ฯลฯ . และเรือก็มา", "Thai"),
    ("hy", "Նավահանգիստը բացվեց։ Քաղաքապետը ասաց․ այո՞", "Armenian"),
    ("es", "—¿Quién? —dijo—. ¡Nadie!", "Spanish marks"),
    ("en", "Booking.com, Yahoo!Finance, node.js, Asp.Net, example.Org and Infobot.AI", "names with marks"),
    ("en", "Ph.D., U.S., e.g. this, 9 a.m., J.K.Rowling, St.Petersburg, No.5, Inc.The", "abbreviations"),
    ("de", "Das kostet zzgl.Versand und bzw.Haus", "German abbreviations"),
    ("pl", "Dodatki, np.SuperSok", "Polish abbreviation"),
    ("en", "Python 3.11, 1,204 boats, 0.5 and .5 volts on .NET", "numbers and names"),
    ("en", "See https://example.org/a,b?Ask=Yes.No and a@b.Com now", "addresses"),
    ("en", "apples,pears,plums", "a list without spaces"),
    ("en", "Call math.Floor(x), socket.Connect(host) or list.Add(y).", "identifiers"),
    ("en", "client = socket. socket (socket. AF_INET) ; print (x , y) ; a == b", "code"),
    ("en", "return (\n< div >\n< p > { count } boats </ p >\n);\nIt has effects ( side effects ).", "code nearby"),
    ("en", "The bytes 66 61 C3 9F , in that order, were found.", "a hex dump"),
    ("en", "The needle is f a ß a d e here.", "letters shown one by one"),
    ("de", "Sie nennen es M ü t t e r und meinen V ä t e r.", "German emphasis"),
    ("de", "Der Wind steht s t i l l", "emphasis in a poem"),
    ("en", "She jumped x o x x o and then o o x.", "a high-jump card"),
    ("en", "Choose A b c d or E f g h.", "options"),
    ("en", "The strand reads A C G T A C G T.", "DNA"),
    ("en", "It was signed J K L M Brown.", "initials"),
    ("nl", "Hij komt ’s avonds en ’s ochtends, zij ’t liefst nooit.", "Dutch apostrophes"),
    ("en", "the ‘ boys ’ s team", "a quotation, perhaps"),
    ("en", "Port    Depth\nEllery  12 m\nNunholm  9 m", "columns"),
    ("en", "Port\t\tDepth\nEllery\t\t12 m", "tabs"),
    ("en", "| a  | b |\n| --- | --- |\n| c  | d |", "a Markdown table"),
    ("en", "- one\n  - two\n    - three", "an indented list"),
    ("en", "The tide is in,\n    the tide is out,\n        the moon is low.", "an indented poem"),
    ("en", "if (a < b) {  return  c;  }", "spaces in code"),
    ("pt", "Vieram em grupos de 10, 20 mil pessoas.", "counting up"),
    ("fr", "Une hausse de 4, 5 % selon les ports", "counting up, perhaps"),
    ("en", "It cost $1, 5 people said, and 2, 3 million came.", "English has a decimal point"),
    ("en", "Wait.. and see.. he said..", "trailing off"),
    ("zh", "小貓生病..", "trailing off in Chinese"),
    ("pl", ",,Port jest otwarty” – mówi burmistrz.", "commas as a low quote"),
    ("en", "Sport . 3 min . Berlin", "a separator"),
    ("en", "GROTON ? Police found the dog.", "a lost dash"),
    ("en", "Billionaire Bunkers ? Us", "a lost apostrophe"),
    ("en", "Nom : Dupont\nVille : Ellery", "padded labels"),
    ("es", "El signo ¿ abre y el signo ? cierra.", "marks that are spoken of"),
    ("fi", "Hän sanoi: ”Nosturi on sininen.” Sitten hän lähti, ”kotiin”.", "Finnish quotes"),
    ("pl", "To ,,święty,, port.", "commas as quotes"),
    ("en", "The f(x)And, boat(s), (re)Use and H(2)O", "brackets in words"),
    ("en", "In the years 2019.5 and v2.The", "no year"),
    ("en", "In group 1, 250 came and in group 2, 500 left.", "no currency"),
    ("en", "The Blue Crane : A Review of the Harbour", "a title"),
    ("en", "One.\n\nTwo.\nThree.", "paragraphs"),
    ("en", "Nobody came.\n. . .\nThen somebody did.", "a break inside the text"),
]  # fmt: skip


def clean(text: str, language: str | None) -> cleanse.Article:
    article = SPACING.clean(text, Context(policy=DEFAULT, language=language))
    assert cleanse.restore(article.text, article.edits) == text
    assert not SPACING.clean(article.text, Context(policy=DEFAULT, language=language)).edits
    return article


@pytest.mark.parametrize(("language", "before", "after", "why"), CHANGES, ids=[c[3] for c in CHANGES])
def test_changes(language: str | None, before: str, after: str, why: str) -> None:
    assert clean(before, language).text == after
    if language != "fr":
        assert clean(before, None).text == after, "the language need not be known"


@pytest.mark.parametrize(("language", "text", "why"), LEAVES, ids=[c[2] for c in LEAVES])
def test_leaves(language: str | None, text: str, why: str) -> None:
    for known in {language, None}:
        article = clean(text, known)
        assert article.text == text, [(e.rule, e.removed, e.inserted, e.evidence) for e in article.edits]


def test_each_damage_is_reported() -> None:
    article = clean("The crane , blue..  It\n\n\nE l i ’ s boat.The end of it\n. . .", "en")
    assert {
        Defect.SPACED_PUNCTUATION,
        Defect.LETTER_SPACING,
        Defect.MISSING_SPACE,
        Defect.DOUBLED_SPACE,
    } < set(article.defects)
    assert {Defect.DOUBLED_PUNCTUATION, Defect.TRAILING_ELLIPSIS, Defect.BLANK_LINES} < set(article.defects)


@pytest.mark.parametrize(
    "text",
    [" ,", "a , ", "“ a ”", "( ab )", "a ’ s ", "a.B", "ab,cd ", "..", "a.. ", "x  ", "¿a", "1, 5 %", "A b c d ", "< ",
     "\n\n\n", "\n", "a b ", "港 ", " \u00a0", "€ 1, 5 "],
)  # fmt: skip
def test_a_long_line_takes_linear_time(text: str) -> None:
    import time

    times = []
    for size in (20_000, 160_000):
        started = time.process_time()
        SPACING.clean(text * (size // len(text)), Context(policy=DEFAULT))
        times.append(time.process_time() - started)
    assert times[1] < 40 * times[0] + 1.0, times

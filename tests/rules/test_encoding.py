"""The encoding family: what must change, and what looks like it and must not."""

from __future__ import annotations

import pytest

import cleanse
from cleanse.article import Article
from cleanse.cleaner import Cleaner
from cleanse.draft import Context
from cleanse.policy import DEFAULT
from cleanse.rule import Family, rules

CLEANER = Cleaner([r for r in rules() if r.family is Family.ENCODING])


def clean(text: str) -> Article:
    return CLEANER.clean(text, Context(policy=DEFAULT))


def read_as(text: str, encoding: str, reader: str = "latin-1") -> str:
    return text.encode(encoding).decode(reader)


def marked(text: str, mark: str = "\u033c") -> str:
    return "".join(c if c == "\n" else c + mark for c in text)


ENGLISH = "The harbour of the town is the pride of the coast and of all who sail to it.\n"
GERMAN = "Der Hafen ist der Stolz der Stadt und nicht nur von den Fischern gern besucht.\n"
SPANISH = "El puerto de la villa es el orgullo de los que viven en la costa.\n"
FRENCH = "Le port de la ville est la fierté des gens et une des plus belles places dans les environs.\n"

CHANGES = [
    # UTF-8 read as something else
    ("latin-1", read_as("The café – “open” again", "utf8"), "The café – “open” again"),
    ("windows-1252", read_as("Größe „süß“ – fünf Häfen", "utf8", "cp1252"), "Größe „süß“ – fünf Häfen"),
    ("windows-1251", read_as("Паром стоит у берега", "utf8", "cp1251"), "Паром стоит у берега"),
    ("windows-1250", read_as("Żółte łódki przy molo", "utf8", "cp1250"), "Żółte łódki przy molo"),
    ("MacRoman", read_as("L’été à l’île", "utf8", "mac_roman"), "L’été à l’île"),
    ("twice", read_as(read_as("déjà vu", "utf8"), "utf8"), "déjà vu"),
    ("Japanese", read_as("港の灯台は明るい", "utf8"), "港の灯台は明るい"),
    ("only one word of a clean line", "A “quiet” cafÃ© on the quay", "A “quiet” café on the quay"),
    ("a no-break space that became a space", "voilÃ  le port", "voilà le port"),
    # a language's own encoding, in a text too short to know it by its words
    (
        "Turkish by its letters",
        read_as("Kayıkçılar dün akşam iskeleye çıktı, ışıklar sönünce dağıldılar.", "cp1254"),
        "Kayıkçılar dün akşam iskeleye çıktı, ışıklar sönünce dağıldılar.",
    ),
    (
        "Polish by its letters, its C1 controls kept",
        read_as("Wieść rozeszła się pośród żeglarzy: łódź wróciła, ląd był niedaleko.", "cp1250"),
        "Wieść rozeszła się pośród żeglarzy: łódź wróciła, ląd był niedaleko.",
    ),
    (
        "Czech by its letters",
        read_as("Příští parník zítra nejede, děti čekaly na břehu až do večera.", "cp1250"),
        "Příští parník zítra nejede, děti čekaly na břehu až do večera.",
    ),
    (
        "Hungarian by its letters",
        read_as(
            "Kedden erős szél fújt, késő délután több kikötő bezárt, a vitorlázók kinn rekedtek, ő jött elsőként.",
            "iso8859-2",
        ),
        "Kedden erős szél fújt, késő délután több kikötő bezárt, a vitorlázók kinn rekedtek, ő jött elsőként.",
    ),
    # its control bytes deleted
    ("dash", ENGLISH + "Three boats â all late â came in.", ENGLISH + "Three boats — all late — came in."),
    ("dashes in Polish", "Jan Nowak â doradca â i Anna", "Jan Nowak – doradca – i Anna"),
    ("apostrophe", ENGLISH + "It wasnât the mayorâs.", ENGLISH + "It wasn’t the mayor’s."),
    ("a pair of quotes", ENGLISH + "âCome in,â she said.", ENGLISH + "“Come in,” she said."),
    ("years", ENGLISH + "It was so in 1990â95.", ENGLISH + "It was so in 1990–95."),
    ("the last quote", "â€œWe sail,â€ he said.", "“We sail,” he said."),
    (
        "the last quote, its byte a question mark",
        "â€œWe sail.â€? And so: â€œGo.â€?",
        "“We sail.” And so: “Go.”",
    ),
    (
        "a question after the last quote",
        "Did he say â€œGoâ€? He said â€œStay.â€ Oh.",
        "Did he say “Go”? He said “Stay.” Oh.",
    ),
    ("sharp s", GERMAN + "Die StraÃe ist groÃ.", GERMAN + "Die Straße ist groß."),
    ("umlaut", GERMAN + "Ãber Ãsterreich", GERMAN + "Über Österreich"),
    ("accented i", SPANISH + "El paÃs de los dÃas", SPANISH + "El país de los días"),
    ("elision", FRENCH + "On dit quâil viendra.", FRENCH + "On dit qu’il viendra."),
    ("euro and dots", ENGLISH + "It costs â¬5 andâ¦", ENGLISH + "It costs €5 and…"),
    # other encodings read as Latin-1
    (
        "EUC-KR",
        read_as("부두에 새 등대가 들어서고 배가 다시 다닌다.", "euc_kr"),
        "부두에 새 등대가 들어서고 배가 다시 다닌다.",
    ),
    ("GBK", read_as("他们说这个港口是我们的家。", "gbk"), "他们说这个港口是我们的家。"),
    ("Big5", read_as("他們說這個港口是我們的家。", "big5"), "他們說這個港口是我們的家。"),
    (
        "EUC-JP",
        read_as("新しい灯台ができたので、船がまた来るようになりました。", "euc_jp"),
        "新しい灯台ができたので、船がまた来るようになりました。",
    ),
    (
        "Shift-JIS",
        read_as("新しい灯台ができたので、船がまた来るようになりました。", "shift_jis"),
        "新しい灯台ができたので、船がまた来るようになりました。",
    ),
    ("windows-1251 bytes", read_as("Паром стоит у берега с утра.", "cp1251"), "Паром стоит у берега с утра."),
    (
        "numbers and names between",
        read_as("К 14:00 на 11-й минуте команда Glow Booster Super забила ещё", "cp1251"),
        "К 14:00 на 11-й минуте команда Glow Booster Super забила ещё",
    ),
    (
        "quoted in a damaged text",
        read_as("Он сказал 'да' и ушёл, а она — 'нет' и осталась", "utf8"),
        "Он сказал 'да' и ушёл, а она — 'нет' и осталась",
    ),
    ("KOI8-R", read_as("Паром стоит у берега с утра.", "koi8_r"), "Паром стоит у берега с утра."),
    (
        "ISO-8859-7",
        read_as("Το πλοίο είναι στο λιμάνι από το πρωί.", "iso8859_7"),
        "Το πλοίο είναι στο λιμάνι από το πρωί.",
    ),
    (
        "windows-1256",
        read_as("وصلت السفينة الى الميناء هذا اليوم", "cp1256"),
        "وصلت السفينة الى الميناء هذا اليوم",
    ),
    (
        "windows-1255",
        read_as("האונייה הגיעה הבוקר אל הנמל של העיר", "cp1255"),
        "האונייה הגיעה הבוקר אל הנמל של העיר",
    ),
    ("TIS-620", read_as("เรือมาถึงท่าเรือตอนเช้าวันนี้", "cp874"), "เรือมาถึงท่าเรือตอนเช้าวันนี้"),
    (
        "Turkish",
        "Ýstanbul ve çevresinde bir fýrtýna bu sabah etkili oldu, daha da artacaðý söylendi.",
        "İstanbul ve çevresinde bir fırtına bu sabah etkili oldu, daha da artacağı söylendi.",
    ),
    (
        "Polish",
        "Wczoraj w porcie na molo by³o ¿e ha: ³ódŸ nie wróci³a z po³owu i jest ju¿ po burzy.",
        "Wczoraj w porcie na molo było że ha: łódź nie wróciła z połowu i jest już po burzy.",
    ),
    (
        "Czech",
        "Lidé v pøístavu a na molu se tìšili, že je den jako víno a ryb je dost pro vìtšinu.",
        "Lidé v přístavu a na molu se těšili, že je den jako víno a ryb je dost pro většinu.",
    ),
    (
        "Romanian",
        "Oamenii de la port au spus cã nu mai este loc pe chei pentru un vas, ºi cã staþia este plinã.",
        "Oamenii de la port au spus că nu mai este loc pe chei pentru un vas, şi că staţia este plină.",
    ),
    ("letters of mathematics", "𝐓𝐡𝐞 𝐬𝐭𝐨𝐫𝐦 𝐡𝐢𝐭 𝐭𝐡𝐞 𝐜𝐨𝐚𝐬𝐭 𝐚𝐭 𝐧𝐢𝐠𝐡𝐭.", "The storm hit the coast at night."),
    (
        "full width in Latin text",
        "Ｔｈｅ ｓｔｏｒｍ ｈｉｔ ｔｈｅ ｃｏａｓｔ now.",
        "The storm hit the coast now.",
    ),
    (
        "ruby on compounds",
        "政府せいふは新あたらしい計画けいかくを発表はっぴょうし、学校がっこうで先生せんせいが足たりない。",
        "政府は新しい計画を発表し、学校で先生が足りない。",
    ),
    (
        "ruby on each Kanji",
        "東とう京きょうの天てん気きは晴れで、気き温おんが高たかく、明日も空くう気きがよい。",
        "東京の天気は晴れで、気温が高く、明日も空気がよい。",
    ),
    # controls
    ("UTF-16 read as ASCII", "h\x00a\x00r\x00b\x00o\x00u\x00r\x00", "harbour"),
    ("colours of a terminal", "\x1b[32mok\x1b[0m \x1b]0;title\x07done", "ok done"),
    (
        "quotes without their high byte",
        "He said \x1ccome in\x1d and it\x19s late.",
        "He said “come in” and it’s late.",
    ),
    ("object replacement", "before \ufffcafter", "before after"),
    ("surrogates of an emoji", "fine \ud83d\ude00", "fine \U0001f600"),
    ("half an emoji at the end of a line", "fine \ud83d\nnext", "fine\nnext"),
    ("a word processor's bullet", "\uf0b7 boots", "• boots"),
    # U+FFFD
    ("lost quotes", "\ufffdCome in,\ufffd she said.", "Come in, she said."),
    ("lost emoji at the end", "A fine day \ufffd\ufffd\nNext", "A fine day\nNext"),
    ("English contraction", ENGLISH + "It wasn\ufffdt.", ENGLISH + "It wasn’t."),
    ("encoded U+FFFD", "ï¿½Come in.", "Come in."),
    (
        "question marks",
        "He didn?t say it?s over, and we?re sure.",
        "He didn’t say it’s over, and we’re sure.",
    ),
    ("half lost mojibake", ENGLISH + "It wasnâ€?t so.", ENGLISH + "It wasn’t so."),
    # invisible
    ("byte order mark at the start", "\ufeffNews", "News"),
    ("in a number", "7\ufeff5 boats", "75 boats"),
    ("soft hyphen", "light\u00adhouse", "lighthouse"),
    ("zero-width space in a handle", "@\u200bharbour", "@harbour"),
    ("joiner between Latin letters", "har\u200dbour", "harbour"),
    ("direction marks without any such text", "\u200eHarbour\u200f \u202anews\u202c", "Harbour news"),
    ("zero-width space in Chinese", "港\u200b口", "港口"),
    # look-alikes of other scripts
    ("Cyrillic in English", "The hаrbоur is оpen to аll.", "The harbour is open to all."),
    ("Latin in Russian", "Вeтep с мopя утих к вечеру.", "Ветер с моря утих к вечеру."),
    ("Latin i in Ukrainian", "Київ зустрiчає гостей.", "Київ зустрічає гостей."),
    ("Latin capital in Greek", "Tο λιμάνι και η Aθήνα.", "Το λιμάνι και η Αθήνα."),
    (
        "wholly of look-alikes in swapped text",
        "Lа cаsа dе ор у о tоdо еs mío.",
        "La casa de op y o todo es mío.",
    ),
    # marks
    ("a mark on every letter", marked("The mayor denied it again."), "The mayor denied it again."),
    (
        "spaces carry it, too, one line does not",
        marked("Сегодня утром в порту") + "\nФото",
        "Сегодня утром в порту\nФото",
    ),
    (
        "underlined all over",
        marked("The whole of the text is like that.", "\u0332"),
        "The whole of the text is like that.",
    ),
]

LEAVES = [
    # typography and languages next to which mojibake lies
    ("French", "« Où ? » – À côté… L’été, « ça va », dit-il ; œuvre, cœur, Œdipe."),
    ("German", "„Größe“ – süß, 5 °C, §5, ½ Liter, ©2020"),
    ("Portuguese in capitals", "NÃO É BEM ASSIM: A CÂMARA DE SÃO JOÃO, Ã, Â"),
    ("Vietnamese", "Đường phố Hà Nội – “thảm” ẩm thực, Ảnh"),
    ("Turkish", "İstanbul’da “güzel” bir gün, Şişli, ÂLEM"),
    ("Czech", "Žluťoučký kůň – „úpěl“ ďábelské ódy"),
    ("Romanian", "A fost atât de cât a vrut, când, „sfânt”"),
    ("Icelandic", "Það er gott að búa í Reykjavík, þótt veður sé vont."),
    ("Spanish", "¿Qué? ¡Sí! «Olé» nº 5, 3ª"),
    # mojibake as the subject
    ("the article is about it", "Mojibake such as Ã¤ or â€™ comes from reading UTF-8 as Latin-1."),
    ("quoted once", "The sign above the door read “Ã¤” for years."),
    ("beside its good form", "The list says MÃ¼ller instead of Müller, and Ã¤ for ä."),
    ("Russian about encodings", "Неверная кодировка показывает Ïðèâåò âìåñòî ñëîâ."),
    ("alphabets", "Die Zeichen äöüß und æøå, ÀÁÂÃÄÅ, èéêë."),
    ("kaomoji", "He smiled ¯\\_(ツ)_/¯ and (ò_ó) and ʕ•ᴥ•ʔ."),
    ("letter in question", ENGLISH + "The letter â is French."),
    # controls
    ("white space", "a\tb\r\nc\u3000d\u2028e"),
    ("private character in a name", "作家陈\ue863先生"),
    # U+FFFD
    ("a letter is lost", "The caf\ufffd is shut."),
    ("inside a word", "Fran\ufffdois came."),
    ("quoted", "Programs print “\ufffd” instead."),
    ("addresses with queries", "See shop.example/find?s=boats and list.php?t=4, isn't it?"),
    # invisible
    ("Persian", "کتاب\u200cها و می\u200cرود"),
    ("Persian after a foreign word", "فایل PDF\u200cها"),
    ("Hindi", "क्\u200dष और श्र\u200cी"),
    ("Sinhala", "ශ්\u200dරී ලංකා"),
    ("Thai", "ภาษา\u200bไทย"),
    ("Khmer", "ភាសា\u200bខ្មែរ"),
    ("emoji", "\U0001f468\u200d\U0001f469 \u2764\ufe0f\u200d\U0001f525 \U0001f3f4\U000e0067\U000e0062\U000e007f"),
    ("right to left", "He wrote \u200fשלום\u200e there."),
    ("soft hyphen of old between years", "1990\u00ad95"),
    ("quoted one", "Type “\u200b” to see nothing."),
    # mixed on purpose
    ("hyphenated", "Поставили Wi-Fi-адаптер, COVID-ның екпесі, SIM-карта."),
    ("inflected brands", "Купили два iPhoneа и пять iPhoneов, SMSок, VIPы, PCшник."),
    ("brand play", "Новый Xбокс и Yндекс в продаже."),
    ("two words in one", "Концерт МТСLive, СберCloud, витаминC."),
    ("units and symbols", "Units in the text: 5 μm, 3 kΩ, ΔT, Δx, ρV, νe, α-amylase, Hα, TNFα, γδT, πr²"),
    ("models", "КамАЗ-6520 и ВАЗ-2107 с B12"),
    ("Russian with Latin names", "Компания Apple и город Cambridge, автор O. Coen."),
    ("address", "Do not open http://аpple.com or write to pаul@mail.com."),
    ("about the trick", "A homoglyph attack writes раypal for paypal."),
    ("Chuvash with Latin vowels", "Чăваш чĕлхи çинчен калаçнă"),
    ("one bold word", "This is 𝐛𝐢𝐠 𝐧𝐞𝐰𝐬 for all."),
    ("formulas", "Let 𝑥, 𝑦 ∈ ℝ with 𝑓(𝑥) = 𝑎𝑥 + 𝑏, so 𝑥 < 𝑦."),
    ("full width in Japanese", "ＡＢＣ社は９日、ＸＹＺ ＫＫＫ ＬＬＬ ＭＭＭ ＮＮＮ を発表。"),
    ("Polish in order", "W porcie na molo jest łódź i z niej nie o 5 m³ wody, po 3 m³ do beczki."),
    ("Danish", "Der er en båd på øen, og den er blå; færgen sejler kl. 5."),
    ("Estonian", "Sõber on hea, aga õhtu on külm ja võõras."),
    ("Icelandic, long", "Það er gott að búa hér því við þurfum ekki að óttast það sem kemur, þó að veður sé vont."),
    ("Italian of many accents", "Perché è così: c’è più di un motivo, però lunedì tutto andrà giù, più in là."),
    ("French of many accents", "Son père a dû voir où ça mène: la crème, l’île, le maïs, à Noël déjà."),
    ("words that read like their gloss", "一人ひとりが、人々のために、日々の仕事をし、山と海の間で暮らす。"),
    ("readings in brackets", "政府（せいふ）は新しい計画（けいかく）を発表（はっぴょう）し、学校（がっこう）だ。"),
    ("one gloss", "港みなとの町という題の本が、去年の秋に東京の出版社から出て、多くの人に読まれた。"),
    # marks
    ("decomposed Vietnamese", "Chu\u031bo\u031bng tri\u0300nh ca\u0309i ca\u0301ch đa\u0303 ba\u0306\u0301t"),
    ("polytonic Greek, decomposed", "ε\u0313ν α\u0313ρχη\u0342\u0345 η\u0313\u0342ν ο\u0314 λο\u0301γος"),
    ("IPA", "[t\u032aʰ ɛ\u0303 s\u0329 n\u0325]"),
    ("Hebrew points", "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ"),
    ("Arabic vowels", "بِسْمِ اللَّهِ الرَّحْمَنِ الرَّحِيمِ"),
    ("Zalgo, once", "He signs Z\u0351\u036b\u0343a\u0338\u0321l\u0322\u030dg\u0336o\u0327\u0336 now."),
    ("a price struck out", "Only 4\u03369\u0336 39 euros"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [pytest.param(b, a, id=why) for why, b, a in CHANGES])
def test_changes(before: str, after: str) -> None:
    article = clean(before)
    assert article.text == after
    assert cleanse.restore(article.text, article.edits) == before
    assert clean(article.text).edits == ()


@pytest.mark.parametrize("text", [pytest.param(t, id=why) for why, t in LEAVES])
def test_leaves(text: str) -> None:
    article = clean(text)
    assert article.text == text, article.edits


def test_edits_are_small() -> None:
    text = ENGLISH * 50 + "A cafÃ© and a “quay” â€“ no more.\n" + ENGLISH * 50
    assert all(len(e.removed) <= 3 for e in clean(text).edits)


@pytest.mark.parametrize(
    "text",
    [
        "The caf\ufffd is shut.",
        "1990\u00ad95",
        read_as("Привет всем друзьям", "utf8").replace("\x81", "").replace("\x8f", ""),
    ],
)
def test_what_cannot_be_known_is_flagged(text: str) -> None:
    assert clean(text).needs_review

"""What goes into a column, in many languages; and what looks like it and stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import cleanse
from cleanse.policy import Policy
from cleanse.rule import Family

# The family alone, so that a case says what this family does and no other.
ALONE = Policy(off=frozenset(family for family in Family if family != Family.CREDITS))

STORY = {
    "en": "The ferry sails again, the board said on Monday, two days after the storm had torn its mooring away.",
    "es": "El barco vuelve a navegar, dijo el consejo el lunes, dos días después de la tormenta que soltó su amarra.",
    "pt": "O barco voltou a navegar, disse o conselho na segunda-feira, dois dias depois da tempestade no porto.",
    "fr": "Le bac navigue de nouveau, a dit le conseil lundi, deux jours après la tempête qui avait rompu son amarre.",
    "de": "Die Fähre fährt wieder, sagte der Rat am Montag, zwei Tage nach dem Sturm, der sie losgerissen hatte.",
    "it": "Il traghetto naviga di nuovo, ha detto il consiglio lunedì, due giorni dopo la tempesta nel porto.",
    "nl": "De veerboot vaart weer, zei de raad op maandag, twee dagen na de storm die haar had losgerukt.",
    "pl": "Prom znów pływa, powiedziała rada w poniedziałek, dwa dni po burzy, która zerwała jego cumy w porcie.",
    "ru": "Паром снова ходит, сообщил совет в понедельник, через два дня после бури, сорвавшей его с якоря.",
    "uk": "Пором знову ходить, повідомила рада в понеділок, через два дні після бурі, що зірвала його з якоря.",
    "el": "Το φέρι ταξιδεύει ξανά, είπε το συμβούλιο τη Δευτέρα, δύο μέρες μετά την καταιγίδα στο λιμάνι.",
    "tr": "Feribot yeniden sefere çıktı, dedi kurul pazartesi günü, fırtınadan iki gün sonra, limanda herkes sevindi.",
    "ar": "عادت العبّارة إلى الإبحار، كما قال المجلس يوم الاثنين، بعد يومين من العاصفة التي قطعت حبالها في الميناء.",
    "fa": "کشتی دوباره به راه افتاد، شورا روز دوشنبه گفت، دو روز پس از توفانی که لنگر آن را در بندر کنده بود.",
    "he": "המעבורת שבה להפליג, אמרה המועצה ביום שני, יומיים אחרי הסערה שקרעה את חבליה בנמל הישן של העיר.",
    "hi": "नाव फिर चलने लगी, परिषद ने सोमवार को कहा, उस तूफान के दो दिन बाद जिसने बंदरगाह में उसकी रस्सी तोड़ दी थी।",
    "ur": "کشتی پھر چلنے لگی، کونسل نے پیر کو بتایا، اس طوفان کے دو دن بعد جس نے بندرگاہ میں اس کا رسہ توڑ دیا تھا۔",
    "id": "Feri itu berlayar lagi, kata dewan pada hari Senin, dua hari setelah badai yang memutus tali tambatnya.",
    "ms": "Feri itu belayar semula, kata majlis pada hari Isnin, dua hari selepas ribut yang memutuskan talinya.",
    "vi": "Phà chạy trở lại, hội đồng cho biết hôm thứ Hai, hai ngày sau cơn bão đã giật đứt dây neo ở bến cảng.",
    "th": "เรือข้ามฟากกลับมาแล่นอีกครั้ง สภากล่าวเมื่อวันจันทร์ สองวันหลังพายุที่ทำให้เชือกขาดที่ท่าเรือ ชาวบ้านต่างยินดี.",
    "zh": "渡轮恢复航行，港务局周一表示，两天前的风暴曾扯断它的缆绳，居民们都很高兴，码头上挤满了人。",
    "ja": "渡し船は運航を再開した。二日前の嵐で係留索が切れていたと、港の役員会は月曜日に発表し、住民は喜んだ。",
    "ko": "여객선이 다시 운항한다고 위원회가 월요일에 밝혔다. 이틀 전 폭풍으로 밧줄이 끊어졌던 배다. 주민들은 반겼다.",
    "sw": "Kivuko kinasafiri tena, baraza lilisema Jumatatu, siku mbili baada ya dhoruba iliyokata kamba yake.",
    "ha": "Jirgin ruwa ya sake tafiya, in ji majalisa ranar Litinin, kwana biyu bayan guguwar da ta yanke igiyarsa.",
    "no": "Fergen går igjen, sa rådet mandag, to dager etter stormen som hadde revet den løs fra fortøyningen.",
    "sv": "Färjan går igen, sade rådet på måndagen, två dagar efter stormen som hade slitit loss den från kajen.",
    "da": "Færgen sejler igen, sagde rådet mandag, to dage efter stormen, der havde revet den løs fra kajen i havnen.",
    "fi": "Lautta kulkee taas, neuvosto sanoi maanantaina, kaksi päivää myrskyn jälkeen, joka oli katkaissut köyden.",
    "cs": "Přívoz znovu jezdí, řekla rada v pondělí, dva dny po bouři, která v přístavu přetrhla jeho lana a řetězy.",
    "ro": "Feribotul circulă din nou, a spus consiliul luni, la două zile după furtuna care îi rupsese parâma în port.",
    "hu": "A komp újra jár, közölte a tanács hétfőn, két nappal a vihar után, amely a kikötőben elszakította kötelét.",
}

# (language, what stands below the story, the columns that it fills)
BELOW: list[tuple[str, str, dict[str, Any]]] = [
    # source lines
    ("en", "Source: The Ellery Observer", {"source_name": "The Ellery Observer"}),
    ("es", "Fuente: EFE", {"source_name": "EFE"}),
    ("pt", "Fonte: Agência Maré", {"source_name": "Agência Maré"}),
    ("fr", "Source : Le Phare de Brisemer", {"source_name": "Le Phare de Brisemer"}),
    ("de", "Quelle: Nordwieker Bote", {"source_name": "Nordwieker Bote"}),
    ("it", "Fonte: Il Molo", {"source_name": "Il Molo"}),
    ("nl", "Bron: De Kade", {"source_name": "De Kade"}),
    ("pl", "Źródło: Kurier Portowy", {"source_name": "Kurier Portowy"}),
    ("ru", "Источник: Вестник Белозорья", {"source_name": "Вестник Белозорья"}),
    ("uk", "Джерело: Портовий вісник", {"source_name": "Портовий вісник"}),
    ("el", "Πηγή: Λιμάνι.gr", {"source_name": "Λιμάνι.gr"}),
    ("tr", "Kaynak: Liman Gazetesi", {"source_name": "Liman Gazetesi"}),
    ("ar", "المصدر: صدى الميناء", {"source_name": "صدى الميناء"}),
    ("fa", "منبع: روزنامه بندر", {"source_name": "روزنامه بندر"}),
    ("he", "מקור: קול הנמל", {"source_name": "קול הנמל"}),
    ("hi", "स्रोत: बंदर समाचार", {"source_name": "बंदर समाचार"}),
    ("id", "Sumber: Kabar Dermaga", {"source_name": "Kabar Dermaga"}),
    ("vi", "Nguồn: Báo Bến Cảng", {"source_name": "Báo Bến Cảng"}),
    ("th", "ที่มา: ข่าวท่าเรือ", {"source_name": "ข่าวท่าเรือ"}),
    ("zh", "来源：海港日报", {"source_name": "海港日报"}),
    ("ja", "出典：港新聞", {"source_name": "港新聞"}),
    ("ko", "출처: 항구일보", {"source_name": "항구일보"}),
    ("sv", "Källa: Hamnbladet", {"source_name": "Hamnbladet"}),
    ("fi", "Lähde: Satamalehti", {"source_name": "Satamalehti"}),
    ("cs", "Zdroj: Přístavní list", {"source_name": "Přístavní list"}),
    ("ro", "Sursa: Curierul Portului", {"source_name": "Curierul Portului"}),
    ("hu", "Forrás: Kikötői Hírlap", {"source_name": "Kikötői Hírlap"}),
    ("en", "Source: example.org", {"source_name": "example.org"}),
    (
        "en",
        "Source: The Ellery Observer (https://www.example.org/tides/gauge)",
        {"source_name": "The Ellery Observer", "source_url": "https://www.example.org/tides/gauge"},
    ),
    # topics
    ("en", "Tags: ferry, storm, Port Ellery", {"topics": ("ferry", "storm", "Port Ellery")}),
    ("en", "Filed under: Harbour |", {"topics": ("Harbour",)}),
    ("de", "Schlagworte: Fähre, Sturm", {"topics": ("Fähre", "Sturm")}),
    ("es", "Etiquetas: barco, tormenta", {"topics": ("barco", "tormenta")}),
    ("fr", "Mots-clés : bac, tempête", {"topics": ("bac", "tempête")}),
    ("ru", "Теги: паром, буря", {"topics": ("паром", "буря")}),
    ("zh", "标签：渡轮、风暴", {"topics": ("渡轮", "风暴")}),
    ("el", "Ετικέτες: φέρι, καταιγίδα", {"topics": ("φέρι", "καταιγίδα")}),
    ("tr", "Etiketler: feribot, fırtına", {"topics": ("feribot", "fırtına")}),
    ("ar", "الوسوم: عبّارة، عاصفة", {"topics": ("عبّارة", "عاصفة")}),
    ("ko", "태그: 여객선, 폭풍", {"topics": ("여객선", "폭풍")}),
    ("vi", "Từ khóa: phà, bão", {"topics": ("phà", "bão")}),
    ("fi", "Avainsanat: lautta, myrsky", {"topics": ("lautta", "myrsky")}),
    # rights
    ("en", "© 2024 The Tide. All rights reserved.", {"rights": "© 2024 The Tide. All rights reserved."}),
    ("en", "This material may not be published, broadcast, rewritten or sold without permission.", {}),
    ("es", "© 2024 Diario de Almadra. Todos los derechos reservados.", {}),
    ("pt", "Todos os direitos reservados.", {}),
    ("fr", "© Le Phare de Brisemer. Tous droits réservés.", {}),
    ("de", "Alle Rechte vorbehalten.", {}),
    ("it", "© Riproduzione riservata", {}),
    ("nl", "Alle rechten voorbehouden", {}),
    ("pl", "Wszelkie prawa zastrzeżone.", {}),
    ("ru", "© Вестник Белозорья. Все права защищены.", {}),
    ("uk", "Усі права захищено.", {}),
    ("el", "© 2022 Φωνή. Με επιφύλαξη παντός δικαιώματος.", {}),
    ("tr", "© 2024 Liman Gazetesi. Tüm hakları saklıdır.", {}),
    ("ar", "جميع الحقوق محفوظة © صدى الميناء 2023", {}),
    ("fa", "تمامی حقوق محفوظ است", {}),
    ("he", "© כל הזכויות שמורות לקול הנמל", {}),
    ("hi", "सर्वाधिकार सुरक्षित © 2024", {}),
    ("ur", "جملہ حقوق محفوظ ہیں", {}),
    ("id", "Hak cipta dilindungi undang-undang", {}),
    ("ms", "Hak cipta terpelihara", {}),
    ("vi", "© 2024 Báo Bến Cảng. Bảo lưu mọi quyền.", {}),
    ("th", "สงวนลิขสิทธิ์", {}),
    ("zh", "版权所有，未经授权不得转载。", {}),
    ("ja", "無断転載を禁じます", {}),
    ("ko", "<저작권자 ⓒ 항구일보, 무단 전재 및 재배포 금지>", {}),
    ("sw", "Haki zote zimehifadhiwa", {}),
    ("no", "Alle rettigheter reservert", {}),
    ("sv", "Alla rättigheter förbehållna", {}),
    ("da", "Alle rettigheder forbeholdes", {}),
    ("fi", "Kaikki oikeudet pidätetään.", {}),
    ("cs", "Všechna práva vyhrazena.", {}),
    ("ro", "Toate drepturile rezervate.", {}),
    ("hu", "Minden jog fenntartva.", {}),
    ("en", "This work is licensed under CC BY-NC-SA 3.0.", {"licence": "CC-BY-NC-SA-3.0"}),
    ("en", "Text: https://creativecommons.org/licenses/by/4.0/ Creative Commons", {"licence": "CC-BY-4.0"}),
    # earlier publications
    ("en", "This story first appeared in The Ellery Observer.", {"source_name": "The Ellery Observer"}),
    ("es", "Este artículo fue publicado originalmente en Diario de Almadra.", {"source_name": "Diario de Almadra"}),
    ("fr", "Cet article a été initialement publié dans Le Phare.", {"source_name": "Le Phare"}),
    ("de", "Dieser Text erschien zuerst im Nordwieker Boten.", {"source_name": "Nordwieker Boten"}),
    ("nl", "Dit artikel verscheen eerder in De Kade.", {"source_name": "De Kade"}),
    ("zh", "本文首发于海港日报。", {}),
    # bylines and desks
    ("en", "By Ann Lee", {"author": "Ann Lee"}),
    ("de", "Autor: Max Muster", {"author": "Max Muster"}),
    ("ru", "Автор: Иван Белозоров", {"author": "Иван Белозоров"}),
    ("zh", "（责任编辑：林海）", {}),
    ("zh", "【作者：《海港》综合报道 】   (责任编辑：林海)", {}),
    ("ko", "홍길동 기자 gildong@example.org", {"author": "홍길동"}),
    ("en", "(Reporting by Ann Lee in Port Ellery; Editing by Tom Rusk)", {"author": "Ann Lee"}),
    ("en", "Our Standards: The Thomson Reuters Trust Principles.", {}),
    ("en", "With files from The Canadian Press", {"agency": "Canadian Press"}),
    ("en", "Ann Lee contributed to this report.", {}),
    ("de", "Redaktion: Max Muster", {}),
    # pictures
    ("en", "Photo by Ann Lee", {}),
    ("en", "Image credit: Ann Lee", {}),
    ("en", "(AP Photo/Ann Lee)", {}),
    ("en", "[Getty Images]", {}),
    ("en", "Ann B. Lee/Getty Images", {}),
    ("no", "Foto: Kari Nordmann / NTB", {}),
    ("it", "Foto di Piero Landucci", {}),
    ("vi", "Ảnh: AFP", {}),
    ("ur", "تصویر کے کاپی رائٹ Getty Images", {}),
    ("ar", "تصوير: ليان الزهري", {}),
    ("ja", "写真：月ヶ浜新報", {}),
    ("ru", "Фото: Иван Белозоров / ТАСС", {}),
    ("pl", "Fot. Jan Kowalski / PAP", {}),
    ("zh", "圖說：渡輪停在碼頭，居民在旁等候。（港務局提供）", {}),
    ("en", "The ferry at the customs quay in May. (Ann Lee/Reuters)", {}),
    ("en", "A still from the film. Photo: Ellery Pictures", {}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "below", "fills"), BELOW, ids=[b for _, b, _ in BELOW])
def test_goes_from_below_the_story(language: str, below: str, fills: dict[str, Any]) -> None:
    raw = f"{STORY[language]}\n\n{below}"
    article = cleanse.clean(raw, policy=ALONE)
    assert article.text == STORY[language]
    assert {name: getattr(article, name) for name in fills} == fills
    assert cleanse.restore(article.text, article.edits) == raw
    assert not cleanse.clean(article.text, policy=ALONE).edits


# (what stands above the story, the columns that it fills)
ABOVE: list[tuple[str, dict[str, Any]]] = [
    ("By Ann Lee, Staff Writer", {"author": "Ann Lee"}),
    ("Posted by Ann Lee on March 5, 2024", {"author": "Ann Lee"}),
    ("ByAnn Lee", {"author": "Ann Lee"}),
    ("Von Max Muster", {"author": "Max Muster"}),
    ("Publicado por Alma Ribera", {"author": "Alma Ribera"}),
    ("記者 林海", {"author": "林海"}),
    ("Published: 2024-03-05", {"published_on": date(2024, 3, 5)}),
    ("Published Mar 5, 2024", {"published_on": date(2024, 3, 5)}),
    ("Publié le 5 mars 2024 à 10h30", {"published_on": date(2024, 3, 5)}),
    ("Veröffentlicht am 05.03.2024 um 10:30 Uhr", {"published_on": date(2024, 3, 5)}),
    ("05.03.2024, aktualizacja: 06.03.2024 11:14", {"published_on": date(2024, 3, 5)}),
    ("Опубликовано 5 марта 2024, 10:30", {"published_on": date(2024, 3, 5)}),
    ("发布时间：2024-03-05 10:30", {"published_on": date(2024, 3, 5)}),
    ("입력 2024.03.05 10:30", {"published_on": date(2024, 3, 5)}),
    ("Published: 03/05/2024", {"published_on": None}),  # May or March: nobody knows
    ("Source: The Ellery Observer", {"source_name": "The Ellery Observer"}),
    ("This article originally appeared in The Ellery Observer.", {"source_name": "The Ellery Observer"}),
]  # fmt: skip


@pytest.mark.parametrize(("above", "fills"), ABOVE, ids=[a for a, _ in ABOVE])
def test_goes_from_above_the_story(above: str, fills: dict[str, Any]) -> None:
    raw = f"The ferry sails again\n{above}\n{STORY['en']}"
    article = cleanse.clean(raw, policy=ALONE)
    assert article.text == f"The ferry sails again\n{STORY['en']}"
    assert {name: getattr(article, name) for name in fills} == fills


DATELINES: list[tuple[str, str | None, str | None, date | None]] = [
    ("7th March 2024 – (Ellery) The ferry", "Ellery", None, date(2024, 3, 7)),
    ("NEW YORK (Reuters) - The ferry", "New York", "Reuters", None),
    ("LONDON (AP) — The ferry", "London", "AP", None),
    ("PARIS, 3 mai (AFP) - Le bac", "Paris", "AFP", None),
    ("PARIS, 3 mai 2023 (AFP) - Le bac", "Paris", "AFP", date(2023, 5, 3)),
    ("北京1月5日电 渡轮", "北京", None, None),
    ("新华社上海2024年1月5日电 渡轮", "上海", "Xinhua", date(2024, 1, 5)),
    ("МОСКВА, 12 января. /ТАСС/. Паром", "Москва", "TASS", None),
    ("(ANSA) - ROMA, 12 GEN - Il traghetto", "Roma", "ANSA", None),
    ("Berlin (dpa) - Die Fähre", "Berlin", "dpa", None),
    ("Madrid, 5 ene (EFE).- El barco", "Madrid", "EFE", None),
    ("(서울=연합뉴스) 여객선이", "서울", "Yonhap", None),
    ("CLEAR LAKE, Iowa, Dec 23 (Reuters) - The ferry", "Clear Lake, Iowa", "Reuters", None),
    ("WASHINGTON, D.C. — The ferry", "Washington, D.C.", None, None),
    ("القاهرة (رويترز) - عادت العبّارة", "القاهرة", "Reuters", None),
    ("JAKARTA, 5 Januari 2024 (ANTARA) - Feri", "Jakarta", "Antara", date(2024, 1, 5)),
    ("7th March 2924 – (Ellery) The ferry", "Ellery", None, None),  # the future
    ("Chancellor Ann Lee (dpa) said the ferry", None, None, None),
    ("BREAKING — The ferry", None, None, None),
    ("The harbour - old as it is - sees the ferry", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "place", "agency", "day"), DATELINES, ids=[d[0] for d in DATELINES])
def test_dateline(opening: str, place: str | None, agency: str | None, day: date | None) -> None:
    raw = f"{opening} sails again, the board said on Monday, two days after the storm had torn its mooring away."
    article = cleanse.clean(raw, policy=ALONE)
    assert article.text == raw
    assert (article.dateline_place, article.agency, article.published_on) == (place, agency, day)
    assert ("dateline" in article.defects) == (place is not None)


STAYS = [
    ("Source: the ministry said on Monday that the ferry was late.", "a sentence"),
    ("Sources said the ferry was dismayed at the storm, whatever that may mean.", "a sentence"),
    ("Quelle: So nennen die Leute den Brunnen am Hafen, der nie versiegt.", "a sentence"),
    ("Tags on the lifebuoys say who gave the money for them.", "a sentence"),
    ("Topics ranged from silt to seagulls at the meeting of the board.", "a sentence"),
    ("Todos los derechos del preso se respetan también en la isla, dijo la abogada.", "rights of a person"),
    ("The court ruled that all rights reserved to the islands pass to the board.", "rights of islands"),
    ("Bản quyền bản đồ bến cảng thuộc về người vẽ nó, thẩm phán cho biết hôm thứ Hai.", "copyright as the subject"),
    ("Copyright law protects the chart for seventy years, the judge said on Monday.", "copyright as the subject"),
    ("“All rights reserved,” the sign at the quay says, and nobody knows which.", "a quotation"),
    ("Photo finish", "a heading"),
    ("Photos show that the breakwater had cracked before the storm.", "a sentence"),
    ("“Photo: what photo?” asked the harbour master.", "dialogue"),
    ("By the time the ferry came in, Ann Lee had left the quay.", "a sentence"),
    ("By Any Means", "a heading"),
    ("Von Hafen zu Hafen", "a heading"),
    ("De Madrid al cielo", "a heading"),
    ("Editor: what did you think when the storm came?", "an interview"),
    ("Text: the word is older than paper, she told the children of the island school.", "a sentence"),
    ("Published in 1931, the chart hangs in every inn of the coast.", "a sentence"),
    ("Updated charts of the harbour will be sold from March 5, 2024.", "a sentence"),
    ("The chart was originally published in two sheets, and then reprinted in one.", "a sentence"),
    ("Reporting by the harbour police has been patchy since the storm.", "a sentence"),
    ("The ferry sails at six (the board has yet to name the day)", "a bracket"),
    ("图为“安全”二字，是港务局长写的，他说渡轮必须慢行，否则不许离开码头。", "a sentence that begins like a caption"),
    ("— Source of all our troubles, said the old man, and pointed at the storm.", "dialogue"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "why"), STAYS, ids=[s for s, _ in STAYS])
@pytest.mark.parametrize("where", ["inside", "last"])
def test_stays(line: str, why: str, where: str) -> None:
    story = STORY["en"]
    raw = f"{story}\n\n{line}\n\n{story[::1]}" if where == "inside" else f"{story}\n\n{line}"
    article = cleanse.clean(raw, policy=ALONE)
    assert article.text == raw, why
    assert not article.topics
    assert article.rights is None


def test_a_source_cut_short() -> None:
    raw = f"{STORY['en']}\n\nSource: The Ellery Observer (url: https://www.example.org/tides/2024/gauge-mo"
    article = cleanse.clean(raw, policy=ALONE)
    assert article.text == STORY["en"]
    assert article.source_name == "The Ellery Observer"
    assert article.source_url == "https://www.example.org/tides/2024/gauge-mo"
    assert article.defects == ("source_footer", "truncated_parenthesis")


def test_a_footer_of_notices() -> None:
    raw = (
        f"{STORY['en']}\n\nTopics Ports & Harbours)\n\n【About Using Articles】\n\nYou may quote this article if you "
        "link to it.\n※ No images.\n\n【About Links】\n\nLinks are welcome."
    )
    article = cleanse.clean(raw, policy=ALONE)
    assert article.text == STORY["en"]
    assert article.topics == ("Ports & Harbours",)
    assert article.rights == "You may quote this article if you link to it. ※ No images. Links are welcome."
    assert article.defects == ("licence_footer", "topic_footer")


def test_a_metadata_prefix() -> None:
    article = cleanse.clean(f" date 2024-03-05 {STORY['en']}", policy=ALONE)
    assert (article.text, article.published_on) == (STORY["en"], date(2024, 3, 5))
    assert article.defects == ("metadata_prefix",)


def test_a_glued_rights_sentence_goes_alone() -> None:
    article = cleanse.clean(f"{STORY['ha']} ©Dukkan hakkin mallaka na majalisa ne", policy=ALONE)
    assert article.text == STORY["ha"]
    assert article.rights == "©Dukkan hakkin mallaka na majalisa ne"


def test_a_caption_above_its_credit() -> None:
    raw = f"{STORY['no']}\n\nKLAR: Kari Nordmann skal styre fergen i morgen.\n\nFoto: Ola Hansen / NTB\n\n{STORY['no']}"
    article = cleanse.clean(raw, policy=ALONE)
    assert article.text == f"{STORY['no']}\n\n{STORY['no']}"
    assert article.defects == ("caption", "credit")


def test_what_the_record_says_is_not_overwritten() -> None:
    article = cleanse.clean(f"{STORY['en']}\n\nBy Ann Lee", author="Tom Rusk", policy=ALONE)
    assert (article.text, article.author) == (STORY["en"], "Tom Rusk")

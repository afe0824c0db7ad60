"""Markup: what must change, what must not, and that hostile input takes no longer than its length allows."""

from __future__ import annotations

import random
import time

import pytest
from reference import read_jsonl

import cleanse
from cleanse.cleaner import Cleaner
from cleanse.defect import Defect
from cleanse.draft import Context, Draft
from cleanse.policy import DEFAULT
from cleanse.rule import Family, rules

MARKUP = Cleaner([rule for rule in rules() if rule.family is Family.MARKUP])

CHANGES = [
    ("spaced", "A < em > late < / em > boat, < strong > said < / strong > he.", "A late boat, said he."),
    ("closing mark after a tag", "The < em > boat < / em > , he said.", "The boat, he said."),
    ("beheaded", "- < strong > Ferries : strong > Two a day . li >\n- Cod. li >", "- Ferries : Two a day .\n- Cod."),
    ("tailless", "< ul >\n< li > Cod < / li\n< li > Hake < / li\n< / ul >", "- Cod\n- Hake"),
    ("glued behind", "< ul >\n< li > Cod li >\n< / ul >This was all.", "- Cod\nThis was all."),
    ("glued before", "- < strong > Cod: strong > much.< / strong > li >\n- Hake.", "- Cod: much.\n- Hake."),
    ("several on a line", "< div >< p > One. < / p >< p > Two. < / p >< / div >", "One.\nTwo."),
    ("a line of tags", "One.\n< / tbody >\n< / table >\n< / section >\nTwo.", "One.\nTwo."),
    ("items run together", "< ul >< li > Cod li >< li > Hake li > ul >", "- Cod\n- Hake"),
    ("spaced address", 'The < a href = " https : / / x . y / z " > map < / a > lies here.', "The map lies here."),
    ("torn address", 'The < a href = " https : / / x . y > map < / a > lies here.', "The map lies here."),
    ("text behind a lost end", '< p class = " lead "A boat came home at noon < / p >', "A boat came home at noon"),
    ("attributes alone", 'The map" target="_blank"> lies here.</p>', "The map lies here."),
    ("whole", '<p class="lead">The <b>boat</b><br>left.</p>', "The boat\nleft."),
    ("capitals", "<P>The <B>boat</B> left.<BR>", "The boat left."),
    ("escaped twice", "The &lt;b&gt;boat&lt;/b&gt; left.", "The boat left."),
    ("references", "&ldquo;Cod&rdquo; &amp;amp; chips&nbsp;&ndash; caf&eacute; &#x2019;24", "“Cod” & chips – café ’24"),
    ("no-break space of French", "Vraiment&nbsp;?", "Vraiment\xa0?"),
    ("doctype", "<!DOCTYPE html>\nThe boat left.", "The boat left."),
    ("style", "The boat\n<style>.a{color:red}</style>\nleft.", "The boat\nleft."),
    ("three lines of script", "A.\nB.\nC.\nvar _gaq = _gaq || [];\n_gaq.push(['x']);\nD.\nE.", "A.\nB.\nC.\nD.\nE."),
    ("style above one paragraph", ".a p { margin: 0 }\n.b { color: #777 }\nThe boat left late, with nobody but the old "
     "keeper, the mayor and his dog on board.",
     "The boat left late, with nobody but the old keeper, the mayor and his dog on board."),
    ("both tags of an element torn", "It left. strong>Nobody saw/strong> it go.", "It left. Nobody saw it go."),
    ("section of a feed", "<![CDATA[The boat <b>left</b>.]]>", "The boat left."),
    ("strings of JSON", r"The caf\u00e9\u2019s said \"no\".\n\nHe left.", "The café’s said \"no\".\nHe left."),
    ("slashes of a database", r"It\'s late and l\'eau est froide.", "It's late and l'eau est froide."),
    ("emoji as a pair", r"Well done \ud83d\udc4d all of you.", "Well done \U0001f44d all of you."),
    ("list of a board", "[list][*]Cod[*]Hake[/list]", "- Cod\n- Hake"),
    ("table with lost rows' ends", "< table >< tr >< th > A th >< th > B th >\n< td > 1 td >< td > 2 td >< td > 3 td >"
     "< td > 4 td >< / table >", "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |"),
    ("table with an empty cell", "<table><tr><td>A</td><td>B</td></tr><tr><td></td><td>2</td></tr></table>",
     "| A | B |\n| --- | --- |\n|  | 2 |"),
    ("table of one column", "< table >< tr >< td > Cod td > tr >< tr >< td > Hake td > tr >< / table >", "Cod\nHake"),
    ("two tables", "<table><tr><td>A</td><td>B</td></tr></table>\nText.\n<table><tr><td>C</td><td>D</td></tr></table>",
     "| A | B |\n| --- | --- |\n\nText.\n\n| C | D |\n| --- | --- |"),
]  # fmt: skip

LEAVES = [
    ("comparison", "It holds if a < b > c, or x < 5 and y > 3; then a > c."),
    ("significance", "It was not significant (p > 0.05), nor was the second (p < 0.07)."),
    ("heart and arrows", "I <3 it -> always => so x > y >:( <- no"),
    ("one torn name", "He wrote: em >"),
    ("two words compared", "strong > weak, small > big"),
    ("menu path", "Open Settings > Code > Form, then File > Table > Head."),
    ("breadcrumbs", "home > news > video > article"),
    ("path of elements", "“the ul > li > a path”"),
    ("quoted mail", "> I came home\n> at noon\nSo did I."),
    ("generics", "List<String> names; Promise<object> p; Map<a, b> m; vector<i> v;"),
    ("spaced generics", "function pick < T extends Boat > (all: T [ ]): T { return all. find (b => b. id === 1); }"),
    ("JSX", "return (\n< div >\n< p > You rang { count } times </ p >\n</ div >\n);"),
    ("tutorial", "Elements nest in other elements, ex < p > the gull is < strong >very< / strong >loud< / p>"),
    ("tutorial in German", "Das Element <p> umschließt einen Absatz, <br> bricht um."),
    ("tutorial in Spanish", "La etiqueta <p> abre un párrafo y </p> lo cierra."),
    ("tutorial in Russian", "Тег <b> делает текст жирным."),
    ("tutorial in Chinese", "用 <strong> 标签来加粗文字。"),
    ("escaped tag shown", "use <code>&lt;b&gt;</code>"),
    ("reference shown", "To get an ampersand in HTML, write &amp; or &#38; by hand."),
    ("to be filled in", "Dear <your name>, put <your code> in <dir> and <address> on top."),
    ("query", "SELECT * FROM <table> WHERE <title> = 1"),
    ("usage", "usage: sail <source> <target> [-i]"),
    ("title in brackets", "After the poem < STILLNESS > came < Title >."),
    ("addresses", "Write to <mira@example.org> or see <https://example.org/x>."),
    ("keys", "Press <Enter>, <Del> or <Tab>."),
    ("square brackets", "“[I]ch” [sic] [1] [...] the mark [b], a [video], an [i] and [url]."),
    ("ampersands", "AT&T, R&D; Q&A; &c. salt&pepper; 5 & 6;"),
    ("sets", "The set {2, 3} is finite; {x: x > 0} is not;"),
    ("shown code", "Declare it so:\nvar boats = 3;\nand count them.\nThen go home.\nThat is all."),
    ("prose like code", "for (those who ask), nothing;\nlet it = be,\nOrder (sold out); pickup only;"),
    ("warning in prose", "Warning: something moved in the house on line 3 of the plan."),
    ("tags as words", "Wrap it in <em> and close it with </em>; a missing </p> is forgiven."),
    ("a board's help", "Write [quote]their words[/quote] to quote; [b]bold[/b] works too."),
    ("ratios of letters", "He set a>b/a> on the board and p>q/p> below."),
    ("paths of Windows", r"Save it in C:\notes\new and D:\readme."),
    ("accents of LaTeX", r"Poincar\'e and G\"odel wrote \nabla and \rho."),
    ("strings in code", r'puts("one\n\nTwo"); printf("%d\n", 3);'),
    ("a slash at the end", "Either this\\or that."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [pytest.param(b, a, id=i) for i, b, a in CHANGES])
def test_changes(before: str, after: str) -> None:
    article = MARKUP.clean(before, Context(DEFAULT))
    assert article.text == after
    assert cleanse.restore(article.text, article.edits) == before
    assert not MARKUP.clean(article.text, Context(DEFAULT)).edits


@pytest.mark.parametrize("text", [pytest.param(text, id=i) for i, text in LEAVES])
def test_leaves(text: str) -> None:
    article = MARKUP.clean(text, Context(DEFAULT))
    assert article.text == text, article.edits


def test_second_article(shared) -> None:
    row = next(r for r in read_jsonl(shared / "gold/articles.jsonl") if r["id"].startswith("001"))
    article = MARKUP.clean(row["raw"], Context(DEFAULT))
    assert article.defects == (Defect.BROKEN_TAGS, Defect.BROKEN_TABLE)
    assert [b.rows[0] for b in article.blocks if b.kind == "table"][-1] == ("Sector", "Strategic Importance")


def test_controls_are_left_alone(shared) -> None:
    for row in read_jsonl(shared / "gold/dev.jsonl"):
        if row["category"] == "control":
            assert not MARKUP.clean(row["raw"], Context(DEFAULT)).edits, row["id"]


PIECES = [
    "<", ">", " ", "/", "li", "td", "tr", "p", "b", "strong", "a", "href", "=", '"', "\n", "word", "&", "amp", ";",
    "#8217", "[", "]", "[/b]", "table", "!--", "-->", "script", "{", "}", "var x", "\xa0", ".", ":", "HTML", "gallery",
    "Warning", "- ", " on line ", "\u017f", "\u212a",
]  # fmt: skip


def test_gates_are_never_wrong() -> None:
    """Where a gate is closed the rule finds nothing."""
    rng = random.Random(7)
    for _ in range(4000):
        text = "".join(rng.choices(PIECES, k=rng.randrange(1, 24)))
        opened = set(MARKUP.gates.open(text))
        for number, rule in enumerate(MARKUP.rules):
            if number not in opened:
                assert not list(rule.find(Draft(text, Context(DEFAULT)))), (rule.name, text)


def test_generated_text_restores_and_settles() -> None:
    rng = random.Random(8)
    for _ in range(2000):
        text = "".join(rng.choices(PIECES, k=rng.randrange(1, 60)))
        article = MARKUP.clean(text, Context(DEFAULT))
        assert cleanse.restore(article.text, article.edits) == text
        assert not article.needs_review, text
        assert MARKUP.clean(article.text, Context(DEFAULT)).text == article.text


HOSTILE = [
    "<", ">", "< ", "> ", "<div>", "<a ", "& ", "&amp;", "<script>", "<!--", "<a href=x ", 'a href="x" ', '" href="',
    "strong > ", "li >", "< td > x ", "td > x\n", "{", "a{b:c}", "var x = 1;\n", "[", "[b]", "[img]x[/img]",
    '[a b="c" ', "Warning: x in /a", "< tr >< td > a td >", "</", "x>", ".a ", "a",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length(piece: str) -> None:
    """Ten times the text may take ten times as long; a quadratic rule would take a hundred times."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece)) + "}>;]"
        begin = time.process_time()
        MARKUP.clean(text, Context(DEFAULT))
        return time.process_time() - begin

    assert seconds(300_000) < 30 * max(seconds(30_000), 0.05)

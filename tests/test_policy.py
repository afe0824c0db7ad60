"""What a policy decides, for all articles and for those of one source."""

from __future__ import annotations

import pickle

import pyarrow as pa

import cleanse
from cleanse.batch import clean_batch
from cleanse.cleaner import cleaner
from cleanse.datasets import RECORDS
from cleanse.draft import Context
from cleanse.edit import Finding
from cleanse.policy import DEFAULT, Policy
from cleanse.rule import Rule, rules


def named(name: str) -> Rule:
    return next(rule for rule in rules() if rule.name == name)


def test_a_rules_own_threshold_comes_before_its_familys() -> None:
    policy = Policy.parse("[thresholds]\nspacing = 0.8\ndoubled_space = 0.2")
    spacing, doubled, other = named("padded_mark"), named("doubled_space"), named("own_phrases")
    for rule, required in ((spacing, 0.8), (doubled, 0.2), (other, 0.5)):
        assert policy.accepts(rule, Finding(0, 1, score=required))
        assert not policy.accepts(rule, Finding(0, 1, score=required - 0.01))


def test_off_switches_families_and_rules_off() -> None:
    policy = Policy.parse('off = ["layout", "doubled_space"]')
    assert {r.name for r in rules() if not policy.allows(r)} == {
        r.name for r in rules() if r.family == "layout" or r.name == "doubled_space"
    }
    assert all(DEFAULT.allows(r) for r in rules())


def test_threshold_for_a_family_that_is_not_named_is_the_defaults() -> None:
    assert Policy(thresholds={}).accepts(named("padded_mark"), Finding(0, 1, score=0.5))
    assert not Policy(thresholds={}).accepts(named("padded_mark"), Finding(0, 1, score=0.49))


SOURCES = """
off = ["doubled_space", "layout"]
[thresholds]
spacing = 0.6
[[phrase]]
text = "Everywhere"
[source."www.Example.org"]
on = ["doubled_space"]
off = ["padded_mark"]
thresholds = { spacing = 0.9, trailing_ellipsis = 0.1 }
[[source."www.Example.org".phrase]]
text = "Only here"
[[source."www.Example.org".pattern]]
regex = 'x+'
"""


def test_a_source_has_its_own_policy_on_top_of_the_files() -> None:
    policy = Policy.parse(SOURCES)
    own = policy.for_source("WWW.example.org")
    assert own.off == {"layout", "padded_mark"}
    assert own.thresholds == {**policy.thresholds, "spacing": 0.9, "trailing_ellipsis": 0.1}
    assert [p.text for p in own.phrases] == ["Everywhere", "Only here"]
    assert [p.regex for p in own.patterns] == ["x+"]
    assert policy.for_source("example.org") is policy
    assert policy.for_source(None) is policy
    assert [p.text for p in policy.phrases] == ["Everywhere"]


def test_source_is_the_urls_host_where_none_is_named() -> None:
    policy = Policy.parse(SOURCES)
    own = policy.for_source("www.example.org")
    assert policy.for_source(None, "https://www.example.org/a") is own
    assert policy.for_source("Harbour Gazette", "https://user@www.EXAMPLE.org:8080/a") is own
    assert policy.for_source(None, "http://[broken") is policy
    assert policy.for_source(None, "no address") is policy


def test_a_context_has_the_policy_of_its_source() -> None:
    policy = Policy.parse(SOURCES)
    assert Context(policy=policy, source="www.example.org").policy is policy.for_source("www.example.org")
    assert Context(policy=policy, url="https://www.example.org/").policy is policy.for_source(
        "www.example.org"
    )
    text = "One.\nOnly here\nTwo."
    assert cleanse.clean(text, policy=policy).text == text
    assert cleanse.clean(text, policy=policy, source="www.example.org").text == "One.\nTwo."


def test_policy_can_be_sent_to_another_process() -> None:
    policy = Policy.parse(SOURCES)
    policy.accepts(named("padded_mark"), Finding(0, 1))
    policy.gates()
    again = pickle.loads(pickle.dumps(policy))
    assert again == policy
    assert hash(again) == hash(policy)
    assert again.fingerprint() == policy.fingerprint()


def test_fingerprint_depends_on_everything_that_is_said() -> None:
    said = [
        "",
        'off = ["layout"]',
        'off = ["credits"]',
        "[thresholds]\nlayout = 0.4",
        '[[phrase]]\ntext = "a b"',
        '[[phrase]]\ntext = "a c"',
        '[[phrase]]\ntext = "a b"\nwhere = "start"',
        '[[phrase]]\ntext = "a b"\ndefect = "share"',
        "[[pattern]]\nregex = 'a b'",
        "[[pattern]]\nregex = 'a b'\ndelete = 'line'",
        "[[pattern]]\nregex = 'a b'\ndefect = 'share'",
        "[source.a]\noff = ['layout']",
        "[source.b]\noff = ['layout']",
    ]
    assert len({Policy.parse(text).fingerprint() for text in said}) == len(said)
    assert Policy.parse("").fingerprint() == DEFAULT.fingerprint()
    ordered = Policy.parse('off = ["layout", "credits"]\n[thresholds]\nspacing = 1\nmarkup = 0')
    swapped = Policy.parse('off = ["credits", "layout"]\n[thresholds]\nmarkup = 0.0\nspacing = 1.0')
    assert ordered.fingerprint() == swapped.fingerprint()


def test_policies_without_phrases_share_the_common_cleaner() -> None:
    assert DEFAULT.gates() == ()
    assert cleaner(Policy.parse('off = ["layout"]').gates()) is cleaner()
    idle = {cleaner().rules[number].name for number in cleaner().open_in("", Context(policy=DEFAULT))}
    assert not idle & {"own_phrases", "own_patterns"}


def test_a_batch_reaches_the_phrases_of_each_source_by_name_and_by_url() -> None:
    policy = Policy.parse(SOURCES)
    texts = [
        ("One.\nOnly here\nTwo.", "www.example.org", None),
        ("One.\nOnly here\nTwo.", None, "https://www.example.org/a"),
        ("One.\nOnly here\nTwo.", "elsewhere", None),
        ("One.\nEverywhere\nTwo.", None, None),
    ]
    rows = [
        {"id": str(n), "text": text, "source": source, "url": url, "origin_file": "a", "origin_index": n}
        for n, (text, source, url) in enumerate(texts)
    ]
    records = pa.Table.from_pylist(rows, schema=RECORDS)
    for using in (cleaner(), cleaner(policy.gates())):
        batch = clean_batch(records, lambda fact: Context(policy=policy, **fact), using=using)
        cleaned = batch.articles["text"].to_pylist()
        assert cleaned == ["One.\nTwo.", "One.\nTwo.", "One.\nOnly here\nTwo.", "One.\nTwo."]

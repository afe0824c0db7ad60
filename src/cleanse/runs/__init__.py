"""Runs: plan, clean and publish a corpus, shard by shard."""

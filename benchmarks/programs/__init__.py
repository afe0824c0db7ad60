"""What the benchmarks start as processes of their own; each prints what its work cost, without its start, as JSON."""

"""Benchmarks: commands, not tests. Each prints its figures and writes them to ``benchmarks/results``."""

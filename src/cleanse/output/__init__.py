"""What stands in an output folder: parts, ledger, lock, and the proof that they are whole."""

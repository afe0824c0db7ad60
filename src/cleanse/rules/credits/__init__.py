"""Credits: who, where, when and by what licence; they move into columns."""

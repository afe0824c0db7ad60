"""Licences by name, abbreviation and address."""

from __future__ import annotations

import pytest

from cleanse.rules.credits.licence import licence

NAMED = [
    ("CC BY 4.0", "CC-BY-4.0"),
    ("under CC-BY-SA 3.0.", "CC-BY-SA-3.0"),
    ("CC BY-NC-ND 4.0 licence", "CC-BY-NC-ND-4.0"),
    ("CC0", "CC0-1.0"),
    ("Creative Commons Attribution 4.0 International License", "CC-BY-4.0"),
    ("Creative Commons Attribution-NonCommercial-ShareAlike 3.0", "CC-BY-NC-SA-3.0"),
    ("Creative Commons Namensnennung - Nicht-kommerziell 4.0", "CC-BY-NC-4.0"),
    ("https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"),
    ("https://creativecommons.org/licenses/by/3.0/de/", "https://creativecommons.org/licenses/by/3.0/de/"),
    ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
    ("released under the MIT License", "MIT"),
    ("Apache License, Version 2.0", "Apache-2.0"),
    ("sous une licence Creative Commons", None),
    ("CC BY", None),
    ("cc: Ann Lee, by mail", None),
    ("He studied at MIT; a licence came later.", None),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_names_the_licence(text: str, name: str | None) -> None:
    assert licence(text) == name

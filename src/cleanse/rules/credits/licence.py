"""Names the licence that a text puts itself under."""

from __future__ import annotations

import re

_CC_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-sa|-nd)?)/(\d\.\d)(?:/([a-z]{2,3})(?![a-z]))?|publicdomain/(zero)/1\.0)",
    re.IGNORECASE,
)
_CC_SHORT = re.compile(
    r"(?<!\w)CC[ -]?(BY(?:[ -]NC)?(?:[ -](?:SA|ND))?|0)(?:[ ,v-]{1,3}(\d\.\d))?(?![\w.]\w)", re.IGNORECASE
)
_CC_LONG = re.compile(
    r"Creative Commons[ -](?:Attribution|Namensnennung|Attribuzione|Atribución|Reconocimiento|Atribuição|Paternité|"
    r"Naamsvermelding|Uznanie autorstwa)([^\d.]{0,60}?)[ -]v?(\d\.\d)",
    re.IGNORECASE,
)
_NONCOMMERCIAL = re.compile(
    r"non-?[ck]omm?er|nicht[ -]komm|nicht-kommerziell|no ?comercial|niet-?comm|użycie nie|pas d.utilis",
    re.IGNORECASE,
)
_SHARE_ALIKE = re.compile(
    r"share-?[ ]?alike|gleichen bed|stesso modo|compartir ?igual|compartilha ?igual|gelijkdelen|mêmes cond|na tych sam",
    re.IGNORECASE,
)
_NO_DERIVATIVES = re.compile(
    r"no-?[ ]?deriv|keine bearb|sin ?obra|sem deriv|geen ?afgeleide|bez utworów|pas de modif", re.IGNORECASE
)
_CC_VERSIONS = frozenset({"1.0", "2.0", "2.5", "3.0", "4.0"})
_NAMED = (
    (re.compile(r"(?<!\w)MIT(?:[ -]Licen[sc]e|-Lizenz)|licen[cs]\w{1,3} MIT(?!\w)", re.IGNORECASE), "MIT"),
    (re.compile(r"Apache[ -]Licen[sc]e,?(?: version| v\.?)? ?2\.0|Apache-2\.0", re.IGNORECASE), "Apache-2.0"),
    (re.compile(r"Open Government Licen[sc]e v?3\.0", re.IGNORECASE), "OGL-UK-3.0"),
)  # fmt: skip


def licence(text: str) -> str | None:
    """Give the SPDX identifier of the licence that ``text`` names, or None.

    A Creative Commons licence of one country has its address for a name. A licence without its version names none.
    """
    if m := _CC_ADDRESS.search(text):
        if m[4]:
            return "CC0-1.0"
        kind, version, country = m[1].lower(), m[2], m[3]
        if country:
            return f"https://creativecommons.org/licenses/{kind}/{version}/{country.lower()}/"
        return f"CC-{kind.upper()}-{version}" if version in _CC_VERSIONS else None
    for m in _CC_SHORT.finditer(text):
        if m[1] == "0":
            return "CC0-1.0"
        if m[2] in _CC_VERSIONS:
            return f"CC-{m[1].upper().replace(' ', '-')}-{m[2]}"
    if (m := _CC_LONG.search(text)) and m[2] in _CC_VERSIONS:
        said = m[1]
        kind = "BY" + ("-NC" if _NONCOMMERCIAL.search(said) else "")
        kind += "-SA" if _SHARE_ALIKE.search(said) else "-ND" if _NO_DERIVATIVES.search(said) else ""
        return f"CC-{kind}-{m[2]}"
    return next((name for pattern, name in _NAMED if pattern.search(text)), None)

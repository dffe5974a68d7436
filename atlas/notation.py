"""The signs and words with which people write a coordinate, brought to one set of signs."""

import re
import unicodedata

EXAMPLES = (
    "31.13, 104.38",
    "31,13; 104,38",
    "31°7′48″N 104°22′48″E",
    "N31 07.8 E104 22.8",
    "31:07:48N, 104:22:48E",
    "北纬31度7分48秒，东经104度22分48秒",
    "31°7'48\" LU, 104°22'48\" BT",
)
# Letters after the numbers or before them; Y and X where only the axis is named.
WORDS = {
    "北纬": "N", "北緯": "N", "南纬": "S", "南緯": "S",
    "东经": "E", "東經": "E", "西经": "W", "西經": "W",
    "纬度": "Y", "緯度": "Y", "经度": "X", "經度": "X",
    "LINTANG UTARA": "N", "LINTANG SELATAN": "S", "BUJUR TIMUR": "E", "BUJUR BARAT": "W",
    "LU": "N", "LS": "S", "BT": "E", "BB": "W", "LINTANG": "Y", "BUJUR": "X",
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W",
    "LATITUDE": "Y", "LONGITUDE": "X", "LAT": "Y", "LON": "X", "LONG": "X", "LNG": "X",
}  # fmt: skip
_WORD = re.compile(
    "|".join(
        rf"(?<![A-Z]){word}(?![A-Z])" if word.isascii() else word
        for word in sorted(WORDS, key=len, reverse=True)
    )
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("º˚", "°"),
        **dict.fromkeys("′’‘´`ʹ＇", "'"),
        **dict.fromkeys("″”“ʺ＂", '"'),
        **dict.fromkeys("−–—﹣", "-"),
        **dict.fromkeys("；;/、|", ";"),
        **dict.fromkeys("()[]（）", " "),
    }
)
# Only after the words: the sign for a degree is also the end of the word for latitude.
_CHINESE_SIGNS = str.maketrans("度分秒", "°'\"")
_NUMBER = r"\d+(?:[.,]\d+)?"
# Small letters are minutes and seconds only together, as in 7m 48s: a single s is south.
_SMALL = re.compile(rf"(?<=\d)\s*m(?:in)?\.?\s*({_NUMBER})\s*s(?:ec)?\.?(?![a-z])")
_SIGNS_KNOWN = re.compile(r"[\d.,;:+\-NSEWXY°'\"\s]*\d[\d.,;:+\-NSEWXY°'\"\s]*", re.ASCII)


def written_plainly(text: str) -> str | None:
    """Return a coordinate in plain signs, or None for a text that holds anything else.

    The plain signs are digits, `.`, `,`, `;` between the two angles, `:`, `+`, `-`,
    `°`, `'`, `"`, the letters NSEW, and Y or X for an axis that is named alone.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    # What rounding leaves of no seconds: geopy writes 1.1 degrees as 1 6m 3.2e-13s.
    plain = re.sub(rf"{_NUMBER}e-\d+(?=\s*(?:s|\"|''))", "0", plain)
    plain = _SMALL.sub(r"'\1" + '"', plain.strip().removeprefix("geo:"))
    plain = re.sub(r"(?<=\d)\s*m(?:in)?(?![a-z])", "'", plain)
    plain = re.sub(r"(?<=\d)\s*(?:deg|[dD])(?![a-zA-Z])", "°", plain)
    plain = _WORD.sub(lambda match: WORDS[match[0]], plain.upper()).translate(_CHINESE_SIGNS)
    plain = re.sub(r"([NSEWXY])\s*[:=]", r"\1 ", plain.replace("''", '"'))
    plain = re.sub(r"\s*;\s*", ";", plain).strip(" ;,").rstrip(".")
    return plain if _SIGNS_KNOWN.fullmatch(plain) else None

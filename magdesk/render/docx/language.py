"""Languages and scripts as Word wants them: full culture tags, direction, and a face for each script.

Faces are named that Word has on Windows and macOS. Times New Roman and Arial carry Latin, Greek, Cyrillic, Hebrew
and Arabic there, and LibreOffice on Linux replaces them by metrically equal ones; the other scripts name the face
that Windows ships for them, for which macOS and Linux substitute by script.
"""

from __future__ import annotations

SERIF = "Times New Roman"
SANS = "Arial"
MONO = "Courier New"

# A bare language must not depend on the settings of the machine that opens the file.
_CULTURES = {
    "am": "am-ET",
    "ar": "ar-SA",
    "az": "az-Latn-AZ",
    "be": "be-BY",
    "bg": "bg-BG",
    "bn": "bn-BD",
    "bo": "bo-CN",
    "cs": "cs-CZ",
    "da": "da-DK",
    "de": "de-DE",
    "dv": "dv-MV",
    "el": "el-GR",
    "en": "en-US",
    "es": "es-ES",
    "fa": "fa-IR",
    "fi": "fi-FI",
    "fr": "fr-FR",
    "he": "he-IL",
    "hi": "hi-IN",
    "hr": "hr-HR",
    "hu": "hu-HU",
    "hy": "hy-AM",
    "id": "id-ID",
    "it": "it-IT",
    "iw": "he-IL",
    "ja": "ja-JP",
    "ka": "ka-GE",
    "kk": "kk-KZ",
    "km": "km-KH",
    "ko": "ko-KR",
    "ku": "ku-Arab-IQ",
    "ckb": "ku-Arab-IQ",
    "ky": "ky-KG",
    "lo": "lo-LA",
    "mk": "mk-MK",
    "my": "my-MM",
    "nl": "nl-NL",
    "no": "nb-NO",
    "pl": "pl-PL",
    "ps": "ps-AF",
    "pt": "pt-PT",
    "ro": "ro-RO",
    "ru": "ru-RU",
    "si": "si-LK",
    "sq": "sq-AL",
    "sr": "sr-Cyrl-RS",
    "sv": "sv-SE",
    "sw": "sw-KE",
    "syr": "syr-SY",
    "ta": "ta-IN",
    "tg": "tg-Cyrl-TJ",
    "th": "th-TH",
    "ti": "ti-ET",
    "tr": "tr-TR",
    "ug": "ug-CN",
    "uk": "uk-UA",
    "ur": "ur-PK",
    "uz": "uz-Latn-UZ",
    "vi": "vi-VN",
    "zh": "zh-CN",
    "zh-hans": "zh-CN",
    "zh-hant": "zh-TW",
}
_EAST_ASIAN = frozenset({"zh", "ja", "ko"})

EAST_ASIAN_FACES = {"zh-CN": "SimSun", "zh-TW": "PMingLiU", "ja-JP": "MS Mincho", "ko-KR": "Batang"}

# The face that Windows ships for a script that Times New Roman lacks.
_INDIC = "Nirmala UI"
OWN_FACES = {
    **dict.fromkeys(["Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh"], _INDIC),
    "Thai": "Leelawadee UI",
    "Laoo": "Leelawadee UI",
    "Khmr": "Leelawadee UI",
    "Mymr": "Myanmar Text",
    "Ethi": "Ebrima",
    "Nkoo": "Ebrima",
    "Tibt": "Microsoft Himalaya",
    "Syrc": "Estrangelo Edessa",
    "Thaa": "MV Boli",
    "Geor": "Sylfaen",
    "Armn": "Sylfaen",
}


def culture(tag: str) -> str:
    """The culture tag Word uses for a BCP 47 tag; a tag it does not know stays as it is; empty for none."""
    parts = [part for part in tag.replace("_", "-").split("-") if part.isalnum() and part.isascii()]
    if not parts or not 2 <= len(parts[0]) <= 3:
        return ""
    lowered = "-".join(parts).lower()
    if lowered in _CULTURES:
        return _CULTURES[lowered]
    if len(parts) == 1:
        return parts[0].lower()
    if parts[0].lower() == "zh" and parts[1].lower() == "hant":
        return "zh-TW"
    return "-".join([parts[0].lower(), *(_subtag(part) for part in parts[1:])])[:84]


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part


def is_east_asian(tag: str) -> bool:
    """Whether the language is Chinese, Japanese or Korean."""
    return tag.lower().replace("_", "-").split("-")[0] in _EAST_ASIAN


def east_asian_culture(text: str, tag: str) -> str:
    """The culture of East Asian text: as tagged, else Korean or Japanese if its letters say so, else Chinese."""
    if is_east_asian(tag):
        known = culture(tag)
        if known in EAST_ASIAN_FACES:
            return known
        return "zh-TW" if known.endswith(("-TW", "-HK", "-MO")) else _CULTURES[known.partition("-")[0]]
    if any("\uac00" <= ch <= "\ud7af" or "\u1100" <= ch <= "\u11ff" for ch in text):
        return "ko-KR"
    return "ja-JP" if any("\u3041" <= ch <= "\u30ff" for ch in text) else "zh-CN"

"""Which language a text seems to be in: by its script, and within a script by its commonest little words.

A guess for finding what needs a translator, good for a paragraph and more; it says nothing where it cannot tell.
No model and no library: letters and function words of some forty languages decide.
"""

from __future__ import annotations

import re
from collections import Counter

from magdesk.values import script_of

_ONE_LANGUAGE = {
    "Grek": "el", "Hebr": "he", "Thai": "th", "Mymr": "my", "Geor": "ka", "Armn": "hy", "Beng": "bn", "Taml": "ta",
    "Ethi": "am", "Khmr": "km", "Laoo": "lo", "Sinh": "si", "Tibt": "bo", "Jpan": "ja", "Kore": "ko", "Hani": "zh",
}  # fmt: skip
_WORDS = {
    "Latn": {
        "en": "the of and to in that is was for on with as by at from which this are be were have not or",
        "fr": "le la les des et en un une du est que pour dans qui au par sur il ne pas avec ce sont aux cette",
        "es": "el la los las de en que y un una por con para del se su no al como más fue lo este sus o",
        "pt": "o a os as de em que e um uma por com para do da não dos das se no na ao pelo pela como foi são",
        "it": "il lo la i gli le di che e un una per con del della non si da nel è sono dei alla come ha anche",
        "de": "der die das und in den von zu mit ist des im für auf nicht ein eine dem als auch sich wurde an",
        "nl": "de het een en van in is dat op te zijn met voor niet aan er door om werd ook bij naar als",
        "sv": "och i att det som en på är av för den med till inte om har de ett var från vid",
        "da": "og i at det som en på er af for den med til ikke om har de et var fra ved blev",
        "no": "og i at det som en på er av for den med til ikke om har de et var fra ved ble",
        "fi": "ja on ei että se oli hän mutta kun myös joka ovat tai kuin sekä niin mukaan jotka",
        "pl": "w i na z się do nie że jest o to za przez po od jak dla został oraz jego które który",
        "cs": "a v se na je že s z do o k i jako za by byl pro ale od po které který jsou však",
        "sk": "a v sa na je že s z do o k i ako za by bol pre ale od po ktoré ktorý sú však",
        "hr": "i u je da na se za su od s kao koji ne o iz bi to što ili nije koja bio prema",
        "sl": "in je v na se da za so ki z kot ne o po od pa bi iz tudi bil ali pri",
        "ro": "de în și a la cu pe din care este nu un o pentru al că fost sau mai prin lui sunt",
        "hu": "a az és hogy nem is egy ez volt meg de csak mint van el már vagy által szerint",
        "tr": "ve bir bu için ile da de olarak olan daha çok gibi sonra kadar ne var en göre tarafından",
        "az": "və bir bu ilə da də üçün olan olaraq daha çox sonra kimi qədər tərəfindən edib",
        "uz": "va bir bu uchun bilan ham edi bo'lgan haqida o'z kerak yoki emas",
        "id": "yang dan di dari untuk dengan pada ini itu tidak dalam oleh adalah akan ke sebagai telah karena",
        "sw": "na ya wa kwa ni katika za la kuwa hiyo huyo yake cha kama lakini pia watu hii alikuwa",
        "so": "iyo ku ka oo ay ee waa uu la in si loo soo waxaa ayaa kale",
        "ht": "ak nan yo ki pou li te se sou yon pa nou men ap kap tout",
        "sq": "dhe e të në një për me që nga është se i më si ka u janë",
        "lt": "ir kad yra su į iš tai buvo ne apie kaip už nuo bei jis",
        "lv": "un ir ka ar no uz par tika tas kas bija pēc arī bet",
        "et": "ja on et ei see oli ka mis ta kui või aga nii kes",
        "tl": "ang ng sa na at mga ay ni para siya hindi kanyang ito ko niya",
        "ca": "el la els les de que i en un una per amb del al és no va com més",
    },
    "Cyrl": {
        "ru": "и в не на что с по как он из это был его от за для она к так же или было был",
        "uk": "і в не на що з та як він із це був його від за для вона до або було й",
        "be": "і ў не на што з па як ён гэта быў яго ад за для яна да або было",
        "bg": "и в не на че с по като той от това беше за да се са към или които бъде",
        "sr": "и у не на да са по као он из то био његов од за је се су или који",
        "mk": "и во не на дека со по како тој од тоа беше за да се се или кои бил",
        "kk": "және бұл мен үшін деп бір осы туралы болып оның қазақстан екен",
        "ky": "жана бул менен үчүн деп бир ошол тууралуу болгон анын кыргыз",
        "mn": "ба нь энэ байна бол гэж юм болон байсан тэр",
        "tg": "ва дар аз ба ки ин бо барои аст буд ҳам шуд",
    },
    "Arab": {
        "ar": "في من على أن إلى عن هذا التي الذي مع كان ما لا هذه بعد قد بين كما أو",
        "fa": "در از که این را به با است آن برای بود یک شد می خود های کرد تا",
        "ur": "کے کی میں ہے اور سے کو کا نے پر یہ ہیں کہ تھا بھی نہیں",
        "ps": "د په چې کې او له سره دا ته یې دی شوی",
        "ku": "لە بە کە و بۆ ئەم لەگەڵ بوو دەکات ئەو",
        "ug": "ۋە بىر بۇ ئۈچۈن بىلەن ئۇ دەپ",
    },
    "Deva": {
        "hi": "के में की है और से को का ने पर यह हैं कि था भी नहीं एक",
        "ne": "र को मा छ ले का पनि यो हो लाई गरेको भएको",
        "mr": "आहे व या आणि हे ते होते केली तर आहेत",
    },
}  # fmt: skip
# Letters that do not occur in a language: more than a few of them, and it is another one.
_FOREIGN = {
    "ru": "іїєґўјљњђћџѓќәғқңөұүһӣӯҳҷ", "uk": "ыэёъўјљњђћџѓќәғқңөұүһӣӯҳҷ", "be": "ъїєґјљњђћџѓќәғқңөұүһӣӯҳҷ",
    "bg": "ыэёіїєґўјљњђћџѓќәғқңөұүһӣӯҳҷ", "sr": "ыэёъьіїєґўйщюяѓќәғқңөұүһӣӯҳҷ", "mk": "ыэёъьіїєґўйщюяђћәғқңөұүһӣӯҳҷ",
    "kk": "їєґўјљњђћџѓќӣӯҳҷ",
    "ky": "іїєґўјљњђћџѓќәғқұһӣӯҳҷ", "mn": "іїєґўјљњђћџѓќәғқңұһӣӯҳҷ", "tg": "ыіїєґўјљњђћџѓќәңөұүһ",
}  # fmt: skip
_VIETNAMESE = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]")
_TABLES = {
    script: {language: frozenset(words.split()) for language, words in languages.items()}
    for script, languages in _WORDS.items()
}
_FEWEST_HITS = 3
_FEWEST_SHARE = 0.06
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def guess_language(text: str) -> str:
    """ISO 639-1 code of the language most of the text seems to be in; empty when it cannot be told."""
    script = script_of(text)
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    tables = _TABLES.get(script)
    if tables is None:
        return ""
    words = Counter(_WORD.findall(text.lower()))
    total = words.total()
    if script == "Latn" and total and len(_VIETNAMESE.findall(text.lower())) > total * 0.2:
        return "vi"
    lowered = text.lower()
    scores = {
        code: 0 if _foreign(lowered, code) else sum(words[word] for word in known) for code, known in tables.items()
    }
    best = max(scores, key=lambda code: (scores[code], code))
    if scores[best] < _FEWEST_HITS or scores[best] < total * _FEWEST_SHARE:
        return ""
    return best


def _foreign(lowered: str, code: str) -> bool:
    letters = _FOREIGN.get(code)
    return bool(letters) and sum(lowered.count(letter) for letter in letters or "") * 200 > len(lowered)

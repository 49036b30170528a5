"""The names of the months, as people write them in the languages that case files come in.

Sources: Unicode CLDR 44 (``dates/calendars/gregorian/months``, format and stand-alone, wide and abbreviated) for the
forms of each language; the Levantine names of the months are those of CLDR ``ar-SY`` and the Maghrebi ones ``ar-DZ``.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

_NAMES = (
    # English; abbreviations
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    # Spanish
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    # French; folded: é, û are read without their accents
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "janv fevr mars avr mai juin juil aout sept oct nov dec",
    # German and Portuguese, which drafters quote
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    # Turkish
    "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    # Russian: genitive, nominative, abbreviations
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "янв февр мар апр мая июн июл авг сент окт нояб дек",
    # Arabic: Egypt and the Gulf, Levant and Iraq (joined with an underscore for the space), Maghreb
    "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين_الاول تشرين_الثاني كانون_الاول",
    "جانفي فيفري مارس افريل ماي جوان جويلية اوت سبتمبر اكتوبر نوفمبر ديسمبر",
    # Persian words for the months of this calendar
    "ژانویه فوریه مارس اوریل مه ژوین ژوییه اوت سپتامبر اکتبر نوامبر دسامبر",
)
_ALSO = {"sept": 9, "setiembre": 9, "سپتامبر": 9, "ژوئن": 6, "جولای": 7, "فبرایر": 2}


_PERSIAN = (
    "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand",
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر ابان اذر دی بهمن اسفند",
    # Afghanistan
    "hamal sawr jawza saratan asad sonbola mizan aqrab qaws jadi dalw hut",
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
)
_HIJRI = (
    "muharram safar rabi_al_awwal rabi_al_thani jumada_al_awwal jumada_al_thani rajab shaban ramadan shawwal",
    "muharram safar rabi_al_awal rabi_al_akhir jumada_al_ula jumada_al_akhira rajab shaaban ramadhan shawal",
    "muharram safar rabi_i rabi_ii jumada_i jumada_ii rajab shaban ramazan shawwal zulqada zulhijja",
    "muharram safar rabi_i rabi_ii jumada_i jumada_ii rajab shaban ramazan shawwal dhu_al_qada dhu_al_hijja",
    "muharram safar rabi_i rabi_ii jumada_i jumada_ii rajab shaban ramazan shawwal dhul_qadah dhul_hijjah",
    "محرم صفر ربيع_الاول ربيع_الثاني جمادى_الاولى جمادى_الاخرة رجب شعبان رمضان شوال ذو_القعدة ذو_الحجة",
    "محرم صفر ربيع_الاول ربيع_الاخر جمادى_الاول جمادى_الثانية رجب شعبان رمضان شوال ذي_القعدة ذي_الحجة",
)


def folded(word: str) -> str:
    """The word without case, accents, tatweel and forms of alef: a month is known however it is spelled."""
    bare = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("ـ", "").replace("_", " ")).casefold()
    plain = "".join(ch for ch in bare if not unicodedata.combining(ch) and ch not in "'’‘ʿʾ`\u200c")
    return plain.replace("-", " ").translate(_ONE_LETTER).strip(". ")


_ONE_LETTER = str.maketrans("ىیک", "ييك")


def _table(lines: tuple[str, ...]) -> dict[str, int]:
    return {folded(name): number for line in lines for number, name in enumerate(line.split(), start=1)}


MONTHS = MappingProxyType(_table(_NAMES) | {folded(name): number for name, number in _ALSO.items()})
"""The number of each month of our calendar by its folded name."""
PERSIAN_MONTHS = MappingProxyType(_table(_PERSIAN))
"""Those of the Persian calendar, in Iran and Afghanistan."""
HIJRI_MONTHS = MappingProxyType(_table(_HIJRI))
"""Those of the Hijri calendar."""

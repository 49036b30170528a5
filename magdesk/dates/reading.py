"""Dates as people write them become the notation of :mod:`magdesk.dates.edtf`.

Digits of any script; months in the languages of :mod:`magdesk.dates.months`, and years, months and days marked by
Chinese, Japanese, Korean and Vietnamese words; open and rough dates (``since 2014``, ``before March 2014``,
``1970s``, ``c. 1970``, ``5-7 March 2014``); other calendars where they are named (``1402 AP``, ``1447 AH``,
``พ.ศ. 2567``) or their months are. What can be read in two ways, as 5/3/2014, is not read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from magdesk.dates.calendars import PROBABLE, Calendar, days
from magdesk.dates.edtf import Expression, Extent, expression, in_words, numbers, stepped
from magdesk.dates.months import HIJRI_MONTHS, MONTHS, PERSIAN_MONTHS, folded

_CALENDAR_WORDS = {
    Calendar.PERSIAN: r"persian|solar hijri|jalali|shamsi|a\.?p\.?|s\.?h\.?|هـ?\s?[.‌]?\s?ش\.?|هجری شمسی|شمسی|ش",
    Calendar.HIJRI: r"hijri|islamic|lunar hijri|a\.?h\.?|هـ?\s?[.‌]?\s?ق\.?|هجرية|هجري|هجری قمری|قمری|هـ|ه",
    Calendar.BUDDHIST: r"buddhist|thai|b\.?e\.?|พ\.?ศ\.?",
    Calendar.GREGORIAN: r"gregorian|a\.?d\.?|c\.?e\.?|ค\.?ศ\.?|n\. ?è\.?|ميلادية|ميلادي|میلادی|م",
}
_NAMED = [
    (
        one,
        re.compile(
            rf"(?:(?P<before>.*\S)(?:\s*[(\s]\s*|(?<=[0-9]))(?:{words})\)?|(?:{words})\s+(?P<after>.+))",
            re.IGNORECASE,
        ),
    )
    for one, words in _CALENDAR_WORDS.items()
]
_PRINTED = re.compile(r".+ \((?P<given>.+) in the (?P<name>Persian|Hijri|Buddhist) calendar\)")
_SINCE = (
    r"since|from|as of|starting(?: in)?|no(?:t)? (?:earlier than|before)|depuis|dès|à partir de|desde|seit|ab|с|от|"
    r"начиная с|з|із|від|منذ|من|از"
)
_OPEN = (
    (Extent.SINCE, _SINCE),
    (Extent.BEFORE, r"before|prior to|avant|antes d(?:e|el|o)|vor|до|قبل از|قبل|پیش از"),
    (Extent.AFTER, r"after|après|despu[ée]s de(?:l)?|depois de|nach|после|після|بعد|پس از|بعد از"),
    (Extent.UNTIL, r"until|till|up to|by|no(?:t)? later than|jusqu['’](?:à|en|au)|hasta(?: el)?|bis|по|حتى|إلى|تا"),
)
_OPENED = [(form, re.compile(rf"(?:{words})\s+(.+)", re.IGNORECASE)) for form, words in _OPEN]
_ONWARDS = re.compile(
    r"(.+?)(?:\s+(?:onwards?|on|and later|(?:to|until|till) (?:the )?(?:present|today|date|now))|"
    r"\s*[-–]\s*(?:present|today|now|\.\.)?)",
    re.IGNORECASE,
)
_TURKISH = re.compile(r"(.+?)['’]?[dt][ae]n (beri|itibaren|önce|sonra)", re.IGNORECASE)
_TURKISH_FORMS = {"beri": Extent.SINCE, "itibaren": Extent.SINCE, "önce": Extent.BEFORE, "sonra": Extent.AFTER}
_ABOUT = re.compile(
    r"(?:(?:in|on) or about\s+|c\.\s*|c(?=[0-9])|ca\.?\s+|circa\s+|about\s+|around\s+|approx\.?\s+|approximately\s+|"
    r"roughly\s+|~\s*|≈\s*|um\s+|etwa\s+|yaklaşık\s+|por volta de\s+|близько\s+|vers\s+|environ\s+|hacia\s+|"
    r"alrededor de\s+|около\s+|примерно\s+|ок\.\s*|حوالي\s+|حوالی\s+|نحو\s+|حدود\s+)(.+)",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"(?:possibly|perhaps|probably|maybe|peut-être|quizás?|tal vez|возможно|ربما|شاید)\s+(.+)", re.IGNORECASE
)
_DECADE = re.compile(
    r"(?:the |دهه |les ann[ée]es |ann[ée]es |los años |años |(?:la )?d[ée]cada de (?:los )?)?"
    r"([0-9]{3})0(?:['’]?s|-?[ех]|-?х|-е|-ті|er|['’]?l[ae]r|年代)?"
    r"(?: (?:годы|года|годов|гг\.?|роки|jahren?))?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s+(?:to|until|till|and|&|through|bis|und|ve|a(?:l)?|au|et|y|по|и|до|إلى|الى|حتى|تا|و)\s+|\s*[–—]\s*|\s+-\s+|/|-"
)
_RANGE_WORDS = re.compile(
    r"(?:from|between|vom|von|zwischen|du|de|del|entre|desde|с|от|между|من|بين|از|بین)\s+(?=.+)", re.IGNORECASE
)
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|re|º|ª|°|-го)?\.?", re.IGNORECASE)
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi dimanche "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "понедельник вторник среда четверг пятница суббота воскресенье "
    "الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
)
_FILLERS = frozenset(
    [
        *map(folded, _WEEKDAYS.split()),
        "de",
        "del",
        "of",
        "the",
        "le",
        "la",
        "el",
        "en",
        "in",
        "on",
        "am",
        "den",
        "der",
        "des",
        "year",
        "года",
        "году",
        "год",
        "г",
        "سنة",
        "عام",
        "سال",
        "ماه",
        "شهر",
        "في",
        "در",
        "m",
        "в",
        "у",
        "року",
        "рік",
        "році",
        "гг",
        "yili",
        "roku",
        "يوم",
    ]
)
_EAST_ASIAN = re.compile(r"([0-9]{4}) ?[年년](?: ?([0-9]{1,2}) ?[月월](?: ?([0-9]{1,2}) ?[日号號일])?)?")
_VIETNAMESE = re.compile(r"(?:(?:ngày )?([0-9]{1,2}) )?tháng ([0-9]{1,2}) năm ([0-9]{4})", re.IGNORECASE)
_ONE_MONTH_TWICE = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)/([^\W\d_]+(?: [^\W\d_]+)?)")
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])[/.]([0-9]{4})")
_EITHER_FIRST = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_DASHED = re.compile(r"([0-9]{1,2})-([^\W\d_]+)-([0-9]{4})")
_BARE = re.compile(r"[?~%]$")


def read_date(text: str) -> str:
    """The stored form of a date that a person typed.

    Raises:
        ValueError: it is none.
    """
    typed = ascii_digits(text)
    try:
        return expression(typed).text
    except ValueError:
        return _read(typed).text


@lru_cache(maxsize=1024)
def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script as 0 to 9, single spaces, and no marks of direction."""
    kept = (ch for ch in text if unicodedata.category(ch) != "Cf" or ch == "\u200c")
    plain = "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in kept)
    return " ".join(plain.replace("،", ",").replace("−", "-").split())


def _read(text: str) -> Expression:
    text = _said_once(text.removesuffix(" г."))
    printed = _PRINTED.fullmatch(text)
    if printed:
        found = _in_calendar(printed["given"], Calendar[printed["name"].upper()])
        if in_words(found) != text:
            raise ValueError("the two dates differ")
        return found
    for calendar, pattern in _NAMED:
        match = pattern.fullmatch(text)
        if match:
            return _in_calendar(match["before"] or match["after"], calendar)
    return _timed(text, None)


def _said_once(text: str) -> str:
    """The text with a month that is named in two ways, as Arab drafters do, named once: ``آذار/مارس``."""

    def once(found: re.Match[str]) -> str:
        known = [MONTHS.get(folded(name)) for name in found.groups()]
        return found[1] if known[0] and known[0] == known[1] else found[0]

    return _ONE_MONTH_TWICE.sub(once, text)


def _in_calendar(text: str, calendar: Calendar) -> Expression:
    return _timed(text.strip(" ("), calendar)


def _timed(text: str, calendar: Calendar | None) -> Expression:
    try:
        return _made(Extent.ONE, calendar, _point(text, calendar))
    except ValueError:
        pass
    try:
        return _ranged(text, calendar)
    except ValueError:
        pass
    for form, pattern in _OPENED:
        match = pattern.fullmatch(text)
        if match:
            return _made(form, calendar, _point(match[1], calendar))
    match = _TURKISH.fullmatch(text)
    if match:
        return _made(_TURKISH_FORMS[match[2].casefold()], calendar, _point(match[1], calendar))
    match = _ONWARDS.fullmatch(text)
    if match:
        return _made(Extent.SINCE, calendar, _point(match[1], calendar))
    raise ValueError(f"no date: {text}")


def _ranged(text: str, calendar: Calendar | None) -> Expression:
    bare = _RANGE_WORDS.sub("", text, count=1) if _RANGE_WORDS.match(text) else text
    for parting in _RANGE.finditer(bare):
        first, last = bare[: parting.start()].strip(), bare[parting.end() :].strip()
        try:
            end = _point(last, calendar)
            return _made(Extent.RANGE, calendar, _borrowing(first, last, calendar), end)
        except ValueError:
            continue
    raise ValueError(f"no range: {text}")


def _borrowing(first: str, last: str, calendar: Calendar | None) -> tuple[str, Calendar]:
    """The first date of a range, with the month and the year that only the second one says."""
    words = last.split()
    for taken in range(len(words)):
        borrowed = " ".join(words[len(words) - taken :])
        try:
            return _point(f"{first} {borrowed}".strip(), calendar)
        except ValueError:
            continue
    raise ValueError(f"no date: {first}")


def _made(form: Extent, calendar: Calendar | None, *points: tuple[str, Calendar]) -> Expression:
    used = {found for _text, found in points}
    if len(used) > 1:
        raise ValueError("two calendars")
    own = calendar or used.pop()
    texts = [text for text, _calendar in points]
    if form in (Extent.BEFORE, Extent.AFTER):
        texts = [stepped(texts[0], own, -1 if form is Extent.BEFORE else 1)]
    improbable = any(numbers(text)[0] not in PROBABLE for text in texts)
    said = own is not Calendar.GREGORIAN or (calendar is not None and improbable)
    return expression(Expression(form, tuple(texts), own, said).text)


def _point(text: str, calendar: Calendar | None) -> tuple[str, Calendar]:
    """A single date with its marks, and the calendar that it names or that its month is of."""
    mark = ""
    for pattern, sign in ((_PERHAPS, "?"), (_ABOUT, "~")):
        match = pattern.fullmatch(text)
        if match:
            text, mark = match[1].strip(), mark + sign
    typed = _BARE.search(text)
    if typed:
        text, mark = text[:-1].strip(), mark + typed[0]
    mark = "" if not mark else "%" if "%" in mark or len(set(mark)) > 1 else mark[0]
    found, own = _bare_point(text, calendar)
    return found + mark, own


def _bare_point(text: str, calendar: Calendar | None) -> tuple[str, Calendar]:
    own = calendar or Calendar.GREGORIAN
    match = _DECADE.fullmatch(text)
    if match and not text.isdecimal():
        return f"{match[1]}X", own
    match = _YEAR_FIRST.fullmatch(text)
    if match and not (match[2] == "-" and len(match[3]) == 2 and int(match[3]) > 12):
        if "0" in (match[3].strip("0") or "0", (match[4] or "1").strip("0") or "0"):
            raise ValueError(f"no date: {text}")
        return _joined(own, int(match[1]), int(match[3]), int(match[4] or 0)), own
    match = _DAY_FIRST.fullmatch(text)
    if match:
        return _joined(own, int(match[3]), int(match[2]), int(match[1])), own
    match = _EITHER_FIRST.fullmatch(text)
    if match:
        first, second, year = map(int, match.groups())
        # 13/3/2014 and 3/13/2014 say which is the month; 5/3/2014 says March here and May there.
        if first <= 12 and second <= 12 and first != second:
            raise ValueError(f"day or month first: {text}")
        return _joined(own, year, *((second, first) if second <= 12 else (first, second))), own
    match = _EAST_ASIAN.fullmatch(text)
    if match:
        return _joined(own, int(match[1]), int(match[2] or 0), int(match[3] or 0)), own
    match = _VIETNAMESE.fullmatch(text)
    if match:
        return _joined(own, int(match[3]), int(match[2]), int(match[1] or 0)), own
    match = _MONTH_YEAR.fullmatch(text)
    if match:
        return _joined(own, int(match[2]), int(match[1]), 0), own
    match = _DASHED.fullmatch(text)
    if match:
        text = " ".join(match.groups())
    return _of_words(text, calendar)


def _of_words(text: str, calendar: Calendar | None) -> tuple[str, Calendar]:
    order, words = "", list[str]()
    figures: list[int] = []
    for word in text.replace(",", " ").split():
        number = _ORDINAL.fullmatch(word)
        if len(word.strip(".")) == 4 and word.strip(".").isdecimal():
            order, figures = f"{order}y", [*figures, int(word.strip("."))]
        elif number:
            order, figures = f"{order}d", [*figures, int(number[1])]
        elif folded(word) not in _FILLERS:
            order = order if order.endswith("m") else f"{order}m"
            words.append(word)
    if order not in ("y", "dmy", "mdy", "my", "ymd", "ym"):
        raise ValueError(f"no date: {text}")
    at = dict(zip(order.replace("m", ""), figures, strict=True))
    month, own = _month(" ".join(words), calendar) if words else (0, calendar or Calendar.GREGORIAN)
    return _joined(own, at["y"], month, at.get("d", 0)), own


def _month(name: str, calendar: Calendar | None) -> tuple[int, Calendar]:
    word = folded(name)
    known = (
        ((Calendar.PERSIAN, PERSIAN_MONTHS), (Calendar.HIJRI, HIJRI_MONTHS))
        if calendar in (Calendar.PERSIAN, Calendar.HIJRI)
        else ((Calendar.GREGORIAN, MONTHS), (Calendar.PERSIAN, PERSIAN_MONTHS), (Calendar.HIJRI, HIJRI_MONTHS))
    )
    for own, months in known:
        if word in months and (calendar is None or own is calendar or own is Calendar.GREGORIAN):
            return months[word], calendar or own
    raise ValueError(f"no month: {name}")


def _joined(calendar: Calendar, year: int, month: int, day: int) -> str:
    days(calendar, year, month, day)
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")

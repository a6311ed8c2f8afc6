"""Weekdays that do not go with their date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

if TYPE_CHECKING:
    from datetime import date

_MOST = 1_000
"""Dates of one article that are looked at; more would tell nothing new, and take their time."""
_HALF_A_YEAR = 183
_DAYS = 7
_CENTURY = 2000
# Names in the order of the calendar; those of one line are of one language and length.
_WEEKDAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "Mon Tue Wed Thu Fri Sat Sun",
    "Mon Tues Weds Thurs Fri Sat Sun",
    "Mon Tues Wed Thur Fri Sat Sun",
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "Montag Dienstag Mittwoch Donnerstag Freitag Sonnabend Sonntag",
    "Mo Di Mi Do Fr Sa So",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
)
_MONTHS = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber mär apr mai jun jul aug sept okt nov dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
)
_MONTH = {name: number for names in _MONTHS for number, name in enumerate(names.split(), start=1)}
_LIST = re.compile(
    r"(?:day|tag|abend|woch|di|che|es|[aá]bado|mingo|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|M[oi]|D[io]|Fr|Sa)s?\.?"
    r"(?:\s?[-–—/,+&]|,?\s(?:and|&|or|to|through|thru|until|und|oder|bis|et|ou|au|y|o|al?)|\s[-–—])\s?\Z"
)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)(?P<suffix>st|nd|rd|th|er|)")
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?!\d|[.,]\d)")
_ISO = re.compile(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)")
_WRITTEN = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|º)?\.?\s(?:de\s|of\s)?)?([^\W\d_]{3,10})\.?\s(?:(\d{1,2})(?:st|nd|rd|th)?,?\s)?(?:de\s|del\s)?((?:19|20)\d\d)"
)


class WeekdayMismatch(PatternRule):
    """Finds a weekday beside a date that falls on another one; a date without a year is one near the article's."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each weekday that is wrong whichever way the date is read."""
        for hit in hits[:_MOST]:
            if self.calls_off(hit) or _LIST.search(hit.target.text.plain, max(0, hit.start - 20), hit.start):
                continue
            days = _dates(hit, document)
            named, names = _named(hit.groups["weekday"])
            if not days or any(day.weekday() == named for day in days):
                continue
            yield self.finding(
                hit.span,
                suggestions=tuple(_suggestions(hit, days, named, names)),
                match=hit.match,
                weekday=_WEEKDAYS[0].split()[days[0].weekday()],
                year=str(days[0].year),
            )


def _named(weekday: str) -> tuple[int, list[str]]:
    """Return which day of the week a name stands for, from 0, and the names of its kind."""
    name = weekday.rstrip(".,").casefold()
    for names in map(str.split, _WEEKDAYS):
        folded = [each.casefold() for each in names]
        if name in folded:
            return folded.index(name), names
    return -1, []


def _dates(hit: Hit, document: Document) -> list[date]:
    """Return the days that the date may be; none where it is no date or could be of another year."""
    groups = hit.groups
    if "first" in groups:
        first, second, year = int(groups["first"]), int(groups["second"]), int(groups["year"])
        year += _CENTURY if year < _CENTURY else 0
        orders = [(second, first)]
        if groups["weekday"].endswith("day"):
            # The month comes first in American English.
            orders.append((first, second))
        return [day for month, number in orders if (day := _date(year, month, number))]
    if "iso" in groups:
        return [day] if (day := _date(*map(int, groups["iso"].split("-")))) else []
    month, number = _MONTH.get(groups["month"].casefold().rstrip("."), 0), int(groups["day"])
    if groups.get("year"):
        return [day] if (day := _date(int(groups["year"]), month, number)) else []
    published = _published(document)
    if published is None:
        return []
    around = [
        day for year in (published.year - 1, published.year, published.year + 1) if (day := _date(year, month, number))
    ]
    near = [day for day in around if abs((day - published).days) < _HALF_A_YEAR]
    others = {int(year) for year in _YEAR.findall(hit.context)}
    if len(near) != 1 or not others <= {near[0].year}:
        return []
    # What happened a year ago may be told without its year.
    named, _ = _named(hit.groups["weekday"])
    return near if all(day.weekday() != named for day in around if day not in near) else []


def _date(year: int, month: int, day: int) -> date | None:
    from datetime import date  # noqa: PLC0415  needed where an article names a weekday with its date

    try:
        return date(year, month, day)
    except ValueError:
        return None


def _published(document: Document) -> date | None:
    """Return the day the article gives as its own, or nothing where that is not one day."""
    text = document.article.date
    if text is None:
        return None
    if iso := _ISO.match(text.plain.strip()):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    written = _WRITTEN.search(text.plain)
    if written is None:
        return None
    return _date(int(written[4]), _MONTH.get(written[2].casefold(), 0), int(written[1] or written[3] or 0))


def _suggestions(hit: Hit, days: Sequence[date], named: int, names: Sequence[str]) -> Iterator[str]:
    """Yield what is right with this date, and with this weekday: the day nearest to it, if in the same month."""
    weekday = hit.groups["weekday"].rstrip(".,")
    if len(days) > 1:
        return
    (day,) = days
    right = names[day.weekday()]
    if weekday.isupper():
        right = right.upper()
    elif weekday[0].isupper():
        right = right[0].upper() + right[1:]
    yield hit.match.replace(weekday, right, 1)
    if not hit.groups.get("day"):
        return
    from datetime import timedelta  # noqa: PLC0415  as above

    steps = sorted(((named - day.weekday()) % _DAYS, (named - day.weekday()) % _DAYS - _DAYS), key=abs)
    near = next((other for step in steps if (other := day + timedelta(step)).month == day.month), None)
    if near:
        yield _DAY.sub(lambda match: _ordinal(near.day, match["suffix"], names), hit.match, count=1)


def _ordinal(day: int, suffix: str, names: Sequence[str]) -> str:
    """Return the day as the date writes it: “1st”, “1er”, “1.”, “1”."""
    if suffix in {"", "er"}:
        return "1er" if day == 1 and "lundi" in names else str(day)
    ending = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"

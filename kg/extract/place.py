"""Whose government speaks in a document: what “市”, “我市” and “自治区” mean there.

The issuer says it, else the title, else the document number, else the places that the text names most often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg import data
from kg.data.divisions import Division, bearing, divisions, named
from kg.extract.body_grammar import FUNCTION, NATIONAL, PLACE, SHORT_PLACE
from kg.extract.trie import alternatives
from kg.facts import Place
from kg.read.model import PrintedDocument

#: How much of a document is read for the places it names: heads and first chapters say where one is.
_READ = 20_000
#: How often a place must be named before it stands for a document that says nothing else about itself.
_OFTEN = 3

_HAN = r"[\u4e00-\u9fff]"
_CENTRAL = re.compile(rf"(?:中共中央|中央|国务院|全国人|国家|中华人民共和国|{NATIONAL})")
_KNOWN = re.compile(rf"(?:中共|中国共产党|共青团|政协)?((?:{PLACE})+)")
_PLACES = re.compile(PLACE)
_PROVINCES = re.compile(alternatives(unit.name for unit in divisions() if unit.level == "province"))
# An area that the table does not have is known by what follows its name in that of its government or department.
_AREAS = (
    rf"(?:中共|中国共产党)?(?P<province>{_HAN}{{2,8}}?(?:省|自治区))?(?P<city>{_HAN}{{2,6}}?(?:市|自治州|州|盟|地区))?"
    rf"(?P<county>{_HAN}{{1,8}}?(?:县|区|旗|市))?"
)
_UNKNOWN = re.compile(rf"{_AREAS}(?=人民|政府|委员会|委|{FUNCTION})")
_UNKNOWN_ISSUER = re.compile(rf"{_AREAS}(?={_HAN}{{2}})")
# The titles of documents from above name the province in full: 《某某省人民政府关于…》
_UNKNOWN_PROVINCE = re.compile(rf"[《〈]({_HAN}{{2,3}}省|{_HAN}{{2,7}}自治区)(?=人民|委|{FUNCTION})")
_CIRCUMSTANCES = re.compile(rf"(?:结合|立足)({PLACE}|{SHORT_PLACE})(?:的?实际|[市县区州省]情)")
# What stands before the place in a title: “2023年甲州市…任务分解方案”, “关于印发《甲州市…》的通知”
_LEAD = re.compile(r"(?:关于)?(?:印发|公布|发布|转发|批转)?[《〈]?(?:(?:19|20)\d{2}年度?)?")


def place_of(document: PrintedDocument) -> Place:
    """The area whose government issued a document; an empty Place for the central authorities and where none is told.

    Names are full official ones.  An area that the table of divisions lacks is taken from the issuer's own name; its
    province is then the one that the text names most often.
    """
    heads = [(issuer.squeezed().string, _UNKNOWN_ISSUER) for issuer in document.issuers]
    text = _text_of(document)
    title = _LEAD.sub("", document.title.squeezed().string, count=1)
    for head, unknown in [*heads, (title, _UNKNOWN)]:
        if _CENTRAL.match(head):
            return Place()
        place = _known(head, text) or _unknown(unknown.match(head), text)
        if place:
            return place
    return _by_number(document.number) or _by_its_own_words(text) or _by_frequency(text)


def _text_of(document: PrintedDocument) -> str:
    """The beginning of a document's text."""

    def strings() -> Iterator[str]:
        length = 0
        for paragraph in document.paragraphs:
            yield paragraph.text.string
            length += len(paragraph.text)
            if length > _READ:
                return

    return "\n".join([document.title.string, *strings()])


def _known(head: str, text: str) -> Place | None:
    """The division of the table that a head begins with."""
    match = _KNOWN.match(head)
    if not match:
        return None
    chain = _PLACES.findall(match.group(1))
    return _as_place(_meant(chain[-1], chain[-2] if len(chain) > 1 else None, text))


def _meant(name: str, within: str | None, text: str) -> Division | None:
    """Of several divisions with one name the one whose province or city is named beside it, or often in the text."""
    alike = bearing(name)
    if within or len(alike) < 2:
        return named(name, within)
    return max(alike, key=lambda unit: (sum(text.count(above.name) for above in unit.lineage[:-1]), not unit.until))


def _as_place(division: Division | None) -> Place | None:
    if division is None:
        return None
    names = {unit.level: unit.name for unit in division.lineage}
    return Place(names.get("province"), names.get("prefecture"), names.get("county"), division.code)


def _unknown(match: re.Match[str] | None, text: str) -> Place | None:
    """The area that a head begins with by its form alone."""
    province, city, county = match.group("province", "city", "county") if match else (None, None, None)
    if not (province or city or county):
        return None
    return Place(province or _often(_PROVINCES, text, 1) or _often(_UNKNOWN_PROVINCE, text, 1), city, county)


def _by_number(number: str) -> Place | None:
    """The area that a document number tells: 国发 the State Council, 桂政发 the government of a province."""
    if number.startswith("国"):
        return Place()
    for row in data.rows("province_abbreviations.tsv"):
        if number.startswith((row["abbreviation"] + "政", row["abbreviation"] + "办")):
            return _as_place(named(row["province"]))
    return None


def _by_its_own_words(text: str) -> Place | None:
    """The area whose circumstances a document takes account of: “结合甲州实际，制定本方案”."""
    match = _CIRCUMSTANCES.search(text)
    return _as_place(named(match[1])) if match else None


def _by_frequency(text: str) -> Place:
    name = _often(_PLACES, text, _OFTEN)
    return (_as_place(_meant(name, None, text)) if name else None) or Place()


def _often(pattern: re.Pattern[str], text: str, least: int) -> str | None:
    """What a pattern finds most often, if at least so often."""
    common = Counter(pattern.findall(text)).most_common(1)
    return common[0][0] if common and common[0][1] >= least else None

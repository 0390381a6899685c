"""R10 for names that are nearly right: 岚西区民政局 in the paper of 岚口区民政局, a 简称 that is another body's.

A name that differs from a known one in one character, and is told once, is a slip of the hand where it does what the
known one does. Two that are parted by 东 and 西 or 第一 and 第二 are two; so are a partner, a neighbour, a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cycle.proof.model import Document, Paragraph, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.rules.bodies import acts_as_author, is_introduced
from cycle.proof.tolerances import Tolerances

_ENDINGS = (
    r"(?:局|厅|委员会|办公室|中心|总工会|联合会|联合社|协会|学校|学院|中学|小学|医院|保健院|党校|图书馆|档案馆|博物馆|文化馆|美术馆|"
    r"纪念馆|科技馆|体育馆|站|所|大队|支队|人民政府|街道办事处|公司|合作社)"
)
_OPENED = r"(?:^|[，。；：（、]|(?:单位|机构|公司)(?:为|是|：)|由|委托|将|、)"
_BODY = re.compile(rf"{_OPENED}(?P<name>[\u4e00-\u9fff]{{2,22}}?{_ENDINGS})(?![\u4e00-\u9fff]{{0,6}}{_ENDINGS})")
_COMPANY = re.compile(r"(?:[，。；：（]|为|由|与|和|是)(?P<name>[\u4e00-\u9fff]{6,20}?公司)")
_LISTED = re.compile(r"分别(?:为|是)(?P<names>[\u4e00-\u9fff、和]{8,80})[。；，]")
_PAIRED = frozenset("东西南北中上下内外前后新老大小一二三四五六七八九十甲乙丙丁省市县区州旗镇乡男女")
_LEAST, _SHORTEST, _MOST_NAMES = 5, 2, 12
_TITLE = 60


def names_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find the author's name, a firm's or a listed one told once more with one other character."""
    del tolerances
    text = "\n".join(one.compact for one in document.paragraphs)
    author = author_of(document)
    others = [name for name in dict.fromkeys(_others(document)) if name != author]
    for name in islice([author, *others] if author else others, _MOST_NAMES):
        near = _variants(name)
        for paragraph in document.paragraphs:
            for found in near.finditer(_unquoted(paragraph)):
                if _is_slip(text, name, found, is_author=name == author):
                    yield _told(document, paragraph, found, name)


def author_of(document: Document) -> str:
    """Give the body that the title begins with; else, without one, the first that opens a clause and stands twice."""
    paragraphs = document.paragraphs
    title = re.split("[。：]", paragraphs[0].compact)[0] if paragraphs else ""
    named = re.match(rf"(?:关于)?(?P<name>[\u4e00-\u9fff]{{2,22}}?{_ENDINGS})", title) if len(title) <= _TITLE else None
    if named and len(named["name"]) >= _LEAST:
        return named["name"]
    bodies = (found["name"] for one in paragraphs[:4] for found in _BODY.finditer(one.compact))
    return next((name for name in bodies if re.search("^[^，。]{2,6}[省市区县州旗镇乡]", name)), "")


def _others(document: Document) -> Iterator[str]:
    for paragraph in document.paragraphs:
        firms = (re.split("[为由是与和]", found["name"])[-1] for found in _COMPANY.finditer(paragraph.compact))
        yield from (name for name in firms if len(name) > _LEAST)
        for found in _LISTED.finditer(paragraph.compact):
            yield from (name for name in re.split("[、和]", found["names"]) if len(name) >= _LEAST)


def _unquoted(paragraph: Paragraph) -> str:
    return re.sub(r"《[^《》]*》", lambda found: "＊" * len(found[0]), paragraph.compact)


def _variants(name: str) -> re.Pattern[str]:
    """Match the name with one character, but for its ending, changed."""
    places = range(len(name) - 1)
    return re.compile("|".join(f"{name[:at]}[^{name[at]}\\W\\d]{name[at + 1 :]}" for at in places))


def _is_slip(text: str, name: str, found: re.Match[str], *, is_author: bool) -> bool:
    at = next(place for place, (one, other) in enumerate(zip(found[0], name, strict=True)) if one != other)
    before, behind = found.string[: found.start()], found.string[found.end() :]
    if {found[0][at], name[at]} <= _PAIRED or text.count(found[0]) > 1 or is_introduced(before, behind):
        return False
    opens = bool(re.search(rf"{_OPENED}$", before))
    if not at and not opens:
        return False
    both = [one for one in re.split("[。\n]", text) if found[0] in one and name in one]
    if not is_author and (both or text.index(found[0]) < text.index(name)):
        return False
    return not is_author or acts_as_author(before, behind)


def _told(
    document: Document, paragraph: Paragraph, found: re.Match[str], name: str, part: int | str = 0
) -> TextFinding:
    place = document.place_in(paragraph, *found.span(part))
    message = f"第{place.line}行“{place.quote}”与文中的“{name}”只差一字。请核对名称是否误写。"
    return remark("R10", "error", "provable", message, [place])


_EVALUATED = re.compile(
    rf"(?:^|[，。；：由])(?P<name>(?P<place>[^\W\d]{{2,5}}?[省市区县州旗镇乡])[\u4e00-\u9fff]{{0,16}}?{_ENDINGS})"
    r"(?=(?:(?:19|20)\d\d年度?)?(?:部门|项目)?(?:整体支出)?(?:绩效)?(?:组织|综合)?自评(?:得分|总分|综合|结果|，|。|\d)"
    r"|内设|下设\d|设\d+个(?:内设|科|股|处)|核定编制|编制\d)"
)
_ANY_PLACE = re.compile("[全我本各该省市区县经原]|其他|有关|所在|下辖")


def evaluated_by_others(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """锦川市审计局自评得分94.2分, in the paper of 锦川市司法局: only the author evaluates itself."""
    del tolerances
    text = "\n".join(one.compact for one in document.paragraphs)
    author = author_of(document)
    told = [
        (paragraph, found)
        for paragraph in document.paragraphs
        for found in _EVALUATED.finditer(_unquoted(paragraph))
        if not _is_own(author, found["name"])
    ]
    if not author or _GATHERS.search(author) or len({found["name"] for _, found in told}) != 1:
        return
    for paragraph, found in told:
        if found["name"][-1] == author[-1] and text.count(found["name"]) == 1:
            place = document.place_in(paragraph, *found.span("name"))
            message = f"第{place.line}行以“{place.quote}”为报告单位，本报告单位为{author}。请核对是否误抄。"
            yield remark("R10", "error", "provable", message, [place])


_GATHERS = re.compile("财政|政府")  # whose paper tells how others evaluate themselves


def _is_own(author: str, name: str) -> bool:
    return name in author or author in name or _holds(author, name) or bool(_ANY_PLACE.match(name))


def _holds(author: str, name: str) -> bool:
    """A short name keeps the order of the characters of the long one."""
    rest = iter(author)
    return all(character in rest for character in name)


_TITLED_PLACE = re.compile(r"(?:关于)?(?P<place>[\u4e00-\u9fff]{2,5}?[省市区县州旗镇乡])")


def places_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """竹山湾区民政局负责管理, where the title says 竹溪湾区: one character of the place is another."""
    del tolerances
    found = _TITLED_PLACE.match(document.paragraphs[0].compact) if document.paragraphs else None
    place = found["place"] if found else ""
    text = "\n".join(one.compact for one in document.paragraphs)
    if len(place) <= _SHORTEST or _ANY_PLACE.match(place):
        return
    body = re.compile(rf"(?:^|[，。；：])(?P<name>(?:{_variants(place).pattern})[\u4e00-\u9fff]{{0,16}}?{_ENDINGS})")
    for paragraph in document.paragraphs:
        for near in body.finditer(_unquoted(paragraph)):
            name, behind = near["name"], near.string[near.end() :]
            apart = {one for pair in zip(name, place, strict=False) for one in pair if pair[0] != pair[1]}
            is_told = text.count(name[: len(place)]) > 1 or apart <= _PAIRED
            if not is_told and acts_as_author("", behind) and not is_introduced("", behind):
                yield _told(document, paragraph, near, place, "name")


_SHORT = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{4,30}}{_ENDINGS})（(?:以下)?简称[：“]?(?P<short>[\u4e00-\u9fff]{{2,10}})”?）"
)
_OF_BODIES = re.compile("[局厅委办联会院馆站所校]$|中心$|政府$|妇联$|团委$")
_GENERIC = frozenset("局厅委办会院馆站所校中心")
_OWN = re.compile("^(?:我|本|该|市|县|区|省|州|旗|镇|乡|全)")


def short_names(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """共青团某县委员会（简称县妇联）: a short name is made of the characters of the long one."""
    del tolerances
    for paragraph in document.paragraphs:
        for found in _SHORT.finditer(paragraph.compact):
            short = _OWN.sub("", found["short"])
            rest = set(found["name"])
            if len(short) < _SHORTEST or not _OF_BODIES.search(short) or set(short) <= rest | _GENERIC:
                continue
            if re.match("[我本该]", found["short"]):
                continue
            place = document.place_in(paragraph, *found.span("short"))
            message = f"第{place.line}行的简称“{place.quote}”与全称“{found['name']}”不符。请核对名称。"
            yield remark("R10", "error", "provable", message, [place])

"""R10 for another place's body that acts as the author: 沅江县水利局组织实施, in the report of 沅北县水利局.

The kind of body is the same, the place is another of the same level, and it does what the author does. Who is named
as a partner, a neighbour, a model or a superior is another body rightly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cycle.proof.model import Document, Paragraph, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances

_PLACE = r"[\u4e00-\u9fff]{1,4}?[省市区县州旗镇乡]"
_KIND = (
    r"(?:[\u4e00-\u9fff]{1,14}?(?:局|厅)"
    r"|[\u4e00-\u9fff]{0,14}(?:委员会|办公室|中心|总工会|联合会|联合社|学会|协会|学校|党校|馆|院|所|站|大队|支队|办事处))"
)
_TITLE_PLACE = re.compile(
    rf"^(?:关于)?(?:[\u4e00-\u9fff]{{1,4}}?[省市州](?=[\u4e00-\u9fff]{{1,4}}[市区县旗]))?(?P<place>{_PLACE})"
)
_ACTS = re.compile(
    r"(?:（[^（）]*）)?(?:将|拟|认真|严格|高度|按照|根据|成立|积极|围绕|始终|坚持|切实|不断|进一步|继续|加强|部门|整体|(?:19|20)\d\d年|"
    r"内设|下设|是|为|系|全年|本年|共|组织|制定|建立|对|主管|承担|负责|下一步|通过|建议|牵头|争取|实施|开展|主要|现有|辖)"
)
_WITH = re.compile(
    "邻|周边|对口|协作|合作|联合|借鉴|学习|参照|帮扶|结对|跨|上下游|移交|代建|委托|先进|经验|做法|同类|兄弟|对比|"
    "来函|来信|转来|通报|协查|原$"
)
_WITH_US = re.compile(
    "与我|我[局委院馆]派|派员|的[^，。；]{1,10}(?:延迟|迟|滞后|培训|活动)|与本|协作|协议|移交|代建|对口|援助|支援|委托|负责.{0,8}段"
)
_LEADING = re.compile(
    "(?:与|和|同|及|会同|联合|委托|配合|对口|学习|借鉴|参照|报|向|经|上级|来自|转自|原|邻近|移交|请|据)[^，。；]{0,6}$"
)
_HEADED = re.compile(
    "(?:主管部门|责任单位|牵头单位|项目(?:实施|承担|主管|建设)?单位|(?:实施|承担|填报|评价|自评|主管)单位|单位名称|部门名称)(?:为|是|：)$"
)
_SIGNED = re.compile(r"^(?:$|(?:19|20)\d\d年\d{1,2}月)")
_DOES = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}[股科处室队])?(?:于|在)?(?:(?:19|20)\d\d年度?)?(?:\d{1,2}(?:至|—|月|日|年|底)+)*(?:部门)?(?:整体支出)?"
    r"(?:按月|按季|全年|共|牵头|具体|统一|全面|认真|成立)?(?:足额)?"
    r"(?:自评|组织|承担|负责|主要负责|内?设|下设|发放|实施|开展|管理|安排|制定|建立|举办|完成|办理|得分|总分|综合得分|成立|按合同|将|对|为|是|绩效|今后|会同|承储|年初预算|部门预算|收入|支出)"
)
_SIDES = frozenset("东西南北中上下内外前后新老大小")
_LEAST = 2


def acting_bodies(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find where a body of the author's kind, but of another place, opens a clause and acts."""
    del tolerances
    place = _own_place(document)
    kinds = _kinds(document, place) if place else set()
    if not kinds:
        return
    named = "|".join(sorted(map(re.escape, kinds), key=len, reverse=True))
    other = re.compile(
        rf"(?:^|[，。；：]|(?P<by>(?:项目|工作|资金)由))(?P<place>[\u4e00-\u9fff]{{1,4}}{place[-1]})(?:{named})(?={_ACTS.pattern})"
    )
    for paragraph in document.paragraphs:
        words = re.sub(r"《[^《》]*》", lambda found: "＊" * len(found[0]), paragraph.compact)
        floor = paragraph.heading.length if paragraph.heading else 0
        for found in other.finditer(words, floor if words[floor : floor + 1] else 0):
            if not _is_own(found["place"], place, document) and not is_introduced(found["place"], ""):
                yield _judged(document, paragraph, found, place)


def acts_as_author(before: str, behind: str) -> bool:
    """Say whether a name stands where the author does: in a head, or before what the author does."""
    is_signed = not before and bool(_SIGNED.match(behind))
    return is_signed or bool(_HEADED.search(before) or _DOES.match(behind))


def is_introduced(before: str, behind: str) -> bool:
    """Say whether a name is brought in as another body: a partner, a model, a superior."""
    clause = re.split("[。；]", before)[-1]
    near = re.split("[，：]", clause)[-1]
    return bool(_WITH.search(near) or _LEADING.search(near) or _WITH_US.search(re.split("[，。；]", behind)[0]))


def _own_place(document: Document) -> str:
    """Give the place of the title, or of the author that was given."""
    given = document.authority_name.partition("（")[0]
    title = document.paragraphs[0].compact if document.paragraphs else ""
    found = _TITLE_PLACE.match(given) or _TITLE_PLACE.match(title)
    return found["place"] if found and len(found["place"]) > _LEAST - 1 else ""


def _kinds(document: Document, place: str) -> set[str]:
    """List the kinds of bodies that the paper names in its own place: 水利局 of 沅北县水利局."""
    bodies = re.compile(re.escape(place) + f"(?P<kind>{_KIND})")
    return {found["kind"] for paragraph in document.paragraphs for found in bodies.finditer(paragraph.compact)}


def _is_own(name: str, place: str, document: Document) -> bool:
    """An own body under its longer name (临江市东港区), or a word that ends like a place (全县, 我县)."""
    is_word = re.match("[全我本各该省市区县]|(?:其他|有关|所在|下辖)", name)
    return bool(is_word) or name.endswith(place) or place.endswith(name) or name in document.authority_name


def _judged(document: Document, paragraph: Paragraph, found: re.Match[str], place: str) -> TextFinding:
    start, end = found.start("place"), found.end()
    spot = document.place_in(paragraph, start, end)
    name = found["place"]
    author = place + paragraph.compact[found.end("place") : end]
    message = f"第{spot.line}行以“{spot.quote}”的名义叙述，本报告单位为{author}。请核对是否误抄。"
    told = sum(one.compact.count(name) for one in document.paragraphs)
    before, behind = re.split("[。；]", paragraph.compact[:start])[-1], re.split("[。；]", paragraph.compact[end:])[0]
    apart = (set(name) ^ set(place)) - {place[-1]}
    is_like = bool(found["by"]) or bool(set(name[:-1]) & set(place[:-1])) or len(apart) <= _LEAST
    sure = told == 1 and is_like and not (_WITH.search(before) or _WITH_US.search(behind)) and not apart <= _SIDES
    return remark("R10", "error", "provable" if sure else "likely", message, [spot])

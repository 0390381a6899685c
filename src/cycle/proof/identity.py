"""What tells one fact from another: the noun counted or paid for, what was done with it, and how a text points back.

A fact told again bears its noun shortened, turned round (建成消防站40座, 40座站点) or behind its own figure
(95.7%的满意率); stock verbs (完成, 惠及, 带动) do not part two facts, doings (新建, 抽查) and roles of money do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cycle.proof.model import Document, Mention
from cycle.proof.readings import like

_MARKS = re.compile(r"[，。；、：（）！？\d|]")
_BEHIND = 16
_STOCK = re.compile(
    r"^(?:[一二三四五六七八九十]是|第[一二三四五六七八九]|(?:19|20)\d\d年?(?:度|底|末)?|\d{1,2}月(?:底|末|\d{1,2}日)?(?:之?前)?|其中|全年|年[内中末底]|[当今本]年度?|本期|目前|"
    r"同时|此外|虽然?|一共|累计|共同?(?![享建])|合计|总计|总共|已经?|实际|分别|进一步|继续|持续|不断|做[好实]|抓好|加[强快大]|确保|督促|"
    r"推[动进]|组织|[用管]好|[把将让仍]|对(?![象口外接])|使(?!用)|由|为(?!民)|经(?![费济营])|其(?![他余])|该|所有|上述|以上|"
    r"这|本(?![科地级土])|我[局市县区院委镇省街馆校]|全[局院委市区县镇省校]|的|了|按期|按时|完成(?!率)|建成|建设(?!用地)|实施|开展|提供|发放|实现|举[办行]|参与|"
    r"参加|接[受到](?!率)|得到|获得|收到|惠及|覆盖(?!率)|涉及|受益|带动|撬动|吸纳|支持|扶持|兑[现付](?!率)|享受|受(?![理益灾众援训])|配[备置](?!率)|安装|"
    r"购置|采购|拥有|现有|共有|设有|[下内]设|下[属辖]|设(?![备施计])|有(?![效机线关])|达到?(?![标成])|处理|办理|编印|发现|调处|"
    r"要|应(?![急用届检收])|可(?![再]))+"
)
_ENDS = re.compile(
    r"(?:(?:的)?(?:总[数量额]?|数量?|量|规模|个数|[共均已达为是约近超仅只虽有到]|达到|共计|合计|累计|全年|实际|控制在|保持在|稳定在|只有|仅为|预计))+$"
)
_CUT = re.compile(
    r"中(?![小心学医央国等型标介间转外])|[均都已仍尚未被获占达等及和与较比另因在仅只]|全[部面]|得到|完成|参[加与]|通过|进行|实现|纳入|入选|进入|"
    r"逐[一个]|退出|分布|存在|兑[付现]|满负荷|受益|运[行维]|按[时期月照]|缺|有(?!限|效|机)|需|缴|提供|接受|开展|手中|抽查|累计|使用"
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "left",
        re.compile(
            r"结余结转|结转和?结余|[结节]余|剩余|余额|尚余|结转|(?:尚|还)?未(?:支[出付]|使用|执行|拨付|兑[付现]|用完|完成支付)|(?:尚|还|仍)有$"
        ),
    ),
    ("income", re.compile(r"收入")),
    (
        "spent",
        re.compile(r"支出决算|决算支出|(?:完成)?支出|支付|拨付|使用|(?:预算)?执行数?|兑[付现]|列支|已付|花费|发放"),
    ),
    ("built", re.compile("完成投资|投资完成")),
    ("arrived", re.compile("到位")),
    ("budget", re.compile("预算")),
    ("invested", re.compile("总投[资入]|投[资入]|概算")),
    ("given", re.compile("安排|下达|批复|筹集|资金规模")),
)
_FUNDS = re.compile(r"(?:专项|财政|补助)?(?:资金|经费|金额|款项?|费用|总额)$")
_RATE_HEAD = re.compile(r"^的?([\u4e00-\u9fff]{0,6}?(?:率|满意度))")
_POINTED = re.compile(
    r"(?:把|将|对|让|使|督促|确保|用好|管好|做好|加强|上述|以上|这|该|所有|全[市区县镇省校])[^，。；]{0,6}$"
)
_AT_ALL = re.compile(r"^[^，。；\d]{0,12}?(?:中(?![小心学医央国等型标介间转外])|均|全部|都|仅)|^的[\u4e00-\u9fff]")
_SAME_WORDS = (("站点", "站"), ("网点", "点"), ("人员", "人"), ("园区", "园"), ("辅具", "辅助器具"))
_THINGS = dict.fromkeys(("家", "所", "座", "处", "间", "项"), "个") | {"位": "人", "起": "件", "宗": "件"}
_TURNED = re.compile("(?:增加|提高|上升|增|升|减少|下降|降|减|扩大|发展|提升|增长)(?:到|至|为)")
_OWNER = re.compile("^(?:部门|单位|项目|该项目|[\u4e00-\u9fff]{0,2}局|整体)+$")
_LEAST = 2


@dataclass(frozen=True, eq=False)
class Identity:
    """A figure as the fact it tells.

    `noun` is the best reading of the noun, `before` and `behind` are the bare words around.
    """

    mention: Mention
    kind: str
    noun: str
    before: str
    behind: str
    role: str
    is_pointing: bool

    @property
    def is_inverted(self) -> bool:
        """40座站点投用: the figure opens its clause, before its noun."""
        return bool(self.behind) and not self.before

    def noun_like(self, other: str) -> str:
        """Give the noun, cut behind the figure where another's noun ends: 286家享受补贴企业 counts 企业."""
        at = self.behind.find(other[-_LEAST:]) if len(other) >= _LEAST else -1
        return self.before + self.behind[: at + _LEAST] if at >= 0 else self.noun


def identity_of(mention: Mention) -> Identity:
    """Read what a figure is of."""
    compact = mention.paragraph.compact
    after = compact[mention.end : mention.end + _BEHIND]
    behind = _SAID_ON.sub("", _MARKS.split(after)[0])
    is_pointing = bool(_POINTED.search(mention.lead) or _AT_ALL.match(after))
    kind = _THINGS.get(like(mention), like(mention))
    if mention.kind == "percent":
        named = _RATE_HEAD.match(behind) if not bare(mention.lead) or _POINTED.search(mention.lead) else None
        return Identity(mention, kind, bare(named[1] if named else mention.lead), "", "", "", bool(named))
    if mention.kind == "money":
        return _of_money(mention, kind, after, is_pointing)
    before = bare(mention.lead)
    cut = _CUT.search(behind)
    noun = before + (behind[: cut.start()] if cut else behind)
    # 累计达到87个, 增加到45个: of what stands before
    if (mention.lead and len(noun) < _LEAST) or _TURNED.match(mention.lead):
        noun = bare(re.sub("[由从].*$", "", mention.subject.rpartition("›")[2]))
    return Identity(mention, kind, _spelt(noun), before, _spelt(behind), "", is_pointing)


_SAID_ON = re.compile("^(?:次|套)?的?")


def _of_money(mention: Mention, kind: str, after: str, is_pointing: bool) -> Identity:
    behind = re.match("的?((?:专项|财政|补助)?(?:资金|经费|投入))?", after)
    role, rest = role_of(mention.lead)
    if role == "left" and not rest and (later := role_of(_MARKS.split(after)[0][:6])[0]) and later != "left":
        role = "left" if "未" in after[:4] else later
    noun = _OWNER.sub("", bare(rest))
    points = bool(behind and behind[1]) or is_pointing
    return Identity(mention, kind, noun, noun, "", role, points)


def role_of(words: str) -> tuple[str, str]:
    """Say what the last such word makes of an amount (spent, left, budget …), and give the words without it."""
    found = [(one.end(), one.start(), role) for role, pattern in _ROLES for one in pattern.finditer(words)]
    if not found:
        return "", words
    end, start, role = max(found, key=lambda one: (one[0], -one[1]))
    return role, words[:start] + words[end:]


_NAMED_SPENDING = re.compile(
    "(?:基本|项目|公用|[^\\W\\d]{2}性)支出|支出(?:预算|标准|进度|率)|[占为比][^，。；\\d]{0,8}预算|预算的"
)
_STAGE = {"budget": "planned", "given": "planned", "invested": "planned", "spent": "done", "left": "left"}


def stage_of(mention: Mention) -> str:
    """Say whether an amount is planned, done or left; a part is what its whole is: 预算486万元，其中县级配套186万元."""
    compact = mention.paragraph.compact
    start = compact.rfind("。", 0, mention.start) + 1
    if compact.startswith("其中", start):
        start = compact.rfind("。", 0, start - 1) + 1
    return _STAGE.get(role_of(_NAMED_SPENDING.sub("", compact[start : mention.start]))[0], "")


def bare(words: str) -> str:
    """Take the stock of the trade from both ends of the words before a figure."""
    kept = words
    while True:
        shorter = _ENDS.sub("", _STOCK.sub("", kept))
        if shorter == kept:
            return kept
        kept = shorter


def _spelt(words: str) -> str:
    for short, long in _SAME_WORDS:
        words = words.replace(short, long)
    return words


def funds_apart(noun: str) -> str:
    """学前教育专项资金 and 学前教育 pay for one thing."""
    return _FUNDS.sub("", noun)


def common_noun(one: Identity, other: Identity) -> str:
    """Give the noun that both figures are of; empty if there is none, or if each says more than the other."""
    left, right = one.noun_like(other.noun), other.noun_like(one.noun)
    short, long = sorted((left, right), key=len)
    if len(short) < _LEAST:
        is_one = bool(short) and short == long[-1:] and (one.is_pointing or other.is_pointing)
        return short if is_one else ""
    if sorted(short) == sorted(long):  # 治理河道, 河道治理
        return short
    if short[-1] == long[-1] and within(short, long):
        return short
    size = next((size for size in range(len(short), 0, -1) if short[-size:] == long[-size:]), 0)
    if size >= _LEAST and within(short[:-size], long[:-size]):
        return short[-size:]
    points = one if left == short else other  # 312人次的培训 counts 培训医技人员312人次
    return short if points.is_pointing and points.behind and long.startswith(short) else ""


def within(short: str, long: str) -> bool:
    """Say whether the characters of a name stand in another in that order."""
    rest = iter(long)
    return all(character in rest for character in short)


_SUMMING = re.compile(r"综上|总之|小结|总结|结论|总体评价|综合评价(?!分析)|总的来看|^附：|项目成效：")
_LOOKING = re.compile(r"问题|不足|短板|困难|原因|下一步|建议|措施|改进|打算")
_OPENING = 14


def place_of_telling(document: Document, mention: Mention) -> str:
    """Say whether a figure stands where a paper tells again: summing (综上), looking (问题, 下一步), or neither."""
    paragraph = mention.paragraph
    titles = [re.split("[。：]", heading.words)[0][:_OPENING] for heading in paragraph.path]
    sentence = document.sentences[mention.sentence]
    openings = [paragraph.compact[:_OPENING], paragraph.compact[sentence.start : sentence.start + _OPENING], *titles]
    for name, words in (("summing", _SUMMING), ("looking", _LOOKING)):
        if any(words.search(opening) for opening in openings):
            return name
    return ""

"""What a figure is about: subject, measure, period and scope, read from the words around it."""

from __future__ import annotations

import re

from cycle.proof.model import Period

HEDGE_BEFORE = re.compile(
    r"((?<![节集制条合签公履解违缔])约为?|大约|近|接近|超过?|逾|突破|不少于|不低于|至少|高于|多于|不超过|不高于|低于|少于)$"
)
_HEDGES = {"约": "about", "大约": "about", "约为": "about", "近": "about", "接近": "about"}
_UNDER = {"不超过", "不高于", "低于", "少于"}
_GROWTH = re.compile(
    r"(?:同比|环比|比上年|较上年|比去年|较去年|上年|年均|分别)*(?:累计)?(?:实际)?"
    r"(增长率?|增幅|下降|减少|降低|上升|提高|上涨|增加|增)(?:率|了|约|为|到|达)*$"
)
_SHARE = re.compile(
    r"(?:占(?!用|地|道)[^，。；]*?|(?:比重|比例|占比)(?:为|达|是|约)*)(?:的|比|比例|比重)?(?:约|超|近|达|为)*$"
)
_RATE = re.compile(
    r"(?:率|满意度|进度|(?:完成|执行|支出)[^，。；]{0,10}的)"
    r"(?:达到|达|为|是|约|超|近|：|均|高|虽|只有|仅|已|控制在|保持在|稳定在)*$"
)
_CHANGE = re.compile(r"(?:(?:增加|减少|增长|下降|(?<!新)增|减|高|低|多|少|提高|降低)了?|差额?为?)$")
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?=年|[—~至-](?:19|20)\d\d)")
_PART = re.compile(
    r"(\d{1,2}[—~至-]\d{1,2}月|\d{1,2}月|上半年|下半年|[一二三四]季度|年中|年初|年末|年底|期末|期初|十[三四五]五)"
)
_OLD_YEAR = re.compile(r"上年|去年|上一?年度|往年|同期")
_DEADLINE = re.compile(r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末)?(?:之?前|以前)")
_NEXT_YEAR = re.compile(r"下一?年|明年|次年")
_CUMULATIVE = re.compile(r"累计|截至|截止|已有|现有|总数|总量|存量")
_BASE_YEAR = re.compile(r"(?:较|比|与|对比|同)(?:(?:19|20)\d\d年|上年|去年|上一?年度)[^，。；]{0,6}?(?:相比|比|对比)?")
_OF_BASE = re.compile(
    r"(?:较|(?<![占同环])比|与)(?:(?P<year>(?:19|20)\d\d)年|上年|去年|上一?年度)[^，。；增减升降提下上多少高低超涨缩]{0,8}$"
)
_OWN = (
    r"全(?:区|局|县|镇|街|州|委|院|校|系统|部门)"
    r"|我(?:区|局|市|县|镇|街|委|院|校|省|单位|部门|中心)"
    r"|本(?:区|局|市|县|级|单位|部门|院|校)"
)
_WIDER = (
    r"全(?:国(?!经济普查|人口普查|文明|卫生|统一|先进|示范|性)|省|市|球)"
    r"|[区市省县镇](?:属|级|直)|国家级|局本级|下属单位|各级"
)
_NAMED = (
    r"(?:(?<=[，。；、：（”在对向至于由和与及])|^)(?:[\u4e00-\u9fff]{2,3}(?:市|省))?"
    r"[\u4e00-\u9fff]{1,4}?(?:新区|开发区|街道|市(?![场级口民政容值监区])|区(?![域间块分])|县(?!级)|镇(?!级)|乡(?!村)|省(?!级))"
)
_NO_PLACE = re.compile(
    r"^(?:完成|建成|推进|推动|实施|促进|实现|开展|加强|新建|改建|建设|服务|覆盖|涉及|投入|支持|提升|打造|深化|强化|优化|查处|印发)"
    r"|[社园地景小校片库灾辖湾]区$|国省$|城乡$|^(?:其中)?城[市镇区]$"
)
_SCOPE = re.compile(f"(?P<own>{_OWN})|(?P<wider>{_WIDER})|(?P<named>{_NAMED})")
_FILLER = re.compile(
    r"(?:19|20)\d\d年?(?:度|初|底|末)?|\d{1,2}月|(?:期间|截至|截止|目前|年底|年末|全年|年度|本年度?|今年|当年|上年|去年|"
    r"共计|合计|总计|累计|一共|总共|达到|实现|完成|已经|其中|分别|以来|我[区局市县镇委院校省]|本[局区市县]|全[区局县]|均|共有|现有|同比)"
    r"|[“”‘’「」\"'*（）〔〕《》\s，、：—-]"
)
_EDGE = re.compile(
    r"^(?:的|了|已|共|并|且|和|与|及|为|是|对|由)+|(?:(?<![节集制条合签公履解违缔])约为?|大约|近|接近|超过?|逾|突破|达|共|为|是|计|有|了|到|至|的|数|已|高|仅|不少于|不低于|至少|高于)+$"
)
_NOUN = re.compile(
    r"[^，。；、：（）！？\d|]{0,12}?(?=全部|均|都|中[，。]|并|的|参加|参与|通过|进行|完成|开展|实现|纳入|入选|投入|获|占|达|共|等|及|和|与|进入|较|比|被|已|另|设|[，。；、：（）！？\d|]|$)"
)
GENERIC = re.compile(
    r"项目|预算|资金|支出|金额|总额|投资|执行|使用|安排|拨付|下达|到位|数量|补助|奖励|企业|共|计|财政|合计|新增|增长|占|比|得分|自评|"
    r"达到|单位|部门|整体|调整后|年初|总|实际|计划|目标|完成|率|数|惠及|涉及|涵盖|覆盖|包括|支付|收入|经费|建设|支持|人员|群众|参与|服务|开展|举办|发放|培训|新建|任务|指标|累|投入|获得|带动"
)


def hedge_of(lead: str, after: str) -> str:
    """Read the hedge before or behind a figure."""
    found = HEDGE_BEFORE.search(lead)
    if found:
        word = found[1]
        return _HEDGES.get(word, "under" if word in _UNDER else "over")
    if after.startswith(("左右", "上下")):
        return "about"
    if after.startswith(("以上", "及以上", "（含）以上", "（含）")):
        return "over"
    return "under" if after.startswith(("以下", "以内", "之内")) else ""


def measure_of(lead: str, kind: str) -> str:
    """Say what kind of figure stands behind these words."""
    if kind in {"percent", "point"}:
        if _GROWTH.search(lead):
            return "growth"
        if _RATE.search(lead):
            return "rate"
        return "share" if _SHARE.search(lead) else "value"
    return "change" if _CHANGE.search(HEDGE_BEFORE.sub("", lead)) else "value"


def subject_of(lead: str, tail: str, measure: str) -> str:
    """Reduce the words around a figure to the noun that they count or measure."""
    core = _GROWTH.sub("", lead) if measure == "growth" else lead
    core = _FILLER.sub("", core) + tail
    previous = ""
    while core != previous:
        previous, core = core, _EDGE.sub("", core)
    return core


def noun_behind(after: str) -> str:
    """Read the noun that follows a count."""
    found = _NOUN.match(after)
    return found[0] if found else ""


def specific(subject: str) -> int:
    """Count the characters of a subject that are more than the stock words of the trade."""
    return len(GENERIC.sub("", subject).replace("›", ""))


def period_of(before: str, lead: str, inherited: int | None) -> Period:
    """Read when a figure holds: nearest year before it that is no base of comparison, else the inherited one."""
    based = _OF_BASE.search(lead)
    if based:  # 与2022年的398.10万元相比: the base itself is of its year
        return Period(int(based["year"]) if based["year"] else inherited and inherited - 1)
    stated = _DEADLINE.sub("", _BASE_YEAR.sub("", before))
    years = _YEAR.findall(stated)
    year = int(years[-1]) if years else inherited
    tail = stated[stated.rfind(years[-1]) + 4 :] if years else stated
    if inherited is not None or years:
        old = _OLD_YEAR.search(_BASE_YEAR.sub("", lead))
        year = (year or 0) - 1 if old else year
        year = (year or 0) + 1 if _NEXT_YEAR.search(lead) else year
    parts = _PART.findall(tail)
    return Period(year, parts[-1] if parts else "", bool(_CUMULATIVE.search(lead)))


def last_year_in(words: str) -> int | None:
    """Give the last year that these words set for what follows."""
    years = _YEAR.findall(_BASE_YEAR.sub("", words))
    return int(years[-1]) if years else None


def scope_of(before: str, own: str) -> str:
    """Read whose figure it is: the nearest place or level named before it; empty for one's own."""
    scope = ""
    for found in _SCOPE.finditer(before):
        words = found[0]
        if found["named"] and _NO_PLACE.search(words):
            continue
        wider = re.search(_WIDER, words)
        scope = wider[0] if wider else words.lstrip("在对向至于由和与及")
        if re.search(_OWN, words) or (own and own in words):
            scope = ""
    return scope

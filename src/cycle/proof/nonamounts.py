"""What looks like a figure and is none: dates, document numbers, phases, specifications, names, ranks, telephones.

One table of named patterns; what they cover is never compared as an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_N = r"[\d一二三四五六七八九十百]{1,6}"
PATTERNS: tuple[tuple[str, str], ...] = (
    ("书名", r"《[^《》]{1,80}》"),
    ("引号内名称", r"“[^“”，。；]{0,12}\d[^“”，。；]{0,16}”|“[^“”]{0,12}[一二三四五六七八九十百千万]+[^“”，。]{0,8}”"),
    (
        "文号",
        r"〔?\(?（?(?:19|20)\d\d[〕）\]]?(?:第)?\d{1,5}号|〔(?:19|20)\d\d〕?\d*号?|(?<![A-Z])[A-Z]{1,6}[/—-]?[A-Z]{0,8}\d[\d.—-]*",
    ),
    (
        "日期",
        (
            r"(?:19|20)\d\d[—~至-](?:19|20)?\d{2,4}年(?:度)?|(?:19|20)\d\d年(?:度|初|底|末)?(?:\d{1,2}[—~至、-])?(?:\d{1,2}月(?:份)?)?(?:\d{1,2}日)?"
            r"|\d{1,2}月\d{1,2}(?:日|[—~至-]\d{1,2}日)|\d{1,2}月?[—~至-]\d{1,2}月(?:份)?|\d{1,2}月(?:份|底|末|初)?|(?:19|20)\d\d[./—-]\d{1,2}[./—-]\d{1,2}"
            r"|(?<!\d)(?:19|20)\d{6}(?!\d|[.,]\d|[万亿]?元|%)日?|\d{1,2}日|\d{1,2}：\d\d"
        ),
    ),
    (
        "年限",
        r"(?:连续|近|前|后|未来|过去)?\d{1,3}(?:[—~至-]\d{1,3})?(?:周?年(?!度)|个月|小时|个工作日|工作日|个季度|周岁|天内)",
    ),
    (
        "次序",
        rf"第{_N}(?:个|条|章|节|款|项|届|期|批|次|名|位|号|页|季度|轮|周|部分|类|产业)?|(?<![超提])前{_N}(?:名|位|强)?",
    ),
    (
        "电话",
        (
            r"(?:电话|热线|手机|传真|联系方式|客服|举报)[^，。；]{0,6}?\d[\d—\-（） ]{4,}"
            r"(?![\d.,])(?![万亿]?[元件个人次宗起])"
            r"|(?<![\d,.])(?:12\d{3}|96\d{3,4})(?=[\u4e00-\u9fff])(?![万亿千元件个人家项次户亩套名台吨场]|公里|平方)"
            r"|\d{5}(?=[^，。]{0,6}热线)"
            r"|(?<!\d)1[3-9]\d{9}(?!\d)|0\d{2,3}—\d{7,8}"
        ),
    ),
    (
        "名称",
        r"(?:世界|中国|全国|全球|亚洲|民营)?\d+强(?:企业)?|[\u4e00-\u9fff]{1,6}\d+条(?=”|政策|措施|及|举措)|\d+\+\d+(?:\+\w+)?|[“]?\d+(?:\+[A-ZNX])+",
    ),
    ("期次", rf"{_N}期(?=工程|项目|建设|基金|”)|(?<=项目){_N}期|(?<=工程){_N}期"),
    ("车牌", r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·. ]?[A-Z0-9]{4,6}"),
    (
        "规格",
        (
            r"\d+(?:\.\d+)?[—~至-]?\d*(?:\.\d+)?(?:nm|NM|G(?!B)|D|K|k[VvWw]|[Mm][Mm]|cm|dB|[MG]Hz|[MG]bps|[GTM]B|°|℃|μm|英寸|寸|伏|#|号线|号楼|号(?:机|炉|井|仓|馆|厅)|级(?!指标)|星级|A级|层|室|楼(?!宇))"
            r"|(?<![A-Za-z\d.])[A-Za-z]+[—.-]?\d+(?:\.\d+)?[A-Za-z]*|\d+(?:\.\d+)?[A-Za-z][A-Za-z\d]*|\d+[×xX*]\d+"
        ),
    ),
    (
        "编号",
        r"(?:附件|附表|表格|图表|表|图|页|序号|编号|合同号?|发票号?|凭证号?|账号|卡号|证号|代码|邮编)(?:：|为|第)?[\d—\-.]+(?![\d.,]|[万亿]?元)|(?<!\d)\d{10,}(?![\d.]*(?:[万亿]?元|%))(?!\d)|\d+号(?!文)|\d+页",
    ),
    ("比例", r"\d+(?:\.\d+)?：\d+(?:\.\d+)?"),
    ("区间", r"(?<![\d,.])\d[\d,.]*(?:%|万|元|万元|亿元|家|个|人|项)?[—~～至]\d[\d,.]*"),
)
_MATCHERS = tuple((name, re.compile(pattern)) for name, pattern in PATTERNS)


def non_amounts(compact: str) -> Iterator[tuple[int, int, str]]:
    """Find every stretch that is no amount, with the name of what it is."""
    for name, matcher in _MATCHERS:
        for found in matcher.finditer(compact):
            yield found.start(), found.end(), name


def covered(compact: str) -> bytearray:
    """Mark the characters that belong to no amount."""
    marks = bytearray(len(compact))
    for start, end, _ in non_amounts(compact):
        marks[start:end] = b"\x01" * (end - start)
    return marks

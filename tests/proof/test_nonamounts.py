"""What looks like an amount and is none."""

from __future__ import annotations

import pytest

from cycle.proof.mentions import read

LOOK_ALIKES = [
    "根据财预〔2020〕10号、〔2020号和[2020]3号文件",
    "自2022年3月5日至2022-04-06，1-7月、20220331日",
    "依照第12条、第三款和第5届、第二批次",
    "电话020-83210012，手机13800138000，12345热线",
    "世界500强、“智车8条”、“百千万工程”、第五届",
    "一期二期、3期工程",
    "5G、3D、7nm、360°、180—110nm、T9、C30、DN300、PM2.5、A4、H1N1",
    "车牌粤A12345，账号6222020200112233445，合同编号HT2023-045",
    "附件3、表2、图5、第4页、12号楼",
    "排名第3、前20名、位列第5",
    "连续5年、3个月、24小时、5个工作日",
    "比例3：1，模式1+6+N，7×24",
    "区间10—20家、85%—90%",
    "《2022年100项任务清单》",
]


@pytest.mark.parametrize("words", LOOK_ALIKES)
def test_a_look_alike_is_no_amount(words: str):
    """Dates, numbers of documents, names, specifications, ranks and accounts give no figure."""
    assert [mention.shown() for mention in read(words).mentions] == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("培训12期", ["12期"]),
        ("建成5G基站6500座", ["6500座"]),
        ("新增床位120张、投入3.5亿元", ["120张", "3.5亿元"]),
        ("2023年共有3条", ["3条"]),
        ("智慧黑板430套", ["430套"]),
    ],
)
def test_amounts_beside_look_alikes_stay(words: str, shown: list[str]):
    """A count in the same words as a look-alike is still a figure."""
    assert [mention.shown() for mention in read(words).mentions] == shown

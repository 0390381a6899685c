"""What holds a disclosure back: open errors, empty points, residue, unread rules, personal data, contradictions."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cycle.errors import Finding
from cycle.messages import worded
from cycle.proof import proof_text, read_document, stored_facts

Rows = Mapping[str, list[dict[str, Any]]]

TABLES = (
    "targets.finding",
    "monitoring.finding",
    "scoring.finding",
    "reporting.scorecard",
    "reporting.indicator",
)
"""The tables that the gate reads, besides edition and cycle."""

_REPORT, _FACTS = "report.html", "facts.json"
_RESIDUE = re.compile(
    r"\{\{|\}\}|\{%|%\}|\*\*|TODO|XXX|�|【[^】]{0,12}(?:待|请)[^】]{0,12}】|待补充|待填|待核实数据|请填写|请在此"
)
_DOCUMENT_NUMBER = re.compile(r"[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*\d+\s*号")
_SAID_OPENLY = re.compile(r"未核|未经|未见|重构|凭记忆|通行|约定")
_ALONE = r"(?<![0-9A-Za-z._-])(?<!÷ ){}(?![0-9A-Za-z_-]|\.\d|\s*[÷元万亿])"
_EXACT_VALUE = re.compile(r'"value": "[^"]*"')
_GAP = "[ -]?"
_IDENTITY = re.compile(_ALONE.format(rf"[1-9]\d{{5}}{_GAP}(?:19|20)\d{{2}}[01]\d[0-3]\d{_GAP}\d{{3}}[\dXx]"))
_MOBILE = re.compile(_ALONE.format(rf"1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"))
_ACCOUNT = re.compile(_ALONE.format(rf"[3-6]\d{{3}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?"))
_NAMED = re.compile(r"(?:身份证|账号|帐号|卡号|银行账户)[^\d<>\n]{0,8}(\d[\d -]{12,26}[\dXx])(?![\d.])")
_HALF_WIDTH = {ord(wide): str(number) for number, wide in enumerate("０１２３４５６７８９")} | {
    ord("Ｘ"): "X",
    ord("－"): "-",
}
_WORDS_OF_BOOK = "xl/sharedStrings.xml"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_LETTERS = "10X98765432"
_READ = (".html", ".csv", ".json", ".md")
_NINE = 9


def barriers(rows: Rows, files: Mapping[str, bytes], *, is_stale: bool) -> list[Finding]:
    """Give everything that forbids to publish these files; empty = they may go."""
    found = [*_stale(is_stale=is_stale), *_open_errors(rows), *_empty_points(rows), *_claims(rows)]
    texts = {name: content.decode("utf-8-sig") for name, content in files.items() if name.endswith(_READ)}
    texts |= {name: _words_of_book(content) for name, content in files.items() if name.endswith(".xlsx")}
    found += [finding for name, text in texts.items() for finding in _personal(name, text)]
    facts = stored_facts(json.loads(texts[_FACTS])["facts"]) if _FACTS in texts else {}
    return [*found, *_residue(texts[_REPORT]), *_contradictions(rows, files[_REPORT], facts)]


def _stale(*, is_stale: bool) -> Iterator[Finding]:
    if is_stale:
        cure = "请重新运行 reporting 节点，确认后再公开。"
        yield Finding("G01", "error", "报告与办结时的不一致：办结之后数据或规则有变化", cure)


def _open_errors(rows: Rows) -> Iterator[Finding]:
    (cycle,) = rows["raw.cycle"]
    for stage in ("targets", "monitoring", "scoring"):
        for row in rows[f"{stage}.finding"]:
            if row["level"] == "error":
                yield worded(row, cycle["locale"])


def _empty_points(rows: Rows) -> Iterator[Finding]:
    for row in rows["reporting.indicator"]:
        if row["points"] is None or row["status"] == "not_available":
            subject = "部门整体" if row["subject_id"] == "department" else f"项目 {row['subject_id']}"
            message = f"{subject}的指标“{row['level3']}”没有完成值，得分为空"
            yield Finding("G02", "error", message, "请补报实际完成值后重新评分。")
    for row in rows["reporting.scorecard"]:
        if row["points"] is None:
            yield Finding("G02", "error", f"评分表“{row['row_name']}”得分为空", "请补报所用数据后重新评分。")


def _claims(rows: Rows) -> Iterator[Finding]:
    """Find rules that name an official document as if somebody had read it there, although nobody has."""
    for row in rows["ref.rule"]:
        said = f"{row['document']}{row['note']}"
        if not row["is_verified"] and _DOCUMENT_NUMBER.search(said) and not _SAID_OPENLY.search(said):
            message = f"规则“{row['title']}”以“{row['document']}”为依据，但未经人工核实"
            cure = "请核对原文后写 verified = true，或在依据中注明未核对。"
            yield Finding("G03", "error", message, cure, cell=row["rule_id"])


def _residue(report: str) -> Iterator[Finding]:
    words = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]*>", " ", report, flags=re.DOTALL)
    for found in _RESIDUE.finditer(words):
        around = " ".join(words[max(0, found.start() - 12) : found.end() + 12].split())
        yield Finding("G04", "error", f"报告中留有未处理的标记：…{around}…", "请补写或删去后重新生成。", file=_REPORT)


def _personal(name: str, text: str) -> Iterator[Finding]:
    """Find numbers of persons, not amounts, however they are spaced; what is shown of them is only their end.

    A number that its own words call an account or an identity number needs no check digit.
    """
    text = _EXACT_VALUE.sub("", text).translate(_HALF_WIDTH)
    shapes = (
        ("身份证号", filter(_is_identity, _plain(_IDENTITY, text))),
        ("手机号", _plain(_MOBILE, text)),
        ("银行账号", filter(_is_account, _plain(_ACCOUNT, text))),
        ("身份证号或银行账号", _plain(_NAMED, text)),
    )
    told: set[str] = set()
    for what, numbers in shapes:
        for number in sorted(set(numbers) - told):
            told.add(number)
            message = f"含{what}（尾号 {number[-4:]}），不得公开"
            yield Finding("G05", "error", message, "请在来源的文字或表格中删去后重新报送。", file=name)


def _plain(shape: re.Pattern[str], text: str) -> Iterator[str]:
    """Give the numbers of a shape without what spaces them."""
    return (re.sub(r"[ -]", "", number) for number in shape.findall(text))


def _words_of_book(content: bytes) -> str:
    """Give the words of a workbook's cells; its figures are amounts of the report."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        words = book.read(_WORDS_OF_BOOK).decode() if _WORDS_OF_BOOK in book.namelist() else ""
    return re.sub(r"<[^>]*>", " ", words)


def _is_identity(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:-1], strict=True))
    return _CHECK_LETTERS[total % len(_CHECK_LETTERS)] == number[-1].upper()


def _is_account(number: str) -> bool:
    """Tell whether the check digit of a bank card holds: every second digit from the right counts double."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [digit * 2 - _NINE * (digit * 2 > _NINE) if place % 2 else digit for place, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0


def _contradictions(rows: Rows, report: bytes, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """Let the proofreader read the report as people will: what its own words or the year's facts prove wrong stays in.

    Figures of the year are printed by name, so only what people wrote by hand can contradict them.
    """
    (cycle,) = rows["raw.cycle"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _REPORT
        path.write_bytes(report)
        text = read_document(path)
    about = {"authority_name": cycle["authority_name"], "fiscal_year": cycle["fiscal_year"]}
    read = proof_text(text, facts=facts, **about)
    yield from _proven(read.findings)


def _proven(findings: Iterable[Any]) -> Iterator[Finding]:
    for finding in findings:
        if finding.level == "error" and finding.certainty == "provable":
            quotes = "；".join(place.quote for place in finding.places)
            cell = f"行 {finding.places[0].line}"
            yield Finding(
                finding.rule,
                "error",
                f"{finding.message}（{quotes}）",
                "请改正报告文字后重新生成。",
                _REPORT,
                cell=cell,
            )

"""cycle.toml: who runs the cycle, under which edition, in which language, with which units."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from cycle.errors import Finding, SubmissionError

ROLES = ("preparer", "reviewer", "approver", "reader", "administrator")
_REQUIRED = {"authority": str, "authority_name": str, "fiscal_year": int, "edition": str}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the authority's tree; the root's parent is empty."""

    unit_id: str
    name: str
    parent: str = ""
    is_headquarters: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """One project's id and name: forms that were made elsewhere name it by its name alone."""

    project_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person and the roles held in this cycle; an empty unit = the whole authority."""

    name: str
    roles: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """One cycle's settings. `on_missing`: wait for faulty files, or go on without them."""

    authority: str
    authority_name: str
    fiscal_year: int
    edition: str
    units: tuple[Unit, ...]
    locale: str = "zh"
    notice: str = ""
    on_missing: str = "wait"
    persons: tuple[Person, ...] = ()
    projects: tuple[Project, ...] = ()

    def unit_names(self) -> dict[str, str]:
        """Give the unit_id by every word that a form may name a unit with.

        The authority's own name stands for its headquarters.
        """
        headquarters = [(self.authority_name, unit.unit_id) for unit in self.units if unit.is_headquarters]
        named = [(word, unit.unit_id) for unit in self.units for word in (unit.name, unit.unit_id)]
        return dict(headquarters + named)

    def project_names(self) -> dict[str, str]:
        """Give the project_id by the project's name without blanks."""
        return {"".join(project.name.split()): project.project_id for project in self.projects}


def parse(content: bytes, file: str = "cycle.toml") -> Settings:
    """Read settings.

    Raises:
        SubmissionError: all that is missing or of a wrong kind, at once.
    """
    try:
        body = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SubmissionError([_finding(file, f"不是有效的 TOML：{error}", "请按示例 cycle.toml 改正语法")]) from None
    findings = [*_faults(body, file), *_unit_faults(body.get("unit", []), file)]
    findings += _project_faults(body.get("project", []), file)
    findings += _person_faults(body.get("person", []), {unit.get("unit_id") for unit in body.get("unit", [])}, file)
    if findings:
        raise SubmissionError(findings)
    units = tuple(Unit(**unit) for unit in body.pop("unit"))
    persons = tuple(Person(**{**each, "roles": tuple(each["roles"])}) for each in body.pop("person", []))
    projects = tuple(Project(**each) for each in body.pop("project", []))
    return Settings(**body, units=units, persons=persons, projects=projects)


def _finding(file: str, message: str, cure: str) -> Finding:
    return Finding("C01", "error", message, cure, file=file)


def _faults(body: dict[str, Any], file: str) -> list[Finding]:
    allowed = {*Settings.__slots__, "unit", "person", "project"} - {"units", "persons", "projects"}
    missing = [
        _finding(file, f"缺少 {key}，或类型不是 {kind.__name__}", f"请写明 {key}")
        for key, kind in _REQUIRED.items()
        if not isinstance(body.get(key), kind)
    ]
    unknown = [
        _finding(file, f"不认识的设置 {key}", f"可用的设置：{'、'.join(sorted(allowed))}")
        for key in body.keys() - allowed
    ]
    wrong = [] if body.get("on_missing", "wait") in ("wait", "go_on") else ["on_missing"]
    return missing + unknown + [_finding(file, f"{key} 的取值不对", "请写 wait 或 go_on") for key in wrong]


def _unit_faults(units: list[dict[str, Any]], file: str) -> list[Finding]:
    known = {unit.get("unit_id") for unit in units}
    faults = [] if units else [_finding(file, "没有 [[unit]]", "请至少列出局本级一个单位")]
    for unit in units:
        wrong = unit.keys() - set(Unit.__slots__) or {"unit_id", "name"} - unit.keys()
        if wrong:
            faults.append(_finding(file, f"单位 {unit} 的字段不对：{'、'.join(sorted(wrong))}", "请写 unit_id 和 name"))
        elif unit.get("parent", "") not in known | {""}:
            faults.append(_finding(file, f"单位 {unit['unit_id']} 的上级 {unit['parent']} 不存在", "请改正 parent"))
    return faults


def _project_faults(projects: list[dict[str, Any]], file: str) -> list[Finding]:
    faults = [
        _finding(file, f"项目 {project} 的字段不对", "请写 project_id 和 name，都是文字")
        for project in projects
        if project.keys() != set(Project.__slots__) or not all(isinstance(value, str) for value in project.values())
    ]
    if faults:
        return faults
    names = ["".join(project["name"].split()) for project in projects]
    doubled = sorted({name for name in names if names.count(name) > 1})
    return [_finding(file, f"项目名称 {name} 写了两次", "名称相同的项目请在表上填项目编码") for name in doubled]


def _person_faults(persons: list[dict[str, Any]], units: set[Any], file: str) -> list[Finding]:
    faults = []
    for person in persons:
        name, roles = person.get("name"), person.get("roles")
        if person.keys() - set(Person.__slots__) or not isinstance(name, str) or not isinstance(roles, list):
            faults.append(_finding(file, f"人员 {person} 的字段不对", "请写 name、unit 和 roles（列表）"))
            continue
        unknown = [str(role) for role in roles if role not in ROLES]
        if unknown or not roles:
            said = "、".join(unknown) or "（空）"
            faults.append(_finding(file, f"人员 {name} 的角色 {said} 不认识", f"可用的角色：{'、'.join(ROLES)}"))
        if person.get("unit", "") not in units | {""}:
            faults.append(_finding(file, f"人员 {name} 的单位 {person['unit']} 不存在", "请改正 unit"))
    names = [person.get("name") for person in persons]
    doubled = sorted({str(name) for name in names if names.count(name) > 1})
    return faults + [_finding(file, f"人员 {name} 写了两次", "请合并成一行，roles 写全") for name in doubled]

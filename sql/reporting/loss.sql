-- One row per line of the ledger as printed, of the department and of each listed project, with its rule and input cells.
with scope as (
    select 'department' as scope_id, authority_name as scope_name from raw.cycle
    union all
    select project_id, project_name from scoring.project_score semi join reporting.listed_project using (project_id)
),
place as (
    select scope_id, line_number, file_name, file_sha256, sheet, min(source_number) as first_source,
        string_agg(distinct cell, '、' order by cell) as cells
    from scoring.lost_point_source
    group by scope_id, line_number, file_name, file_sha256, sheet
),
source as (
    select scope_id, line_number,
        string_agg(address_of(file_name, sheet, cells), chr(10) order by first_source) as sources
    from place
    group by scope_id, line_number
)
select
    scope_id,
    scope_name,
    line_number,
    line_kind,
    key,
    name,
    weight,
    points,
    lost_points,
    target_text,
    actual_text,
    reason,
    coalesce(rule.title, '') as rule_title,
    coalesce(rule.document, '') as document,
    coalesce(rule.clause, '') as clause,
    coalesce(sources, '') as sources
from scoring.lost_point
join scope using (scope_id)
left join ref.rule rule using (rule_id)
left join source using (scope_id, line_number)
order by scope_id <> 'department', scope_id, line_number
